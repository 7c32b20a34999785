/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The classic fault of replication, planted: a cursor that is stored before the data. This remote
 * stands in front of a site's own, remembers by itself how far each stream was answered, at the
 * moment of the answer, and asks for what follows the next time. Whatever was answered and not
 * stored is never asked for again. Everything else it passes on, but for states, which are a hint.
 */
#include "sim-forgetful-remote.h"

#include "sync-batch-header.h"

struct _SimForgetfulRemote
{
  GObject parent_instance;

  SyncRemote *remote;
  GHashTable *cursors; /* stream id in hexadecimal -> guint64 */
};

static void remote_iface_init (SyncRemoteInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SimForgetfulRemote,
                               sim_forgetful_remote,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SYNC_TYPE_REMOTE, remote_iface_init))

static void
sim_forgetful_remote_finalize (GObject *object)
{
  SimForgetfulRemote *self = SIM_FORGETFUL_REMOTE (object);

  g_object_unref (self->remote);
  g_hash_table_unref (self->cursors);

  G_OBJECT_CLASS (sim_forgetful_remote_parent_class)->finalize (object);
}

static void
sim_forgetful_remote_class_init (SimForgetfulRemoteClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sim_forgetful_remote_finalize;
}

static void
sim_forgetful_remote_init (SimForgetfulRemote *self)
{
}

/* A SimRemoteWrap; @cursors is a GHashTable (string -> guint64 *) that outlives the connection. */
SyncRemote *
sim_forgetful_remote_new (SyncRemote *remote,
                          gpointer    cursors)
{
  SimForgetfulRemote *self = g_object_new (SIM_TYPE_FORGETFUL_REMOTE, NULL);

  self->remote = remote;
  self->cursors = g_hash_table_ref (cursors);

  return SYNC_REMOTE (self);
}

static void
store_cursor (SimForgetfulRemote *self,
              const char         *stream,
              SyncRemotePage     *page)
{
  for (guint i = 0; i < page->batches->len; i++)
    {
      SyncBatchHeader header;
      gsize size;
      const guint8 *bytes = g_bytes_get_data (g_ptr_array_index (page->batches, i), &size);

      if (sync_batch_header_parse (&header, bytes, size, NULL))
        g_hash_table_replace (self->cursors,
                              g_strdup (stream),
                              g_memdup2 (&header.last, sizeof header.last));
    }
}

static gboolean
get_stream (SyncRemote      *remote,
            const guint8     stream[SYNC_STREAM_ID_SIZE],
            guint64          after_number,
            gsize            max_size,
            SyncRemotePage  *page,
            GCancellable    *cancellable,
            GError         **error)
{
  SimForgetfulRemote *self = SIM_FORGETFUL_REMOTE (remote);
  g_autofree char *name = sync_identity_to_hex (stream, SYNC_STREAM_ID_SIZE);
  const guint64 *cursor = g_hash_table_lookup (self->cursors, name);

  if (!sync_remote_get_stream (self->remote,
                               stream,
                               cursor != NULL ? *cursor : after_number,
                               max_size,
                               page,
                               cancellable,
                               error))
    return FALSE;

  store_cursor (self, name, page);
  return TRUE;
}

static gboolean
hello (SyncRemote          *remote,
       SyncRemoteGreeting  *greeting,
       GCancellable        *cancellable,
       GError             **error)
{
  return sync_remote_hello (SIM_FORGETFUL_REMOTE (remote)->remote, greeting, cancellable, error);
}

static gboolean
create_account (SyncRemote            *remote,
                const SyncSigningKey  *account,
                const char            *invite,
                GCancellable          *cancellable,
                GError               **error)
{
  return sync_remote_create_account (SIM_FORGETFUL_REMOTE (remote)->remote,
                                     account,
                                     invite,
                                     cancellable,
                                     error);
}

static gboolean
enrol (SyncRemote            *remote,
       const SyncSigningKey  *account,
       const guint8           device[SYNC_PUBLIC_KEY_SIZE],
       GCancellable          *cancellable,
       GError               **error)
{
  return sync_remote_enrol (SIM_FORGETFUL_REMOTE (remote)->remote,
                            account,
                            device,
                            cancellable,
                            error);
}

static gboolean
get_roster (SyncRemote    *remote,
            GPtrArray    **entries,
            guint64       *version,
            GCancellable  *cancellable,
            GError       **error)
{
  return sync_remote_get_roster (SIM_FORGETFUL_REMOTE (remote)->remote,
                                 entries,
                                 version,
                                 cancellable,
                                 error);
}

static gboolean
append_roster (SyncRemote    *remote,
               GBytes        *entry,
               guint64        expected_version,
               GCancellable  *cancellable,
               GError       **error)
{
  return sync_remote_append_roster (SIM_FORGETFUL_REMOTE (remote)->remote,
                                    entry,
                                    expected_version,
                                    cancellable,
                                    error);
}

static gboolean
get_heads (SyncRemote       *remote,
           SyncRemoteHeads  *heads,
           GCancellable     *cancellable,
           GError          **error)
{
  return sync_remote_get_heads (SIM_FORGETFUL_REMOTE (remote)->remote, heads, cancellable, error);
}

static gboolean
put_batch (SyncRemote    *remote,
           GBytes        *batch,
           SyncPutReply  *reply,
           GCancellable  *cancellable,
           GError       **error)
{
  return sync_remote_put_batch (SIM_FORGETFUL_REMOTE (remote)->remote,
                                batch,
                                reply,
                                cancellable,
                                error);
}

static void
remote_iface_init (SyncRemoteInterface *iface)
{
  iface->hello = hello;
  iface->create_account = create_account;
  iface->enrol = enrol;
  iface->get_roster = get_roster;
  iface->append_roster = append_roster;
  iface->get_heads = get_heads;
  iface->put_batch = put_batch;
  iface->get_stream = get_stream;
}
