/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The end of a transaction of ours: the capture's changes, sorted by kind and id, become the rows
 * of one entry (cut into parts where it is large), each naming the heads that it replaces. As a
 * rule the row was stamped by the very statement that changed it; where it was not (plain SQL, a
 * write that changed nothing after all, a contested group) the clock is put right here.
 */
#include "config.h"

#include "store-commit.h"

#include "store-catalog.h"
#include "store-entry-writer.h"
#include "store-error.h"
#include "store-heads.h"
#include "store-merge.h"
#include "store-packing.h"

#include <glib/gi18n-lib.h>

#define BIT(number) (G_GUINT64_CONSTANT (1) << (number))

typedef struct
{
  StoreWriter *writer;
  StoreEntryWriter part;
  GByteArray *back;
  guint64 number;
  guint n_parts;
} Commit;

static gboolean
is_nothing (const StoreChange *change)
{
  return !change->inserted && !change->deleted && !change->restored && change->mask == 0 &&
         change->settled == 0;
}

static int
compare_changes (gconstpointer a,
                 gconstpointer b)
{
  const StoreChange *left = *(const StoreChange *const *) a;
  const StoreChange *right = *(const StoreChange *const *) b;

  if (left->table->kind->id != right->table->kind->id)
    return left->table->kind->id < right->table->kind->id ? -1 : 1;
  return store_id_compare (&left->id, &right->id);
}

static gboolean
add_seen (Commit  *self,
          GError **error)
{
  StoreWriter *writer = self->writer;
  g_autoptr (StoreStatement) find = NULL;
  g_autoptr (StoreStatement) keep = NULL;
  g_autoptr (StoreStatement) tell = NULL;
  gboolean row = TRUE;
  gboolean any = FALSE;

  find = store_connection_prepare (writer->connection,
                                   "SELECT idx, number FROM stream WHERE number > told"
                                   " AND idx <> ?1",
                                   error);
  keep = store_connection_prepare (writer->connection,
                                   "INSERT INTO seen VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE"
                                   " SET number = excluded.number",
                                   error);
  tell = store_connection_prepare (writer->connection,
                                   "UPDATE stream SET told = number WHERE number > told"
                                   " AND idx <> ?1",
                                   error);
  if (find == NULL || keep == NULL || tell == NULL)
    return FALSE;

  sqlite3_bind_int64 (find->handle, 1, writer->own);
  while (row)
    {
      guint32 stream;
      guint64 number;

      if (!store_statement_step (find, &row, error))
        return FALSE;
      if (!row)
        break;
      any = TRUE;
      stream = (guint32) sqlite3_column_int64 (find->handle, 0);
      number = (guint64) sqlite3_column_int64 (find->handle, 1);
      store_entry_writer_add_seen (&self->part, store_writer_get_stream (writer, stream), number);
      sqlite3_bind_int64 (keep->handle, 1, writer->own);
      sqlite3_bind_int64 (keep->handle, 2, stream);
      sqlite3_bind_int64 (keep->handle, 3, (gint64) number);
      if (!store_statement_run (keep, error))
        return FALSE;
    }
  sqlite3_bind_int64 (tell->handle, 1, writer->own);
  return !any || store_statement_run (tell, error);
}

static void
begin_part (Commit *self)
{
  StoreWriter *writer = self->writer;

  store_entry_writer_init (&self->part, store_writer_get_stream (writer, writer->own));
  self->part.number = self->number;
  self->part.part = self->n_parts++;
  self->part.stamp = writer->stamp;
  self->part.wall_time = store_writer_get_time (writer);
  self->part.level = STORE_CATALOG_LEVEL;
  self->part.origin = writer->info.origin;
  self->part.group = writer->info.group;
  if (self->part.part == 0)
    {
      self->part.undoes = writer->info.undoes;
      self->part.label = writer->info.label;
    }
  g_byte_array_set_size (self->back, 0);
}

