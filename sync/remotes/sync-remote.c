/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync-remote.h"

#include <glib/gi18n-lib.h>

#include "sync-error.h"

G_DEFINE_INTERFACE (SyncRemote, sync_remote, G_TYPE_OBJECT)

static void
sync_remote_default_init (SyncRemoteInterface *iface)
{
}

/**
 * sync_remote_heads_init:
 * @heads: (out caller-allocates): empty heads
 */
void
sync_remote_heads_init (SyncRemoteHeads *heads)
{
  heads->heads = g_array_new (FALSE, FALSE, sizeof (SyncHead));
  heads->epoch = 0;
  heads->cursor = 0;
}

/**
 * sync_remote_heads_clear:
 * @heads: heads that were initialised
 */
void
sync_remote_heads_clear (SyncRemoteHeads *heads)
{
  g_clear_pointer (&heads->heads, g_array_unref);
}

/**
 * sync_remote_page_init:
 * @page: (out caller-allocates): a page without batches
 */
void
sync_remote_page_init (SyncRemotePage *page)
{
  page->batches = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  page->epoch = 0;
  page->cursor = 0;
  page->more = FALSE;
}

/**
 * sync_remote_page_clear:
 * @page: a page that was initialised
 */
void
sync_remote_page_clear (SyncRemotePage *page)
{
  g_clear_pointer (&page->batches, g_ptr_array_unref);
}

static gboolean
set_unsupported (GError **error)
{
  g_set_error_literal (error,
                       SYNC_ERROR,
                       SYNC_ERROR_UNSUPPORTED,
                       _("This place to synchronise through cannot do that."));
  return FALSE;
}

/**
 * sync_remote_hello:
 * @self: a remote
 * @greeting: (out caller-allocates): what it says of itself
 * @cancellable: (nullable): to stop
 * @error: why not
 *
 * Asks what the remote can do. Needs no account.
 *
 * Returns: whether it answered
 */
gboolean
sync_remote_hello (SyncRemote          *self,
                   SyncRemoteGreeting  *greeting,
                   GCancellable        *cancellable,
                   GError             **error)
{
  g_return_val_if_fail (SYNC_IS_REMOTE (self), FALSE);
  g_return_val_if_fail (greeting != NULL, FALSE);

  return SYNC_REMOTE_GET_IFACE (self)->hello (self, greeting, cancellable, error);
}

/**
 * sync_remote_create_account:
 * @self: a remote that has %SYNC_REMOTE_CAN_REGISTER
 * @account: the account's own keys; its id follows from the public one
 * @invite: (nullable): the code from whoever runs the remote
 * @cancellable: (nullable): to stop
 * @error: %SYNC_ERROR_CLOSED where a code is needed or spent
 *
 * Makes the account. An account that is there already with this key is no
 * error, whatever the code.
 *
 * Returns: whether the account is there
 */
gboolean
sync_remote_create_account (SyncRemote            *self,
                            const SyncSigningKey  *account,
                            const char            *invite,
                            GCancellable          *cancellable,
                            GError               **error)
{
  SyncRemoteInterface *iface;

  g_return_val_if_fail (SYNC_IS_REMOTE (self), FALSE);
  g_return_val_if_fail (account != NULL, FALSE);

  iface = SYNC_REMOTE_GET_IFACE (self);
  if (iface->create_account == NULL)
    return set_unsupported (error);

  return iface->create_account (self, account, invite, cancellable, error);
}

/**
 * sync_remote_enrol:
 * @self: a remote that has %SYNC_REMOTE_CAN_REGISTER
 * @account: the account's own keys, which sign this request
 * @device: the device's public key
 * @cancellable: (nullable): to stop
 * @error: %SYNC_ERROR_NOT_FOUND where there is no such account,
 *   %SYNC_ERROR_REVOKED where the device was shut out
 *
 * Lets the device with the key @device write its stream and read the account.
 * Enrolling again is no error.
 *
 * Returns: whether the device is enrolled
 */
