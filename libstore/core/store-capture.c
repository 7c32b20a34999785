/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every INSERT and UPDATE on a kind's table, whoever wrote the SQL, passes the preupdate hook
 * (sqlite.org/c3ref/preupdate_count.html) with the row as it was and as it will be. The first old
 * and the last new value of each field are kept, so that a row written three times in one
 * transaction is one change; a value that comes back to what it was is none. The digest follows in
 * the same place, so that nothing can move a value without moving it.
 */
#include "store-capture.h"

#include <string.h>

#define BIT(field) (G_GUINT64_CONSTANT (1) << (field)->id)

typedef struct
{
  const StoreTable *table;
  gint64 n;
} RowKey;

static guint
row_key_hash (gconstpointer data)
{
  const RowKey *key = data;

  return (guint) key->n * 2654435761u ^ key->table->kind->id;
}

static gboolean
row_key_equal (gconstpointer a,
               gconstpointer b)
{
  const RowKey *left = a;
  const RowKey *right = b;

  return left->n == right->n && left->table == right->table;
}

static StoreValue
borrow_value (sqlite3_value *from)
{
  StoreValue value = STORE_VALUE_INIT;

  switch (sqlite3_value_type (from))
    {
    case SQLITE_INTEGER:
      return store_value_integer (sqlite3_value_int64 (from));
    case SQLITE_TEXT:
      value.type = STORE_VALUE_TEXT;
      value.data = sqlite3_value_text (from);
      break;
    case SQLITE_BLOB:
      value.type = STORE_VALUE_BLOB;
      value.data = sqlite3_value_blob (from);
      break;
    case SQLITE_NULL:
    default:
      return value;
    }
  value.length = (guint32) sqlite3_value_bytes (from);
  if (value.data == NULL)
    value.data = (const guint8 *) "";
  return value;
}

static StoreValue
get_old (StoreCapture *self,
         int           column)
{
  sqlite3_value *value = NULL;

  sqlite3_preupdate_old (store_connection_get_handle (self->connection), column, &value);
  return value ? borrow_value (value) : STORE_VALUE_INIT;
}

static StoreValue
get_new (StoreCapture *self,
         int           column)
{
  sqlite3_value *value = NULL;

  sqlite3_preupdate_new (store_connection_get_handle (self->connection), column, &value);
  return value ? borrow_value (value) : STORE_VALUE_INIT;
}

static StoreChange *
add_change (StoreCapture     *self,
            const StoreTable *table,
            gint64            n,
            const StoreId    *id)
{
  gsize values = table->kind->n_fields * sizeof (StoreValue);
  StoreChange *change = store_arena_take (&self->arena, sizeof *change);
  RowKey *key = store_arena_take (&self->arena, sizeof *key);

  memset (change, 0, sizeof *change);
  change->table = table;
  change->n = n;
  change->id = *id;
  if (self->mode == STORE_CAPTURE_LOCAL)
    {
      change->old_values = store_arena_take (&self->arena, values);
      change->new_values = store_arena_take (&self->arena, values);
    }
  *key = (RowKey){ table, n };
  g_hash_table_insert (self->by_row, key, change);
  g_ptr_array_add (self->changes, change);
  return change;
}

StoreChange *
store_capture_find (StoreCapture     *self,
                    const StoreTable *table,
                    gint64            n)
{
  RowKey key = { table, n };

  return g_hash_table_lookup (self->by_row, &key);
}

/* Returns: the change of a row, made where there is none yet. */
StoreChange *
store_capture_touch (StoreCapture     *self,
                     const StoreTable *table,
                     gint64            n,
                     const StoreId    *id)
{
  StoreChange *change = store_capture_find (self, table, n);

  return change ? change : add_change (self, table, n, id);
}

static void
take_insert (StoreCapture     *self,
             const StoreTable *table,
             gint64            n,
             const StoreId    *id)
{
  const StoreKind *kind = table->kind;
  StoreChange *change = add_change (self, table, n, id);
  gboolean live = get_new (self, table->trashed_column).integer == 0;
  StoreValue clock;

  change->inserted = TRUE;
  for (guint i = 0; i < kind->n_fields; i++)
    {
      const StoreField *field = &kind->fields[i];
      StoreValue value = get_new (self, table->column_of[i]);

      if (live)
        store_digest_add (&self->digest, kind->id, id, field->id, &value);
      if (value.type != STORE_VALUE_NULL)
        change->mask |= BIT (field);
      if (self->mode != STORE_CAPTURE_LOCAL)
        continue;
      change->old_values[i] = STORE_VALUE_INIT;
      change->new_values[i] = store_arena_keep (&self->arena, &value);
      change->known |= BIT (field);
    }
  clock = get_new (self, table->clock_column);
  if (self->mode == STORE_CAPTURE_LOCAL)
    change->new_clock = store_arena_keep (&self->arena, &clock);
}