static gboolean
end_part (Commit  *self,
          gboolean last,
          GError **error)
{
  StoreWriter *writer = self->writer;
  g_autoptr (GBytes) body = NULL;

  self->part.last = last;
  body = store_entry_writer_finish (&self->part);
  store_entry_writer_clear (&self->part);
  if (!store_writer_append_log (writer, writer->own, self->number, 0, writer->info.group, body,
                                self->back, error))
    return FALSE;
  self->number++;
  return TRUE;
}

static gboolean
check_value (const StoreChange *change,
             const StoreField  *field,
             const StoreValue  *value,
             GError           **error)
{
  if (value->type != STORE_VALUE_TEXT && value->type != STORE_VALUE_BLOB)
    return TRUE;

  if (value->length > STORE_VALUE_MAX_SIZE)
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_INVALID,
                   _("“%s” is longer than %d KiB. Shorten it, or keep it as a file."),
                   store_field_get_label (field), STORE_VALUE_MAX_SIZE / 1024);
      return FALSE;
    }
  if (value->type == STORE_VALUE_TEXT &&
      !g_utf8_validate_len ((const char *) value->data, value->length, NULL))
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_INVALID,
                   _("“%s” holds bytes that are no text (UTF-8)."), store_field_get_label (field));
      return FALSE;
    }
  return TRUE;
}

static gboolean
write_values (Commit            *self,
              const StoreChange *change,
              guint64            mask,
              gboolean           with_old,
              GError           **error)
{
  const StoreKind *kind = change->table->kind;

  for (guint i = 0; i < kind->n_fields; i++)
    {
      const StoreField *field = &kind->fields[i];
      gboolean personal = (field->flags & STORE_FIELD_PERSONAL) != 0;

      if (!(mask & BIT (field->id)))
        continue;
      if (!check_value (change, field, &change->new_values[i], error))
        return FALSE;
      if (with_old)
        store_entry_writer_add_value (&self->part, &change->old_values[i], personal);
      store_entry_writer_add_value (&self->part, &change->new_values[i], personal);
    }
  return TRUE;
}

/* Plain SQL shows the hook every column, but only what changed was kept; a group travels whole. */
static gboolean
complete_groups (StoreWriter *writer,
                 StoreChange *change,
                 guint64      mask,
                 GError     **error)
{
  const StoreKind *kind = change->table->kind;
  g_autofree char *sql = NULL;
  g_autoptr (StoreStatement) statement = NULL;
  gboolean row;

  if ((mask & ~change->known) == 0)
    return TRUE;

  sql = g_strdup_printf ("SELECT %s FROM \"%s\" WHERE n = ?1", change->table->columns, kind->name);
  statement = store_connection_prepare (writer->connection, sql, error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement->handle, 1, change->n);
  if (!store_statement_step (statement, &row, error))
    return FALSE;
  for (guint i = 0; i < kind->n_fields; i++)
    {
      StoreValue value;

      if (!(mask & ~change->known & BIT (kind->fields[i].id)))
        continue;
      value = store_statement_get_value (statement, (int) i);
      change->new_values[i] = store_arena_keep (&writer->capture.arena, &value);
      change->old_values[i] = change->new_values[i];
      change->known |= BIT (kind->fields[i].id);
    }
  return TRUE;
}

static StoreWriteMark
get_mark (StoreWriter           *writer,
          const StoreClockClass *class)
{
  return (StoreWriteMark){ class->stamp, *store_writer_get_stream (writer, class->stream) };
}

static GArray *
pick_group_values (const StoreChange *change,
                   guint              group,
                   const StoreValue  *from)
{
  GArray *values = store_head_values_new ();

  for (guint i = 0; i < change->table->kind->n_fields; i++)
    if (store_field_get_group (&change->table->kind->fields[i]) == group)
      {
        StoreValue copy = store_value_copy (&from[i]);

        g_array_append_val (values, copy);
      }
  return values;
}

/* The writes that a write to a contested group replaces: what it showed, and what says the same as
 * that or as the new value; all of them where a clash is settled. */
