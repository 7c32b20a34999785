/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Undo is a transaction like any other, made from the log: what a group wrote is written back to
 * what it had replaced, latest first. A field group goes back only where the group's write is
 * still what the row shows; what was changed since stays and is reported. A record that the group
 * added goes to the trash, one that it deleted comes back. A record takes along what hangs on it,
 * so one stays, too, on which something hangs that the group did not add, or that was changed
 * since. Undoing the undo is redo.
 */
#include "config.h"

#include "store-undo-private.h"

#include "store-log-reader.h"
#include "store-record-private.h"
#include "store-transaction-private.h"

#define BIT(number) (G_GUINT64_CONSTANT (1) << (number))

/* Whether a record comes back or goes (it was added or had come back), and whether somebody
 * changed it since. */
typedef struct
{
  StoreId id;
  const StoreKind *kind;
  gboolean comes;
  gboolean added;
  gboolean changed;
} Fate;

typedef struct
{
  StoreUndo *undo;
  GPtrArray *fates;
  GHashTable *by_id;
} Work;

static void
keep (Work                *self,
      const StoreEntryRow *row,
      const StoreField    *field,
      const char          *action)
{
  StoreHistoryChange *change = g_new0 (StoreHistoryChange, 1);
  const StoreValue *before = field ? store_entry_row_get_old (row, field->id) : NULL;
  const StoreValue *after = field ? store_entry_row_get_new (row, field->id) : NULL;

  change->kind = store_catalog_find_by_id (row->kind);
  change->id = row->id;
  change->field = field;
  change->action = action;
  if (before)
    change->old_value = store_value_copy (before);
  if (after)
    change->new_value = store_value_copy (after);
  g_ptr_array_add (self->undo->report->kept, change);
}

static gboolean
says_the_same (StoreRecord         *record,
               const StoreEntryRow *row,
               guint                group)
{
  const StoreKind *kind = store_record_get_kind (record);
  const StoreValue *values = store_record_get_values (record);

  for (guint i = 0; i < kind->n_fields; i++)
    {
      const StoreValue *after = store_entry_row_get_new (row, kind->fields[i].id);

      if (store_field_get_group (&kind->fields[i]) == group &&
          (after == NULL ? values[i].type != STORE_VALUE_NULL
                         : !store_value_equal (&values[i], after)))
        return FALSE;
    }
  return TRUE;
}

/* The groups that show what @row wrote: by its own write, by this undo's, or by one that says the
 * same, as the undo of what came later does. */
static guint64
find_shown (StoreWriter          *writer,
            StoreRecord          *record,
            const StoreRowClock  *clock,
            const StoreEntryRow  *row,
            const StoreWriteMark *mark)
{
  guint64 shown = 0;

  for (guint i = 0; i < clock->n; i++)
    {
      const StoreClockClass *class = &clock->classes[i];

      if ((class->stream == writer->own && class->stamp == writer->stamp) ||
          (class->stamp == mark->stamp &&
           store_stream_id_compare (store_writer_get_stream (writer, class->stream),
                                    &mark->stream) == 0))
        shown |= class->groups;
      for (guint group = 1; group < 64; group++)
        if ((class->groups & ~shown & BIT (group)) && says_the_same (record, row, group))
          shown |= BIT (group);
    }
  return shown;
}

static void
unpack_clock (StoreRecord   *record,
              StoreRowClock *clock)
{
  const StoreValue *packed = store_record_get_clock (record);

  store_row_clock_unpack (clock, packed->type == STORE_VALUE_BLOB ? packed->data : NULL,
                          packed->type == STORE_VALUE_BLOB ? packed->length : 0);
}

static gboolean
undo_edit (Work                 *self,
           StoreTransaction     *transaction,
           const StoreEntryRow  *row,
           const StoreKind      *kind,
           const StoreWriteMark *mark,
           GError              **error)
{
  g_autoptr (StoreRecord) record = store_transaction_load (transaction, kind, &row->id, error);
  StoreRowClock clock;
  guint64 shown;
  guint undone = 0;

  if (record == NULL)
    return FALSE;
  unpack_clock (record, &clock);
  shown = find_shown (transaction->writer, record, &clock, row, mark);
  for (guint i = 0; i < kind->n_fields; i++)
    {
      const StoreField *field = &kind->fields[i];
      const StoreValue *before = store_entry_row_get_old (row, field->id);
      const StoreValue *after = store_entry_row_get_new (row, field->id);

      if (before == NULL || store_value_equal (before, after))
        continue;
      if (!(shown & BIT (store_field_get_group (field))))
        {
          keep (self, row, field, "edit");
          continue;
        }
      store_record_set_value (record, field->name, before);
      undone++;
    }
  self->undo->report->undone += undone;
  return store_transaction_save (transaction, record, error);
}

/* Notes what is to become of a record as a whole. The latest transaction comes first, so that the
 * group's first word on the record, and with it what was before, stays. */
