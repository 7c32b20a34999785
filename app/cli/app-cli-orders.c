/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Orders out of a table file, for figures without a store. The file is read twice: first for what
 * its columns say about the order of day and month and about decimal signs, then for the orders.
 */
#include "config.h"

#include "app-cli-orders.h"

#include "app-cli-error.h"

#include "store-date-text.h"
#include "store-money-text.h"
#include "store-sheet.h"

#include <glib/gi18n.h>

/* Four decimals hold the minor units of every currency. */
#define DIGITS 4
#define MOST_REFUSALS_SHOWN 10
#define DAY_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

typedef struct
{
  StoreSheet *sheet;
  guint id;
  guint date;
  guint value;
  gboolean has_value;
  StoreDateGuess dates;
  StoreMoneyGuess values;
  guint n_refused;
} Reader;

static gint32
get_day (const StoreDateText *date)
{
  StoreDateText midnight = { .year = date->year, .month = date->month, .day = date->day };

  return (gint32) (store_date_text_to_unix_ms (&midnight) / DAY_MS -
                   (store_date_text_to_unix_ms (&midnight) % DAY_MS < 0));
}

/**
 * app_cli_orders_get_today:
 *
 * Returns: the day it is here, in days since 1970-01-01.
 */
gint32
app_cli_orders_get_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  StoreDateText today = {
    .year = g_date_time_get_year (now),
    .month = g_date_time_get_month (now),
    .day = g_date_time_get_day_of_month (now),
  };

  return get_day (&today);
}

/**
 * app_cli_orders_parse_day:
 * @day: (out): days since 1970-01-01
 */
gboolean
app_cli_orders_parse_day (const char  *text,
                          gint32      *day,
                          GError     **error)
{
  g_return_val_if_fail (text != NULL && day != NULL, FALSE);

  StoreDateText date;

  if (store_date_text_parse (text, NULL, &date, NULL) != STORE_READING_VALUE || date.year == 0)
    {
      g_set_error (error, APP_CLI_ERROR, APP_CLI_ERROR_USAGE,
                   _("“%s” is no date. Write it as 2026-01-31."), text);
      return FALSE;
    }
  *day = get_day (&date);
  return TRUE;
}

static gboolean
find_column (StoreSheet       *sheet,
             AppCliArguments  *arguments,
             const char       *option,
             guint            *column,
             GError          **error)
{
  const char *name = app_cli_arguments_get_value (arguments, option);
  int found = name ? store_sheet_find_column (sheet, name) : -1;

  if (!name)
    g_set_error_literal (error, APP_CLI_ERROR, APP_CLI_ERROR_USAGE,
                         _("--orders needs --id and --date, and mostly --value, to name its columns."));
  else if (found < 0)
    g_set_error (error, STORE_ERROR, STORE_ERROR_NOT_FOUND, _("The file has no column “%s”."),
                 name);
  *column = found < 0 ? 0 : (guint) found;
  return found >= 0;
}

static gboolean
gather_evidence (Reader  *reader,
                 GError **error)
{
  g_autoptr (GError) failure = NULL;

  while (store_sheet_next (reader->sheet, NULL, &failure))
    {
      if (store_sheet_get_row (reader->sheet) != STORE_SHEET_ROW_DATA)
        continue;
      store_date_guess_add (&reader->dates, store_sheet_get_cell (reader->sheet, reader->date));
      if (reader->has_value)
        store_money_guess_add (&reader->values,
                               store_sheet_get_cell (reader->sheet, reader->value));
    }
  if (failure)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return store_sheet_rewind (reader->sheet, NULL, error);
}

static gboolean
read_value (Reader  *reader,
            gint64  *value,
            GError **error)
{
  const char *cell = reader->has_value ? store_sheet_get_cell (reader->sheet, reader->value) : "0";
  StoreReading reading = store_number_text_parse (cell, &reader->values, DIGITS, value, error);

  if (reading == STORE_READING_EMPTY)
    g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID, _("It has no value."));
  return reading == STORE_READING_VALUE;
}

