/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * History is read from the log and kept nowhere else. A record's history follows the
 * back-pointers: its clock names the last transaction on it, and each log row names the one
 * before. The history of the store walks the log backwards.
 */
#include "config.h"

#include "store-history.h"

#include "store-database-private.h"
#include "store-entry-private.h"
#include "store-log-reader.h"
#include "store-row-clock.h"

#include <glib/gi18n-lib.h>

static void
change_free (gpointer data)
{
  StoreHistoryChange *change = data;

  store_value_clear (&change->old_value);
  store_value_clear (&change->new_value);
  g_free (change);
}

/**
 * store_history_entry_free:
 * @entry: an entry
 */
void
store_history_entry_free (StoreHistoryEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->group);
  g_free (entry->label);
  g_free (entry->undoes);
  g_free (entry->device);
  g_clear_pointer (&entry->changes, g_ptr_array_unref);
  g_free (entry);
}

static StoreHistoryChange *
add_change (StoreHistoryEntry   *entry,
            const StoreEntryRow *row,
            const StoreField    *field,
            const char          *action)
{
  StoreHistoryChange *change = g_new0 (StoreHistoryChange, 1);

  change->kind = store_catalog_find_by_id (row->kind);
  change->id = row->id;
  change->field = field;
  change->action = action;
  g_ptr_array_add (entry->changes, change);
  return change;
}

static void
add_fields (StoreHistoryEntry   *entry,
            const StoreEntryRow *row)
{
  const StoreKind *kind = store_catalog_find_by_id (row->kind);

  for (guint i = 0; kind && i < kind->n_fields; i++)
    {
      const StoreField *field = &kind->fields[i];
      const StoreValue *before = store_entry_row_get_old (row, field->id);
      const StoreValue *after = store_entry_row_get_new (row, field->id);
      StoreHistoryChange *change;

      if (after == NULL || store_value_equal (before, after))
        continue;
      change = add_change (entry, row, field, "edit");
      change->old_value = store_value_copy (before);
      change->new_value = store_value_copy (after);
    }
}

static void
add_row (StoreHistoryEntry   *entry,
         const StoreEntryRow *row)
{
  switch (row->action)
    {
    case STORE_ENTRY_INSERT:
      add_change (entry, row, NULL, "add");
      add_fields (entry, row);
      break;
    case STORE_ENTRY_EDIT:
      add_fields (entry, row);
      break;
    case STORE_ENTRY_DELETE:
      add_change (entry, row, NULL, "delete");
      break;
    case STORE_ENTRY_RESTORE:
      add_change (entry, row, NULL, "restore");
      break;
    default:
      break;
    }
}

static StoreHistoryEntry *
new_entry (StoreLogTransaction *transaction,
           gboolean             own)
{
  StoreHistoryEntry *entry = g_new0 (StoreHistoryEntry, 1);
  const StoreEntry *first = g_ptr_array_index (transaction->parts, 0);
  const char *label = first->label ? first->label : N_("Change");

  if (first->origin == STORE_ORIGIN_SEED)
    label = N_("First set-up");
  entry->group = g_strdup (transaction->group);
  entry->label = g_strdup (g_dgettext (GETTEXT_PACKAGE, label));
  entry->undoes = g_strdup (first->undoes);
  entry->device = store_stream_id_to_string (&first->stream);
  entry->own = own;
  entry->time = first->wall_time;
  entry->changes = g_ptr_array_new_with_free_func (change_free);
  for (guint i = 0; i < transaction->parts->len; i++)
    entry->n_records += ((StoreEntry *) g_ptr_array_index (transaction->parts, i))->n_rows;
  return entry;
}

typedef struct
{
  const StoreKind *kind;
  const StoreId *id;
  guint limit;
  GPtrArray *entries;
} HistoryJob;

static gboolean
get_own (StoreConnection *connection,
         guint32         *own,
         GError         **error)
{
  gint64 number;

  if (!store_connection_get_number (connection, "SELECT own FROM store_state", &number, error))
    return FALSE;
  *own = (guint32) number;
  return TRUE;
}

static gboolean
find_last (StoreConnection *connection,
           HistoryJob      *job,
           guint64         *last,
           GError         **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT clock FROM \"%s\" WHERE id = ?1",
                                          job->kind->name);
  g_autoptr (StoreStatement) find = store_connection_prepare (connection, sql, error);
  g_autofree char *text = NULL;
  StoreRowClock clock;
  gboolean row;

  if (find == NULL)
    return FALSE;
  store_statement_bind_id (find, 1, job->id);
  if (!store_statement_step (find, &row, error))
    return FALSE;
  if (!row)
    {
      text = store_id_to_string (job->id);
      g_set_error (error, STORE_ERROR, STORE_ERROR_NOT_FOUND, _("There is no %s %s."),
                   job->kind->name, text);
      return FALSE;
    }
  store_row_clock_unpack (&clock, sqlite3_column_blob (find->handle, 0),
                          (gsize) sqlite3_column_bytes (find->handle, 0));
  *last = clock.last;
  return TRUE;
}

