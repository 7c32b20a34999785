/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was bought together, of a file with a line for each thing in a basket. */
#include "config.h"

#include "app-cli-insight-baskets.h"

#include "app-cli-columns.h"
#include "app-cli-insight-orders.h"

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
  AppCliBaskets *baskets;
  gint32 until;
} Reader;

void
app_cli_baskets_free (AppCliBaskets *self)
{
  g_array_unref (self->array);
  g_string_chunk_free (self->texts);
  g_free (self);
}

static const char *
keep (AppCliBaskets *self,
      const char    *text)
{
  return text ? g_string_chunk_insert_const (self->texts, text) : NULL;
}

static gboolean
add_line (const AppCliCell  *cells,
          gpointer           data,
          GError           **error)
{
  Reader *reader = data;
  AppCliBaskets *self = reader->baskets;
  AppCliBasketLine line = { .day = cells[DATE].given ? cells[DATE].day : APP_CLI_BASKET_NO_DAY };

  if (line.day > reader->until)
    return TRUE;
  line.basket = keep (self, cells[BASKET].text);
  line.item = keep (self, cells[ITEM].text);
  line.id = keep (self, cells[ID].text);
  g_array_append_val (self->array, line);
  return TRUE;
}

/**
 * app_cli_insight_read_baskets:
 * @arguments: those of APP_CLI_INSIGHT_BASKETS_OPTIONS, with --orders
 *
 * Returns: (transfer full) (nullable): the lines of the file
 */
AppCliBaskets *
app_cli_insight_read_baskets (AppCliSession    *session,
                              AppCliArguments  *arguments,
                              GError          **error)
{
  g_return_val_if_fail (session != NULL && arguments != NULL, NULL);

  g_autoptr (AppCliBaskets) self = g_new0 (AppCliBaskets, 1);
  Reader reader = { .baskets = self };

  self->array = g_array_new (FALSE, FALSE, sizeof (AppCliBasketLine));
  self->texts = g_string_chunk_new (1 << 16);
  if (!app_cli_insight_get_until (arguments, "orders", &reader.until, error) ||
      !app_cli_columns_read (session, arguments, "orders", columns, N_COLUMNS, add_line, &reader,
                             error))
    return NULL;
  self->n = self->array->len;
  self->lines = (const AppCliBasketLine *) self->array->data;
  return g_steal_pointer (&self);
}