static GArray *
find_contested_marks (StoreWriter           *writer,
                      const StoreChange     *change,
                      guint                  group,
                      const StoreClockClass *winner,
                      GError               **error)
{
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (StoreWriteMark));
  g_autoptr (GPtrArray) heads = NULL;
  StoreHead before = { .values = pick_group_values (change, group, change->old_values) };
  StoreHead after = { .values = pick_group_values (change, group, change->new_values) };

  heads = store_heads_load (writer->connection, writer->streams, change->table, &change->id, group,
                            error);
  if (winner)
    {
      StoreWriteMark mark = get_mark (writer, winner);

      g_array_append_val (marks, mark);
    }
  for (guint i = 0; heads && i < heads->len; i++)
    {
      StoreHead *head = g_ptr_array_index (heads, i);

      if ((change->settled & BIT (group)) ||
          store_head_equal (change->table, group, head, &before) ||
          store_head_equal (change->table, group, head, &after))
        g_array_append_val (marks, head->mark);
    }
  g_array_unref (before.values);
  g_array_unref (after.values);
  return heads ? g_steal_pointer (&marks) : NULL;
}

typedef struct
{
  guint64 groups;
  GArray *marks;
} HeadClass;

static void
head_class_clear (gpointer data)
{
  HeadClass *class = data;

  g_array_unref (class->marks);
}

static void
add_head_class (GArray               *classes,
                guint64               groups,
                const StoreWriteMark *mark)
{
  HeadClass class = { groups, g_array_new (FALSE, FALSE, sizeof (StoreWriteMark)) };

  g_array_append_val (class.marks, *mark);
  g_array_append_val (classes, class);
}

/* Groups where the person saw something else than what the row holds by now: the write replaces
 * what was seen, and what came meanwhile stays a head beside it. */
static guint64
find_stale_groups (const StoreChange   *change,
                   const StoreRowClock *now,
                   StoreRowClock       *shown,
                   guint64              groups)
{
  guint64 stale = 0;

  if (change->shown_clock.type != STORE_VALUE_BLOB ||
      !store_row_clock_unpack (shown, change->shown_clock.data, change->shown_clock.length))
    return 0;
  for (guint group = 1; group < 64; group++)
    {
      const StoreClockClass *then, *current;

      if (!(groups & BIT (group)))
        continue;
      then = store_row_clock_find (shown, group);
      current = store_row_clock_find (now, group);
      if (current && (then == NULL || then->stamp != current->stamp ||
                      then->stream != current->stream))
        stale |= BIT (group);
    }
  return stale;
}

static gboolean
merge_difficult (StoreWriter    *writer,
                 StoreChange    *change,
                 guint           group,
                 StoreRowClock  *clock,
                 GArray         *marks,
                 GError        **error)
{
  StoreWriteMark mine = { writer->stamp, *store_writer_get_stream (writer, writer->own) };
  StoreEntryHeads replaced = { BIT (group), marks->len, (StoreWriteMark *) marks->data };
  gsize size = change->table->kind->n_fields * sizeof (StoreValue);
  StoreValue *values = store_arena_take (&writer->capture.arena, size);
  guint64 mask = 0;

  memcpy (values, change->old_values, size);
  return store_merge_group (writer, change->table, &change->id, group, clock, values, &mask, &mine,
                            writer->own, change->new_values, &replaced, &writer->capture.arena,
                            error);
}

