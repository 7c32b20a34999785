/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each column of a file is taken as: a row a column, with a few of its values below its name,
 * and the guess to be corrected. */
#include "config.h"

#include "app-import-columns.h"

#include <glib/gi18n-lib.h>

struct _AppImportColumns
{
  AdwPreferencesGroup parent_instance;

  AppImportFile *file;
  GPtrArray *rows;
};

G_DEFINE_FINAL_TYPE (AppImportColumns, app_import_columns, ADW_TYPE_PREFERENCES_GROUP)

static void
app_import_columns_finalize (GObject *object)
{
  g_ptr_array_unref (APP_IMPORT_COLUMNS (object)->rows);

  G_OBJECT_CLASS (app_import_columns_parent_class)->finalize (object);
}

static void
app_import_columns_class_init (AppImportColumnsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = app_import_columns_finalize;
}

static void
app_import_columns_init (AppImportColumns *self)
{
  self->rows = g_ptr_array_new ();
}

static GListModel *
new_labels (AppImportFile *file)
{
  GtkStringList *labels = gtk_string_list_new (NULL);
  const StoreImportField *fields;
  guint n;

  fields = store_import_target_get_fields (file->target, &n);
  /* Translators: a column of a file that is not imported. */
  gtk_string_list_append (labels, _("Leave out"));
  for (guint i = 0; i < n; i++)
    gtk_string_list_append (labels, fields[i].label);

  return G_LIST_MODEL (labels);
}

/* The position in the labels of what a column is guessed to be. */
static guint
find_guess (AppImportFile *file,
            guint          column)
{
  const char *name = store_mapping_get_field (file->guess, column);
  const StoreImportField *fields;
  guint n;

  fields = store_import_target_get_fields (file->target, &n);
  for (guint i = 0; name && i < n; i++)
    if (g_str_equal (fields[i].name, name))
      return i + 1;

  return 0;
}

static void
add_row (AppImportColumns *self,
         GListModel       *labels,
         guint             column)
{
  const char *name = store_sheet_get_name (self->file->sheet, column);
  GtkWidget *row = adw_combo_row_new ();
  g_autofree char *title = NULL;

  if (name && *name)
    title = g_strdup (name);
  else
    /* Translators: a column without a name, by its number. */
    title = g_strdup_printf (_("Column %u"), column + 1);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               g_ptr_array_index (self->file->samples, column));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), labels);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), find_guess (self->file, column));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

/**
 * app_import_columns_show:
 * @file: stays the caller's; outlives its being shown
 */
void
app_import_columns_show (AppImportColumns *self,
                         AppImportFile    *file)
{
  g_autoptr (GListModel) labels = NULL;

  g_return_if_fail (APP_IS_IMPORT_COLUMNS (self));

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self),
                                  g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);

  self->file = file;
  labels = new_labels (file);
  for (guint i = 0; i < store_sheet_get_n_columns (file->sheet); i++)
    add_row (self, labels, i);
}

/* A rule names a column as the sheet finds it again: by its name, or by its number where two
 * columns share one. */
static char *
make_rule (AppImportColumns *self,
           const char       *field,
           guint             column)
{
  const char *name = store_sheet_get_name (self->file->sheet, column);

  if (name && *name && store_sheet_find_column (self->file->sheet, name) == (int) column)
    return g_strdup_printf ("%s=%s", field, name);

  return g_strdup_printf ("%s=%u", field, column + 1);
}

/**
 * app_import_columns_new_mapping:
 *
 * Returns: (transfer full): what stands in the rows, or %NULL with a sentence on what is missing
 */
StoreMapping *
app_import_columns_new_mapping (AppImportColumns  *self,
                                GError           **error)
{
  g_autoptr (StoreMapping) mapping = NULL;
  g_autoptr (GPtrArray) rules = g_ptr_array_new_with_free_func (g_free);
  const StoreImportField *fields;
  guint n;

  g_return_val_if_fail (APP_IS_IMPORT_COLUMNS (self), NULL);

  fields = store_import_target_get_fields (self->file->target, &n);
  for (guint i = 0; i < self->rows->len; i++)
    {
      guint chosen = adw_combo_row_get_selected (g_ptr_array_index (self->rows, i));

      if (chosen > 0 && chosen <= n)
        g_ptr_array_add (rules, make_rule (self, fields[chosen - 1].name, i));
    }
  g_ptr_array_add (rules, NULL);

  mapping = store_mapping_new (self->file->target, self->file->sheet);
  if (!store_mapping_apply (mapping, (const char *const *) rules->pdata, error) ||
      !store_mapping_check (mapping, error))
    return NULL;

  return g_steal_pointer (&mapping);
}
