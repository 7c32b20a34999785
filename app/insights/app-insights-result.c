/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the page shows, computed in one go on a worker thread and only read afterwards. Names are
 * read for as many customers as can be told apart in a drawing.
 */
#include "config.h"

#include "app-insights-result.h"

#include "app-customer-facts.h"

#include "store-query.h"


struct _AppInsightsResult
{
  GObject parent_instance;

  gint32 until;
  StoreInsightOrders *orders;
  StoreSegments *segments;
  StoreCohorts *cohorts;
  StoreDrops *drops;
  StoreClv *clv;
  char **names;
};

G_DEFINE_FINAL_TYPE (AppInsightsResult, app_insights_result, G_TYPE_OBJECT)

static void
app_insights_result_finalize (GObject *object)
{
  AppInsightsResult *self = APP_INSIGHTS_RESULT (object);
  guint n_rows = self->orders ? app_insights_result_get_n_rows (self) : 0;

  for (guint row = 0; self->names && row < n_rows; row++)
    g_free (self->names[row]);
  g_free (self->names);
  g_clear_pointer (&self->clv, store_clv_free);
  g_clear_pointer (&self->drops, store_drops_free);
  g_clear_pointer (&self->cohorts, store_cohorts_free);
  g_clear_pointer (&self->segments, store_segments_free);
  g_clear_pointer (&self->orders, store_insight_orders_free);
  G_OBJECT_CLASS (app_insights_result_parent_class)->finalize (object);
}

static void
app_insights_result_class_init (AppInsightsResultClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = app_insights_result_finalize;
}

static void
app_insights_result_init (AppInsightsResult *self)
{
}

