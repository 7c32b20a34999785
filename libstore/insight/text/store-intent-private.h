/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-intent.h"

G_BEGIN_DECLS

#define STORE_INTENT_OPT_OUT "optout"

/* Log odds that the list of words gives to each label; @priors is set, not added to. */
void         store_intent_fill_priors (const StoreLexicon    *lexicon,
                                       const StoreFoldedText *text,
                                       char                 **labels,
                                       guint                  n_labels,
                                       float                 *priors);

/* What is common to a fresh and a carried analysis: everything but the classifiers. */
StoreIntent *store_intent_alloc       (StoreMessages            *messages,
                                       const StoreIntentOptions *options);
gboolean     store_intent_answer      (StoreIntent              *self,
                                       GCancellable             *cancellable,
                                       GError                  **error);
gboolean     store_intent_find_label  (const StoreTextClassifier *classifier,
                                       const char               *label,
                                       guint                    *which);
char        *store_intent_dup_key     (const StoreFoldedText    *text);

G_END_DECLS
