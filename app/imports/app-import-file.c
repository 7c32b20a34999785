/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-import-file.h"

#include <glib/gi18n-lib.h>

#define MAX_SAMPLES 3
#define MAX_ROWS_FOR_SAMPLES 50
#define MAX_SAMPLE_CHARS 30

void
app_import_file_free (AppImportFile *file)
{
  g_clear_object (&file->file);
  g_clear_pointer (&file->guess, store_mapping_free);
  g_clear_object (&file->sheet);
  g_clear_pointer (&file->target, store_import_target_unref);
  g_clear_pointer (&file->samples, g_ptr_array_unref);
  g_free (file);
}

static void
append_sample (GString    *text,
               const char *cell)
{
  glong length = g_utf8_strlen (cell, -1);

  if (text->len > 0)
    /* Translators: stands between examples. */
    g_string_append (text, _(", "));
  if (length <= MAX_SAMPLE_CHARS)
    g_string_append (text, cell);
  else
    {
      g_string_append_len (text, cell, g_utf8_offset_to_pointer (cell, MAX_SAMPLE_CHARS) - cell);
      g_string_append (text, "…");
    }
}

static gboolean
read_samples (AppImportFile  *file,
              GCancellable   *cancellable,
              GError        **error)
{
  guint n_columns = store_sheet_get_n_columns (file->sheet);
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  g_autofree guint *counts = g_new0 (guint, n_columns + 1);
  g_autoptr (GError) end = NULL;

  for (guint i = 0; i < n_columns; i++)
    g_ptr_array_add (texts, g_string_new (NULL));

  for (guint row = 0; row < MAX_ROWS_FOR_SAMPLES; row++)
    {
      if (!store_sheet_next (file->sheet, cancellable, &end))
        break;
      for (guint i = 0; i < n_columns; i++)
        {
          const char *cell = store_sheet_get_cell (file->sheet, i);

          if (cell && *cell && counts[i] < MAX_SAMPLES)
            {
              append_sample (g_ptr_array_index (texts, i), cell);
              counts[i]++;
            }
        }
    }

  file->samples = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n_columns; i++)
    g_ptr_array_add (file->samples, g_string_free (g_ptr_array_index (texts, i), FALSE));

  if (end)
    {
      g_propagate_error (error, g_steal_pointer (&end));
      return FALSE;
    }
  return store_sheet_rewind (file->sheet, cancellable, error);
}

static AppImportFile *
open_file (GFile         *source,
           const char    *kind,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (AppImportFile) file = g_new0 (AppImportFile, 1);

  file->file = g_object_ref (source);
  file->target = store_import_target_new (kind, error);
  if (!file->target)
    return NULL;
  file->sheet = store_sheet_open (source, NULL, cancellable, error);
  if (!file->sheet)
    return NULL;

  file->guess = store_mapping_new (file->target, file->sheet);
  if (!store_mapping_guess (file->guess, cancellable, error) ||
      !store_sheet_rewind (file->sheet, cancellable, error) ||
      !read_samples (file, cancellable, error))
    return NULL;

  return g_steal_pointer (&file);
}

static void
open_in_thread (GTask        *task,
                gpointer      source,
                gpointer      file,
                GCancellable *cancellable)
{
  const char *kind = g_object_get_data (G_OBJECT (task), "kind");
  GError *error = NULL;
  AppImportFile *opened = open_file (file, kind, cancellable, &error);

  if (opened)
    g_task_return_pointer (task, opened, (GDestroyNotify) app_import_file_free);
  else
    g_task_return_error (task, error);
}

/**
 * app_import_file_open_async:
 * @kind: what its lines are: "party", "order" ...
 *
 * Opens a file, finds the table in it and guesses its columns.
 */
void
app_import_file_open_async (GFile               *file,
                            const char          *kind,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_object_set_data_full (G_OBJECT (task), "kind", g_strdup (kind), g_free);
  g_task_run_in_thread (task, open_in_thread);
}

AppImportFile *
app_import_file_open_finish (GAsyncResult  *result,
                             GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
