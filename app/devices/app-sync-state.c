/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How it stands with the other devices, and one synchronisation at a time. */
#include "config.h"

#include "app-sync-state.h"

#include <glib/gi18n-lib.h>

#include "app-device-names.h"

struct _AppSyncState
{
  GObject parent_instance;

  StoreDatabase *database;
  gulong watch;
  SyncEngine *engine;
  SyncStatus *status;
  GPtrArray *devices;
  GCancellable *running;
  gboolean reading;
  gboolean stale;
  gboolean closed;
};

typedef struct
{
  SyncStatus *status;
  GPtrArray *devices;
} Reading;

enum
{
  CHANGED,
  FINISHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AppSyncState, app_sync_state, G_TYPE_OBJECT)

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->status, sync_status_free);
  g_clear_pointer (&reading->devices, g_ptr_array_unref);
  g_free (reading);
}

static void
read_in_thread (GTask        *task,
                gpointer      source,
                gpointer      engine,
                GCancellable *cancellable)
{
  Reading *reading = g_new0 (Reading, 1);
  GError *error = NULL;

  reading->status = sync_engine_load_status (engine, &error);
  if (reading->status && reading->status->has_account)
    {
      g_autoptr (GError) unknown = NULL;

      /* Before the first synchronisation there is no roster to tell of devices. */
      reading->devices = sync_engine_list_devices (engine, &unknown);
      if (!reading->devices)
        g_debug ("The devices cannot be told: %s", unknown->message);
    }

  if (error)
    {
      reading_free (reading);
      g_task_return_error (task, error);
    }
  else
    g_task_return_pointer (task, reading, reading_free);
}

static void
tell_names (GPtrArray *devices)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; devices && i < devices->len; i++)
    {
      const SyncDevice *device = g_ptr_array_index (devices, i);

      g_hash_table_insert (names, sync_identity_to_hex (device->stream, SYNC_STREAM_ID_SIZE),
                           g_strdup (device->name));
    }
  app_device_names_take (names);
}

