/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "store-bgnbd.h"
#include "store-gamma-gamma.h"

G_BEGIN_DECLS

/* A year of 365 days is twelve steps. */
#define STORE_CLV_MONTH_DAYS (365.0 / 12.0)

/**
 * StoreClvOptions:
 * @model: of the purchases
 * @horizon_days: how far to look ahead
 * @discount: a month, .01 is one percent
 * @margin: share of the value that is earned, 1 for all
 * @min_repeaters: with fewer customers who came back, only the descriptive figures are given
 *
 * Start from %STORE_CLV_OPTIONS_INIT.
 */
typedef struct
{
  StoreBgnbdKind model;
  double horizon_days;
  double discount;
  double margin;
  guint min_repeaters;
} StoreClvOptions;

#define STORE_CLV_OPTIONS_INIT { STORE_MBGNBD, 365.0, 0.01, 1.0, 50 }

/**
 * StoreClv:
 * @table: the purchases
 * @options: as asked
 * @patterns: the distinct patterns of the purchases
 * @enough: whether there was enough data; if not, @model, @spend and the four arrays say nothing
 * @has_spend: whether the value of a purchase could be estimated; else @value and @clv are 0
 * @notes: (array zero-terminated=1): what the person must know about the answer, in sentences
 * @model: the fitted model of the purchases
 * @spend: the fitted model of their value
 * @p_alive: for each row, the probability that the customer is still one
 * @expected: for each row, the purchases expected within the horizon
 * @value: for each row, the expected value of a repeat purchase day, in the currency's own unit
 * @clv: for each row, the discounted value within the horizon, in the currency's own unit
 *
 * Lifetime value of every customer of a table, with rows as in the table.
 */
typedef struct
{
  StorePurchaseTable *table;
  StoreClvOptions options;
  StorePurchasePatterns *patterns;

  gboolean enough;
  gboolean has_spend;
  char **notes;
  StoreBgnbd model;
  StoreGammaGamma spend;

  double *p_alive;
  double *expected;
  double *value;
  double *clv;
} StoreClv;

StoreClv *store_clv_new          (StorePurchaseTable     *table,
                                  const StoreClvOptions  *options,
                                  GCancellable           *cancellable,
                                  GError                **error);
void      store_clv_free         (StoreClv               *self);
JsonNode *store_clv_to_json      (const StoreClv         *self);
char     *store_clv_dup_reason   (const StoreClv         *self,
                                  guint                   row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreClv, store_clv_free)

G_END_DECLS
