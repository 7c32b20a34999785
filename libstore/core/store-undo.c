/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Undo is a transaction like any other, made from the log: what a group wrote is written back to
 * what it had replaced, latest first. A field group goes back only where the group's write is
 * still what the row shows; what was changed since stays and is reported. A record that the group
 * added goes to the trash, one that it deleted comes back. Undoing the undo is redo.
 */
#include "config.h"

#include "store-history.h"

#include "store-database-private.h"
#include "store-entry-private.h"
#include "store-log-reader.h"
#include "store-record-private.h"
#include "store-transaction-private.h"

#include <glib/gi18n-lib.h>

#define BIT(number) (G_GUINT64_CONSTANT (1) << (number))

/**
 * store_undo_report_free:
 * @report: a report
 */
void
store_undo_report_free (StoreUndoReport *report)
{
  if (report == NULL)
    return;
  g_free (report->group);
  g_free (report->new_group);
  g_free (report->label);
  g_clear_pointer (&report->kept, g_ptr_array_unref);
  g_free (report);
}

static void
change_free (gpointer data)
{
  StoreHistoryChange *change = data;

  store_value_clear (&change->old_value);
  store_value_clear (&change->new_value);
  g_free (change);
}

typedef struct
{
  StoreDatabase *database;
  char *group;
  char *label;
  GArray *seqs;
  StoreUndoReport *report;
} Undo;

/* The newest group of ours that no later one took back. */
static gboolean
find_newest (StoreConnection *connection,
             gpointer         data,
             GError         **error)
{
  Undo *self = data;
  g_autoptr (GHashTable) taken_back = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint64 seq = G_MAXINT64;
  gint64 own;

  if (!store_connection_get_number (connection, "SELECT own FROM store_state", &own, error))
    return FALSE;
  while (self->group == NULL)
    {
      g_autoptr (StoreLogTransaction) transaction = NULL;
      const StoreEntry *first;

      if (!store_log_transaction_find_before (connection, seq, &seq, error))
        return FALSE;
      if (seq == 0)
        {
          g_set_error_literal (error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
                               _("There is nothing to undo."));
          return FALSE;
        }
      transaction = store_log_transaction_load (connection, seq, error);
      if (transaction == NULL)
        return FALSE;
      if (transaction->parts->len == 0)
        continue;
      first = g_ptr_array_index (transaction->parts, 0);
      if (first->undoes && !g_hash_table_contains (taken_back, transaction->group))
        g_hash_table_add (taken_back, g_strdup (first->undoes));
      if (transaction->stream == own && first->undoes == NULL &&
          !g_hash_table_contains (taken_back, transaction->group))
        self->group = g_strdup (transaction->group);
    }
  return TRUE;
}

static gboolean
find_group (StoreConnection *connection,
            gpointer         data,
            GError         **error)
{
  Undo *self = data;
  g_autoptr (StoreLogTransaction) transaction = NULL;

  if (self->group == NULL && !find_newest (connection, self, error))
    return FALSE;
  self->seqs = store_log_group_find (connection, self->group, error);
  if (self->seqs == NULL)
    return FALSE;
  transaction = store_log_transaction_load (connection, g_array_index (self->seqs, guint64, 0),
                                            error);
  if (transaction == NULL)
    return FALSE;
  if (transaction->parts->len > 0)
    self->label = g_strdup (((StoreEntry *) g_ptr_array_index (transaction->parts, 0))->label);
  return TRUE;
}

static void
keep (Undo                *self,
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
  g_ptr_array_add (self->report->kept, change);
}

/* Whether what the row shows of a group was written by the group of changes or by its undo. */
static gboolean
is_still_shown (StoreWriter         *writer,
                const StoreRowClock *clock,
                guint                group,
                const StoreWriteMark *mark)
{
  const StoreClockClass *class = store_row_clock_find (clock, group);

  if (class == NULL)
    return FALSE;
  if (class->stream == writer->own && class->stamp == writer->stamp)
    return TRUE;
  return class->stamp == mark->stamp &&
         store_stream_id_compare (store_writer_get_stream (writer, class->stream),
                                  &mark->stream) == 0;
}

static gboolean
undo_edit (Undo                 *self,
           StoreTransaction     *transaction,
           const StoreEntryRow  *row,
           const StoreKind      *kind,
           const StoreWriteMark *mark,
           GError              **error)
{
  g_autoptr (StoreRecord) record = store_transaction_load (transaction, kind, &row->id, error);
  const StoreValue *packed;
  StoreRowClock clock;
  guint undone = 0;

  if (record == NULL)
    return FALSE;
  packed = store_record_get_clock (record);
  store_row_clock_unpack (&clock, packed->type == STORE_VALUE_BLOB ? packed->data : NULL,
                          packed->type == STORE_VALUE_BLOB ? packed->length : 0);
  for (guint i = 0; i < kind->n_fields; i++)
    {
      const StoreField *field = &kind->fields[i];
      const StoreValue *before = store_entry_row_get_old (row, field->id);
      const StoreValue *after = store_entry_row_get_new (row, field->id);

      if (before == NULL || store_value_equal (before, after))
        continue;
      if (!is_still_shown (transaction->writer, &clock, store_field_get_group (field), mark))
        {
          keep (self, row, field, "edit");
          continue;
        }
      store_record_set_value (record, field->name, before);
      undone++;
    }
  self->report->undone += undone;
  return store_transaction_save (transaction, record, error);
}