static gboolean
write_edit (Commit        *self,
            StoreChange   *change,
            StoreRowClock *clock,
            GError       **error)
{
  StoreWriter *writer = self->writer;
  const StoreKind *kind = change->table->kind;
  guint64 groups = store_kind_get_groups (kind, change->mask) | change->settled;
  guint64 mask = 0;
  guint64 difficult, stale;
  g_autoptr (GArray) classes = g_array_new (FALSE, FALSE, sizeof (HeadClass));
  StoreRowClock shown;

  g_array_set_clear_func (classes, head_class_clear);
  for (guint i = 0; i < kind->n_fields; i++)
    if (groups & BIT (change->table->group_of[kind->fields[i].id]))
      mask |= BIT (kind->fields[i].id);
  if (!complete_groups (writer, change, mask, error))
    return FALSE;

  stale = find_stale_groups (change, clock, &shown, groups);
  difficult = groups & (clock->contested | stale);
  for (guint i = 0; i < clock->n; i++)
    {
      guint64 plain = clock->classes[i].groups & groups & ~difficult;
      StoreWriteMark mark = get_mark (writer, &clock->classes[i]);

      if (plain)
        add_head_class (classes, plain, &mark);
    }
  for (guint group = 1; group < 64 && difficult; group++)
    {
      const StoreClockClass *seen;
      HeadClass class = { BIT (group), NULL };

      if (!(difficult & BIT (group)))
        continue;
      seen = store_row_clock_find (stale & BIT (group) ? &shown : clock, group);
      if (stale & BIT (group))
        {
          StoreWriteMark mark;

          class.marks = g_array_new (FALSE, FALSE, sizeof (StoreWriteMark));
          if (seen)
            {
              mark = get_mark (writer, seen);
              g_array_append_val (class.marks, mark);
            }
        }
      else
        {
          class.marks = find_contested_marks (writer, change, group, seen, error);
          if (class.marks == NULL)
            return FALSE;
        }
      g_array_append_val (classes, class);
      if (!merge_difficult (writer, change, group, clock, class.marks, error))
        return FALSE;
    }
  store_row_clock_set (clock, groups & ~difficult, writer->stamp, writer->own);

  store_entry_writer_begin_row (&self->part, kind->id, &change->id, STORE_ENTRY_EDIT);
  store_entry_writer_add_mask (&self->part, mask);
  store_entry_writer_add_count (&self->part, classes->len);
  for (guint i = 0; i < classes->len; i++)
    {
      HeadClass *class = &g_array_index (classes, HeadClass, i);

      store_entry_writer_add_heads (&self->part, class->groups, class->marks->len);
      for (guint j = 0; j < class->marks->len; j++)
        store_entry_writer_add_mark (&self->part, &g_array_index (class->marks, StoreWriteMark, j));
    }
  return write_values (self, change, mask, TRUE, error);
}

static gboolean
write_insert (Commit        *self,
              StoreChange   *change,
              StoreRowClock *clock,
              GError       **error)
{
  const StoreKind *kind = change->table->kind;
  guint64 groups = store_kind_get_groups (kind, change->mask);
  guint64 mask = 0;

  for (guint i = 0; i < kind->n_fields; i++)
    if (groups & BIT (change->table->group_of[kind->fields[i].id]))
      mask |= BIT (kind->fields[i].id);
  store_row_clock_set (clock, groups, self->writer->stamp, self->writer->own);
  store_entry_writer_begin_row (&self->part, kind->id, &change->id, STORE_ENTRY_INSERT);
  store_entry_writer_add_mask (&self->part, mask);
  return write_values (self, change, mask, FALSE, error);
}

static void
write_restore (Commit            *self,
               const StoreChange *change)
{
  store_entry_writer_begin_row (&self->part, change->table->kind->id, &change->id,
                                STORE_ENTRY_RESTORE);
  store_entry_writer_add_count (&self->part, change->ended->len);
  for (guint i = 0; i < change->ended->len; i++)
    store_entry_writer_add_mark (&self->part, &g_array_index (change->ended, StoreWriteMark, i));
}

static gboolean
put_clock (StoreWriter         *writer,
           const StoreChange   *change,
           const StoreRowClock *clock,
           GError             **error)
{
  guint8 packed[STORE_ROW_CLOCK_MAX_SIZE];
  gsize size = store_row_clock_pack (clock, packed);
  StoreValue wanted = store_value_blob (packed, size);
  g_autoptr (StoreStatement) update = NULL;

  if (store_value_equal (&wanted, &change->new_clock))
    return TRUE;

  update = store_connection_prepare (writer->connection,
                                     store_writer_get_update_sql (writer, change->table, 0), error);
  if (update == NULL)
    return FALSE;
  sqlite3_bind_int64 (update->handle, 1, change->n);
  store_statement_bind_value (update, 2, &wanted);
  return store_statement_run (update, error);
}

