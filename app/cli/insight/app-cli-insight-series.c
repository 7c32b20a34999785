/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values over time, of a file with a line for each. */
#include "config.h"

#include "app-cli-insight-series.h"

#include "app-cli-columns.h"
#include "app-cli-insight-orders.h"

#include <glib/gi18n.h>

enum { DATE, VALUE, N_COLUMNS };

static const AppCliColumn columns[N_COLUMNS] = {
  { "date", APP_CLI_COLUMN_DAY, FALSE, N_("It has no date.") },
  { "value", APP_CLI_COLUMN_NUMBER, TRUE, N_("It has no value.") },
};

typedef struct
{
  AppCliSeries *series;
  gint32 until;
} Reader;

void
app_cli_series_free (AppCliSeries *self)
{
  g_array_unref (self->day_array);
  g_array_unref (self->value_array);
  g_free (self);
}

static gboolean
add_value (const AppCliCell  *cells,
           gpointer           data,
           GError           **error)
{
  Reader *reader = data;

  if (cells[DATE].given && cells[DATE].day > reader->until)
    return TRUE;
  if (cells[DATE].given)
    g_array_append_val (reader->series->day_array, cells[DATE].day);
  g_array_append_val (reader->series->value_array, cells[VALUE].number);
  return TRUE;
}

/**
 * app_cli_insight_read_series:
 * @arguments: those of APP_CLI_INSIGHT_SERIES_OPTIONS, with --series
 *
 * Returns: (transfer full) (nullable): the values, up to the day of --until
 */
AppCliSeries *
app_cli_insight_read_series (AppCliSession    *session,
                             AppCliArguments  *arguments,
                             GError          **error)
{
  g_return_val_if_fail (session != NULL && arguments != NULL, NULL);

  g_autoptr (AppCliSeries) self = g_new0 (AppCliSeries, 1);
  Reader reader = { .series = self };

  self->day_array = g_array_new (FALSE, FALSE, sizeof (gint32));
  self->value_array = g_array_new (FALSE, FALSE, sizeof (double));
  if (!app_cli_insight_get_until (arguments, "series", &reader.until, error) ||
      !app_cli_columns_read (session, arguments, "series", columns, N_COLUMNS, add_value, &reader,
                             error))
    return NULL;
  self->n = self->value_array->len;
  self->values = (const double *) self->value_array->data;
  if (app_cli_arguments_has (arguments, "date"))
    self->days = (const gint32 *) self->day_array->data;
  return g_steal_pointer (&self);
}