static gboolean
read_record (StoreConnection *connection,
             gpointer         data,
             GError         **error)
{
  HistoryJob *job = data;
  guint64 seq;
  guint32 own;

  if (!get_own (connection, &own, error) || !find_last (connection, job, &seq, error))
    return FALSE;
  while (seq != 0 && job->entries->len < job->limit)
    {
      g_autoptr (StoreLogTransaction) transaction = NULL;
      StoreHistoryEntry *entry;
      guint64 before;

      transaction = store_log_transaction_load (connection, seq, error);
      if (transaction == NULL)
        return FALSE;
      if (transaction->parts->len == 0 ||
          !store_log_transaction_find_row (transaction, job->kind->id, job->id, &before))
        break;
      entry = new_entry (transaction, transaction->stream == own);
      for (guint i = 0; i < transaction->parts->len; i++)
        {
          const StoreEntry *part = g_ptr_array_index (transaction->parts, i);

          for (guint j = 0; j < part->n_rows; j++)
            if (part->rows[j].kind == job->kind->id &&
                store_id_equal (&part->rows[j].id, job->id))
              add_row (entry, &part->rows[j]);
        }
      g_ptr_array_add (job->entries, entry);
      /* A pointer that does not go back would go round for ever. */
      seq = before < seq ? before : 0;
    }
  return TRUE;
}

/**
 * store_history_of_record:
 * @database: a store
 * @kind: a kind
 * @id: which record
 * @limit: at most how many entries
 * @error: %STORE_ERROR_NOT_FOUND where there is no such record
 *
 * Returns: (transfer full) (element-type StoreHistoryEntry): what was done to it, latest first.
 *   Waits; any thread but the store's own.
 */
GPtrArray *
store_history_of_record (StoreDatabase   *database,
                         const StoreKind *kind,
                         const StoreId   *id,
                         guint            limit,
                         GError         **error)
{
  g_autoptr (GPtrArray) entries = NULL;
  HistoryJob job = { kind, id, limit, NULL };

  g_return_val_if_fail (kind != NULL && id != NULL, NULL);

  entries = g_ptr_array_new_with_free_func ((GDestroyNotify) store_history_entry_free);
  job.entries = entries;
  if (!store_database_read (database, read_record, &job, error))
    return NULL;
  return g_steal_pointer (&entries);
}

/* Several transactions of one group are one line of the history. */
static void
join_group (GPtrArray           *entries,
            GHashTable          *by_group,
            GHashTable          *taken_back,
            StoreLogTransaction *transaction,
            gboolean             own)
{
  StoreHistoryEntry *entry = g_hash_table_lookup (by_group, transaction->group);
  const guint max_changes = 200;

  if (entry == NULL)
    {
      entry = new_entry (transaction, own);
      entry->n_records = 0;
      entry->undone = g_hash_table_contains (taken_back, entry->group);
      if (entry->undoes && !entry->undone)
        g_hash_table_add (taken_back, g_strdup (entry->undoes));
      g_hash_table_insert (by_group, entry->group, entry);
      g_ptr_array_add (entries, entry);
    }
  for (guint i = 0; i < transaction->parts->len; i++)
    {
      const StoreEntry *part = g_ptr_array_index (transaction->parts, i);

      entry->n_records += part->n_rows;
      for (guint j = 0; j < part->n_rows && entry->changes->len < max_changes; j++)
        add_row (entry, &part->rows[j]);
    }
}

static gboolean
read_store (StoreConnection *connection,
            gpointer         data,
            GError         **error)
{
  HistoryJob *job = data;
  g_autoptr (GHashTable) by_group = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) taken_back = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint64 seq = G_MAXINT64;
  guint32 own;

  if (!get_own (connection, &own, error))
    return FALSE;
  while (TRUE)
    {
      g_autoptr (StoreLogTransaction) transaction = NULL;

      if (!store_log_transaction_find_before (connection, seq, &seq, error))
        return FALSE;
      if (seq == 0)
        return TRUE;
      transaction = store_log_transaction_load (connection, seq, error);
      if (transaction == NULL)
        return FALSE;
      if (transaction->parts->len == 0)
        continue;
      if (job->entries->len >= job->limit &&
          !g_hash_table_contains (by_group, transaction->group))
        return TRUE;
      join_group (job->entries, by_group, taken_back, transaction, transaction->stream == own);
    }
}

/**
 * store_history_of_store:
 * @database: a store
 * @limit: at most how many groups
 * @error: where to say what failed
 *
 * Returns: (transfer full) (element-type StoreHistoryEntry): what was done, latest first, an entry
 *   a group; of a large group the first 200 changes. Waits; any thread but the store's own.
 */
GPtrArray *
store_history_of_store (StoreDatabase *database,
                        guint          limit,
                        GError       **error)
{
  g_autoptr (GPtrArray) entries = NULL;
  HistoryJob job = { NULL, NULL, limit, NULL };

  entries = g_ptr_array_new_with_free_func ((GDestroyNotify) store_history_entry_free);
  job.entries = entries;
  if (!store_database_read (database, read_store, &job, error))
    return NULL;
  return g_steal_pointer (&entries);
}
