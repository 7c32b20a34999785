/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The end of a transaction of ours: the capture's changes, sorted by kind and id, become the rows
 * of one entry (cut into parts where it is large), each naming the heads that it replaces. As a
 * rule the row was stamped by the very statement that changed it; where it was not (plain SQL, a
 * write that changed nothing after all, a contested group) the clock is put right here.
 */
#include "config.h"

#include "store-commit-private.h"

#include "store-catalog.h"
#include "store-error.h"
#include "store-packing.h"

#include <glib/gi18n-lib.h>

#define BIT(number) (G_GUINT64_CONSTANT (1) << (number))

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
add_seen (StoreCommit  *self,
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
begin_part (StoreCommit *self)
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
end_part (StoreCommit  *self,
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

gboolean
store_commit_write_values (StoreCommit            *self,
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

static gboolean
write_insert (StoreCommit        *self,
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
  return store_commit_write_values (self, change, mask, FALSE, error);
}

static void
write_restore (StoreCommit            *self,
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
commit_change (StoreCommit      *self,
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
                           : !store_commit_write_edit (self, change, &clock, error))
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

static gsize
measure (const StoreChange *change)
{
  const StoreKind *kind = change->table->kind;
  gsize size = 0;

  for (guint i = 0; i < kind->n_fields; i++)
    if (change->known & BIT (kind->fields[i].id))
      size += change->old_values[i].length + change->new_values[i].length;
  return size;
}

static gboolean
refuse_row (const StoreChange *change,
            GError           **error)
{
  const StoreKind *kind = change->table->kind;
  const StoreField *longest = &kind->fields[0];
  guint length = 0;

  for (guint i = 0; i < kind->n_fields; i++)
    if ((change->known & BIT (kind->fields[i].id)) && change->new_values[i].length > length)
      {
        longest = &kind->fields[i];
        length = change->new_values[i].length;
      }
  g_set_error (error, STORE_ERROR, STORE_ERROR_INVALID,
               _("“%s” is longer than %d KiB. Shorten it, or keep it as a file."),
               store_field_get_label (longest), (int) (length / 1024));
  return FALSE;
}

/* Begins another part where this one is long enough, or has no room for the change. */
static gboolean
make_room (StoreCommit       *self,
           const StoreChange *change,
           GError           **error)
{
  gsize size = store_entry_writer_get_size (&self->part);
  gsize more = measure (change);

  if (more > STORE_ROW_MAX_SIZE)
    return refuse_row (change, error);
  if (size == 0 || (size < self->writer->part_size && size + more <= STORE_ROW_MAX_SIZE))
    return TRUE;
  if (!end_part (self, FALSE, error))
    return FALSE;
  begin_part (self);
  return TRUE;
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
  StoreCommit commit = { .writer = writer, .back = back, .number = writer->number + 1 };
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
      done = make_room (&commit, g_ptr_array_index (sorted, i), error);
      done = done && commit_change (&commit, g_ptr_array_index (sorted, i), error);
    }
  done = done && end_part (&commit, TRUE, error);
  if (!done)
    store_entry_writer_clear (&commit.part);
  writer->capture.mode = STORE_CAPTURE_LOCAL;
  return done && count_stream (writer, commit.number - 1, error);
}
