/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any table of a file, for analyses that look at all of its columns. */
#include "config.h"

#include "app-cli-insight-rows.h"

#include "app-cli-columns.h"

void
app_cli_rows_free (AppCliRows *self)
{
  g_strfreev (self->names);
  g_free (self->places);
  g_free (self->guesses);
  g_ptr_array_unref (self->cells);
  g_string_chunk_free (self->texts);
  g_free (self);
}

static gboolean
mark_left_out (AppCliSheet      *sheet,
               AppCliArguments  *arguments,
               gboolean         *left_out,
               GError          **error)
{
  const char *const *names = app_cli_arguments_get_values (arguments, "leave-out");

  for (guint i = 0; names[i]; i++)
    {
      guint column;

      if (!app_cli_sheet_find_name (sheet, names[i], &column, error))
        return FALSE;
      left_out[column] = TRUE;
    }
  return TRUE;
}

/* The place of a column among those that are kept; it is kept whatever --leave-out says. */
static gboolean
find_role (AppCliSheet      *sheet,
           AppCliArguments  *arguments,
           const char       *option,
           gboolean         *left_out,
           guint            *column,
           GError          **error)
{
  *column = APP_CLI_ROWS_NONE;
  if (!app_cli_arguments_has (arguments, option))
    return TRUE;
  if (!app_cli_sheet_find_column (sheet, arguments, option, column, error))
    return FALSE;
  left_out[*column] = FALSE;
  return TRUE;
}

static void
keep_columns (AppCliRows     *self,
              StoreSheet     *sheet,
              const gboolean *left_out)
{
  guint n = store_sheet_get_n_columns (sheet);
  guint label = self->label;
  guint id = self->id;

  self->names = g_new0 (char *, n + 1);
  self->places = g_new0 (guint, n);
  self->guesses = g_new0 (StoreMoneyGuess, n);
  for (guint i = 0; i < n; i++)
    {
      if (left_out[i])
        continue;
      if (i == label)
        self->label = self->n_columns;
      if (i == id)
        self->id = self->n_columns;
      self->names[self->n_columns] = g_strdup (store_sheet_get_name (sheet, i));
      self->places[self->n_columns++] = i;
    }
}

static gboolean
choose_columns (AppCliRows       *self,
                AppCliSheet      *sheet,
                AppCliArguments  *arguments,
                GError          **error)
{
  guint n = store_sheet_get_n_columns (app_cli_sheet_get (sheet));
  g_autofree gboolean *left_out = g_new0 (gboolean, n);

  if (!mark_left_out (sheet, arguments, left_out, error) ||
      !find_role (sheet, arguments, "label", left_out, &self->label, error) ||
      !find_role (sheet, arguments, "id", left_out, &self->id, error))
    return FALSE;
  keep_columns (self, app_cli_sheet_get (sheet), left_out);
  return TRUE;
}

static gboolean
add_row (StoreSheet  *sheet,
         gpointer     data,
         GError     **error)
{
  AppCliRows *self = data;

  for (guint i = 0; i < self->n_columns; i++)
    {
      const char *cell = store_sheet_get_cell (sheet, self->places[i]);

      store_money_guess_add (&self->guesses[i], cell);
      g_ptr_array_add (self->cells, g_string_chunk_insert_const (self->texts, cell));
    }
  self->n_rows++;
  return TRUE;
}

/**
 * app_cli_insight_read_rows:
 * @arguments: those of APP_CLI_INSIGHT_ROWS_OPTIONS, with --rows
 *
 * Returns: (transfer full) (nullable): the table
 */
AppCliRows *
app_cli_insight_read_rows (AppCliSession    *session,
                           AppCliArguments  *arguments,
                           GError          **error)
{
  g_return_val_if_fail (session != NULL && arguments != NULL, NULL);

  g_autoptr (AppCliRows) self = g_new0 (AppCliRows, 1);
  g_autoptr (AppCliSheet) sheet = NULL;

  self->cells = g_ptr_array_new ();
  self->texts = g_string_chunk_new (1 << 16);
  sheet = app_cli_sheet_open (session, arguments, "rows", error);
  if (!sheet ||
      !choose_columns (self, sheet, arguments, error) ||
      !app_cli_sheet_read (sheet, add_row, self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * app_cli_rows_get:
 *
 * Returns: (transfer none): a cell; the same text is the same pointer.
 */
const char *
app_cli_rows_get (const AppCliRows *self,
                  guint             row,
                  guint             column)
{
  g_return_val_if_fail (self != NULL && row < self->n_rows && column < self->n_columns, "");

  return g_ptr_array_index (self->cells, row * self->n_columns + column);
}
