/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Merge is a function of the set of records: the order in which they come does not matter as long
 * as each comes after those that its writer had seen.
 *
 * Field groups. A record names, for each group it writes, the writes it replaces. A head is a write
 * that no other names. The row shows the head with the largest (stamp, stream); every other head
 * with another value is a clash. So a new write takes the named heads out, puts itself in, and the
 * winner is looked for again. (Multi-value registers with causal context; compare Preguiça et al.,
 * "Dotted version vectors", 2010.)
 *
 * Deletes. A delete names its rows and is bounded by what its writer had seen. A write to one of
 * the rows, or a new child of one, that neither saw the delete nor was seen by it cancels the
 * whole delete. Both orders of arrival are looked at: the write that finds an open delete, and the
 * delete that finds unseen writes in the log. What rules and seeds made does not cancel. A restore
 * names the deletes it ends; each delete stands for itself.
 *
 * Links (sets) are rows whose id comes from their ends: an add is a write, a removal is a delete,
 * and "add wins" is the rule above.
 */
#include "store-merge.h"

#include "store-packing.h"

#define BIT(number) (G_GUINT64_CONSTANT (1) << (number))

typedef struct
{
  gint64 n;
  gboolean found;
  StoreRowClock clock;
  StoreValue *values;
} RowState;

static gboolean
load_row (StoreWriter      *writer,
          const StoreTable *table,
          const StoreId    *id,
          RowState         *state,
          GError          **error)
{
  StoreArena *arena = &writer->capture.arena;
  g_autoptr (StoreStatement) statement = NULL;
  StoreValue clock;

  statement = store_connection_prepare (writer->connection, table->state_sql, error);
  if (statement == NULL)
    return FALSE;
  store_statement_bind_id (statement, 1, id);
  if (!store_statement_step (statement, &state->found, error))
    return FALSE;

  state->values = store_arena_take (arena, table->kind->n_fields * sizeof (StoreValue));
  store_row_clock_unpack (&state->clock, NULL, 0);
  for (guint i = 0; i < table->kind->n_fields; i++)
    state->values[i] = STORE_VALUE_INIT;
  if (!state->found)
    return TRUE;

  state->n = sqlite3_column_int64 (statement->handle, 0);
  clock = store_statement_get_value (statement, 1);
  if (clock.type == STORE_VALUE_BLOB)
    store_row_clock_unpack (&state->clock, clock.data, clock.length);
  for (guint i = 0; i < table->kind->n_fields; i++)
    {
      StoreValue value = store_statement_get_value (statement, (int) i + 2);

      state->values[i] = store_arena_keep (arena, &value);
    }
  return TRUE;
}

static gboolean
insert_row (StoreWriter      *writer,
            const StoreTable *table,
            const StoreId    *id,
            RowState         *state,
            GError          **error)
{
  g_autoptr (StoreStatement) statement = NULL;
  guint8 clock[STORE_ROW_CLOCK_MAX_SIZE];
  gsize size = store_row_clock_pack (&state->clock, clock);

  statement = store_connection_prepare (writer->connection, table->insert_sql, error);
  if (statement == NULL)
    return FALSE;
  store_statement_bind_id (statement, 1, id);
  sqlite3_bind_blob (statement->handle, 2, clock, (int) size, SQLITE_STATIC);
  for (guint i = 0; i < table->kind->n_fields; i++)
    store_statement_bind_value (statement, (int) i + 3, &state->values[i]);
  return store_statement_run (statement, error);
}

static gboolean
update_row (StoreWriter      *writer,
            const StoreTable *table,
            RowState         *state,
            guint64           mask,
            GError          **error)
{
  g_autoptr (StoreStatement) statement = NULL;
  guint8 clock[STORE_ROW_CLOCK_MAX_SIZE];
  gsize size = store_row_clock_pack (&state->clock, clock);
  int at = 3;
  gboolean done;

  statement = store_connection_prepare (writer->connection,
                                        store_writer_get_update_sql (writer, table, mask), error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement->handle, 1, state->n);
  sqlite3_bind_blob (statement->handle, 2, clock, (int) size, SQLITE_STATIC);
  for (guint i = 0; i < table->kind->n_fields; i++)
    if (mask & BIT (table->kind->fields[i].id))
      store_statement_bind_value (statement, at++, &state->values[i]);

  /* Without a changed field there is still the clock; then nothing else may move. */
  writer->capture.hint = mask != 0 ? mask : BIT (0);
  done = store_statement_run (statement, error);
  writer->capture.hint = 0;
  return done;
}

static const StoreEntryHeads *
find_replaced (const StoreEntryRow *row,
               guint                group)
{
  for (guint i = 0; i < row->n_heads; i++)
    if (row->heads[i].groups & BIT (group))
      return &row->heads[i];
  return NULL;
}