static void
status_read (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  AppSyncState *self = APP_SYNC_STATE (source);
  g_autoptr (GError) error = NULL;
  Reading *reading = g_task_propagate_pointer (G_TASK (result), &error);

  self->reading = FALSE;
  if (reading)
    {
      g_clear_pointer (&self->status, sync_status_free);
      g_clear_pointer (&self->devices, g_ptr_array_unref);
      self->status = g_steal_pointer (&reading->status);
      self->devices = g_steal_pointer (&reading->devices);
      tell_names (self->devices);
      reading_free (reading);
    }
  else
    g_debug ("The state of synchronisation cannot be read: %s", error->message);

  if (self->closed)
    return;
  if (self->stale)
    app_sync_state_refresh (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static char *
describe_result (const SyncResult *result)
{
  g_autofree char *received = NULL;
  g_autofree char *sent = NULL;

  if (result->notices->len > 0)
    {
      const SyncNotice *notice = g_ptr_array_index (result->notices, 0);

      return g_strdup (notice->text);
    }
  if (result->received == 0 && result->sent == 0)
    return g_strdup (_("Nothing new on either side"));

  received = g_strdup_printf (ngettext ("%u change received", "%u changes received",
                                        (guint) result->received), (guint) result->received);
  sent = g_strdup_printf (ngettext ("%u sent", "%u sent", (guint) result->sent),
                          (guint) result->sent);
  if (result->sent == 0)
    return g_steal_pointer (&received);

  /* Translators: "3 changes received", then "2 sent". */
  return g_strdup_printf (_("%s, %s"), received, sent);
}

static void
run_finished (GObject      *source,
              GAsyncResult *async_result,
              gpointer      data)
{
  g_autoptr (AppSyncState) self = data;
  g_autoptr (SyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  sync_engine_run_finish (SYNC_ENGINE (source), async_result, &result, &error);
  g_clear_object (&self->running);
  if (self->closed)
    return;

  app_sync_state_refresh (self);
  g_signal_emit (self, signals[CHANGED], 0);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_error_matches (error, SYNC_ERROR, SYNC_ERROR_CANCELLED))
    return;

  text = error ? g_strdup (error->message) : describe_result (result);
  g_signal_emit (self, signals[FINISHED], 0, text);
}

static void
app_sync_state_dispose (GObject *object)
{
  AppSyncState *self = APP_SYNC_STATE (object);

  app_sync_state_close (self);
  g_clear_pointer (&self->status, sync_status_free);
  g_clear_pointer (&self->devices, g_ptr_array_unref);

  G_OBJECT_CLASS (app_sync_state_parent_class)->dispose (object);
}

static void
app_sync_state_class_init (AppSyncStateClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = app_sync_state_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FINISHED] = g_signal_new ("finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
app_sync_state_init (AppSyncState *self)
{
}

AppSyncState *
app_sync_state_new (StoreDatabase *database)
{
  AppSyncState *self = g_object_new (APP_TYPE_SYNC_STATE, NULL);

  self->database = g_object_ref (database);
  self->engine = sync_engine_new_endpoint (database);
  self->watch = g_signal_connect_swapped (database, "changed",
                                          G_CALLBACK (app_sync_state_refresh), self);
  app_sync_state_refresh (self);

  return self;
}

/**
 * app_sync_state_close:
 *
 * Stops what is under way and tells nothing any more.
 */
void
app_sync_state_close (AppSyncState *self)
{
  g_return_if_fail (APP_IS_SYNC_STATE (self));

  self->closed = TRUE;
  app_sync_state_stop (self);
  if (self->database)
    g_signal_handler_disconnect (self->database, self->watch);
  g_clear_object (&self->database);
  g_clear_object (&self->engine);
}

SyncEngine *
app_sync_state_get_engine (AppSyncState *self)
{
  g_return_val_if_fail (APP_IS_SYNC_STATE (self), NULL);

  return self->engine;
}

/**
 * app_sync_state_get_status:
 *
 * Returns: (transfer none) (nullable): the last one read; %NULL at the very beginning
 */
SyncStatus *
app_sync_state_get_status (AppSyncState *self)
{
  g_return_val_if_fail (APP_IS_SYNC_STATE (self), NULL);

  return self->status;
}

/**
 * app_sync_state_get_devices:
 *
 * Returns: (transfer none) (nullable) (element-type SyncDevice): of the account
 */
GPtrArray *
app_sync_state_get_devices (AppSyncState *self)
{
  g_return_val_if_fail (APP_IS_SYNC_STATE (self), NULL);

  return self->devices;
}

gboolean
app_sync_state_is_running (AppSyncState *self)
{
  g_return_val_if_fail (APP_IS_SYNC_STATE (self), FALSE);

  return self->running != NULL;
}

/**
 * app_sync_state_dup_words:
 *
 * Returns: (transfer full): how it stands, in a translated sentence
 */
char *
app_sync_state_dup_words (AppSyncState *self)
{
  g_return_val_if_fail (APP_IS_SYNC_STATE (self), NULL);

  if (self->running)
    return g_strdup (_("Synchronising …"));
  if (!self->status)
    return g_strdup ("");

  return sync_status_to_string (self->status);
}

/**
 * app_sync_state_refresh:
 *
 * Reads the status again, on a thread.
 */
void
app_sync_state_refresh (AppSyncState *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (APP_IS_SYNC_STATE (self));

  self->stale = self->reading;
  if (self->reading || self->closed)
    return;

  self->reading = TRUE;
  task = g_task_new (self, NULL, status_read, NULL);
  g_task_set_task_data (task, g_object_ref (self->engine), g_object_unref);
  g_task_run_in_thread (task, read_in_thread);
}

/**
 * app_sync_state_run:
 *
 * Synchronises, unless that is under way.
 */
void
app_sync_state_run (AppSyncState *self)
{
  g_return_if_fail (APP_IS_SYNC_STATE (self));

  if (self->running || self->closed)
    return;

  self->running = g_cancellable_new ();
  sync_engine_run_async (self->engine, self->running, NULL, NULL, run_finished,
                         g_object_ref (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

void
app_sync_state_stop (AppSyncState *self)
{
  g_return_if_fail (APP_IS_SYNC_STATE (self));

  g_cancellable_cancel (self->running);
}
