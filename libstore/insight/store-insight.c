/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "store-error.h"
#include "store-insight.h"

static gboolean
check_any (StorePurchaseTable  *table,
           GError             **error)
{
  if (store_purchase_table_get_n_rows (table) > 0)
    return TRUE;
  g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                       _("There are no orders up to that day. Add or import some, then ask "
                         "again."));
  return FALSE;
}

/**
 * store_insight_rfm:
 * @table: a finished table
 * @frequency: what the frequency counts
 * @error: return location
 *
 * Recency, frequency and money of each customer, with scores and the named cell.
 *
 * Returns: (transfer full): a JSON object, or %NULL with %STORE_ERROR_TOO_LITTLE_DATA
 */
JsonNode *
store_insight_rfm (StorePurchaseTable  *table,
                   StoreRfmFrequency    frequency,
                   GError             **error)
{
  g_autoptr (StoreRfm) rfm = NULL;

  g_return_val_if_fail (table != NULL, NULL);

  if (!check_any (table, error))
    return NULL;
  rfm = store_rfm_new (table, frequency);
  return store_rfm_to_json (rfm);
}

/**
 * store_insight_segments:
 * @table: a finished table
 * @options: what to compute
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Groups of customers that are alike, named in words.
 *
 * Returns: (transfer full): a JSON object, or %NULL as from store_segments_new()
 */
JsonNode *
store_insight_segments (StorePurchaseTable          *table,
                        const StoreSegmentsOptions  *options,
                        GCancellable                *cancellable,
                        GError                     **error)
{
  g_autoptr (StoreSegments) segments = NULL;

  g_return_val_if_fail (table != NULL && options != NULL, NULL);

  if (!check_any (table, error))
    return NULL;
  segments = store_segments_new (table, options, cancellable, error);
  return segments != NULL ? store_segments_to_json (segments) : NULL;
}

/**
 * store_insight_clv:
 * @table: a finished table
 * @options: what to compute
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Who is still a customer, what they will buy within the horizon and what that is worth. With too
 * few customers who came back, the object has "enough": false, its "notes" say why, and what the
 * models would have said is null.
 *
 * Returns: (transfer full): a JSON object, or %NULL with %STORE_ERROR_TOO_LITTLE_DATA if there are
 *   no orders at all, or as from store_clv_new()
 */
JsonNode *
store_insight_clv (StorePurchaseTable     *table,
                   const StoreClvOptions  *options,
                   GCancellable           *cancellable,
                   GError                **error)
{
  g_autoptr (StoreClv) clv = NULL;

  g_return_val_if_fail (table != NULL && options != NULL, NULL);

  if (!check_any (table, error))
    return NULL;
  clv = store_clv_new (table, options, cancellable, error);
  return clv != NULL ? store_clv_to_json (clv) : NULL;
}