static gboolean
read_date (Reader         *reader,
           StoreDateText  *date,
           GError        **error)
{
  StoreReading reading =
    store_date_text_parse (store_sheet_get_cell (reader->sheet, reader->date), &reader->dates,
                           date, error);

  if (reading == STORE_READING_REFUSED || (reading == STORE_READING_VALUE && date->year != 0))
    return reading == STORE_READING_VALUE;
  g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID, _("It has no date."));
  return FALSE;
}

/* Adds the row at hand; what it lacks is said in @error. */
static gboolean
add_row (Reader              *reader,
         StorePurchaseTable  *table,
         GError             **error)
{
  const char *id = store_sheet_get_cell (reader->sheet, reader->id);
  StoreDateText date;
  gint64 value;

  if (store_sheet_get_row (reader->sheet) == STORE_SHEET_ROW_FAULT)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID,
                           store_sheet_get_fault (reader->sheet));
      return FALSE;
    }
  if (!id || !*id)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID, _("It names no customer."));
      return FALSE;
    }

  if (!read_date (reader, &date, error) || !read_value (reader, &value, error))
    return FALSE;
  if (!store_purchase_table_add (table, id, get_day (&date), value))
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID,
                           _("Its date is too far away."));
      return FALSE;
    }
  return TRUE;
}

static void
tell_refusal (Reader        *reader,
              AppCliSession *session,
              const GError  *refusal)
{
  g_autofree char *line = NULL;

  if (reader->n_refused++ >= MOST_REFUSALS_SHOWN)
    return;

  /* As a text: gettext cannot read the format of a guint64 out of its macro. */
  line = g_strdup_printf ("%" G_GUINT64_FORMAT, store_sheet_get_line (reader->sheet));
  app_cli_session_say (session, _("Line %s is left out: %s"), line, refusal->message);
}

static gboolean
read_rows (Reader              *reader,
           AppCliSession       *session,
           StorePurchaseTable  *table,
           GError             **error)
{
  g_autoptr (GError) failure = NULL;

  while (store_sheet_next (reader->sheet, NULL, &failure))
    {
      g_autoptr (GError) refusal = NULL;

      if (store_sheet_get_row (reader->sheet) != STORE_SHEET_ROW_TOTAL &&
          !add_row (reader, table, &refusal))
        tell_refusal (reader, session, refusal);
    }
  if (reader->n_refused > MOST_REFUSALS_SHOWN)
    app_cli_session_say (session, _("%u lines are left out in all."), reader->n_refused);
  if (failure)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return TRUE;
}

/**
 * app_cli_orders_read_file:
 * @arguments: with --orders, --id, --date and perhaps --value
 * @until: the day up to which orders count, or %STORE_PURCHASE_UNTIL_LAST
 *
 * Returns: (transfer full): a finished table. Lines that cannot be taken are told on standard
 * error.
 */
StorePurchaseTable *
app_cli_orders_read_file (AppCliSession    *session,
                          AppCliArguments  *arguments,
                          gint32            until,
                          GError          **error)
{
  g_return_val_if_fail (session != NULL && arguments != NULL, NULL);

  const char *path = app_cli_arguments_get_value (arguments, "orders");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (StoreSheet) sheet = store_sheet_open (file, NULL, NULL, error);
  g_autoptr (StorePurchaseTable) table = store_purchase_table_new (until, DIGITS);
  Reader reader = {
    .sheet = sheet,
    .has_value = app_cli_arguments_has (arguments, "value"),
  };

  if (!sheet ||
      !find_column (sheet, arguments, "id", &reader.id, error) ||
      !find_column (sheet, arguments, "date", &reader.date, error) ||
      (reader.has_value && !find_column (sheet, arguments, "value", &reader.value, error)) ||
      !gather_evidence (&reader, error) ||
      !read_rows (&reader, session, table, error))
    return NULL;

  if (!reader.has_value)
    app_cli_session_say (session, _("Without --value nothing is said about money."));
  store_purchase_table_finish (table);
  return g_steal_pointer (&table);
}
