/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was bought together: the lines of orders of the store, or of a file. */
#include "config.h"

#include "app-cli-insight-baskets.h"

#include "app-cli-columns.h"
#include "app-cli-insight-orders.h"

#include "store-error.h"
#include "store-insight-baskets.h"

#include <glib/gi18n.h>

enum { BASKET, ITEM, ID, DATE, N_COLUMNS };

static const AppCliColumn columns[N_COLUMNS] = {
  { "basket", APP_CLI_COLUMN_TEXT, TRUE, N_("It names no basket.") },
  { "item", APP_CLI_COLUMN_TEXT, TRUE, N_("It names no item.") },
  { "id", APP_CLI_COLUMN_TEXT, FALSE, N_("It names no customer.") },
  { "date", APP_CLI_COLUMN_DAY, FALSE, N_("It has no date.") },
};

typedef struct
{
  StoreBaskets *baskets;
  gint32 until;
} Reader;

static gboolean
add_line (const AppCliCell  *cells,
          gpointer           data,
          GError           **error)
{
  Reader *reader = data;
  StoreBasketLine line = { cells[BASKET].text, cells[ITEM].text, cells[ID].text,
                           cells[DATE].given ? cells[DATE].day : STORE_BASKETS_NO_DAY };

  if (line.day <= reader->until)
    store_baskets_add_line (reader->baskets, &line);
  return TRUE;
}

static StoreBaskets *
read_file (AppCliSession    *session,
           AppCliArguments  *arguments,
           gint32            until,
           GError          **error)
{
  g_autoptr (StoreBaskets) baskets = store_baskets_new ();
  Reader reader = { baskets, until };

  if (!app_cli_columns_read (session, arguments, "orders", columns, N_COLUMNS, add_line, &reader,
                             error))
    return NULL;
  store_baskets_finish (baskets);
  return g_steal_pointer (&baskets);
}

static StoreBaskets *
read_store (AppCliSession  *session,
            gint32          until,
            GError        **error)
{
  StoreDatabase *database = app_cli_session_open (session, error);
  g_autoptr (StoreInsightBaskets) read =
    database ? store_insight_baskets_read (database, until, error) : NULL;

  if (!read)
    return NULL;
  if (read->n_incomplete > 0)
    app_cli_session_say (session,
                         ngettext ("%u line without product, or without date, is left out.",
                                   "%u lines without product, or without date, are left out.",
                                   read->n_incomplete),
                         read->n_incomplete);
  return g_steal_pointer (&read->baskets);
}

/**
 * app_cli_insight_read_baskets:
 * @arguments: those of APP_CLI_INSIGHT_BASKETS_OPTIONS
 *
 * Returns: (transfer full) (nullable): closed baskets, at least one
 */
StoreBaskets *
app_cli_insight_read_baskets (AppCliSession    *session,
                              AppCliArguments  *arguments,
                              GError          **error)
{
  g_return_val_if_fail (session != NULL && arguments != NULL, NULL);

  g_autoptr (StoreBaskets) baskets = NULL;
  gint32 until;

  if (!app_cli_insight_get_until (arguments, "orders", &until, error))
    return NULL;
  baskets = app_cli_arguments_has (arguments, "orders")
              ? read_file (session, arguments, until, error)
              : read_store (session, until, error);
  if (baskets && store_baskets_get_n (baskets) == 0)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                           _("There are no orders with lines up to that day. Add or import some, "
                             "then ask again."));
      return NULL;
    }
  return g_steal_pointer (&baskets);
}
