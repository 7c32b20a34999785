/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who bought when and for how much, of the store or of a file. */
#include "config.h"

#include "app-cli-insight-orders.h"

#include "app-cli-columns.h"
#include "app-cli-day.h"
#include "app-cli-error.h"
#include "app-today.h"

#include "store-error.h"
#include "store-insight-orders.h"

#include <glib/gi18n.h>

enum { ID, DATE, VALUE, N_COLUMNS };

static const AppCliColumn columns[N_COLUMNS] = {
  { "id", APP_CLI_COLUMN_TEXT, TRUE, N_("It names no customer.") },
  { "date", APP_CLI_COLUMN_DAY, TRUE, N_("It has no date.") },
  { "value", APP_CLI_COLUMN_MINOR, FALSE, N_("It has no value.") },
};

static gboolean
parse_until (const char  *text,
             gint32      *until,
             GError     **error)
{
  if (!app_cli_day_parse (text, until, error))
    return FALSE;
  if (*until >= STORE_PURCHASE_FIRST_DAY && *until <= STORE_PURCHASE_LAST_DAY)
    return TRUE;
  g_set_error (error, APP_CLI_ERROR, APP_CLI_ERROR_USAGE,
               _("“%s” is too far away. Give --until a day of the years 1600 to 2599."), text);
  return FALSE;
}

/**
 * app_cli_insight_get_until:
 * @file_option: the option that names a file
 * @until: (out): the day up to which things count: that of --until; else of a file the last, or
 *   %STORE_PURCHASE_UNTIL_LAST, and of a store today, for orders may be planned
 */
gboolean
app_cli_insight_get_until (AppCliArguments  *arguments,
                           const char       *file_option,
                           gint32           *until,
                           GError          **error)
{
  g_return_val_if_fail (arguments != NULL && until != NULL, FALSE);

  const char *text = app_cli_arguments_get_value (arguments, "until");

  if (text)
    return parse_until (text, until, error);
  *until = app_cli_arguments_has (arguments, file_option) ? STORE_PURCHASE_UNTIL_LAST
                                                          : app_today_get ();
  return TRUE;
}

static gboolean
add_order (const AppCliCell  *cells,
           gpointer           data,
           GError           **error)
{
  StorePurchaseTable *table = data;

  if (store_purchase_table_add (table, cells[ID].text, cells[DATE].day, cells[VALUE].minor))
    return TRUE;
  g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID, _("Its date is too far away."));
  return FALSE;
}

static StorePurchaseTable *
read_file (AppCliSession    *session,
           AppCliArguments  *arguments,
           gint32            until,
           GError          **error)
{
  g_autoptr (StorePurchaseTable) table = store_purchase_table_new (until, APP_CLI_COLUMNS_DIGITS);

  if (!app_cli_columns_read (session, arguments, "orders", columns, N_COLUMNS, add_order, table,
                             error))
    return NULL;
  if (!app_cli_arguments_has (arguments, "value"))
    app_cli_session_say (session, _("Without --value nothing is said about money."));
  store_purchase_table_finish (table);
  return g_steal_pointer (&table);
}

static void
tell_left_out (AppCliSession            *session,
               const StoreInsightOrders *orders)
{
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
}

static StorePurchaseTable *
read_store (AppCliSession  *session,
            gint32          until,
            gboolean        single,
            GError        **error)
{
  GCancellable *cancellable = app_cli_session_get_cancellable (session);
  StoreDatabase *database = app_cli_session_open (session, error);
  g_autoptr (StoreInsightOrders) orders = NULL;

  if (!database)
    return NULL;
  orders = single
             ? store_insight_orders_read (database, until, NULL, error)
             : store_insight_orders_read_figures (database, until, NULL, cancellable, error);
  if (!orders)
    return NULL;
  tell_left_out (session, orders);
  return store_purchase_table_ref (orders->table);
}

static StorePurchaseTable *
read_table (AppCliSession    *session,
            AppCliArguments  *arguments,
            gboolean          single,
            GError          **error)
{
  g_autoptr (StorePurchaseTable) table = NULL;
  gint32 until;

  if (!app_cli_insight_get_until (arguments, "orders", &until, error))
    return NULL;
  table = app_cli_arguments_has (arguments, "orders")
            ? read_file (session, arguments, until, error)
            : read_store (session, until, single, error);
  if (table && store_purchase_table_get_n_rows (table) == 0)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                           _("There are no orders up to that day. Add or import some, then ask "
                             "again."));
      return NULL;
    }
  return g_steal_pointer (&table);
}

/**
 * app_cli_insight_read_orders:
 * @arguments: those of APP_CLI_INSIGHT_ORDERS_OPTIONS
 *
 * Returns: (transfer full) (nullable): a finished table with at least one customer
 */
StorePurchaseTable *
app_cli_insight_read_orders (AppCliSession    *session,
                             AppCliArguments  *arguments,
                             GError          **error)
{
  g_return_val_if_fail (session != NULL && arguments != NULL, NULL);

  return read_table (session, arguments, TRUE, error);
}

/**
 * app_cli_insight_read_customers:
 * @arguments: those of APP_CLI_INSIGHT_ORDERS_OPTIONS
 *
 * For analyses that look at the columns of the table alone: from a store it is read by customer,
 * which is much faster, and single purchases may not be asked for.
 *
 * Returns: (transfer full) (nullable): a finished table with at least one customer
 */
StorePurchaseTable *
app_cli_insight_read_customers (AppCliSession    *session,
                                AppCliArguments  *arguments,
                                GError          **error)
{
  g_return_val_if_fail (session != NULL && arguments != NULL, NULL);

  return read_table (session, arguments, FALSE, error);
}
