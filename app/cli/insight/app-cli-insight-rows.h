/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-cli-arguments.h"
#include "app-cli-session.h"

#include "store-money-text.h"

G_BEGIN_DECLS

#define APP_CLI_ROWS_NONE G_MAXUINT

/**
 * AppCliRows:
 * @n_rows: number of rows
 * @n_columns: number of columns, without those of --leave-out
 * @names: (array zero-terminated=1): of the columns
 * @label: the column of --label, or %APP_CLI_ROWS_NONE
 * @id: the column of --id, or %APP_CLI_ROWS_NONE
 *
 * Any table of a file, its cells as text.
 */
typedef struct
{
  guint n_rows;
  guint n_columns;
  char **names;
  guint label;
  guint id;

  guint *places;
  StoreMoneyGuess *guesses;
  GPtrArray *cells;
  GStringChunk *texts;
} AppCliRows;

AppCliRows *app_cli_insight_read_rows (AppCliSession     *session,
                                       AppCliArguments   *arguments,
                                       GError           **error);
void        app_cli_rows_free         (AppCliRows        *self);
const char *app_cli_rows_get          (const AppCliRows  *self,
                                       guint              row,
                                       guint              column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppCliRows, app_cli_rows_free)

G_END_DECLS