/* Too little data is an answer, not a failure: the part is then missing. */
static gboolean
is_an_answer (GError **failure,
              GError **error)
{
  if (!*failure || g_error_matches (*failure, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (failure));
  return FALSE;
}

static gboolean
compute (AppInsightsResult  *self,
         GCancellable       *cancellable,
         GError            **error)
{
  StoreSegmentsOptions segments = STORE_SEGMENTS_OPTIONS_INIT;
  StoreClvOptions clv = STORE_CLV_OPTIONS_INIT;
  StoreDropsOptions drops = STORE_DROPS_OPTIONS_INIT;
  g_autoptr (GError) no_segments = NULL;
  g_autoptr (GError) no_drops = NULL;
  g_autoptr (GError) no_clv = NULL;

  self->segments =
    store_segments_new (self->orders->table, &segments, cancellable, &no_segments);
  if (!is_an_answer (&no_segments, error))
    return FALSE;
  if (self->segments && !self->segments->enough)
    g_clear_pointer (&self->segments, store_segments_free);
  self->cohorts = store_cohorts_new (self->orders->table, NULL);
  self->drops = store_drops_new (self->orders->table, &drops, cancellable, &no_drops);
  if (!is_an_answer (&no_drops, error))
    return FALSE;
  self->clv = store_clv_new (self->orders->table, &clv, cancellable, &no_clv);
  return is_an_answer (&no_clv, error);
}

/**
 * app_insights_result_new:
 * @until: the day up to which orders count, days since 1970-01-01
 *
 * Reads and computes everything; blocks, for a worker thread.
 */
AppInsightsResult *
app_insights_result_new (StoreDatabase  *database,
                         gint32          until,
                         GCancellable   *cancellable,
                         GError        **error)
{
  g_return_val_if_fail (STORE_IS_DATABASE (database), NULL);

  g_autoptr (AppInsightsResult) self = g_object_new (APP_TYPE_INSIGHTS_RESULT, NULL);

  self->until = until;
  self->orders = store_insight_orders_read (database, until, NULL, error);
  if (!self->orders || g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (app_insights_result_get_n_rows (self) == 0)
    return g_steal_pointer (&self);
  if (!compute (self, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

static void
take_names (AppInsightsResult *self,
            GPtrArray         *parties)
{
  for (guint i = 0; i < parties->len; i++)
    {
      StoreRecord *party = g_ptr_array_index (parties, i);
      g_autofree char *id = store_id_to_string (store_record_get_id (party));
      guint row;

      if (store_purchase_table_find (self->orders->table, id, &row) && !self->names[row])
        self->names[row] = g_strdup (store_record_get_title (party));
    }
}

/**
 * app_insights_result_read_names:
 * @rows: (element-type guint32): the customers whose names are wanted
 *
 * Reads names; blocks, before the result is handed to another thread.
 */
gboolean
app_insights_result_read_names (AppInsightsResult  *self,
                                StoreDatabase      *database,
                                GArray             *rows,
                                GError            **error)
{
  g_return_val_if_fail (APP_IS_INSIGHTS_RESULT (self), FALSE);

  g_autoptr (GArray) ids = g_array_sized_new (FALSE, FALSE, sizeof (StoreId), rows->len);
  g_autoptr (StoreQuery) query = store_query_new ("party");

  for (guint i = 0; i < rows->len; i++)
    {
      StoreId id = { 0 };

      app_insights_result_get_id (self, g_array_index (rows, guint32, i), &id);
      g_array_append_val (ids, id);
    }

  g_autoptr (StoreFilter) filter = store_filter_new_ids (STORE_KIND ("party"), ids);

  store_query_set_filter (query, filter);

  g_autoptr (GPtrArray) parties = store_query_run (query, database, error);

  if (!parties)
    return FALSE;
  if (!self->names)
    self->names = g_new0 (char *, app_insights_result_get_n_rows (self) + 1);
  take_names (self, parties);
  return TRUE;
}

gint32
app_insights_result_get_until (AppInsightsResult *self)
{
  g_return_val_if_fail (APP_IS_INSIGHTS_RESULT (self), 0);

  return self->until;
}

const StoreInsightOrders *
app_insights_result_get_orders (AppInsightsResult *self)
{
  g_return_val_if_fail (APP_IS_INSIGHTS_RESULT (self), NULL);

  return self->orders;
}

/**
 * app_insights_result_get_segments:
 *
 * Returns: (nullable): the groups; %NULL where the orders are too few for any.
 */
const StoreSegments *
app_insights_result_get_segments (AppInsightsResult *self)
{
  g_return_val_if_fail (APP_IS_INSIGHTS_RESULT (self), NULL);

  return self->segments;
}

/**
 * app_insights_result_get_cohorts:
 *
 * Returns: (nullable): who came back month by month; %NULL where the orders do not say.
 */
const StoreCohorts *
app_insights_result_get_cohorts (AppInsightsResult *self)
{
  g_return_val_if_fail (APP_IS_INSIGHTS_RESULT (self), NULL);

  return self->cohorts;
}

/**
 * app_insights_result_get_drops:
 *
 * Returns: (nullable): who fell silent; %NULL where the orders are too few to say.
 */
const StoreDrops *
app_insights_result_get_drops (AppInsightsResult *self)
{
  g_return_val_if_fail (APP_IS_INSIGHTS_RESULT (self), NULL);

  return self->drops && self->drops->enough ? self->drops : NULL;
}

/**
 * app_insights_result_get_clv:
 *
 * Returns: (nullable): the lifetime values; %NULL where the orders are too few.
 */
const StoreClv *
app_insights_result_get_clv (AppInsightsResult *self)
{
  g_return_val_if_fail (APP_IS_INSIGHTS_RESULT (self), NULL);

  return self->clv && self->clv->enough ? self->clv : NULL;
}

guint
app_insights_result_get_n_rows (AppInsightsResult *self)
{
  g_return_val_if_fail (APP_IS_INSIGHTS_RESULT (self), 0);

  return store_purchase_table_get_n_rows (self->orders->table);
}

gboolean
app_insights_result_get_id (AppInsightsResult *self,
                            guint              row,
                            StoreId           *id)
{
  g_return_val_if_fail (APP_IS_INSIGHTS_RESULT (self), FALSE);

  g_autofree char *text = store_purchase_table_dup_id (self->orders->table, row);

  return store_id_parse (id, text);
}

/**
 * app_insights_result_get_name:
 *
 * Returns: (transfer none) (nullable): a customer's name, where names were read.
 */
const char *
app_insights_result_get_name (AppInsightsResult *self,
                              guint              row)
{
  g_return_val_if_fail (APP_IS_INSIGHTS_RESULT (self), NULL);

  return self->names ? self->names[row] : NULL;
}

/**
 * app_insights_result_dup_amount:
 * @amount: in the currency's own unit
 *
 * Returns: (transfer full): an amount as the person's language writes it.
 */
char *
app_insights_result_dup_amount (AppInsightsResult *self,
                                double             amount)
{
  g_return_val_if_fail (APP_IS_INSIGHTS_RESULT (self), NULL);

  return app_customer_amount_to_text (amount, self->orders->currency);
}

/**
 * app_insights_result_dup_facts:
 *
 * Returns: (transfer full): what is known of a customer, in one line.
 */
char *
app_insights_result_dup_facts (AppInsightsResult *self,
                               guint              row)
{
  g_return_val_if_fail (APP_IS_INSIGHTS_RESULT (self), NULL);

  const StorePurchaseColumns *columns = store_purchase_table_get_columns (self->orders->table);

  return app_customer_facts_to_text (columns->purchases[row],
                                     store_purchase_table_to_major (self->orders->table,
                                                                    (double) columns->value[row]),
                                     (guint) (self->until - columns->last_day[row]),
                                     self->orders->currency);
}
