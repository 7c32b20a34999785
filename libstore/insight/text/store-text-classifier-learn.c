/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Learning, with the trial of what was learnt: the messages are dealt into folds, label by label so
 * that each fold has its part of every label, and all messages with the same text lie in one, for
 * nothing is tried on what was learnt. For each fold a set of weights is learnt from the others,
 * and says what it thinks of the fold. One more set is learnt from all. Sets are learnt side by
 * side, one a thread.
 */
#include "config.h"

#include "store-text-classifier-private.h"

#include <string.h>

#include "store-counter-random.h"
#include "store-error.h"
#include "store-parallel.h"

#include <glib/gi18n-lib.h>

#define DEALING G_MAXUINT32

typedef struct
{
  const StoreTextExamples *examples;
  const StoreTextCorpus *corpus;
  const guint8 *truth;
  guint n_labels;
  guint n_folds;
  guint64 seed;
  guint *folds;
  float *margins;
  guint stride;
  StoreTextWeights *weights;
  GCancellable *cancellable;
} Learning;

/* The messages of one label are dealt in a drawn order; the next label goes on where it ended. */
static void
deal_label (Learning *self,
            guint     start,
            guint     end,
            guint    *order)
{
  for (guint i = start; i < end; i++)
    {
      guint64 bits = store_counter_random_bits (self->seed, DEALING, i);
      guint other = start + (guint) (bits % (i - start + 1));

      order[i] = order[other];
      order[other] = i;
    }
  for (guint i = start; i < end; i++)
    self->folds[order[i]] = i % self->n_folds;
}

/* Examples are sorted by label, then by text. */
static void
deal (Learning *self)
{
  char **cells = self->examples->cells;
  g_autofree guint *order = g_new0 (guint, self->examples->n + 1);

  for (guint start = 0, end = 0; start < self->examples->n; start = end)
    {
      for (end = start; end < self->examples->n && g_str_equal (cells[end], cells[start]);)
        end++;
      deal_label (self, start, end, order);
      for (guint i = start + 1; i < end; i++)
        if (store_text_examples_is_same (self->examples, i - 1, i))
          self->folds[i] = self->folds[i - 1];
    }
}

/* Fold @n_folds is the set that is learnt from all. */
static void
learn_fold (guint    fold,
            gpointer data)
{
  Learning *self = data;
  g_autofree guint *rows = g_new (guint, self->examples->n + 1);
  StoreTextLesson lesson = {
    .corpus = self->corpus, .rows = rows, .truth = self->truth, .n_labels = self->n_labels,
    .importance = self->examples->importance, .seed = self->seed,
  };
  StoreTextWeights *weights;

  for (guint i = 0; i < self->examples->n; i++)
    if (self->folds[i] != fold)
      rows[lesson.n_rows++] = i;
  weights = store_text_weights_learn (&lesson, self->cancellable);
  if (fold == self->n_folds)
    {
      self->weights = weights;
      return;
    }
  for (guint i = 0; i < self->examples->n; i++)
    if (self->folds[i] == fold)
      {
        gsize start = self->corpus->starts[i];
        gsize n = self->corpus->starts[i + 1] - start;
        g_autofree float *scaled = g_new (float, n + 1);

        store_text_weights_norm (weights, self->corpus->pieces + start,
                                 self->corpus->counts + start, n, scaled);
        store_text_weights_score (weights, self->corpus->pieces + start, scaled, n,
                                  self->margins + (gsize) i * self->stride);
      }
  store_text_weights_free (weights);
}

static gboolean
run (Learning  *self,
     GError   **error)
{
  deal (self);
  return store_parallel_run (self->n_folds + 1, learn_fold, self, self->cancellable, error);
}

static StoreTextClassifier *
build (Learning        *learning,
       StoreTextCorpus *corpus,
       char           **labels)
{
  StoreTextClassifier *self = g_new0 (StoreTextClassifier, 1);
  StoreTextHeldBack held_back = { learning->examples, learning->truth, learning->margins,
                                  learning->stride };

  self->labels = g_strdupv (labels);
  self->n_labels = learning->n_labels;
  self->several = store_text_examples_has_several (learning->examples);
  self->vocabulary = g_steal_pointer (&corpus->vocabulary);
  self->weights = g_steal_pointer (&learning->weights);
  store_text_classifier_calibrate (self, &held_back);
  store_text_classifier_try (self, &held_back);
  return self;
}

/**
 * store_text_classifier_learn:
 * @examples: sorted; at least two labels among them
 * @n_folds: parts to hold back in turn, at least 2
 * @seed: of everything that is drawn
 * @cancellable: (nullable): looked at now and then
 *
 * The same examples give the same bits on any number of threads.
 *
 * Returns: (transfer full) (nullable): what was learnt; %NULL with %STORE_ERROR_TOO_LITTLE_DATA or
 *   if cancelled. Blocks; any thread.
 */
StoreTextClassifier *
store_text_classifier_learn (const StoreTextExamples  *examples,
                             guint                     n_folds,
                             guint64                   seed,
                             GCancellable             *cancellable,
                             GError                  **error)
{
  g_return_val_if_fail (examples != NULL && n_folds >= 2, NULL);

  g_auto (GStrv) labels = store_text_examples_dup_labels (examples);
  g_autofree guint8 *truth = store_text_examples_dup_truth (examples, labels);
  g_autofree guint *folds = g_new (guint, examples->n + 1);
  g_autofree float *margins = NULL;
  g_autoptr (StoreTextCorpus) corpus = NULL;
  Learning learning = {
    .examples = examples, .truth = truth, .n_labels = g_strv_length (labels), .n_folds = n_folds,
    .seed = seed, .folds = folds, .cancellable = cancellable,
  };

  if (learning.n_labels < 2)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                           _("It takes messages with at least two different labels to learn."));
      return NULL;
    }
  corpus = store_text_corpus_new (examples->texts, examples->n, cancellable, error);
  if (corpus == NULL)
    return NULL;
  learning.corpus = corpus;
  learning.stride = (learning.n_labels + 3) / 4 * 4;
  learning.margins = margins = g_new0 (float, (gsize) examples->n * learning.stride + 1);
  if (!run (&learning, error))
    {
      g_clear_pointer (&learning.weights, store_text_weights_free);
      return NULL;
    }
  return build (&learning, corpus, labels);
}
