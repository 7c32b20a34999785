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

#include "store-heads.h"
#include "store-packing.h"

#define BIT(number) (G_GUINT64_CONSTANT (1) << (number))

static StoreHead *
head_of_row (StoreWriter           *writer,
             const StoreTable      *table,
             guint                  group,
             const StoreClockClass *winner,
             const StoreValue      *values)
{
  StoreHead *head = g_new0 (StoreHead, 1);

  head->mark.stamp = winner->stamp;
  head->mark.stream = *store_writer_get_stream (writer, winner->stream);
  head->stream = winner->stream;
  head->values = store_head_values_new ();
  for (guint i = 0; i < table->kind->n_fields; i++)
    if (store_field_get_group (&table->kind->fields[i]) == group)
      {
        StoreValue copy = store_value_copy (&values[i]);

        g_array_append_val (head->values, copy);
      }
  return head;
}

static gboolean
is_named (const StoreEntryHeads *replaced,
          const StoreWriteMark  *mark)
{
  for (guint i = 0; replaced && i < replaced->n_marks; i++)
    if (store_write_mark_compare (&replaced->marks[i], mark) == 0)
      return TRUE;
  return FALSE;
}

static void
show_values (const StoreTable *table,
             guint             group,
             StoreValue       *values,
             guint64          *mask,
             GArray           *shown,
             StoreArena       *arena)
{
  guint at = 0;

  for (guint i = 0; i < table->kind->n_fields; i++)
    {
      const StoreField *field = &table->kind->fields[i];
      const StoreValue *value;

      if (store_field_get_group (field) != group || at >= shown->len)
        continue;
      value = &g_array_index (shown, StoreValue, at++);
      if (store_value_equal (&values[i], value))
        continue;
      values[i] = store_arena_keep (arena, value);
      *mask |= BIT (field->id);
    }
}

static void
write_values (const StoreTable *table,
              guint             group,
              StoreValue       *values,
              guint64          *mask,
              const StoreValue *written)
{
  for (guint i = 0; i < table->kind->n_fields; i++)
    {
      const StoreField *field = &table->kind->fields[i];

      if (store_field_get_group (field) != group || store_value_equal (&values[i], &written[i]))
        continue;
      values[i] = written[i];
      *mask |= BIT (field->id);
    }
}

/* The general case: more than one head before or after. */
static gboolean
merge_contested (StoreWriter           *writer,
                 const StoreTable      *table,
                 const StoreId         *id,
                 guint                  group,
                 StoreRowClock         *clock,
                 StoreValue            *values,
                 guint64               *mask,
                 const StoreWriteMark  *mark,
                 guint32                stream,
                 const StoreValue      *written,
                 const StoreEntryHeads *replaced,
                 StoreArena            *arena,
                 GError               **error)
{
  const StoreClockClass *winner = store_row_clock_find (clock, group);
  StoreClockClass mine = { mark->stamp, stream, BIT (group) };
  g_autoptr (GPtrArray) heads = NULL;
  StoreHead *best;

  heads = store_heads_load (writer->connection, writer->streams, table, id, group, error);
  if (heads == NULL)
    return FALSE;
  if (winner)
    g_ptr_array_add (heads, head_of_row (writer, table, group, winner, values));
  for (guint i = 0; i < heads->len;)
    {
      StoreHead *head = g_ptr_array_index (heads, i);

      if (is_named (replaced, &head->mark))
        g_ptr_array_remove_index_fast (heads, i);
      else
        i++;
    }
  g_ptr_array_add (heads, head_of_row (writer, table, group, &mine, written));

  best = g_ptr_array_index (heads, 0);
  for (guint i = 1; i < heads->len; i++)
    {
      StoreHead *head = g_ptr_array_index (heads, i);

      if (store_write_mark_compare (&head->mark, &best->mark) > 0)
        best = head;
    }
  show_values (table, group, values, mask, best->values, arena);
  store_row_clock_set (clock, BIT (group), best->mark.stamp, best->stream);
  g_ptr_array_remove_fast (heads, best);
  if (heads->len > 0)
    clock->contested |= BIT (group);
  else
    clock->contested &= ~BIT (group);
  return store_heads_replace (writer->connection, table, id, group, heads, error);
}

