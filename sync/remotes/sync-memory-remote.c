/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A remote without a network, for tests: each device has its own, over one vault. Requests are
 * counted from 1, and any of them can be made to go wrong in one of the ways of #SyncMemoryFault.
 *
 * Every call has the same shape: it asks for its number's fault, and leaves where the request does
 * not arrive; it does the work, twice where the fault says so; and it spoils or drops the answer.
 */
#include "config.h"

#include "sync-memory-remote.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sync-error.h"

typedef enum
{
  LATE_BATCH,
  LATE_ROSTER_ENTRY,
  LATE_STATE,
} LateKind;

typedef struct
{
  LateKind kind;
  GBytes *bytes;
  guint64 expected_version;
} LateRequest;

struct _SyncMemoryRemote
{
  GObject parent_instance;

  SyncMemoryVault *vault;
  guint8 account[SYNC_ACCOUNT_ID_SIZE];
  guint8 device[SYNC_PUBLIC_KEY_SIZE];
  guint8 stream[SYNC_STREAM_ID_SIZE];
  guint count;
  GHashTable *faults; /* number of a request -> SyncMemoryFault */
  GQueue late;        /* LateRequest that have not arrived yet */
};

static void remote_iface_init (SyncRemoteInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SyncMemoryRemote,
                               sync_memory_remote,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SYNC_TYPE_REMOTE, remote_iface_init))

static void
late_request_free (LateRequest *late)
{
  g_bytes_unref (late->bytes);
  g_free (late);
}

static void
sync_memory_remote_finalize (GObject *object)
{
  SyncMemoryRemote *self = SYNC_MEMORY_REMOTE (object);

  sync_memory_vault_unref (self->vault);
  g_hash_table_unref (self->faults);
  g_queue_clear_full (&self->late, (GDestroyNotify) late_request_free);

  G_OBJECT_CLASS (sync_memory_remote_parent_class)->finalize (object);
}

static void
sync_memory_remote_class_init (SyncMemoryRemoteClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sync_memory_remote_finalize;
}

static void
sync_memory_remote_init (SyncMemoryRemote *self)
{
  self->faults = g_hash_table_new (NULL, NULL);
  g_queue_init (&self->late);
}

/**
 * sync_memory_remote_new:
 * @vault: what it speaks to
 * @account: id of the account that it speaks about
 * @device: public key of the device that it speaks for
 *
 * Returns: (transfer full): a remote without faults
 */
SyncMemoryRemote *
sync_memory_remote_new (SyncMemoryVault *vault,
                        const guint8     account[SYNC_ACCOUNT_ID_SIZE],
                        const guint8     device[SYNC_PUBLIC_KEY_SIZE])
{
  SyncMemoryRemote *self;

  g_return_val_if_fail (vault != NULL, NULL);

  self = g_object_new (SYNC_TYPE_MEMORY_REMOTE, NULL);
  self->vault = sync_memory_vault_ref (vault);
  memcpy (self->account, account, SYNC_ACCOUNT_ID_SIZE);
  memcpy (self->device, device, SYNC_PUBLIC_KEY_SIZE);
  sync_stream_id_from_public_key (self->stream, device);

  return self;
}

/**
 * sync_memory_remote_get_count:
 * @self: a remote
 *
 * Returns: how many requests it has seen
 */
guint
sync_memory_remote_get_count (SyncMemoryRemote *self)
{
  g_return_val_if_fail (SYNC_IS_MEMORY_REMOTE (self), 0);

  return self->count;
}

/**
 * sync_memory_remote_set_fault:
 * @self: a remote
 * @request: number of a request, from 1
 * @fault: what goes wrong with it
 */
void
sync_memory_remote_set_fault (SyncMemoryRemote *self,
                              guint             request,
                              SyncMemoryFault   fault)
{
  g_return_if_fail (SYNC_IS_MEMORY_REMOTE (self));

  g_hash_table_insert (self->faults, GUINT_TO_POINTER (request), GUINT_TO_POINTER (fault));
}

static gboolean
set_unreachable (GError **error)
{
  g_set_error_literal (error,
                       SYNC_ERROR,
                       SYNC_ERROR_UNREACHABLE,
                       _("There is no answer; check the connection and try again."));
  return FALSE;
}

static gboolean
set_busy (GError **error)
{
  g_set_error_literal (error,
                       SYNC_ERROR,
                       SYNC_ERROR_BUSY,
                       _("The other side is busy; try again in a moment."));
  return FALSE;
}

