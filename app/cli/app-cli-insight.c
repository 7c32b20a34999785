/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verbs that say what the orders tell of the customers. */
#include "config.h"

#include "app-cli-error.h"
#include "app-cli-orders.h"
#include "app-cli-verb.h"

#include "store-insight-orders.h"
#include "store-insight.h"

#include <glib/gi18n.h>

/* Of a file every order counts; of a store those up to today, for orders may be planned. */
static gboolean
get_until (AppCliArguments  *arguments,
           gint32           *until,
           GError          **error)
{
  const char *text = app_cli_arguments_get_value (arguments, "until");

  if (text)
    return app_cli_orders_parse_day (text, until, error);
  *until = app_cli_arguments_has (arguments, "orders") ? STORE_PURCHASE_UNTIL_LAST
                                                       : app_cli_orders_get_today ();
  return TRUE;
}

static StorePurchaseTable *
read_store (AppCliSession  *session,
            gint32          until,
            GError        **error)
{
  StoreDatabase *database = app_cli_session_open (session, error);
  g_autoptr (StoreInsightOrders) orders =
    database ? store_insight_orders_read (database, until, NULL, error) : NULL;

  if (!orders)
    return NULL;
  if (orders->n_other > 0)
    app_cli_session_say (session, ngettext ("%u order in another currency than %s is left out.",
                                            "%u orders in other currencies than %s are left out.",
                                            orders->n_other),
                         orders->n_other, orders->currency);
  if (orders->n_incomplete > 0)
    app_cli_session_say (session,
                         ngettext ("%u order without customer, date or total is left out.",
                                   "%u orders without customer, date or total are left out.",
                                   orders->n_incomplete),
                         orders->n_incomplete);
  return store_purchase_table_ref (orders->table);
}

static StorePurchaseTable *
read_orders (AppCliSession    *session,
             AppCliArguments  *arguments,
             GError          **error)
{
  gint32 until;

  if (!get_until (arguments, &until, error))
    return NULL;
  if (app_cli_arguments_has (arguments, "orders"))
    return app_cli_orders_read_file (session, arguments, until, error);
  return read_store (session, until, error);
}

static gboolean
take_document (AppCliSession *session,
               JsonNode      *document)
{
  if (!document)
    return FALSE;
  app_cli_session_take_json (session, document);
  return TRUE;
}

static void
print_rfm (AppCliSession      *session,
           StorePurchaseTable *table)
{
  g_autoptr (StoreRfm) rfm = store_rfm_new (table, STORE_RFM_PURCHASES);

  for (guint row = 0; row < store_purchase_table_get_n_rows (table); row++)
    {
      g_autofree char *id = store_purchase_table_dup_id (table, row);

      app_cli_session_print (session, "%s\t%u%u%u\t%s\t%g\t%g\t%.2f\n", id, rfm->r[row],
                             rfm->f[row], rfm->m[row], store_rfm_cell_get_name (rfm->cell[row]),
                             store_rfm_get_recency (rfm, row), store_rfm_get_frequency (rfm, row),
                             store_rfm_get_money (rfm, row));
    }
}

static gboolean
run_rfm (AppCliSession    *session,
         AppCliArguments  *arguments,
         GError          **error)
{
  g_autoptr (StorePurchaseTable) table = read_orders (session, arguments, error);

  if (!table || !take_document (session, store_insight_rfm (table, STORE_RFM_PURCHASES, error)))
    return FALSE;
  if (!app_cli_session_wants_json (session))
    print_rfm (session, table);
  return TRUE;
}

static void
print_segments (AppCliSession       *session,
                const StoreSegments *segments)
{
  for (guint i = 0; i < segments->k; i++)
    {
      const StoreSegment *segment = &segments->segments[i];

      app_cli_session_print (session, "%s\t%u\t%.2f\t%.1f\t%.1f\t%.2f\n", segment->name,
                             segment->size, segment->value, segment->recency, segment->frequency,
                             segment->money);
    }
}

static gboolean
run_segments (AppCliSession    *session,
              AppCliArguments  *arguments,
              GError          **error)
{
  g_autoptr (StorePurchaseTable) table = read_orders (session, arguments, error);
  StoreSegmentsOptions options = STORE_SEGMENTS_OPTIONS_INIT;

  if (!table)
    return FALSE;
  if (app_cli_session_wants_json (session))
    return take_document (session, store_insight_segments (table, &options, NULL, error));

  g_autoptr (StoreSegments) segments = store_segments_new (table, &options, NULL, error);

  if (!segments)
    return FALSE;
  print_segments (session, segments);
  return TRUE;
}

