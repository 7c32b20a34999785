/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Heads beside the winner lie in the table "head", with the values of the whole group, so that a
 * clash is found, shown and settled without reading the log. A value is packed as in an entry:
 * tag, then its bytes.
 */
#include "store-heads.h"

#include "store-entry-private.h"

static void
clear_value (gpointer data)
{
  store_value_clear (data);
}

GArray *
store_head_values_new (void)
{
  GArray *values = g_array_new (FALSE, TRUE, sizeof (StoreValue));

  g_array_set_clear_func (values, clear_value);
  return values;
}

void
store_head_free (StoreHead *head)
{
  g_array_unref (head->values);
  g_free (head);
}

/* The field that gives a record its id is folded for that: VIP and vip are one tag. */
static gboolean
is_same_key (const StoreValue *a,
             const StoreValue *b)
{
  g_autofree char *left = store_value_dup_text (a);
  g_autofree char *right = store_value_dup_text (b);
  g_autofree char *left_folded = left ? g_utf8_casefold (left, -1) : NULL;
  g_autofree char *right_folded = right ? g_utf8_casefold (right, -1) : NULL;

  return g_strcmp0 (left_folded, right_folded) == 0;
}

static gboolean
is_same_value (const StoreKind  *kind,
               const StoreField *field,
               const StoreValue *a,
               const StoreValue *b)
{
  if (store_value_equal (a, b) || (field->flags & STORE_FIELD_QUIET))
    return TRUE;
  return kind->key && g_str_equal (kind->key, field->name) && is_same_key (a, b);
}

/* Whether two heads say the same. A difference in quiet fields alone (ranks) is none. */
gboolean
store_head_equal (const StoreTable *table,
                  guint             group,
                  const StoreHead  *a,
                  const StoreHead  *b)
{
  guint at = 0;

  for (guint i = 0; i < table->kind->n_fields; i++)
    {
      const StoreField *field = &table->kind->fields[i];

      if (store_field_get_group (field) != group)
        continue;
      if (at >= a->values->len || at >= b->values->len)
        break;
      if (!is_same_value (table->kind, field, &g_array_index (a->values, StoreValue, at),
                          &g_array_index (b->values, StoreValue, at)))
        return FALSE;
      at++;
    }
  return TRUE;
}

static void
pack_values (GByteArray *out,
             GArray     *values)
{
  for (guint i = 0; i < values->len; i++)
    {
      const StoreValue *value = &g_array_index (values, StoreValue, i);

      store_pack_byte (out, (guint8) value->type);
      if (value->type == STORE_VALUE_INTEGER)
        {
          store_pack_signed (out, value->integer);
        }
      else if (value->type != STORE_VALUE_NULL)
        {
          store_pack_number (out, value->length);
          store_pack_bytes (out, value->data, value->length);
        }
    }
}

static GArray *
unpack_values (const guint8 *data,
               gsize         length)
{
  GArray *values = store_head_values_new ();
  StoreUnpacker in = store_unpacker (data, length);
  StoreEntryToken token;

  while (store_unpack_left (&in) > 0 && store_entry_next_token (&in, &token))
    {
      StoreValue copy = store_value_copy (&token.value);

      g_array_append_val (values, copy);
    }
  return values;
}

GPtrArray *
store_heads_load (StoreConnection  *connection,
                  GArray           *streams,
                  const StoreTable *table,
                  const StoreId    *id,
                  guint             group,
                  GError          **error)
{
  g_autoptr (GPtrArray) heads = g_ptr_array_new_with_free_func ((GDestroyNotify) store_head_free);
  g_autoptr (StoreStatement) statement = NULL;
  gboolean row;

  statement = store_connection_prepare (connection,
                                        "SELECT stamp, stream, body FROM head WHERE kind = ?1"
                                        " AND id = ?2 AND grp = ?3 ORDER BY stamp, stream",
                                        error);
  if (statement == NULL)
    return NULL;

  sqlite3_bind_int (statement->handle, 1, (int) table->kind->id);
  store_statement_bind_id (statement, 2, id);
  sqlite3_bind_int (statement->handle, 3, (int) group);
  while (store_statement_step (statement, &row, error))
    {
      StoreHead *head;

      if (!row)
        return g_steal_pointer (&heads);
      head = g_new0 (StoreHead, 1);
      head->mark.stamp = (guint64) sqlite3_column_int64 (statement->handle, 0);
      head->stream = (guint32) sqlite3_column_int64 (statement->handle, 1);
      if (head->stream < streams->len)
        head->mark.stream = g_array_index (streams, StoreStreamId, head->stream);
      head->values = unpack_values (sqlite3_column_blob (statement->handle, 2),
                                    (gsize) sqlite3_column_bytes (statement->handle, 2));
      g_ptr_array_add (heads, head);
    }
  return NULL;
}

gboolean
store_heads_replace (StoreConnection  *connection,
                     const StoreTable *table,
                     const StoreId    *id,
                     guint             group,
                     GPtrArray        *heads,
                     GError          **error)
{
  g_autoptr (StoreStatement) clean = NULL;
  g_autoptr (StoreStatement) insert = NULL;

  clean = store_connection_prepare (connection,
                                    "DELETE FROM head WHERE kind = ?1 AND id = ?2 AND grp = ?3",
                                    error);
  insert = store_connection_prepare (connection, "INSERT INTO head VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                                     error);
  if (clean == NULL || insert == NULL)
    return FALSE;

  sqlite3_bind_int (clean->handle, 1, (int) table->kind->id);
  store_statement_bind_id (clean, 2, id);
  sqlite3_bind_int (clean->handle, 3, (int) group);
  if (!store_statement_run (clean, error))
    return FALSE;

  for (guint i = 0; i < heads->len; i++)
    {
      StoreHead *head = g_ptr_array_index (heads, i);
      g_autoptr (GByteArray) body = g_byte_array_new ();

      pack_values (body, head->values);
      sqlite3_bind_int (insert->handle, 1, (int) table->kind->id);
      store_statement_bind_id (insert, 2, id);
      sqlite3_bind_int (insert->handle, 3, (int) group);
      sqlite3_bind_int64 (insert->handle, 4, (gint64) head->mark.stamp);
      sqlite3_bind_int64 (insert->handle, 5, head->stream);
      sqlite3_bind_blob (insert->handle, 6, body->data, (int) body->len, SQLITE_STATIC);
      if (!store_statement_run (insert, error))
        return FALSE;
    }
  return TRUE;
}
