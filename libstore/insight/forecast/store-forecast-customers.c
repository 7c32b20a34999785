/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A forecast of the orders seen from the other side: what the customers of today will bring in the
 * same time, each by a model of their own purchases (MBG/NBD for how many, Gamma-Gamma for how much).
 * The rest must come from customers who have not bought yet. */

#include "config.h"

#include <math.h>

#include "store-clv.h"
#include "store-error.h"
#include "store-forecast.h"

static gint32
find_end (const StoreForecast *self)
{
  return store_series_get_day (self->series, self->series->n + self->prediction->horizon) - 1;
}

static double
add_up (const StoreClv *clv,
        StoreSeriesSum  sum)
{
  double total = 0.0;

  for (guint row = 0; row < store_purchase_table_get_n_rows (clv->table); row++)
    total += sum == STORE_SERIES_OF_VALUE ? clv->expected[row] * clv->value[row]
                                          : clv->expected[row];
  return total;
}

/**
 * store_forecast_add_customers:
 * @self: (inout): a forecast of store_series_new_from_purchases()
 * @table: the purchases that it was made of
 * @sum: what was added up
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Sets @from_customers where there are customers enough to tell; it stays NAN where not.
 *
 * Returns: %FALSE with %STORE_ERROR_CANCELLED
 */
gboolean
store_forecast_add_customers (StoreForecast       *self,
                              StorePurchaseTable  *table,
                              StoreSeriesSum       sum,
                              GCancellable        *cancellable,
                              GError             **error)
{
  StoreClvOptions options = STORE_CLV_OPTIONS_INIT;
  g_autoptr (StorePurchaseTable) before = NULL;
  g_autoptr (StoreClv) clv = NULL;
  g_autoptr (GError) reason = NULL;

  if (self->prediction == NULL)
    return TRUE;
  before = store_purchase_table_cut (table, self->series->until);
  options.horizon_days = find_end (self) - self->series->until;
  options.discount = 0.0;
  options.n_draws = 0;
  options.hold_back_days = 0;
  clv = store_clv_new (before, &options, cancellable, &reason);
  if (clv != NULL && clv->enough && (clv->has_spend || sum == STORE_SERIES_OF_PURCHASES))
    self->from_customers = add_up (clv, sum);
  if (g_error_matches (reason, STORE_ERROR, STORE_ERROR_CANCELLED) ||
      g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  return TRUE;
}