static gboolean
commit_change (Commit      *self,
               StoreChange *change,
               GError     **error)
{
  StoreWriter *writer = self->writer;
  StoreRowClock clock;
  guint64 before;

  if (!store_row_clock_unpack (&clock, change->old_clock.type == STORE_VALUE_BLOB
                                         ? change->old_clock.data : NULL,
                               change->old_clock.type == STORE_VALUE_BLOB
                                 ? change->old_clock.length : 0))
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_DAMAGED,
                           _("A record's clock is damaged. Run “clientele-cli check”."));
      return FALSE;
    }
  /* Written, but to the value it had: nothing happened, so the row must not say otherwise. */
  if (is_nothing (change))
    return put_clock (writer, change, &clock, error);

  before = clock.last;
  clock.last = writer->first_seq;
  if (change->inserted || change->mask || change->settled)
    {
      if (change->inserted ? !write_insert (self, change, &clock, error)
                           : !write_edit (self, change, &clock, error))
        return FALSE;
      store_pack_number (self->back, before);
      before = 0;
    }
  if (change->restored)
    {
      write_restore (self, change);
      store_pack_number (self->back, before);
      before = 0;
    }
  if (change->deleted)
    {
      store_entry_writer_begin_row (&self->part, change->table->kind->id, &change->id,
                                    STORE_ENTRY_DELETE);
      store_pack_number (self->back, before);
    }
  return put_clock (writer, change, &clock, error);
}

static gboolean
count_stream (StoreWriter *writer,
              guint64      number,
              GError     **error)
{
  g_autoptr (StoreStatement) update = NULL;

  update = store_connection_prepare (writer->connection,
                                     "UPDATE stream SET number = ?1 WHERE idx = ?2", error);
  if (update == NULL)
    return FALSE;
  sqlite3_bind_int64 (update->handle, 1, (gint64) number);
  sqlite3_bind_int64 (update->handle, 2, writer->own);
  writer->number = number;
  return store_statement_run (update, error);
}

gboolean
store_commit_log (StoreWriter *writer,
                  gboolean    *empty,
                  GError     **error)
{
  GPtrArray *changes = writer->capture.changes;
  g_autoptr (GPtrArray) sorted = g_ptr_array_sized_new (changes->len);
  g_autoptr (GByteArray) back = g_byte_array_new ();
  Commit commit = { .writer = writer, .back = back, .number = writer->number + 1 };
  gboolean in_order = TRUE;
  gboolean done = TRUE;

  *empty = TRUE;
  for (guint i = 0; i < changes->len; i++)
    {
      StoreChange *change = g_ptr_array_index (changes, i);

      if (!is_nothing (change))
        *empty = FALSE;
      if (i > 0 && in_order)
        in_order = compare_changes (&changes->pdata[i - 1], &changes->pdata[i]) < 0;
      g_ptr_array_add (sorted, change);
    }
  if (*empty)
    return TRUE;
  if (!in_order)
    g_ptr_array_sort (sorted, compare_changes);

  /* What is written from here on is the clocks alone. */
  writer->capture.mode = STORE_CAPTURE_OFF;
  begin_part (&commit);
  done = add_seen (&commit, error);
  for (guint i = 0; i < sorted->len && done; i++)
    {
      if (store_entry_writer_get_size (&commit.part) >= writer->part_size)
        {
          done = end_part (&commit, FALSE, error);
          begin_part (&commit);
        }
      done = done && commit_change (&commit, g_ptr_array_index (sorted, i), error);
    }
  done = done && end_part (&commit, TRUE, error);
  if (!done)
    store_entry_writer_clear (&commit.part);
  writer->capture.mode = STORE_CAPTURE_LOCAL;
  return done && count_stream (writer, commit.number - 1, error);
}
