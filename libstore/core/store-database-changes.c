/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What changed, told on the caller's main context: commits of ours at once, those of other processes
 * as soon as the log is seen to have grown. */
#include "config.h"

#include "store-database-private.h"

#include "store-change-set-private.h"
#include "store-entry.h"

#define WATCH_SECONDS 2

static gboolean
dispatch_changes (GSource    *source,
                  GSourceFunc callback,
                  gpointer    data)
{
  g_source_set_ready_time (source, -1);
  return callback (data);
}

static gboolean
emit_changed (gpointer data)
{
  g_autoptr (StoreDatabase) self = g_object_ref (STORE_DATABASE (data));
  g_autoptr (GPtrArray) pending = NULL;

  g_mutex_lock (&self->lock);
  pending = g_steal_pointer (&self->pending);
  self->pending = g_ptr_array_new_with_free_func (g_object_unref);
  g_mutex_unlock (&self->lock);
  for (guint i = 0; i < pending->len && !self->closed; i++)
    g_signal_emit (self, store_database_changed_signal, 0, g_ptr_array_index (pending, i));
  return G_SOURCE_CONTINUE;
}

/* One source, woken from the store's threads: they hold no reference that they could be the last
 * to drop. */
static void
make_emitter (StoreDatabase *self)
{
  static GSourceFuncs funcs = { .dispatch = dispatch_changes };

  self->emitter = g_source_new (&funcs, sizeof (GSource));
  g_source_set_priority (self->emitter, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->emitter, emit_changed, self, NULL);
  g_source_attach (self->emitter, self->context);
}

static void
emit_later (StoreDatabase  *self,
            StoreChangeSet *changes)
{
  if (store_change_set_get_size (changes) == 0)
    return;
  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->pending, g_object_ref (changes));
  g_mutex_unlock (&self->lock);
  g_source_set_ready_time (self->emitter, 0);
}

void
store_database_report (StoreDatabase  *self,
                       StoreWriter    *writer,
                       StoreChangeSet *changes)
{
  g_mutex_lock (&self->lock);
  /* Where another process wrote in between, the log is read for all of it. */
  if (self->reported + 1 >= writer->first_seq)
    self->reported = MAX (self->reported, writer->seq);
  g_mutex_unlock (&self->lock);
  emit_later (self, changes);
}

static gboolean
read_new_entries (StoreConnection *connection,
                  gpointer         data,
                  GError         **error)
{
  StoreDatabase *self = data;
  g_autoptr (StoreChangeSet) changes = store_change_set_new ();
  g_autoptr (StoreStatement) statement = NULL;
  const StoreStreamId nobody = { 0 };
  gboolean row = TRUE;
  guint64 reported;

  g_mutex_lock (&self->lock);
  reported = self->reported;
  self->looking = FALSE;
  g_mutex_unlock (&self->lock);

  statement = store_connection_prepare (connection,
                                        "SELECT seq, body FROM log WHERE seq > ?1 ORDER BY seq",
                                        error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement->handle, 1, (gint64) reported);
  while (row)
    {
      g_autoptr (GBytes) body = NULL;
      g_autoptr (StoreEntry) entry = NULL;

      if (!store_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      reported = (guint64) sqlite3_column_int64 (statement->handle, 0);
      body = store_statement_dup_bytes (statement, 1);
      entry = store_entry_decode (body, &nobody, NULL);
      for (guint i = 0; entry && i < entry->n_rows; i++)
        {
          const StoreKind *kind = store_catalog_find_by_id (entry->rows[i].kind);

          if (kind)
            store_change_set_add (changes, kind, &entry->rows[i].id,
                                  entry->rows[i].action == STORE_ENTRY_EDIT ? entry->rows[i].mask
                                                                            : G_MAXUINT64);
        }
    }
  g_mutex_lock (&self->lock);
  self->reported = MAX (self->reported, reported);
  g_mutex_unlock (&self->lock);
  emit_later (self, changes);
  return TRUE;
}

static void
do_look (gpointer resource,
         gpointer data)
{
  read_new_entries (resource, data, NULL);
}

/* Entries that stand in the log but were not reported came from another process. */
static void
look_for_others (StoreDatabase *self)
{
  gboolean already;

  g_mutex_lock (&self->lock);
  already = self->looking;
  self->looking = TRUE;
  g_mutex_unlock (&self->lock);
  if (!already && !self->closed)
    store_worker_push (self->reader_threads, do_look, self);
}


static void
on_file_changed (GFileMonitor     *monitor,
                 GFile            *file,
                 GFile            *other,
                 GFileMonitorEvent event,
                 gpointer          data)
{
  look_for_others (data);
}

static gboolean
on_timer (gpointer data)
{
  look_for_others (data);
  return G_SOURCE_CONTINUE;
}

void
store_database_watch_others (StoreDatabase *self)
{
  g_autofree char *wal = g_strconcat (self->path, "-wal", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (wal);

  make_emitter (self);
  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->monitor)
    {
      g_file_monitor_set_rate_limit (self->monitor, 100);
      g_signal_connect (self->monitor, "changed", G_CALLBACK (on_file_changed), self);
    }
  self->timer = g_timeout_source_new_seconds (WATCH_SECONDS);
  g_source_set_callback (self->timer, on_timer, self, NULL);
  g_source_attach (self->timer, self->context);
}

/* No more is looked for; what is under way may still be told. */
void
store_database_stop_watching (StoreDatabase *self)
{
  if (self->timer)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  if (self->monitor)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);
}

void
store_database_stop_emitting (StoreDatabase *self)
{
  if (self->emitter)
    g_source_destroy (self->emitter);
  g_clear_pointer (&self->emitter, g_source_unref);
}