gboolean
sync_remote_enrol (SyncRemote            *self,
                   const SyncSigningKey  *account,
                   const guint8           device[SYNC_PUBLIC_KEY_SIZE],
                   GCancellable          *cancellable,
                   GError               **error)
{
  SyncRemoteInterface *iface;

  g_return_val_if_fail (SYNC_IS_REMOTE (self), FALSE);
  g_return_val_if_fail (account != NULL, FALSE);

  iface = SYNC_REMOTE_GET_IFACE (self);
  if (iface->enrol == NULL)
    return set_unsupported (error);

  return iface->enrol (self, account, device, cancellable, error);
}

/**
 * sync_remote_get_roster:
 * @self: a remote
 * @entries: (out) (transfer container) (element-type GBytes): all entries, oldest first
 * @version: (out): how many there are, for sync_remote_append_roster()
 * @cancellable: (nullable): to stop
 * @error: why not
 *
 * Fetches the roster as it was appended. The reader checks the signatures.
 *
 * Returns: whether it answered
 */
gboolean
sync_remote_get_roster (SyncRemote    *self,
                        GPtrArray    **entries,
                        guint64       *version,
                        GCancellable  *cancellable,
                        GError       **error)
{
  g_return_val_if_fail (SYNC_IS_REMOTE (self), FALSE);
  g_return_val_if_fail (entries != NULL && version != NULL, FALSE);

  return SYNC_REMOTE_GET_IFACE (self)->get_roster (self, entries, version, cancellable, error);
}

/**
 * sync_remote_append_roster:
 * @self: a remote
 * @entry: one signed entry
 * @expected_version: the version that the writer has seen
 * @cancellable: (nullable): to stop
 * @error: %SYNC_ERROR_CONFLICT where the roster has another version by now
 *
 * Appends @entry if nobody else appended meanwhile. Where the last entry is
 * @entry itself and @expected_version the one before it, that is success: the
 * answer to an earlier try was lost.
 *
 * Returns: whether the entry is the last one
 */
gboolean
sync_remote_append_roster (SyncRemote    *self,
                           GBytes        *entry,
                           guint64        expected_version,
                           GCancellable  *cancellable,
                           GError       **error)
{
  g_return_val_if_fail (SYNC_IS_REMOTE (self), FALSE);
  g_return_val_if_fail (entry != NULL, FALSE);

  return SYNC_REMOTE_GET_IFACE (self)->append_roster (self,
                                                      entry,
                                                      expected_version,
                                                      cancellable,
                                                      error);
}

/**
 * sync_remote_get_heads:
 * @self: a remote
 * @heads: initialised by sync_remote_heads_init(); filled
 * @cancellable: (nullable): to stop
 * @error: why not
 *
 * Asks how far each stream goes at the remote.
 *
 * Returns: whether it answered
 */
gboolean
sync_remote_get_heads (SyncRemote       *self,
                       SyncRemoteHeads  *heads,
                       GCancellable     *cancellable,
                       GError          **error)
{
  g_return_val_if_fail (SYNC_IS_REMOTE (self), FALSE);
  g_return_val_if_fail (heads != NULL && heads->heads != NULL, FALSE);

  return SYNC_REMOTE_GET_IFACE (self)->get_heads (self, heads, cancellable, error);
}

/**
 * sync_remote_put_batch:
 * @self: a remote
 * @batch: a whole batch; its header says of which stream and numbers
 * @reply: (out caller-allocates): what became of it
 * @cancellable: (nullable): to stop
 * @error: only where there was no answer to understand
 *
 * Offers a batch. Any enrolled device may offer batches of any enrolled
 * stream, since the author's signature is inside. A remote takes it where it
 * follows on its own end of the stream in number and hash, and answers
 * %SYNC_PUT_SAME where its last record is there already with the same hash.
 *
 * Returns: whether @reply is set; a refusal is a reply, not an error
 */
gboolean
sync_remote_put_batch (SyncRemote    *self,
                       GBytes        *batch,
                       SyncPutReply  *reply,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_return_val_if_fail (SYNC_IS_REMOTE (self), FALSE);
  g_return_val_if_fail (batch != NULL, FALSE);
  g_return_val_if_fail (reply != NULL, FALSE);

  return SYNC_REMOTE_GET_IFACE (self)->put_batch (self, batch, reply, cancellable, error);
}