static gboolean
get_clv_options (AppCliArguments  *arguments,
                 StoreClvOptions  *options,
                 GError          **error)
{
  const char *model = app_cli_arguments_get_value (arguments, "model");
  guint horizon = (guint) options->horizon_days;

  if (!app_cli_arguments_get_number (arguments, "horizon", 1, &horizon, error))
    return FALSE;
  options->horizon_days = horizon;

  if (!model)
    return TRUE;
  if (g_str_equal (model, "bgnbd"))
    options->model = STORE_BGNBD;
  else if (g_str_equal (model, "mbgnbd"))
    options->model = STORE_MBGNBD;
  else
    {
      g_set_error (error, APP_CLI_ERROR, APP_CLI_ERROR_USAGE,
                   _("--model is bgnbd or mbgnbd, not “%s”."), model);
      return FALSE;
    }
  return TRUE;
}

static void
print_clv (AppCliSession  *session,
           const StoreClv *clv)
{
  for (char **note = clv->notes; note && *note; note++)
    app_cli_session_say (session, "%s", *note);
  if (!clv->enough)
    return;

  for (guint row = 0; row < store_purchase_table_get_n_rows (clv->table); row++)
    {
      g_autofree char *id = store_purchase_table_dup_id (clv->table, row);

      app_cli_session_print (session, "%s\t%.4f\t%.4f\t%.2f\t%.2f\n", id, clv->p_alive[row],
                             clv->expected[row], clv->value[row], clv->clv[row]);
    }
}

static gboolean
run_clv (AppCliSession    *session,
         AppCliArguments  *arguments,
         GError          **error)
{
  StoreClvOptions options = STORE_CLV_OPTIONS_INIT;

  if (!get_clv_options (arguments, &options, error))
    return FALSE;

  g_autoptr (StorePurchaseTable) table = read_orders (session, arguments, error);

  if (!table)
    return FALSE;
  if (app_cli_session_wants_json (session))
    return take_document (session, store_insight_clv (table, &options, NULL, error));

  g_autoptr (StoreClv) clv = store_clv_new (table, &options, NULL, error);

  if (!clv)
    return FALSE;
  print_clv (session, clv);
  return TRUE;
}

#define ORDER_OPTIONS \
  { "orders", "FILE.csv", N_("Orders from this file; no store is needed or made") }, \
  { "id", "COLUMN", N_("Its column with the customer") }, \
  { "date", "COLUMN", N_("Its column with the date") }, \
  { "value", "COLUMN", N_("Its column with the value of the order") }, \
  { "until", "DATE", N_("Orders up to this day count: today if not given, of a file the last") }

static const AppCliOption order_options[] = {
  ORDER_OPTIONS,
  { NULL },
};

static const AppCliOption clv_options[] = {
  ORDER_OPTIONS,
  { "horizon", "DAYS", N_("How far to look ahead: 365 days if not given") },
  { "model", "bgnbd|mbgnbd", N_("How customers come and go: mbgnbd if not given") },
  { NULL },
};

#define ORDER_USAGE "[--orders FILE.csv --id COLUMN --date COLUMN --value COLUMN] [--until DATE]"

static const AppCliVerb verbs[] = {
  { "insight rfm", ORDER_USAGE, N_("Score customers by recency, frequency and money"),
    N_("A line a customer: id, scores from 1 to 5, name of the group, days since the last\n"
       "purchase, days with a purchase, sum of all orders. Orders of one day are one purchase."),
    0, 0, order_options, run_rfm },
  { "insight segments", ORDER_USAGE, N_("Divide customers into groups that are alike"),
    N_("A line a group: name, customers, sum of their orders; then what is typical: days since\n"
       "the last purchase, purchases, sum of orders."),
    0, 0, order_options, run_segments },
  { "insight clv", ORDER_USAGE " [--horizon DAYS] [--model bgnbd|mbgnbd]",
    N_("Say who is still a customer and what that is worth"),
    N_("A line a customer: id, probability of still being one, purchases expected within the\n"
       "horizon, value of one, lifetime value within the horizon (discounted by .01 a month)."),
    0, 0, clv_options, run_clv },
  { NULL },
};

const AppCliFamily app_cli_insight = { N_("Insight:"), verbs };
