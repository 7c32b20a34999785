/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-cli-sheet.h"

#include "store-money-text.h"

G_BEGIN_DECLS

/* Amounts are read with four decimals, which hold the minor units of every currency. */
#define APP_CLI_COLUMNS_DIGITS 4

/**
 * AppCliColumnKind:
 * @APP_CLI_COLUMN_TEXT: as it stands
 * @APP_CLI_COLUMN_DAY: a date in any form, or a year with a fraction (1949.25)
 * @APP_CLI_COLUMN_MINOR: a number, as ten thousandths
 * @APP_CLI_COLUMN_NUMBER: a number
 */
typedef enum
{
  APP_CLI_COLUMN_TEXT,
  APP_CLI_COLUMN_DAY,
  APP_CLI_COLUMN_MINOR,
  APP_CLI_COLUMN_NUMBER,
} AppCliColumnKind;

/**
 * AppCliColumn:
 * @option: names the column, as "date" for --date
 * @kind: what its cells are
 * @needed: whether the option must be given
 * @missing: (nullable): what to say of a line where the cell is empty (msgid), which is then left
 *   out; %NULL where it may be empty
 */
typedef struct
{
  const char *option;
  AppCliColumnKind kind;
  gboolean needed;
  const char *missing;
} AppCliColumn;

/**
 * AppCliCell:
 * @given: whether there is anything in it
 * @text: (nullable): of the cell, until the next row
 * @day: days since 1970-01-01
 * @minor: ten thousandths
 * @number: NAN where it is not given
 */
typedef struct
{
  gboolean given;
  const char *text;
  gint32 day;
  gint64 minor;
  double number;
} AppCliCell;

/**
 * AppCliColumnsFunc:
 * @cells: one for each column that was asked for; not given where its option was not
 *
 * Takes a row; an error leaves the row out and says why.
 */
typedef gboolean (*AppCliColumnsFunc) (const AppCliCell  *cells,
                                       gpointer           data,
                                       GError           **error);

gboolean app_cli_columns_read         (AppCliSession          *session,
                                       AppCliArguments        *arguments,
                                       const char             *file_option,
                                       const AppCliColumn     *columns,
                                       guint                   n_columns,
                                       AppCliColumnsFunc       func,
                                       gpointer                data,
                                       GError                **error);

gboolean app_cli_columns_parse_number (const char             *text,
                                       const StoreMoneyGuess  *guess,
                                       double                 *number);

G_END_DECLS