static gboolean
undo_insert (Undo                 *self,
             StoreTransaction     *transaction,
             const StoreEntryRow  *row,
             const StoreKind      *kind,
             const StoreWriteMark *mark,
             GError              **error)
{
  g_autoptr (StoreRecord) record = store_transaction_load (transaction, kind, &row->id, error);
  const StoreValue *packed;
  StoreRowClock clock;

  if (record == NULL)
    return FALSE;
  if (store_record_is_trashed (record))
    return TRUE;
  packed = store_record_get_clock (record);
  store_row_clock_unpack (&clock, packed->type == STORE_VALUE_BLOB ? packed->data : NULL,
                          packed->type == STORE_VALUE_BLOB ? packed->length : 0);
  for (guint i = 0; i < clock.n; i++)
    {
      const StoreClockClass *class = &clock.classes[i];
      guint group = (guint) __builtin_ctzll (class->groups);

      if (!is_still_shown (transaction->writer, &clock, group, mark))
        {
          keep (self, row, NULL, "add");
          return TRUE;
        }
    }
  self->report->undone++;
  return store_transaction_delete (transaction, kind, &row->id, error);
}

static gboolean
undo_row (Undo                 *self,
          StoreTransaction     *transaction,
          const StoreEntryRow  *row,
          const StoreWriteMark *mark,
          GError              **error)
{
  const StoreKind *kind = store_catalog_find_by_id (row->kind);

  if (kind == NULL)
    return TRUE;
  switch (row->action)
    {
    case STORE_ENTRY_EDIT:
      return undo_edit (self, transaction, row, kind, mark, error);
    case STORE_ENTRY_INSERT:
      return undo_insert (self, transaction, row, kind, mark, error);
    case STORE_ENTRY_DELETE:
      self->report->undone++;
      return store_transaction_restore (transaction, kind, &row->id, error);
    case STORE_ENTRY_RESTORE:
      self->report->undone++;
      return store_transaction_delete (transaction, kind, &row->id, error);
    default:
      return TRUE;
    }
}

static gboolean
undo_group (StoreTransaction *transaction,
            gpointer          data,
            GError          **error)
{
  Undo *self = data;

  for (guint i = self->seqs->len; i > 0; i--)
    {
      g_autoptr (StoreLogTransaction) done = NULL;

      done = store_log_transaction_load (transaction->writer->connection,
                                         g_array_index (self->seqs, guint64, i - 1), error);
      if (done == NULL)
        return FALSE;
      for (guint j = done->parts->len; j > 0; j--)
        {
          const StoreEntry *part = g_ptr_array_index (done->parts, j - 1);
          StoreWriteMark mark = store_entry_get_mark (part);

          for (guint k = part->n_rows; k > 0; k--)
            if (!undo_row (self, transaction, &part->rows[k - 1], &mark, error))
              return FALSE;
        }
    }
  return TRUE;
}

/**
 * store_undo:
 * @database: a store
 * @group: (nullable): what to take back; %NULL for the newest group of this device that is not
 *   taken back yet
 * @error: %STORE_ERROR_NOT_FOUND where there is no such group, or nothing to undo
 *
 * Returns: (transfer full): what was put back and what was not. Waits; any thread but the store's
 *   own.
 */
StoreUndoReport *
store_undo (StoreDatabase *database,
            const char    *group,
            GError       **error)
{
  g_autoptr (StoreUndoReport) report = g_new0 (StoreUndoReport, 1);
  Undo undo = { database, g_strdup (group), NULL, NULL, report };
  StoreWriteInfo info = { N_("Undo"), NULL, NULL, STORE_ORIGIN_PERSON };
  gboolean done;

  report->kept = g_ptr_array_new_with_free_func (change_free);
  done = store_database_read (database, find_group, &undo, error);
  info.undoes = undo.group;
  done = done && store_database_write_info (database, &info, undo_group, &undo,
                                            &report->new_group, error);
  report->group = g_steal_pointer (&undo.group);
  report->label = g_strdup (undo.label ? g_dgettext (GETTEXT_PACKAGE, undo.label) : _("Change"));
  g_clear_pointer (&undo.seqs, g_array_unref);
  g_free (undo.label);
  return done ? g_steal_pointer (&report) : NULL;
}

static void
undo_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  GError *error = NULL;
  StoreUndoReport *report = store_undo (source, data, &error);

  if (report)
    g_task_return_pointer (task, report, (GDestroyNotify) store_undo_report_free);
  else
    g_task_return_error (task, error);
}

void
store_undo_async (StoreDatabase      *database,
                  const char         *group,
                  GCancellable       *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (database, cancellable, callback, user_data);

  g_task_set_source_tag (task, store_undo_async);
  g_task_set_task_data (task, g_strdup (group), g_free);
  store_database_run_async (database, task, undo_in_thread);
}

StoreUndoReport *
store_undo_finish (StoreDatabase *database,
                   GAsyncResult  *result,
                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, database), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
