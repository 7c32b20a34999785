/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Undo: which group, and what became of it. The rule stands at the head of store-undo-group.c. */
#include "config.h"

#include "store-undo-private.h"

#include "store-database-private.h"
#include "store-entry-private.h"
#include "store-log-reader.h"

#include <glib/gi18n-lib.h>

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

/* What a transaction took back, by its name of now. Before others knew it our stream had another
 * name: one that no device has. */
static char *
dup_undone (StoreConnection  *connection,
            const StoreEntry *entry,
            GError          **error)
{
  g_autoptr (StoreStatement) find = NULL;
  StoreStreamId stream;
  guint64 number;
  gboolean known;

  if (!store_entry_parse_single_group (entry->undoes, &stream, &number))
    return g_strdup (entry->undoes);
  find = store_connection_prepare (connection, "SELECT 1 FROM stream WHERE id = ?1", error);
  if (find == NULL)
    return NULL;
  sqlite3_bind_blob (find->handle, 1, stream.bytes, sizeof stream.bytes, SQLITE_STATIC);
  if (!store_statement_step (find, &known, error))
    return NULL;
  return known ? g_strdup (entry->undoes) : store_entry_name_single_group (&entry->stream, number);
}

/* The newest group of ours that no later one took back. */
static gboolean
find_newest (StoreConnection *connection,
             gpointer         data,
             GError         **error)
{
  StoreUndo *self = data;
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
        {
          char *undone = dup_undone (connection, first, error);

          if (undone == NULL)
            return FALSE;
          g_hash_table_add (taken_back, undone);
        }
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
  StoreUndo *self = data;
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
  StoreUndo undo = { .group = g_strdup (group), .report = report };
  StoreWriteInfo info = { N_("Undo"), NULL, NULL, STORE_ORIGIN_PERSON };
  gboolean done;

  report->kept = g_ptr_array_new_with_free_func (change_free);
  done = store_database_read (database, find_group, &undo, error);
  info.undoes = undo.group;
  done = done && store_database_write_info (database, &info, store_undo_group, &undo,
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
