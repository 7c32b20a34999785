/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many records: their ids and fields in columns. */
#include "config.h"

#include "app-cli-table.h"

#include "app-cli-grid.h"
#include "app-cli-record.h"

/**
 * app_cli_table_to_json:
 * @records: (element-type StoreRecord)
 *
 * Returns: (transfer full): an array of objects.
 */
JsonNode *
app_cli_table_to_json (GPtrArray *records)
{
  g_return_val_if_fail (records != NULL, NULL);

  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < records->len; i++)
    app_cli_record_build_json (g_ptr_array_index (records, i), builder);
  json_builder_end_array (builder);
  return json_builder_get_root (builder);
}

static gboolean
is_shown (const StoreField *field)
{
  return !(field->flags & STORE_FIELD_HIDDEN) && field->type != STORE_FIELD_LONG_TEXT;
}

static GPtrArray *
choose_columns (const StoreKind  *kind,
                const char       *names,
                GError          **error)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new ();
  g_auto (GStrv) split = names ? g_strsplit (names, ",", -1) : NULL;

  for (guint i = 0; !names && i < kind->n_fields; i++)
    if (is_shown (&kind->fields[i]))
      g_ptr_array_add (columns, (gpointer) &kind->fields[i]);

  for (guint i = 0; split && split[i]; i++)
    {
      const StoreField *field = app_cli_record_find_field (kind, g_strstrip (split[i]), error);

      if (!field)
        return NULL;
      g_ptr_array_add (columns, (gpointer) field);
    }
  return g_steal_pointer (&columns);
}

static AppCliGrid *
build_grid (GPtrArray *records,
            GPtrArray *columns)
{
  AppCliGrid *grid = app_cli_grid_new ();

  app_cli_grid_add_column (grid, "ID");
  for (guint column = 0; column < columns->len; column++)
    app_cli_grid_add_column (grid, store_field_get_label (g_ptr_array_index (columns, column)));

  for (guint i = 0; i < records->len; i++)
    {
      StoreRecord *record = g_ptr_array_index (records, i);

      app_cli_grid_take_cell (grid, store_id_to_string (store_record_get_id (record)));
      for (guint column = 0; column < columns->len; column++)
        {
          const StoreField *field = g_ptr_array_index (columns, column);

          app_cli_grid_take_cell (grid, store_record_dup_raw_text (record, field->name));
        }
    }
  return grid;
}

/**
 * app_cli_table_print:
 * @records: (element-type StoreRecord)
 * @fields: (nullable): names with commas between them; %NULL for the usual ones
 */
gboolean
app_cli_table_print (GPtrArray        *records,
                     const StoreKind  *kind,
                     const char       *fields,
                     AppCliSession    *session,
                     GError          **error)
{
  g_return_val_if_fail (records != NULL && kind != NULL, FALSE);

  g_autoptr (GPtrArray) columns = choose_columns (kind, fields, error);

  if (!columns)
    return FALSE;

  g_autoptr (AppCliGrid) grid = build_grid (records, columns);

  app_cli_grid_print (grid, session);
  return TRUE;
}
