/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-table.h"

#include "store-catalog.h"
#include "store-record-private.h"

#include <string.h>

static gboolean
find_columns (StoreTable      *table,
              StoreConnection *connection,
              GError         **error)
{
  g_autoptr (StoreStatement) statement = NULL;
  gboolean row;

  statement = store_connection_prepare (connection,
                                        "SELECT cid, name FROM pragma_table_info(?1)", error);
  if (statement == NULL)
    return FALSE;

  sqlite3_bind_text (statement->handle, 1, table->kind->name, -1, SQLITE_STATIC);
  while (store_statement_step (statement, &row, error))
    {
      const char *name;
      const StoreField *field;
      int column;

      if (!row)
        return TRUE;
      column = sqlite3_column_int (statement->handle, 0);
      name = (const char *) sqlite3_column_text (statement->handle, 1);
      field = store_kind_get_field (table->kind, name);
      if (field)
        table->column_of[store_kind_get_position (table->kind, field)] = column;
      else if (g_str_equal (name, "trashed"))
        table->trashed_column = column;
      else if (g_str_equal (name, "clock"))
        table->clock_column = column;
    }
  return FALSE;
}

static void
describe_fields (StoreTable *table)
{
  g_autoptr (GString) columns = g_string_new (NULL);

  for (guint i = 0; i < table->kind->n_fields; i++)
    {
      const StoreField *field = &table->kind->fields[i];
      guint64 bit = G_GUINT64_CONSTANT (1) << field->id;

      g_string_append_printf (columns, "%s\"%s\"", i > 0 ? ", " : "", field->name);
      if (field->flags & STORE_FIELD_PERSONAL)
        table->personal |= bit;
      if (field->flags & STORE_FIELD_PARENT)
        table->parents |= bit;
      table->group_of[field->id] = (guint8) store_field_get_group (field);
    }
  table->columns = g_string_free (g_steal_pointer (&columns), FALSE);
}

static void
write_sql (StoreTable *table)
{
  GString *insert = g_string_new (NULL);

  g_string_printf (insert, "INSERT INTO \"%s\" (id, clock, %s) VALUES (?1, ?2",
                   table->kind->name, table->columns);
  for (guint i = 0; i < table->kind->n_fields; i++)
    g_string_append_printf (insert, ", ?%u", i + 3);
  g_string_append_c (insert, ')');
  table->insert_sql = g_string_free (insert, FALSE);
  table->state_sql = g_strdup_printf ("SELECT n, clock, %s FROM \"%s\" WHERE id = ?1",
                                      table->columns, table->kind->name);
  table->record_sql = g_strdup_printf ("SELECT %s FROM \"%s\" WHERE id = ?1",
                                       store_record_get_select (table->kind), table->kind->name);
}

/* Returns: (transfer full): the tables as they lie in the file of @connection. */
StoreTableSet *
store_table_set_load (StoreConnection *connection,
                      GError         **error)
{
  g_autoptr (StoreTableSet) self = g_new0 (StoreTableSet, 1);
  const StoreKind *const *kinds = store_catalog_get_kinds (&self->n_tables);

  self->tables = g_new0 (StoreTable, self->n_tables);
  for (guint i = 0; i < self->n_tables; i++)
    {
      StoreTable *table = &self->tables[i];

      table->kind = kinds[i];
      table->column_of = g_new0 (int, kinds[i]->n_fields);
      describe_fields (table);
      write_sql (table);
      if (!find_columns (table, connection, error))
        return NULL;
    }
  return g_steal_pointer (&self);
}

void
store_table_set_free (StoreTableSet *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_tables; i++)
    {
      g_free (self->tables[i].columns);
      g_free (self->tables[i].insert_sql);
      g_free (self->tables[i].state_sql);
      g_free (self->tables[i].record_sql);
      g_free (self->tables[i].column_of);
    }
  g_free (self->tables);
  g_free (self);
}

const StoreTable *
store_table_set_find (const StoreTableSet *self,
                      const StoreKind     *kind)
{
  for (guint i = 0; i < self->n_tables; i++)
    if (self->tables[i].kind == kind)
      return &self->tables[i];
  return NULL;
}

const StoreTable *
store_table_set_find_by_id (const StoreTableSet *self,
                            guint                kind)
{
  for (guint i = 0; i < self->n_tables; i++)
    if (self->tables[i].kind->id == kind)
      return &self->tables[i];
  return NULL;
}

const StoreTable *
store_table_set_find_name (const StoreTableSet *self,
                           const char          *name)
{
  for (guint i = 0; i < self->n_tables; i++)
    if (strcmp (self->tables[i].kind->name, name) == 0)
      return &self->tables[i];
  return NULL;
}
