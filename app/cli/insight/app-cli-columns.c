/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Columns of a table file, as dates and numbers. The file is read twice: first for what a column
 * says as a whole about the order of day and month and about decimal signs, then for its rows.
 */
#include "config.h"

#include "app-cli-columns.h"

#include "app-cli-day.h"

#include "store-cell-text.h"
#include "store-error.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Decimals of a number that is not written the way programs write them. */
#define NUMBER_DIGITS 6

typedef struct
{
  const AppCliColumn *column;
  gboolean chosen;
  guint index;
  StoreDateGuess dates;
  StoreMoneyGuess numbers;
} Column;

typedef struct
{
  Column *columns;
  guint n_columns;
  AppCliCell *cells;
  AppCliColumnsFunc func;
  gpointer data;
} Reader;

static gboolean
choose_columns (Reader           *reader,
                AppCliSheet      *sheet,
                AppCliArguments  *arguments,
                GError          **error)
{
  for (guint i = 0; i < reader->n_columns; i++)
    {
      Column *column = &reader->columns[i];
      const char *option = column->column->option;

      column->chosen = column->column->needed || app_cli_arguments_has (arguments, option);
      if (column->chosen &&
          !app_cli_sheet_find_column (sheet, arguments, option, &column->index, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
gather_evidence (StoreSheet  *sheet,
                 gpointer     data,
                 GError     **error)
{
  Reader *reader = data;

  for (guint i = 0; i < reader->n_columns; i++)
    {
      Column *column = &reader->columns[i];

      if (!column->chosen)
        continue;
      if (column->column->kind == APP_CLI_COLUMN_DAY)
        store_date_guess_add (&column->dates, store_sheet_get_cell (sheet, column->index));
      else if (column->column->kind != APP_CLI_COLUMN_TEXT)
        store_money_guess_add (&column->numbers, store_sheet_get_cell (sheet, column->index));
    }
  return TRUE;
}

static StoreReading
read_day (const Column  *column,
          AppCliCell    *cell,
          GError       **error)
{
  StoreDateText date;
  StoreReading reading;

  if (app_cli_day_from_year (cell->text, &cell->day))
    return STORE_READING_VALUE;
  reading = store_date_text_parse (cell->text, &column->dates, &date, error);
  if (reading != STORE_READING_VALUE)
    return reading;
  if (date.year == 0)
    return STORE_READING_EMPTY;
  cell->day = app_cli_day_from_date (&date);
  return STORE_READING_VALUE;
}

static gboolean
is_plain_number (const char *text)
{
  return *text && strspn (text, "0123456789+-.eE") == strlen (text);
}

/**
 * app_cli_columns_parse_number:
 * @text: a cell
 * @guess: (nullable): what its column says about decimal signs
 * @number: (out): what it is, finite
 *
 * Returns: whether it is a number
 */
gboolean
app_cli_columns_parse_number (const char             *text,
                              const StoreMoneyGuess  *guess,
                              double                 *number)
{
  g_return_val_if_fail (text != NULL && number != NULL, FALSE);

  gboolean comma = guess && guess->decimal_comma > guess->decimal_point;
  char *end = NULL;
  gint64 scaled;

  *number = comma || !is_plain_number (text) ? NAN : g_ascii_strtod (text, &end);
  if (end && *end == '\0' && isfinite (*number))
    return TRUE;

  if (store_number_text_parse (text, guess, NUMBER_DIGITS, &scaled, NULL) != STORE_READING_VALUE)
    return FALSE;
  *number = (double) scaled / pow (10, NUMBER_DIGITS);
  return TRUE;
}

static StoreReading
read_number (const Column  *column,
             AppCliCell    *cell,
             GError       **error)
{
  if (store_cell_text_is_blank (cell->text))
    return STORE_READING_EMPTY;
  if (app_cli_columns_parse_number (cell->text, &column->numbers, &cell->number))
    return STORE_READING_VALUE;
  g_set_error (error, STORE_ERROR, STORE_ERROR_INVALID, _("“%s” is no number."), cell->text);
  return STORE_READING_REFUSED;
}

static StoreReading
read_cell (const Column  *column,
           AppCliCell    *cell,
           GError       **error)
{
  switch (column->column->kind)
    {
    case APP_CLI_COLUMN_DAY:
      return read_day (column, cell, error);
    case APP_CLI_COLUMN_MINOR:
      return store_number_text_parse (cell->text, &column->numbers, APP_CLI_COLUMNS_DIGITS,
                                      &cell->minor, error);
    case APP_CLI_COLUMN_NUMBER:
      return read_number (column, cell, error);
    case APP_CLI_COLUMN_TEXT:
    default:
      return *cell->text ? STORE_READING_VALUE : STORE_READING_EMPTY;
    }
}

static gboolean
read_row (StoreSheet  *sheet,
          gpointer     data,
          GError     **error)
{
  Reader *reader = data;

  for (guint i = 0; i < reader->n_columns; i++)
    {
      const Column *column = &reader->columns[i];
      AppCliCell *cell = &reader->cells[i];
      StoreReading reading = STORE_READING_EMPTY;

      *cell = (AppCliCell) { .number = NAN };
      if (!column->chosen)
        continue;

      cell->text = store_sheet_get_cell (sheet, column->index);
      reading = read_cell (column, cell, error);
      if (reading == STORE_READING_REFUSED)
        return FALSE;
      if (reading == STORE_READING_EMPTY && column->column->missing)
        {
          g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID, _(column->column->missing));
          return FALSE;
        }
      cell->given = reading == STORE_READING_VALUE;
    }
  return reader->func (reader->cells, reader->data, error);
}

/**
 * app_cli_columns_read:
 * @file_option: which option names the file
 * @columns: what is wanted of it
 *
 * Reads a file row by row. Lines that cannot be taken are told on standard error.
 */
gboolean
app_cli_columns_read (AppCliSession       *session,
                      AppCliArguments     *arguments,
                      const char          *file_option,
                      const AppCliColumn  *columns,
                      guint                n_columns,
                      AppCliColumnsFunc    func,
                      gpointer             data,
                      GError             **error)
{
  g_return_val_if_fail (session != NULL && arguments != NULL && func != NULL, FALSE);

  g_autoptr (AppCliSheet) sheet = app_cli_sheet_open (session, arguments, file_option, error);
  g_autofree Column *chosen = g_new0 (Column, n_columns);
  g_autofree AppCliCell *cells = g_new0 (AppCliCell, n_columns);
  Reader reader = { chosen, n_columns, cells, func, data };

  for (guint i = 0; i < n_columns; i++)
    chosen[i].column = &columns[i];
  return sheet &&
         choose_columns (&reader, sheet, arguments, error) &&
         app_cli_sheet_scan (sheet, gather_evidence, &reader, error) &&
         app_cli_sheet_read (sheet, read_row, &reader, error);
}
