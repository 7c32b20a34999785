/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-sql.h"

static void
clear_binding (gpointer data)
{
  store_value_clear (&((StoreSqlBinding *) data)->value);
}

/**
 * store_sql_new:
 *
 * Returns: (transfer full): an empty statement
 */
StoreSql *
store_sql_new (void)
{
  StoreSql *self = g_new0 (StoreSql, 1);

  self->text = g_string_new (NULL);
  self->bindings = g_array_new (FALSE, FALSE, sizeof (StoreSqlBinding));
  g_array_set_clear_func (self->bindings, clear_binding);
  return self;
}

/**
 * store_sql_free:
 * @self: a statement in the making
 */
void
store_sql_free (StoreSql *self)
{
  if (self == NULL)
    return;
  g_string_free (self->text, TRUE);
  g_array_unref (self->bindings);
  g_free (self);
}

/**
 * store_sql_add:
 * @self: a statement in the making
 * @text: SQL of the program's own
 */
void
store_sql_add (StoreSql   *self,
               const char *text)
{
  g_string_append (self->text, text);
}

/**
 * store_sql_add_name:
 * @self: a statement in the making
 * @name: a table's or column's name from the catalog
 */
void
store_sql_add_name (StoreSql   *self,
                    const char *name)
{
  g_string_append_printf (self->text, "\"%s\"", name);
}

/**
 * store_sql_add_value:
 * @self: a statement in the making
 * @value: a value, copied
 *
 * Adds a `?` and what shall be bound to it.
 */
void
store_sql_add_value (StoreSql         *self,
                     const StoreValue *value)
{
  StoreSqlBinding binding = { .value = store_value_copy (value) };

  g_string_append_c (self->text, '?');
  g_array_append_val (self->bindings, binding);
}

/**
 * store_sql_add_text:
 * @self: a statement in the making
 * @text: a text, copied
 */
void
store_sql_add_text (StoreSql   *self,
                    const char *text)
{
  StoreValue value = store_value_text (text);

  store_sql_add_value (self, &value);
}

/**
 * store_sql_add_number:
 * @self: a statement in the making
 * @number: a number
 */
void
store_sql_add_number (StoreSql *self,
                      gint64    number)
{
  StoreValue value = store_value_integer (number);

  store_sql_add_value (self, &value);
}

/**
 * store_sql_add_bound:
 * @self: a statement in the making
 * @column: a column's name from the catalog
 * @op: an operator of SQL, with spaces around it
 * @value: a value, copied
 */
void
store_sql_add_bound (StoreSql         *self,
                     const char       *column,
                     const char       *op,
                     const StoreValue *value)
{
  store_sql_add_name (self, column);
  store_sql_add (self, op);
  store_sql_add_value (self, value);
}

/**
 * store_sql_add_pointer:
 * @self: a statement in the making
 * @pointer: what a function of ours takes; must outlive the use of the statement
 * @type: the name that the function knows it by; static
 */
void
store_sql_add_pointer (StoreSql   *self,
                       gpointer    pointer,
                       const char *type)
{
  StoreSqlBinding binding = { .pointer = pointer, .pointer_type = type };

  g_string_append_c (self->text, '?');
  g_array_append_val (self->bindings, binding);
}

static void
bind_value (sqlite3_stmt     *statement,
            int               at,
            const StoreValue *value)
{
  switch (value->type)
    {
    case STORE_VALUE_INTEGER:
      sqlite3_bind_int64 (statement, at, value->integer);
      break;
    case STORE_VALUE_TEXT:
      sqlite3_bind_text (statement, at, (const char *) value->data, (int) value->length,
                         SQLITE_STATIC);
      break;
    case STORE_VALUE_BLOB:
      sqlite3_bind_blob (statement, at, value->data, (int) value->length, SQLITE_STATIC);
      break;
    case STORE_VALUE_NULL:
    default:
      sqlite3_bind_null (statement, at);
      break;
    }
}

/**
 * store_sql_bind:
 * @self: the statement's text and values; must outlive the use of @statement
 * @statement: it, prepared
 */
void
store_sql_bind (StoreSql     *self,
                sqlite3_stmt *statement)
{
  for (guint i = 0; i < self->bindings->len; i++)
    {
      const StoreSqlBinding *binding = &g_array_index (self->bindings, StoreSqlBinding, i);

      if (binding->pointer)
        sqlite3_bind_pointer (statement, (int) i + 1, binding->pointer, binding->pointer_type,
                              NULL);
      else
        bind_value (statement, (int) i + 1, &binding->value);
    }
}