static void
take_field (StoreCapture     *self,
            StoreChange      *change,
            guint             position,
            const StoreValue *before,
            const StoreValue *after)
{
  const StoreField *field = &change->table->kind->fields[position];

  if (self->mode != STORE_CAPTURE_LOCAL)
    {
      change->mask |= BIT (field);
      return;
    }
  if (!(change->known & BIT (field)))
    {
      change->old_values[position] = store_arena_keep (&self->arena, before);
      change->known |= BIT (field);
    }
  change->new_values[position] = store_arena_keep (&self->arena, after);
  if (store_value_equal (&change->old_values[position], after))
    change->mask &= ~BIT (field);
  else
    change->mask |= BIT (field);
}

static void
take_update (StoreCapture     *self,
             const StoreTable *table,
             gint64            n,
             const StoreId    *id)
{
  const StoreKind *kind = table->kind;
  StoreChange *change = store_capture_find (self, table, n);
  gboolean was_live = get_old (self, table->trashed_column).integer == 0;
  gboolean is_live = get_new (self, table->trashed_column).integer == 0;
  /* A record that goes or comes back takes all its values with it. */
  guint64 look = self->hint != 0 && was_live == is_live ? self->hint : G_MAXUINT64;
  StoreValue clock;

  if (change == NULL)
    {
      change = add_change (self, table, n, id);
      if (self->mode == STORE_CAPTURE_LOCAL)
        {
          clock = get_old (self, table->clock_column);
          change->old_clock = store_arena_keep (&self->arena, &clock);
        }
    }

  for (guint i = 0; i < kind->n_fields; i++)
    {
      const StoreField *field = &kind->fields[i];
      StoreValue before, after;
      gboolean same;

      if (!(look & BIT (field)))
        continue;
      before = get_old (self, table->column_of[i]);
      after = get_new (self, table->column_of[i]);
      same = store_value_equal (&before, &after);
      if (was_live && (!same || !is_live))
        store_digest_subtract (&self->digest, kind->id, id, field->id, &before);
      if (is_live && (!same || !was_live))
        store_digest_add (&self->digest, kind->id, id, field->id, &after);
      if (!same || (self->hint != 0 && self->mode == STORE_CAPTURE_LOCAL))
        take_field (self, change, i, &before, &after);
    }
  if (self->mode == STORE_CAPTURE_LOCAL)
    {
      clock = get_new (self, table->clock_column);
      change->new_clock = store_arena_keep (&self->arena, &clock);
    }
}

static void
on_preupdate (gpointer       data,
              sqlite3       *handle,
              int            operation,
              const char    *database,
              const char    *name,
              sqlite3_int64  old_row,
              sqlite3_int64  new_row)
{
  StoreCapture *self = data;
  const StoreTable *table = self->latest;
  StoreValue id_value;
  StoreId id;

  if (self->mode == STORE_CAPTURE_OFF)
    return;
  if (table == NULL || strcmp (table->kind->name, name) != 0)
    table = store_table_set_find_name (self->tables, name);
  if (table == NULL)
    return;
  self->latest = table;

  if (operation == SQLITE_DELETE || (operation == SQLITE_UPDATE && old_row != new_row))
    {
      self->failed = "a row was removed or renumbered";
      return;
    }
  /* Column 1 is the id in every kind's table. */
  id_value = get_new (self, 1);
  if (!store_value_get_id (&id_value, &id))
    {
      self->failed = "a row has no id";
      return;
    }
  if (operation == SQLITE_INSERT)
    take_insert (self, table, new_row, &id);
  else
    take_update (self, table, new_row, &id);
}

void
store_capture_init (StoreCapture        *self,
                    StoreConnection     *connection,
                    const StoreTableSet *tables)
{
  *self = (StoreCapture){ .connection = connection, .tables = tables };
  store_arena_init (&self->arena);
  self->changes = g_ptr_array_new ();
  self->by_row = g_hash_table_new (row_key_hash, row_key_equal);
  sqlite3_preupdate_hook (store_connection_get_handle (connection), on_preupdate, self);
}

static void
drop_changes (StoreCapture *self)
{
  for (guint i = 0; i < self->changes->len; i++)
    {
      StoreChange *change = g_ptr_array_index (self->changes, i);

      g_clear_pointer (&change->ended, g_array_unref);
    }
  g_ptr_array_set_size (self->changes, 0);
  g_hash_table_remove_all (self->by_row);
  store_arena_reset (&self->arena);
}

void
store_capture_clear (StoreCapture *self)
{
  sqlite3_preupdate_hook (store_connection_get_handle (self->connection), NULL, NULL);
  drop_changes (self);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_clear_pointer (&self->by_row, g_hash_table_unref);
  store_arena_clear (&self->arena);
}

void
store_capture_begin (StoreCapture    *self,
                     StoreCaptureMode mode)
{
  drop_changes (self);
  self->mode = mode;
  self->hint = 0;
  self->failed = NULL;
}