static gboolean
merge_put (StoreWriter         *writer,
           const StoreEntry    *entry,
           const StoreEntryRow *row,
           const StoreTable    *table,
           guint32              stream,
           guint64             *back,
           GError             **error)
{
  const StoreKind *kind = table->kind;
  StoreWriteMark mark = store_entry_get_mark (entry);
  StoreValue written[64];
  guint64 groups = 0;
  guint64 mask = 0;
  RowState state;

  if (!load_row (writer, table, &row->id, &state, error))
    return FALSE;

  for (guint i = 0; i < kind->n_fields; i++)
    {
      const StoreValue *value = store_entry_row_get_new (row, kind->fields[i].id);

      written[i] = value ? *value : STORE_VALUE_INIT;
      if (value)
        groups |= BIT (table->group_of[kind->fields[i].id]);
    }
  for (guint group = 1; group < 64; group++)
    if (groups & BIT (group) &&
        !store_merge_group (writer, table, &row->id, group, &state.clock, state.values, &mask,
                            &mark, stream, written, find_replaced (row, group),
                            &writer->capture.arena, error))
      return FALSE;

  *back = state.clock.last;
  state.clock.last = writer->first_seq;
  if (state.found ? !update_row (writer, table, &state, mask, error)
                  : !insert_row (writer, table, &row->id, &state, error))
    return FALSE;
  return store_merge_keep_alive (writer, entry, row, stream, table, error);
}

/* Notes the entry in the row's history without a change of its values. */
static gboolean
mark_row (StoreWriter      *writer,
          const StoreTable *table,
          const StoreId    *id,
          guint64          *back,
          GError          **error)
{
  RowState state;

  if (!load_row (writer, table, id, &state, error))
    return FALSE;
  *back = state.clock.last;
  state.clock.last = writer->first_seq;
  return !state.found || update_row (writer, table, &state, 0, error);
}

static gboolean
note_seen (StoreWriter      *writer,
           const StoreEntry *entry,
           guint32           stream,
           GError          **error)
{
  g_autoptr (StoreStatement) insert = NULL;

  if (entry->n_seen == 0)
    return TRUE;
  insert = store_connection_prepare (writer->connection,
                                     "INSERT INTO seen VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE"
                                     " SET number = max(number, excluded.number)",
                                     error);
  if (insert == NULL)
    return FALSE;
  for (guint i = 0; i < entry->n_seen; i++)
    {
      guint32 other;

      if (!store_writer_number_stream (writer, &entry->seen[i].stream, &other, error))
        return FALSE;
      sqlite3_bind_int64 (insert->handle, 1, stream);
      sqlite3_bind_int64 (insert->handle, 2, other);
      sqlite3_bind_int64 (insert->handle, 3, (gint64) entry->seen[i].number);
      if (!store_statement_run (insert, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
merge_row (StoreWriter         *writer,
           const StoreEntry    *entry,
           const StoreEntryRow *row,
           const StoreTable    *table,
           guint32              stream,
           gboolean             delete_stands,
           guint64             *back,
           GError             **error)
{
  switch (row->action)
    {
    case STORE_ENTRY_INSERT:
    case STORE_ENTRY_EDIT:
      return merge_put (writer, entry, row, table, stream, back, error);
    case STORE_ENTRY_DELETE:
      return mark_row (writer, table, &row->id, back, error) &&
             (!delete_stands || store_merge_open_delete (writer, entry, stream, row, table, error));
    case STORE_ENTRY_RESTORE:
      return mark_row (writer, table, &row->id, back, error) &&
             store_merge_end_named_deletes (writer, row, error);
    default:
      return TRUE;
    }
}

static GByteArray *
merge_part (StoreWriter      *writer,
            const StoreEntry *entry,
            guint32           stream,
            gboolean          delete_stands,
            GError          **error)
{
  g_autoptr (GByteArray) back = g_byte_array_new ();

  for (guint i = 0; i < entry->n_rows; i++)
    {
      const StoreEntryRow *row = &entry->rows[i];
      const StoreTable *table = store_table_set_find_by_id (writer->tables, row->kind);
      guint64 before = 0;

      /* A kind that this version does not know stays in the log and travels on. */
      if (table && !merge_row (writer, entry, row, table, stream, delete_stands, &before, error))
        return NULL;
      store_pack_number (back, before == writer->first_seq ? 0 : before);
    }
  return g_steal_pointer (&back);
}

GPtrArray *
store_merge_transaction (StoreWriter *writer,
                         GPtrArray   *parts,
                         GError     **error)
{
  g_autoptr (GPtrArray) backs = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);
  const StoreEntry *first = g_ptr_array_index (parts, 0);
  gboolean delete_stands;
  guint32 stream;

  if (!store_writer_number_stream (writer, &first->stream, &stream, error) ||
      !note_seen (writer, first, stream, error) ||
      !store_merge_decide_delete (writer, parts, stream, &delete_stands, error))
    return NULL;

  writer->stamp = MAX (writer->stamp, first->stamp);
  for (guint i = 0; i < parts->len; i++)
    {
      GByteArray *back = merge_part (writer, g_ptr_array_index (parts, i), stream, delete_stands,
                                     error);

      if (back == NULL)
        return NULL;
      g_ptr_array_add (backs, back);
    }
  return g_steal_pointer (&backs);
}