static void
deliver (SyncMemoryRemote *self,
         LateRequest      *late)
{
  SyncPutReply reply;

  switch (late->kind)
    {
    case LATE_BATCH:
      sync_memory_vault_put_batch (self->vault, late->bytes, &reply, NULL);
      break;
    case LATE_ROSTER_ENTRY:
      sync_memory_vault_append_roster (self->vault, late->bytes, late->expected_version, NULL);
      break;
    case LATE_STATE:
      sync_memory_vault_put_state (self->vault, self->stream, late->bytes);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
deliver_late (SyncMemoryRemote *self)
{
  LateRequest *late;

  while ((late = g_queue_pop_head (&self->late)) != NULL)
    {
      deliver (self, late);
      late_request_free (late);
    }
}

static void
delay (SyncMemoryRemote *self,
       LateKind          kind,
       GBytes           *bytes,
       guint64           expected_version)
{
  LateRequest *late = g_new0 (LateRequest, 1);

  late->kind = kind;
  late->bytes = g_bytes_ref (bytes);
  late->expected_version = expected_version;
  g_queue_push_tail (&self->late, late);
}

/* Counts a request and says what goes wrong with it; FALSE where it does not arrive. */
static gboolean
begin (SyncMemoryRemote  *self,
       SyncMemoryFault   *fault,
       GCancellable      *cancellable,
       GError           **error)
{
  *fault = SYNC_MEMORY_FAULT_NONE;
  if (g_cancellable_is_cancelled (cancellable))
    {
      g_set_error_literal (error, SYNC_ERROR, SYNC_ERROR_CANCELLED, _("Stopped."));
      return FALSE;
    }

  self->count++;
  *fault = GPOINTER_TO_UINT (g_hash_table_lookup (self->faults, GUINT_TO_POINTER (self->count)));

  switch (*fault)
    {
    case SYNC_MEMORY_FAULT_LOSE_REQUEST:
    case SYNC_MEMORY_FAULT_CUT_REQUEST:
    case SYNC_MEMORY_FAULT_DELAY:
      return set_unreachable (error);
    case SYNC_MEMORY_FAULT_REFUSE:
      return set_busy (error);
    default:
      return TRUE;
    }
}

/* Ends a request: what was late arrives now, and the answer may be lost. */
static gboolean
finish (SyncMemoryRemote  *self,
        SyncMemoryFault    fault,
        GError           **error)
{
  deliver_late (self);
  if (fault == SYNC_MEMORY_FAULT_LOSE_REPLY)
    return set_unreachable (error);

  return TRUE;
}

static gboolean
check_access (SyncMemoryRemote  *self,
              GError           **error)
{
  if (sync_memory_vault_knows (self->vault, self->account, self->device))
    return TRUE;

  g_set_error_literal (error,
                       SYNC_ERROR,
                       SYNC_ERROR_DENIED,
                       _("This device does not belong to the account."));
  return FALSE;
}

static GBytes *
dup_half (GBytes *bytes)
{
  return g_bytes_new_from_bytes (bytes, 0, g_bytes_get_size (bytes) / 2);
}

static void
cut_last (GPtrArray *array)
{
  GBytes *last;

  if (array->len == 0)
    return;

  last = g_ptr_array_index (array, array->len - 1);
  g_ptr_array_add (array, dup_half (last));
  g_ptr_array_remove_index (array, array->len - 2);
}

static gboolean
sync_memory_remote_hello (SyncRemote          *remote,
                          SyncRemoteGreeting  *greeting,
                          GCancellable        *cancellable,
                          GError             **error)
{
  SyncMemoryRemote *self = SYNC_MEMORY_REMOTE (remote);
  SyncMemoryFault fault;

  if (!begin (self, &fault, cancellable, error))
    return FALSE;

  greeting->abilities = SYNC_REMOTE_CAN_REGISTER | SYNC_REMOTE_CAN_SWAP_ROSTER |
                        SYNC_REMOTE_CAN_NUMBER_ARRIVALS | SYNC_REMOTE_CAN_KEEP_STATE;
  greeting->server_time = g_get_real_time () / 1000;
  greeting->max_batch_size = sync_memory_vault_get_limit (self->vault);
  greeting->registration_open = TRUE;

  if (fault == SYNC_MEMORY_FAULT_CUT_REPLY)
    return set_unreachable (error);

  return finish (self, fault, error);
}

static gboolean
sync_memory_remote_create_account (SyncRemote            *remote,
                                   const SyncSigningKey  *account,
                                   const char            *invite,
                                   GCancellable          *cancellable,
                                   GError               **error)
{
  SyncMemoryRemote *self = SYNC_MEMORY_REMOTE (remote);
  SyncMemoryFault fault;

  return begin (self, &fault, cancellable, error) &&
         sync_memory_vault_create_account (self->vault, account->public_key, error) &&
         finish (self, fault, error);
}

static gboolean
sync_memory_remote_enrol (SyncRemote            *remote,
                          const SyncSigningKey  *account,
                          const guint8           device[SYNC_PUBLIC_KEY_SIZE],
                          GCancellable          *cancellable,
                          GError               **error)
{
  SyncMemoryRemote *self = SYNC_MEMORY_REMOTE (remote);
  SyncMemoryFault fault;

  return begin (self, &fault, cancellable, error) &&
         sync_memory_vault_enrol (self->vault, account->public_key, device, error) &&
         finish (self, fault, error);
}

static gboolean
sync_memory_remote_get_roster (SyncRemote    *remote,
                               GPtrArray    **entries,
                               guint64       *version,
                               GCancellable  *cancellable,
                               GError       **error)
{
  SyncMemoryRemote *self = SYNC_MEMORY_REMOTE (remote);
  g_autoptr (GPtrArray) roster = NULL;
  SyncMemoryFault fault;

  if (!begin (self, &fault, cancellable, error) || !check_access (self, error))
    return FALSE;

  roster = sync_memory_vault_dup_roster (self->vault);
  *version = roster->len;
  if (fault == SYNC_MEMORY_FAULT_CUT_REPLY)
    cut_last (roster);

  if (!finish (self, fault, error))
    return FALSE;

  *entries = g_steal_pointer (&roster);
  return TRUE;
}

static gboolean
sync_memory_remote_append_roster (SyncRemote    *remote,
                                  GBytes        *entry,
                                  guint64        expected_version,
                                  GCancellable  *cancellable,
                                  GError       **error)
{
  SyncMemoryRemote *self = SYNC_MEMORY_REMOTE (remote);
  SyncMemoryFault fault;

  if (!begin (self, &fault, cancellable, error))
    {
      if (fault == SYNC_MEMORY_FAULT_DELAY)
        delay (self, LATE_ROSTER_ENTRY, entry, expected_version);
      return FALSE;
    }

  if (!check_access (self, error) ||
      !sync_memory_vault_append_roster (self->vault, entry, expected_version, error))
    return FALSE;

  if (fault == SYNC_MEMORY_FAULT_REPEAT &&
      !sync_memory_vault_append_roster (self->vault, entry, expected_version, error))
    return FALSE;

  return finish (self, fault, error);
}

static gboolean
sync_memory_remote_get_heads (SyncRemote       *remote,
                              SyncRemoteHeads  *heads,
                              GCancellable     *cancellable,
                              GError          **error)
{
  SyncMemoryRemote *self = SYNC_MEMORY_REMOTE (remote);
  SyncMemoryFault fault;

  if (!begin (self, &fault, cancellable, error) || !check_access (self, error))
    return FALSE;

  sync_memory_vault_get_heads (self->vault, heads);
  if (fault == SYNC_MEMORY_FAULT_CUT_REPLY)
    g_array_set_size (heads->heads, heads->heads->len / 2);

  return finish (self, fault, error);
}

static gboolean
sync_memory_remote_put_batch (SyncRemote    *remote,
                              GBytes        *batch,
                              SyncPutReply  *reply,
                              GCancellable  *cancellable,
                              GError       **error)
{
  SyncMemoryRemote *self = SYNC_MEMORY_REMOTE (remote);
  g_autoptr (GError) begin_error = NULL;
  SyncMemoryFault fault;

  if (!begin (self, &fault, cancellable, &begin_error))
    {
      if (fault == SYNC_MEMORY_FAULT_REFUSE)
        {
          *reply = (SyncPutReply) { .status = SYNC_PUT_LATER, .retry_after = 1 };
          return TRUE;
        }

      if (fault == SYNC_MEMORY_FAULT_DELAY)
        {
          delay (self, LATE_BATCH, batch, 0);
        }
      else if (fault == SYNC_MEMORY_FAULT_CUT_REQUEST)
        {
          g_autoptr (GBytes) half = dup_half (batch);

          sync_memory_vault_put_batch (self->vault, half, reply, NULL);
        }

      g_propagate_error (error, g_steal_pointer (&begin_error));
      return FALSE;
    }

  if (!check_access (self, error) ||
      !sync_memory_vault_put_batch (self->vault, batch, reply, error))
    return FALSE;

  if (fault == SYNC_MEMORY_FAULT_REPEAT &&
      !sync_memory_vault_put_batch (self->vault, batch, reply, error))
    return FALSE;

  if (fault == SYNC_MEMORY_FAULT_CUT_REPLY)
    return set_unreachable (error);

  return finish (self, fault, error);
}

static gboolean
sync_memory_remote_get_arrivals (SyncRemote      *remote,
                                 guint64          after_cursor,
                                 gsize            max_size,
                                 guint            wait_seconds,
                                 SyncRemotePage  *page,
                                 GCancellable    *cancellable,
                                 GError         **error)
{
  SyncMemoryRemote *self = SYNC_MEMORY_REMOTE (remote);
  SyncMemoryFault fault;

  if (!begin (self, &fault, cancellable, error) || !check_access (self, error))
    return FALSE;

  sync_memory_vault_get_arrivals (self->vault, after_cursor, max_size, page);
  if (fault == SYNC_MEMORY_FAULT_CUT_REPLY)
    cut_last (page->batches);

  return finish (self, fault, error);
}

static gboolean
sync_memory_remote_get_stream (SyncRemote      *remote,
                               const guint8     stream[SYNC_STREAM_ID_SIZE],
                               guint64          after_number,
                               gsize            max_size,
                               SyncRemotePage  *page,
                               GCancellable    *cancellable,
                               GError         **error)
{
  SyncMemoryRemote *self = SYNC_MEMORY_REMOTE (remote);
  SyncMemoryFault fault;

  if (!begin (self, &fault, cancellable, error) || !check_access (self, error))
    return FALSE;

  sync_memory_vault_get_stream (self->vault, stream, after_number, max_size, page);
  if (fault == SYNC_MEMORY_FAULT_CUT_REPLY)
    cut_last (page->batches);

  return finish (self, fault, error);
}

static gboolean
sync_memory_remote_put_state (SyncRemote    *remote,
                              const guint8   stream[SYNC_STREAM_ID_SIZE],
                              GBytes        *state,
                              GCancellable  *cancellable,
                              GError       **error)
{
  SyncMemoryRemote *self = SYNC_MEMORY_REMOTE (remote);
  SyncMemoryFault fault;

  if (!begin (self, &fault, cancellable, error))
    {
      if (fault == SYNC_MEMORY_FAULT_DELAY)
        delay (self, LATE_STATE, state, 0);
      return FALSE;
    }

  if (!check_access (self, error))
    return FALSE;

  sync_memory_vault_put_state (self->vault, stream, state);
  return finish (self, fault, error);
}

static gboolean
sync_memory_remote_get_state (SyncRemote    *remote,
                              const guint8   stream[SYNC_STREAM_ID_SIZE],
                              GBytes       **state,
                              GCancellable  *cancellable,
                              GError       **error)
{
  SyncMemoryRemote *self = SYNC_MEMORY_REMOTE (remote);
  g_autoptr (GBytes) found = NULL;
  SyncMemoryFault fault;

  if (!begin (self, &fault, cancellable, error) || !check_access (self, error))
    return FALSE;

  found = sync_memory_vault_dup_state (self->vault, stream);
  if (!finish (self, fault, error))
    return FALSE;

  if (found != NULL && fault == SYNC_MEMORY_FAULT_CUT_REPLY)
    *state = dup_half (found);
  else
    *state = g_steal_pointer (&found);

  return TRUE;
}

static void
remote_iface_init (SyncRemoteInterface *iface)
{
  iface->hello = sync_memory_remote_hello;
  iface->create_account = sync_memory_remote_create_account;
  iface->enrol = sync_memory_remote_enrol;
  iface->get_roster = sync_memory_remote_get_roster;
  iface->append_roster = sync_memory_remote_append_roster;
  iface->get_heads = sync_memory_remote_get_heads;
  iface->put_batch = sync_memory_remote_put_batch;
  iface->get_arrivals = sync_memory_remote_get_arrivals;
  iface->get_stream = sync_memory_remote_get_stream;
  iface->put_state = sync_memory_remote_put_state;
  iface->get_state = sync_memory_remote_get_state;
}
