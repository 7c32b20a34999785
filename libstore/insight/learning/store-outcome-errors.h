/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define STORE_OUTCOME_BINS 10

/**
 * StoreOutcomeErrors:
 * @n: number of rows with a known outcome
 * @n_yes: of these, the ones with "yes"
 * @auc: probability that a row with "yes" is put above one without; NAN where one kind is missing
 * @log_loss: mean of minus the logarithm of the probability given to what came
 * @brier: mean square of probability less outcome
 * @lift: share of "yes" in the tenth put highest over the share in all; NAN without any "yes"
 * @n_bin: for each tenth of the rows from low to high probability, how many rows
 * @predicted: and their mean probability
 * @actual: and their share of "yes"
 *
 * How well probabilities foretold outcomes.
 */
typedef struct
{
  guint n;
  guint n_yes;
  double auc;
  double log_loss;
  double brier;
  double lift;
  guint n_bin[STORE_OUTCOME_BINS];
  double predicted[STORE_OUTCOME_BINS];
  double actual[STORE_OUTCOME_BINS];
} StoreOutcomeErrors;

void     store_outcome_errors_measure   (StoreOutcomeErrors        *self,
                                         const double              *probabilities,
                                         const double              *y,
                                         guint                      n);
void     store_outcome_errors_write     (const StoreOutcomeErrors  *self,
                                         gboolean                   with_bins,
                                         JsonBuilder               *builder);
gboolean store_outcome_errors_read_bins (StoreOutcomeErrors        *self,
                                         JsonObject                *object,
                                         GError                   **error);

G_END_DECLS
