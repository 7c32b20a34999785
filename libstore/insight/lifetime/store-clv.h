/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-backtest.h"
#include "store-gamma-gamma.h"
#include "store-model.h"
#include "store-purchase-model.h"

G_BEGIN_DECLS

/* A year of 365 days is twelve steps. */
#define STORE_CLV_MONTH_DAYS (365.0 / 12.0)

/* As days to hold back: the horizon, but no more than the last third of the time. */
#define STORE_CLV_HOLD_BACK_USUAL G_MAXUINT

/* Cycles from one purchase to the next that the orders must span. */
#define STORE_CLV_MIN_CYCLES 3.0

/**
 * StoreClvOptions:
 * @model: of the purchases
 * @horizon_days: how far to look ahead
 * @discount: a month, .01 is one percent
 * @margin: share of the value that is earned, 1 for all
 * @min_repeaters: with fewer customers who came back, only the descriptive figures are given
 * @k: regularity of the models that have one, 0 for the likeliest
 * @occasion_days: for the model of fixed occasions, days from one to the next; 0 is 28
 * @n_draws: how many times the parameters are drawn for the intervals, 0 for no intervals
 * @seed: of these draws
 * @hold_back_days: how many days to hold back to see how the forecast would have done, 0 for none,
 *   or %STORE_CLV_HOLD_BACK_USUAL
 * @known: (nullable): an earlier fit of the same model, to begin at
 *
 * Start from %STORE_CLV_OPTIONS_INIT.
 */
typedef struct
{
  StorePurchaseModelKind model;
  double horizon_days;
  double discount;
  double margin;
  guint min_repeaters;
  guint k;
  guint occasion_days;
  guint n_draws;
  guint64 seed;
  guint hold_back_days;
  const StorePurchaseModel *known;
} StoreClvOptions;

#define STORE_CLV_OPTIONS_INIT                                                                     \
  { STORE_MBGNBD, 365.0, 0.01, 1.0, 50, 0, 28, 200, 1, STORE_CLV_HOLD_BACK_USUAL, NULL }

/**
 * StoreClv:
 * @table: the purchases
 * @options: as asked
 * @patterns: the distinct patterns of the purchases, as @model takes them
 * @n_repeaters: customers with more than one purchase
 * @enough: whether there was enough data; if not, @model, @spend and the arrays say nothing
 * @has_spend: whether the value of a purchase could be estimated; else @value and @clv are 0
 * @has_interval: whether @low and @high say anything
 * @notes: (array zero-terminated=1): what the person must know about the answer, in sentences
 * @model: the fitted model of the purchases
 * @spend: the fitted model of their value
 * @purchases_an_occasion: purchases for each that the model counts, 1 but for %STORE_BGBB
 * @p_alive: for each row, the probability that the customer is still one
 * @expected: for each row, the purchases expected within the horizon
 * @value: for each row, the expected value of a repeat purchase day, in the currency's own unit
 * @clv: for each row, the discounted value within the horizon, in the currency's own unit
 * @low: for each row, the lower end of the 80 % interval of @clv
 * @high: for each row, its upper end
 * @total_low: the same for the sum of all rows
 * @total_high: its upper end
 * @backtest: (nullable): how the forecast would have done on held-back days
 *
 * Lifetime value of every customer of a table, with rows as in the table.
 */
typedef struct
{
  StorePurchaseTable *table;
  StoreClvOptions options;
  StorePurchasePatterns *patterns;
  guint n_repeaters;

  gboolean enough;
  gboolean has_spend;
  gboolean has_interval;
  char **notes;
  StorePurchaseModel model;
  StoreGammaGamma spend;
  double purchases_an_occasion;

  double *p_alive;
  double *expected;
  double *value;
  double *clv;
  double *low;
  double *high;
  double total_low;
  double total_high;
  StoreBacktest *backtest;
} StoreClv;

StoreClv *store_clv_new            (StorePurchaseTable       *table,
                                    const StoreClvOptions    *options,
                                    GCancellable             *cancellable,
                                    GError                  **error);
StoreClv *store_clv_new_with       (StorePurchaseTable       *table,
                                    const StoreClvOptions    *options,
                                    const StorePurchaseModel *model,
                                    const StoreGammaGamma    *spend,
                                    GCancellable             *cancellable,
                                    GError                  **error);
void      store_clv_free           (StoreClv                 *self);
StoreModel *store_clv_to_model     (const StoreClv           *self);
StoreClv *store_clv_new_from_model (StoreModel               *model,
                                    StorePurchaseTable       *table,
                                    const StoreClvOptions    *options,
                                    GCancellable             *cancellable,
                                    GError                  **error);
gboolean  store_clv_read_model     (StoreModel               *model,
                                    StorePurchaseModel       *purchases,
                                    StoreGammaGamma          *spend,
                                    gboolean                 *has_spend,
                                    GError                  **error);
JsonNode *store_clv_to_json        (const StoreClv           *self);
double    store_clv_get_shrinkage  (const StoreClv           *self,
                                    guint                     row);
guint     store_clv_choose_period  (const StoreClv           *self);
double    store_clv_count_lost     (const StoreClv           *self);
char     *store_clv_dup_reason     (const StoreClv           *self,
                                    guint                     row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreClv, store_clv_free)

G_END_DECLS