static gboolean
note_fate (Work                 *self,
           StoreTransaction     *transaction,
           const StoreEntryRow  *row,
           const StoreKind      *kind,
           const StoreWriteMark *mark,
           GError              **error)
{
  g_autoptr (StoreRecord) record = NULL;
  StoreRowClock clock;
  Fate *fate = g_hash_table_lookup (self->by_id, &row->id);

  if (fate == NULL)
    {
      fate = g_new0 (Fate, 1);
      fate->id = row->id;
      g_ptr_array_add (self->fates, fate);
      g_hash_table_insert (self->by_id, &fate->id, fate);
    }
  fate->kind = kind;
  fate->comes = row->action == STORE_ENTRY_DELETE;
  fate->added = row->action == STORE_ENTRY_INSERT;
  fate->changed = FALSE;
  if (fate->comes)
    return TRUE;

  record = store_transaction_load (transaction, kind, &row->id, error);
  if (record == NULL)
    return FALSE;
  unpack_clock (record, &clock);
  if (fate->added)
    {
      guint64 shown = find_shown (transaction->writer, record, &clock, row, mark);

      for (guint i = 0; i < clock.n; i++)
        fate->changed |= (clock.classes[i].groups & ~shown) != 0;
    }
  else
    {
      for (guint i = 0; i < clock.n; i++)
        fate->changed |= clock.classes[i].stamp > mark->stamp &&
                         clock.classes[i].stamp != transaction->writer->stamp;
    }
  return TRUE;
}

/* A record goes with all that hangs on it, so it stays for what somebody added or changed since. */
static gboolean
may_go (Work             *self,
        StoreTransaction *transaction,
        const Fate       *fate,
        gboolean         *may,
        GError          **error)
{
  g_autoptr (GPtrArray) found = store_transaction_gather (transaction, fate->kind, &fate->id,
                                                          error);

  if (found == NULL)
    return FALSE;
  *may = TRUE;
  for (guint i = 0; i < found->len && *may; i++)
    {
      const StoreId *id = store_record_get_id (g_ptr_array_index (found, i));
      const Fate *other = g_hash_table_lookup (self->by_id, id);

      *may = other && !other->comes && !other->changed;
    }
  return TRUE;
}

static gboolean
send_away (Work             *self,
           StoreTransaction *transaction,
           const Fate       *fate,
           GError          **error)
{
  StoreEntryRow row = { .kind = fate->kind->id, .id = fate->id };
  g_autoptr (StoreRecord) record = store_transaction_load (transaction, fate->kind, &fate->id,
                                                           error);
  const StoreChange *change;
  gboolean may;

  if (record == NULL)
    return FALSE;
  if (store_record_is_trashed (record))
    {
      change = store_capture_find (&transaction->writer->capture,
                                   store_transaction_get_table (transaction, fate->kind),
                                   store_record_get_row (record));
      self->undo->report->undone += change && change->deleted;
      return TRUE;
    }
  if (!may_go (self, transaction, fate, &may, error))
    return FALSE;
  if (!may)
    {
      keep (self, &row, NULL, fate->added ? "add" : "restore");
      return TRUE;
    }
  self->undo->report->undone++;
  return store_transaction_delete (transaction, fate->kind, &fate->id, error);
}

/* What comes back comes first: it may be what keeps another record. */
static gboolean
meet_fates (Work             *self,
            StoreTransaction *transaction,
            gboolean          comes,
            GError          **error)
{
  for (guint i = 0; i < self->fates->len; i++)
    {
      const Fate *fate = g_ptr_array_index (self->fates, i);

      if (fate->comes != comes)
        continue;
      self->undo->report->undone += comes;
      if (comes ? !store_transaction_restore (transaction, fate->kind, &fate->id, error)
                : !send_away (self, transaction, fate, error))
        return FALSE;
    }
  return TRUE;
}

/* The edits of the group, or the rest of it. The edits come first, so that what hung on a record
 * by one of them hangs there no more when it goes. */
static gboolean
undo_rows (Work             *self,
           StoreTransaction *transaction,
           gboolean          edits,
           GError          **error)
{
  for (guint i = self->undo->seqs->len; i > 0; i--)
    {
      g_autoptr (StoreLogTransaction) done = NULL;

      done = store_log_transaction_load (transaction->writer->connection,
                                         g_array_index (self->undo->seqs, guint64, i - 1), error);
      if (done == NULL)
        return FALSE;
      for (guint j = done->parts->len; j > 0; j--)
        {
          const StoreEntry *part = g_ptr_array_index (done->parts, j - 1);
          StoreWriteMark mark = store_entry_get_mark (part);

          for (guint k = part->n_rows; k > 0; k--)
            {
              const StoreEntryRow *row = &part->rows[k - 1];
              const StoreKind *kind = store_catalog_find_by_id (row->kind);

              if (kind == NULL || (row->action == STORE_ENTRY_EDIT) != edits)
                continue;
              if (edits ? !undo_edit (self, transaction, row, kind, &mark, error)
                        : !note_fate (self, transaction, row, kind, &mark, error))
                return FALSE;
            }
        }
    }
  return TRUE;
}

gboolean
store_undo_group (StoreTransaction *transaction,
                  gpointer          data,
                  GError          **error)
{
  g_autoptr (GPtrArray) fates = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) by_id = g_hash_table_new (store_id_hash, store_id_equal);
  Work work = { data, fates, by_id };

  return undo_rows (&work, transaction, TRUE, error) &&
         undo_rows (&work, transaction, FALSE, error) &&
         meet_fates (&work, transaction, TRUE, error) &&
         meet_fates (&work, transaction, FALSE, error);
}
