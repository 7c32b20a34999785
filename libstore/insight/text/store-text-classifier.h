/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "store-text-examples.h"
#include "store-text-weights.h"

G_BEGIN_DECLS

/**
 * StoreTextTrial:
 * @n: messages that were held back and then tried
 * @n_right: of those, how many were answered as they are labelled, all their labels alike
 * @n_learnt: how many what was learnt answers right without the list of words
 * @n_listed: how many the list of words answers right alone, where it says anything
 * @n_naive: how many the naive rule answers right: always what is most frequent
 * @n_found: labels given that are right
 * @n_given: labels given
 * @n_true: labels that there are
 * @log_loss: mean of -log of the probability that the right answer got
 *
 * How answers fare on messages that nothing was learnt from.
 */
typedef struct
{
  guint n;
  guint n_right;
  guint n_learnt;
  guint n_listed;
  guint n_naive;
  guint n_found;
  guint n_given;
  guint n_true;
  double log_loss;
} StoreTextTrial;

/**
 * StoreTextClassifier:
 * @labels: what it tells apart, sorted
 * @n_labels: how many
 * @several: whether a message may have several labels, or none
 * @vocabulary: the pieces it knows
 * @weights: what they say
 * @sharpness: by how much a margin counts, in log odds
 * @trust: by how much a list of words counts beside it
 * @offset: what is added to each, where @several
 * @trial: how it fared
 *
 * Says what a message wants, by the pieces that it is made of. Never changes; any thread.
 */
typedef struct
{
  char **labels;
  guint n_labels;
  gboolean several;
  StoreTextVocabulary *vocabulary;
  StoreTextWeights *weights;
  double sharpness;
  double trust;
  double offset;
  StoreTextTrial trial;
} StoreTextClassifier;

StoreTextClassifier *store_text_classifier_learn        (const StoreTextExamples    *examples,
                                                         guint                       n_folds,
                                                         guint64                     seed,
                                                         GCancellable               *cancellable,
                                                         GError                    **error);
void                 store_text_classifier_free         (StoreTextClassifier        *self);
void                 store_text_classifier_ask          (const StoreTextClassifier  *self,
                                                         const StoreFoldedText      *text,
                                                         const float                *prior,
                                                         double                     *p);
void                 store_text_classifier_explain      (const StoreTextClassifier  *self,
                                                         const StoreFoldedText      *text,
                                                         guint                       label,
                                                         double                     *shares);
void                 store_text_classifier_to_p         (const StoreTextClassifier  *self,
                                                         const float                *margins,
                                                         const float                *prior,
                                                         double                     *p);
void                 store_text_classifier_add_json     (const StoreTextClassifier  *self,
                                                         JsonBuilder                *builder);
StoreTextClassifier *store_text_classifier_new_from_json (JsonObject                *object,
                                                         GError                    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreTextClassifier, store_text_classifier_free)

G_END_DECLS