/**
 * sync_remote_get_arrivals:
 * @self: a remote that has %SYNC_REMOTE_CAN_NUMBER_ARRIVALS
 * @after_cursor: the last arrival that is known here, 0 for none
 * @max_size: about how many bytes to answer; at least one batch comes all the same
 * @wait_seconds: how long the remote may wait for something new
 * @page: initialised by sync_remote_page_init(); filled
 * @cancellable: (nullable): to stop
 * @error: why not
 *
 * Fetches batches of all streams in order of arrival.
 *
 * Returns: whether it answered
 */
gboolean
sync_remote_get_arrivals (SyncRemote      *self,
                          guint64          after_cursor,
                          gsize            max_size,
                          guint            wait_seconds,
                          SyncRemotePage  *page,
                          GCancellable    *cancellable,
                          GError         **error)
{
  SyncRemoteInterface *iface;

  g_return_val_if_fail (SYNC_IS_REMOTE (self), FALSE);
  g_return_val_if_fail (page != NULL && page->batches != NULL, FALSE);

  iface = SYNC_REMOTE_GET_IFACE (self);
  if (iface->get_arrivals == NULL)
    return set_unsupported (error);

  return iface->get_arrivals (self,
                              after_cursor,
                              max_size,
                              wait_seconds,
                              page,
                              cancellable,
                              error);
}

/**
 * sync_remote_get_stream:
 * @self: a remote
 * @stream: whose stream
 * @after_number: the last record that is known here, 0 for none
 * @max_size: about how many bytes to answer; at least one batch comes all the same
 * @page: initialised by sync_remote_page_init(); filled
 * @cancellable: (nullable): to stop
 * @error: why not
 *
 * Fetches the batches of one stream that hold records after @after_number. The
 * first may begin at or before it, since batches are kept as they were put.
 * An unknown stream gives no batches.
 *
 * Returns: whether it answered
 */
gboolean
sync_remote_get_stream (SyncRemote      *self,
                        const guint8     stream[SYNC_STREAM_ID_SIZE],
                        guint64          after_number,
                        gsize            max_size,
                        SyncRemotePage  *page,
                        GCancellable    *cancellable,
                        GError         **error)
{
  g_return_val_if_fail (SYNC_IS_REMOTE (self), FALSE);
  g_return_val_if_fail (page != NULL && page->batches != NULL, FALSE);

  return SYNC_REMOTE_GET_IFACE (self)->get_stream (self,
                                                   stream,
                                                   after_number,
                                                   max_size,
                                                   page,
                                                   cancellable,
                                                   error);
}

/**
 * sync_remote_put_state:
 * @self: a remote that has %SYNC_REMOTE_CAN_KEEP_STATE
 * @stream: the device's stream, always our own
 * @state: at most 4 KiB, sealed
 * @cancellable: (nullable): to stop
 * @error: why not
 *
 * Replaces the device's state object. It is a hint for people, never a truth.
 *
 * Returns: whether it is stored
 */
gboolean
sync_remote_put_state (SyncRemote    *self,
                       const guint8   stream[SYNC_STREAM_ID_SIZE],
                       GBytes        *state,
                       GCancellable  *cancellable,
                       GError       **error)
{
  SyncRemoteInterface *iface;

  g_return_val_if_fail (SYNC_IS_REMOTE (self), FALSE);
  g_return_val_if_fail (state != NULL, FALSE);

  iface = SYNC_REMOTE_GET_IFACE (self);
  if (iface->put_state == NULL)
    return set_unsupported (error);

  return iface->put_state (self, stream, state, cancellable, error);
}

/**
 * sync_remote_get_state:
 * @self: a remote that has %SYNC_REMOTE_CAN_KEEP_STATE
 * @stream: a device's stream
 * @state: (out) (transfer full) (nullable): the object, %NULL where there is none
 * @cancellable: (nullable): to stop
 * @error: why not
 *
 * Returns: whether it answered
 */
gboolean
sync_remote_get_state (SyncRemote    *self,
                       const guint8   stream[SYNC_STREAM_ID_SIZE],
                       GBytes       **state,
                       GCancellable  *cancellable,
                       GError       **error)
{
  SyncRemoteInterface *iface;

  g_return_val_if_fail (SYNC_IS_REMOTE (self), FALSE);
  g_return_val_if_fail (state != NULL, FALSE);

  iface = SYNC_REMOTE_GET_IFACE (self);
  if (iface->get_state == NULL)
    return set_unsupported (error);

  return iface->get_state (self, stream, state, cancellable, error);
}
