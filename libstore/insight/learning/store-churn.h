/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-clv.h"
#include "store-cohorts.h"
#include "store-outcomes.h"
#include "store-purchase-table.h"

G_BEGIN_DECLS

/**
 * StoreChurnOptions:
 * @window_days: a customer without an order for so long counts as lost; 0 for the time within which
 *   nine of ten customers who come back have come back
 * @method: "auto" or one of StoreOutcomes
 * @seed: of random draws
 * @progress: (nullable): told now and then
 * @progress_data: for @progress
 *
 * Start from %STORE_CHURN_OPTIONS_INIT.
 */
typedef struct
{
  guint window_days;
  const char *method;
  guint64 seed;
  StoreProgressFunc progress;
  gpointer progress_data;
} StoreChurnOptions;

#define STORE_CHURN_OPTIONS_INIT { 0, "auto", 1, NULL, NULL }

/**
 * StoreChurn:
 * @table: the purchases
 * @options: as asked
 * @window_days: the window that was used
 * @share_within: share of the times between two purchases that were no longer than the window
 * @learnt_until: the day at whose end customers were looked at to learn; what they did in the
 *   window behind it was known
 * @outcomes: who will not order within the window from now on, for each row of the table
 * @n_lost: sum of 1 - P(alive) over all customers, by MBG/NBD; NAN where that has too little data
 * @p_alive: (nullable): for each row, the probability that the customer is still one
 * @cohorts: (nullable): churn and retention by month
 *
 * Who is about to stay away. Without a contract nobody says so; two definitions stand side by side:
 * no order within a window of days (learnt from the past), and the probability to have left (a
 * model of buying).
 */
typedef struct
{
  StorePurchaseTable *table;
  StoreChurnOptions options;
  guint window_days;
  double share_within;
  gint32 learnt_until;
  StoreOutcomes *outcomes;
  double n_lost;
  double *p_alive;
  StoreCohorts *cohorts;
} StoreChurn;

StoreChurn *store_churn_new            (StorePurchaseTable       *table,
                                        const StoreChurnOptions  *options,
                                        GCancellable             *cancellable,
                                        GError                  **error);
StoreChurn *store_churn_new_from_model (StoreModel               *model,
                                        StorePurchaseTable       *table,
                                        const StoreChurnOptions  *options,
                                        GCancellable             *cancellable,
                                        GError                  **error);
gboolean    store_churn_is_model       (StoreModel               *model);
StoreModel *store_churn_to_model       (const StoreChurn         *self);
void        store_churn_free           (StoreChurn               *self);
char       *store_churn_dup_reason     (const StoreChurn         *self,
                                        guint                     row);
JsonNode   *store_churn_find_nearest   (const StoreChurn         *self,
                                        guint                     row);
JsonNode   *store_churn_to_json        (const StoreChurn         *self);

StoreRows  *store_churn_rows_new       (StorePurchaseTable       *table,
                                        gint32                    until,
                                        guint                     stretch_days,
                                        guint                     window_days);
guint       store_churn_find_window    (StorePurchaseTable       *table,
                                        double                   *share_within);
char       *store_churn_describe       (const StoreRows          *rows,
                                        guint                     row,
                                        const char               *name);
const char *const *
            store_churn_get_only_told  (void);
const char *store_churn_get_theme      (const char               *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreChurn, store_churn_free)

G_END_DECLS
