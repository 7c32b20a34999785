/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-cli-sheet.h"

#include "app-cli-error.h"

#include "store-error.h"

#include <glib/gi18n.h>

#define MOST_REFUSALS_SHOWN 10
#define MOST_COLUMNS_SHOWN 30

struct _AppCliSheet
{
  AppCliSession *session;
  const char *option;
  StoreSheet *sheet;
  guint n_refused;
};

/**
 * app_cli_sheet_open:
 * @option: which option names the file
 *
 * Returns: (transfer full) (nullable): the file.
 */
AppCliSheet *
app_cli_sheet_open (AppCliSession    *session,
                    AppCliArguments  *arguments,
                    const char       *option,
                    GError          **error)
{
  g_return_val_if_fail (session != NULL && arguments != NULL, NULL);

  const char *path = app_cli_arguments_get_value (arguments, option);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (StoreSheet) sheet =
    store_sheet_open (file, NULL, app_cli_session_get_cancellable (session), error);

  if (!sheet)
    return NULL;

  AppCliSheet *self = g_new0 (AppCliSheet, 1);

  self->session = session;
  self->option = option;
  self->sheet = g_steal_pointer (&sheet);
  return self;
}

void
app_cli_sheet_free (AppCliSheet *self)
{
  g_clear_object (&self->sheet);
  g_free (self);
}

StoreSheet *
app_cli_sheet_get (AppCliSheet *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->sheet;
}

/* What can be said in place of a column that is not there. */
static char *
describe_columns (AppCliSheet *self)
{
  guint n = store_sheet_get_n_columns (self->sheet);
  g_autoptr (GString) names = g_string_new (NULL);

  if (!store_sheet_has_header (self->sheet))
    return g_strdup (_("It has no line with the names of its columns: call them 1, 2, 3."));

  for (guint i = 0; i < MIN (n, MOST_COLUMNS_SHOWN); i++)
    g_string_append_printf (names, "%s%s", i ? ", " : "", store_sheet_get_name (self->sheet, i));
  if (n > MOST_COLUMNS_SHOWN)
    g_string_append (names, ", …");
  return g_strdup_printf (_("It has: %s."), names->str);
}

/**
 * app_cli_sheet_find_name:
 * @name: of a column, or its number from 1
 * @column: (out): from 0
 */
gboolean
app_cli_sheet_find_name (AppCliSheet  *self,
                         const char   *name,
                         guint        *column,
                         GError      **error)
{
  g_return_val_if_fail (self != NULL && name != NULL && column != NULL, FALSE);

  int found = store_sheet_find_column (self->sheet, name);

  if (found < 0)
    {
      g_autofree char *columns = describe_columns (self);

      g_set_error (error, STORE_ERROR, STORE_ERROR_NOT_FOUND, _("The file has no column “%s”. %s"),
                   name, columns);
      return FALSE;
    }
  *column = (guint) found;
  return TRUE;
}

/**
 * app_cli_sheet_find_column:
 * @option: which option names the column; it must have been given
 * @column: (out): from 0
 */
gboolean
app_cli_sheet_find_column (AppCliSheet      *self,
                           AppCliArguments  *arguments,
                           const char       *option,
                           guint            *column,
                           GError          **error)
{
  g_return_val_if_fail (self != NULL && option != NULL, FALSE);

  const char *name = app_cli_arguments_get_value (arguments, option);

  if (name)
    return app_cli_sheet_find_name (self, name, column, error);

  g_autofree char *columns = describe_columns (self);

  g_set_error (error, APP_CLI_ERROR, APP_CLI_ERROR_USAGE,
               _("--%s also needs --%s, which names a column of the file. %s"), self->option,
               option, columns);
  return FALSE;
}

static void
tell_refusal (AppCliSheet  *self,
              const GError *refusal)
{
  g_autofree char *line = NULL;

  if (self->n_refused++ >= MOST_REFUSALS_SHOWN)
    return;

  /* As a text: gettext cannot read the format of a guint64 out of its macro. */
  line = g_strdup_printf ("%" G_GUINT64_FORMAT, store_sheet_get_line (self->sheet));
  app_cli_session_say (self->session, _("Line %s is left out: %s"), line, refusal->message);
}

static gboolean
take_row (AppCliSheet      *self,
          AppCliSheetFunc   func,
          gpointer          data,
          GError          **error)
{
  if (store_sheet_get_row (self->sheet) != STORE_SHEET_ROW_FAULT)
    return func (self->sheet, data, error);

  g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID,
                       store_sheet_get_fault (self->sheet));
  return FALSE;
}

static gboolean
visit_rows (AppCliSheet      *self,
            AppCliSheetFunc   func,
            gpointer          data,
            gboolean          tell,
            GError          **error)
{
  GCancellable *cancellable = app_cli_session_get_cancellable (self->session);
  g_autoptr (GError) failure = NULL;

  while (store_sheet_next (self->sheet, cancellable, &failure))
    {
      g_autoptr (GError) refusal = NULL;

      app_cli_session_report (store_sheet_get_progress (self->sheet), self->session);
      if (store_sheet_get_row (self->sheet) != STORE_SHEET_ROW_TOTAL &&
          !take_row (self, func, data, &refusal) && tell)
        tell_refusal (self, refusal);
    }

  if (failure)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return TRUE;
}

/**
 * app_cli_sheet_scan:
 *
 * Looks at every row, for what its columns say as a whole, and goes back to the first. Rows that
 * cannot be taken are passed over in silence; app_cli_sheet_read() will tell them.
 */
gboolean
app_cli_sheet_scan (AppCliSheet      *self,
                    AppCliSheetFunc   func,
                    gpointer          data,
                    GError          **error)
{
  g_return_val_if_fail (self != NULL && func != NULL, FALSE);

  return visit_rows (self, func, data, FALSE, error) &&
         store_sheet_rewind (self->sheet, app_cli_session_get_cancellable (self->session), error);
}

/**
 * app_cli_sheet_read:
 *
 * Takes every row, once; those that are left out are told on standard error.
 */
gboolean
app_cli_sheet_read (AppCliSheet      *self,
                    AppCliSheetFunc   func,
                    gpointer          data,
                    GError          **error)
{
  g_return_val_if_fail (self != NULL && func != NULL, FALSE);

  if (!visit_rows (self, func, data, TRUE, error))
    return FALSE;
  if (self->n_refused > MOST_REFUSALS_SHOWN)
    app_cli_session_say (self->session, _("%u lines are left out in all."), self->n_refused);
  return TRUE;
}