gboolean
store_merge_group (StoreWriter           *writer,
                   const StoreTable      *table,
                   const StoreId         *id,
                   guint                  group,
                   StoreRowClock         *clock,
                   StoreValue            *values,
                   guint64               *mask,
                   const StoreWriteMark  *mark,
                   guint32                stream,
                   const StoreValue      *written,
                   const StoreEntryHeads *replaced,
                   StoreArena            *arena,
                   GError               **error)
{
  const StoreClockClass *winner = store_row_clock_find (clock, group);
  StoreWriteMark shown;

  if (winner)
    {
      shown.stamp = winner->stamp;
      shown.stream = *store_writer_get_stream (writer, winner->stream);
    }
  if ((clock->contested & BIT (group)) || (winner && !is_named (replaced, &shown)))
    return merge_contested (writer, table, id, group, clock, values, mask, mark, stream, written,
                            replaced, arena, error);

  write_values (table, group, values, mask, written);
  store_row_clock_set (clock, BIT (group), mark->stamp, stream);
  return TRUE;
}

/* Whether the last record applied of @stream had seen record @number of @other. */
static gboolean
has_seen (StoreWriter *writer,
          guint32      stream,
          guint32      other,
          guint64      number,
          gboolean    *seen,
          GError     **error)
{
  g_autoptr (StoreStatement) statement = NULL;
  gboolean row;

  if (stream == other)
    {
      *seen = TRUE;
      return TRUE;
    }
  statement = store_connection_prepare (writer->connection,
                                        "SELECT number FROM seen WHERE stream = ?1 AND other = ?2",
                                        error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement->handle, 1, stream);
  sqlite3_bind_int64 (statement->handle, 2, other);
  if (!store_statement_step (statement, &row, error))
    return FALSE;
  *seen = row && (guint64) sqlite3_column_int64 (statement->handle, 0) >= number;
  return TRUE;
}

static gboolean
set_trashed (StoreWriter      *writer,
             const StoreTable *table,
             const StoreId    *id,
             gboolean          trashed,
             GError          **error)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE \"%s\" SET trashed = ?1 WHERE id = ?2"
                                          " AND trashed <> ?1",
                                          table->kind->name);
  g_autoptr (StoreStatement) statement = store_connection_prepare (writer->connection, sql, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int (statement->handle, 1, trashed);
  store_statement_bind_id (statement, 2, id);
  return store_statement_run (statement, error);
}

static gboolean
is_covered (StoreWriter *writer,
            guint        kind,
            const StoreId *id,
            gboolean    *covered,
            GError     **error)
{
  g_autoptr (StoreStatement) statement = NULL;

  statement = store_connection_prepare (writer->connection,
                                        "SELECT 1 FROM trash WHERE kind = ?1 AND id = ?2", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int (statement->handle, 1, (int) kind);
  store_statement_bind_id (statement, 2, id);
  return store_statement_step (statement, covered, error);
}

typedef struct
{
  guint kind;
  StoreId id;
} RowName;

gboolean
store_merge_end_delete (StoreWriter          *writer,
                        const StoreWriteMark *mark,
                        GError              **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (RowName));
  g_autoptr (StoreStatement) find = NULL;
  g_autoptr (StoreStatement) end = NULL;
  guint32 stream;
  gboolean row = TRUE;

  if (!store_writer_number_stream (writer, &mark->stream, &stream, error))
    return FALSE;
  find = store_connection_prepare (writer->connection,
                                   "SELECT kind, id FROM trash WHERE stamp = ?1 AND stream = ?2",
                                   error);
  end = store_connection_prepare (writer->connection,
                                  "DELETE FROM trash WHERE stamp = ?1 AND stream = ?2", error);
  if (find == NULL || end == NULL)
    return FALSE;

  sqlite3_bind_int64 (find->handle, 1, (gint64) mark->stamp);
  sqlite3_bind_int64 (find->handle, 2, stream);
  while (row)
    {
      RowName name;

      if (!store_statement_step (find, &row, error))
        return FALSE;
      name.kind = (guint) sqlite3_column_int (find->handle, 0);
      if (row && store_statement_get_id (find, 1, &name.id))
        g_array_append_val (rows, name);
    }
  sqlite3_bind_int64 (end->handle, 1, (gint64) mark->stamp);
  sqlite3_bind_int64 (end->handle, 2, stream);
  if (!store_statement_run (end, error))
    return FALSE;

  for (guint i = 0; i < rows->len; i++)
    {
      const RowName *name = &g_array_index (rows, RowName, i);
      const StoreTable *table = store_table_set_find_by_id (writer->tables, name->kind);
      gboolean covered;

      if (!is_covered (writer, name->kind, &name->id, &covered, error))
        return FALSE;
      if (!covered && table && !set_trashed (writer, table, &name->id, FALSE, error))
        return FALSE;
    }
  return TRUE;
}

/* Ends the open deletes on a record that the writer of @stream's last record had not seen. */
static gboolean
cancel_unseen_deletes (StoreWriter   *writer,
                       guint32        stream,
                       guint          kind,
                       const StoreId *id,
                       GError       **error)
{
  g_autoptr (StoreStatement) find = NULL;
  g_autoptr (GArray) unseen = g_array_new (FALSE, FALSE, sizeof (StoreWriteMark));
  gboolean row = TRUE;

  find = store_connection_prepare (writer->connection,
                                   "SELECT stamp, stream, number FROM trash WHERE kind = ?1"
                                   " AND id = ?2",
                                   error);
  if (find == NULL)
    return FALSE;
  sqlite3_bind_int (find->handle, 1, (int) kind);
  store_statement_bind_id (find, 2, id);
  while (row)
    {
      guint32 deleter;
      gboolean seen = TRUE;

      if (!store_statement_step (find, &row, error))
        return FALSE;
      if (!row)
        break;
      deleter = (guint32) sqlite3_column_int64 (find->handle, 1);
      if (!has_seen (writer, stream, deleter, (guint64) sqlite3_column_int64 (find->handle, 2),
                     &seen, error))
        return FALSE;
      if (!seen)
        {
          StoreWriteMark mark = { (guint64) sqlite3_column_int64 (find->handle, 0),
                                  *store_writer_get_stream (writer, deleter) };

          g_array_append_val (unseen, mark);
        }
    }
  for (guint i = 0; i < unseen->len; i++)
    if (!store_merge_end_delete (writer, &g_array_index (unseen, StoreWriteMark, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
speaks_for_a_person (const StoreEntry *entry)
{
  return entry->origin != STORE_ORIGIN_RULE && entry->origin != STORE_ORIGIN_SEED;
}

/* A write to a record, or a child put under one, keeps the record alive against unseen deletes. */
static gboolean
keep_alive (StoreWriter         *writer,
            const StoreEntry    *entry,
            const StoreEntryRow *row,
            guint32              stream,
            const StoreTable    *table,
            GError             **error)
{
  if (!writer->trash_used || !speaks_for_a_person (entry))
    return TRUE;
  if (!cancel_unseen_deletes (writer, stream, row->kind, &row->id, error))
    return FALSE;

  for (guint i = 0; i < table->kind->n_fields; i++)
    {
      const StoreField *field = &table->kind->fields[i];
      const StoreKind *parent;
      const StoreValue *value;
      const StoreTable *parents;
      StoreId id;

      if (!(table->parents & row->mask & BIT (field->id)))
        continue;
      value = store_entry_row_get_new (row, field->id);
      parents = NULL;
      for (guint j = 0; j < writer->tables->n_tables; j++)
        {
          parent = writer->tables->tables[j].kind;
          if (g_str_equal (parent->name, field->refers))
            parents = &writer->tables->tables[j];
        }
      if (parents && value && store_value_get_id (value, &id) &&
          !cancel_unseen_deletes (writer, stream, parents->kind->id, &id, error))
        return FALSE;
    }
  return TRUE;
}

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
  return keep_alive (writer, entry, row, stream, table, error);
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
touches_deleted (StoreWriter      *writer,
                 const StoreEntry *other,
                 GHashTable       *deleted)
{
  if (!speaks_for_a_person (other))
    return FALSE;

  for (guint i = 0; i < other->n_rows; i++)
    {
      const StoreEntryRow *row = &other->rows[i];
      const StoreTable *table = store_table_set_find_by_id (writer->tables, row->kind);

      if (row->action != STORE_ENTRY_INSERT && row->action != STORE_ENTRY_EDIT)
        continue;
      if (g_hash_table_contains (deleted, &row->id))
        return TRUE;
      for (guint j = 0; table && j < table->kind->n_fields; j++)
        {
          const StoreField *field = &table->kind->fields[j];
          const StoreValue *value;
          StoreId parent;

          if (!(table->parents & row->mask & BIT (field->id)))
            continue;
          value = store_entry_row_get_new (row, field->id);
          if (value && store_value_get_id (value, &parent) &&
              g_hash_table_contains (deleted, &parent))
            return TRUE;
        }
    }
  return FALSE;
}

/* Whether the log holds a write to one of the deleted records that the deleting device had not
 * seen. Only what came behind its back is read. */
static gboolean
find_unseen_write (StoreWriter *writer,
                   guint32      stream,
                   GHashTable  *deleted,
                   gboolean    *found,
                   GError     **error)
{
  g_autoptr (StoreStatement) unseen = NULL;
  gboolean row = TRUE;

  *found = FALSE;
  unseen = store_connection_prepare (writer->connection,
                                     "SELECT l.stream, l.body FROM stream s"
                                     " LEFT JOIN seen v ON v.stream = ?1 AND v.other = s.idx"
                                     " JOIN log l ON l.stream = s.idx"
                                     "  AND l.number > coalesce(v.number, 0) AND l.state = 0"
                                     " WHERE s.idx <> ?1",
                                     error);
  if (unseen == NULL)
    return FALSE;
  sqlite3_bind_int64 (unseen->handle, 1, stream);
  while (row && !*found)
    {
      g_autoptr (GBytes) body = NULL;
      g_autoptr (StoreEntry) other = NULL;
      guint32 writer_stream;

      if (!store_statement_step (unseen, &row, error))
        return FALSE;
      if (!row)
        break;
      writer_stream = (guint32) sqlite3_column_int64 (unseen->handle, 0);
      body = store_statement_dup_bytes (unseen, 1);
      other = store_entry_decode (body, store_writer_get_stream (writer, writer_stream), NULL);
      *found = other && touches_deleted (writer, other, deleted);
    }
  return TRUE;
}

static gboolean
open_delete (StoreWriter         *writer,
             const StoreEntry    *entry,
             guint32              stream,
             const StoreEntryRow *row,
             const StoreTable    *table,
             GError             **error)
{
  g_autoptr (StoreStatement) insert = NULL;

  insert = store_connection_prepare (writer->connection,
                                     "INSERT OR IGNORE INTO trash VALUES (?1, ?2, ?3, ?4, ?5)",
                                     error);
  if (insert == NULL)
    return FALSE;
  sqlite3_bind_int (insert->handle, 1, (int) row->kind);
  store_statement_bind_id (insert, 2, &row->id);
  sqlite3_bind_int64 (insert->handle, 3, (gint64) entry->stamp);
  sqlite3_bind_int64 (insert->handle, 4, stream);
  sqlite3_bind_int64 (insert->handle, 5, (gint64) (entry->number - entry->part));
  writer->trash_used = TRUE;
  return store_statement_run (insert, error) &&
         set_trashed (writer, table, &row->id, TRUE, error);
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
end_named_deletes (StoreWriter         *writer,
                   const StoreEntryRow *row,
                   GError             **error)
{
  for (guint i = 0; i < row->heads[0].n_marks; i++)
    if (!store_merge_end_delete (writer, &row->heads[0].marks[i], error))
      return FALSE;
  return TRUE;
}

/* A delete is one thing over all rows and parts of a transaction: whether it stands is decided
 * once, before any of its rows goes. */
static gboolean
decide_delete (StoreWriter *writer,
               GPtrArray   *parts,
               guint32      stream,
               gboolean    *stands,
               GError     **error)
{
  g_autoptr (GHashTable) deleted = g_hash_table_new (store_id_hash, store_id_equal);
  gboolean unseen = FALSE;

  for (guint i = 0; i < parts->len; i++)
    {
      StoreEntry *entry = g_ptr_array_index (parts, i);

      for (guint j = 0; j < entry->n_rows; j++)
        if (entry->rows[j].action == STORE_ENTRY_DELETE)
          g_hash_table_add (deleted, &entry->rows[j].id);
    }
  if (g_hash_table_size (deleted) > 0 &&
      !find_unseen_write (writer, stream, deleted, &unseen, error))
    return FALSE;
  *stands = !unseen;
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
             (!delete_stands || open_delete (writer, entry, stream, row, table, error));
    case STORE_ENTRY_RESTORE:
      return mark_row (writer, table, &row->id, back, error) &&
             end_named_deletes (writer, row, error);
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
      !decide_delete (writer, parts, stream, &delete_stands, error))
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
