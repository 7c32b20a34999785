/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync-endpoint-reply.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sync-batch-header.h"
#include "sync-error.h"
#include "sync-json.h"

/* What the server's answers say. All of it is foreign: every length is checked against what is there,
 * and an answer that does not add up is refused whole.
 */

#define HEAD_SIZE (SYNC_STREAM_ID_SIZE + 8 + SYNC_HASH_SIZE)
#define HTTP_OK 200
#define HTTP_CREATED 201

static gboolean
set_garbled (GError **error)
{
  g_set_error_literal (error,
                       SYNC_ERROR,
                       SYNC_ERROR_DAMAGED,
                       _("The server's answer makes no sense; synchronise again."));
  return FALSE;
}

/**
 * sync_endpoint_reply_is_success:
 * @reply: an answer
 *
 * Returns: whether the server did what was asked
 */
gboolean
sync_endpoint_reply_is_success (const SyncSignedReply *reply)
{
  return reply->status == HTTP_OK || reply->status == HTTP_CREATED;
}

static gboolean
fill_greeting (JsonObject         *object,
               SyncRemoteGreeting *greeting)
{
  guint64 time;
  guint64 limit = 0;
  const char *registration = sync_json_get_string (object, "registration");

  if (!sync_json_get_number (object, "time", &time))
    return FALSE;

  if (json_object_has_member (object, "limits") &&
      JSON_NODE_HOLDS_OBJECT (json_object_get_member (object, "limits")))
    sync_json_get_number (json_object_get_object_member (object, "limits"), "batch", &limit);

  greeting->abilities = SYNC_REMOTE_CAN_REGISTER | SYNC_REMOTE_CAN_SWAP_ROSTER |
                        SYNC_REMOTE_CAN_NUMBER_ARRIVALS | SYNC_REMOTE_CAN_WAIT |
                        SYNC_REMOTE_CAN_KEEP_STATE;
  greeting->server_time = time;
  greeting->max_batch_size = limit > 0 ? MIN (limit, SYNC_BATCH_MAX_SIZE) : SYNC_BATCH_MAX_SIZE;
  greeting->registration_open = g_strcmp0 (registration, "open") == 0;
  return TRUE;
}

/**
 * sync_endpoint_reply_read_greeting:
 * @reply: the answer to GET /v1
 * @greeting: (out caller-allocates): what it says
 * @error: %SYNC_ERROR_DAMAGED
 *
 * Returns: whether it makes sense
 */
gboolean
sync_endpoint_reply_read_greeting (const SyncSignedReply  *reply,
                                   SyncRemoteGreeting     *greeting,
                                   GError                **error)
{
  gsize size;
  const void *bytes = g_bytes_get_data (reply->body, &size);
  g_autoptr (JsonObject) object = sync_json_parse (bytes, size);

  return (object != NULL && fill_greeting (object, greeting)) || set_garbled (error);
}

static gboolean
split_roster (GBytes     *body,
              GPtrArray  *entries)
{
  gsize size = g_bytes_get_size (body);
  gsize offset = 0;

  while (offset < size)
    {
      const guint8 *bytes = g_bytes_get_data (body, NULL);
      guint32 length;

      if (size - offset < sizeof length)
        return FALSE;
      memcpy (&length, bytes + offset, sizeof length);
      length = GUINT32_FROM_LE (length);
      offset += sizeof length;

      if (length > size - offset)
        return FALSE;
      g_ptr_array_add (entries, g_bytes_new_from_bytes (body, offset, length));
      offset += length;
    }

  return TRUE;
}

/**
 * sync_endpoint_reply_read_roster:
 * @reply: the answer to GET roster
 * @error: %SYNC_ERROR_DAMAGED
 *
 * Returns: (transfer full) (element-type GBytes): the entries, as many as the version says
 */
GPtrArray *
sync_endpoint_reply_read_roster (const SyncSignedReply  *reply,
                                 GError                **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  if (split_roster (reply->body, entries) && entries->len == reply->version)
    return g_steal_pointer (&entries);

  set_garbled (error);
  return NULL;
}

static gboolean
split_heads (GBytes *body,
             GArray *heads)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (body, &size);

  if (size % HEAD_SIZE != 0)
    return FALSE;

  for (gsize offset = 0; offset < size; offset += HEAD_SIZE)
    {
      SyncHead head;

      memcpy (head.stream, bytes + offset, SYNC_STREAM_ID_SIZE);
      memcpy (&head.number, bytes + offset + SYNC_STREAM_ID_SIZE, 8);
      memcpy (head.hash, bytes + offset + SYNC_STREAM_ID_SIZE + 8, SYNC_HASH_SIZE);
      head.number = GUINT64_FROM_LE (head.number);
      g_array_append_val (heads, head);
    }

  return TRUE;
}

/**
 * sync_endpoint_reply_read_heads:
 * @reply: the answer to GET heads
 * @heads: initialised; filled
 * @error: %SYNC_ERROR_DAMAGED
 *
 * Returns: whether it makes sense
 */
gboolean
sync_endpoint_reply_read_heads (const SyncSignedReply  *reply,
                                SyncRemoteHeads        *heads,
                                GError                **error)
{
  g_array_set_size (heads->heads, 0);
  heads->epoch = reply->epoch;
  heads->cursor = reply->cursor;
  return split_heads (reply->body, heads->heads) || set_garbled (error);
}

static gboolean
split_batches (GBytes    *body,
               GPtrArray *batches)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (body, &size);
  gsize offset = 0;

  while (offset < size)
    {
      SyncBatchHeader header;
      gsize length;

      if (!sync_batch_header_parse (&header, bytes + offset, size - offset, NULL))
        return FALSE;

      length = SYNC_BATCH_HEADER_SIZE + (gsize) header.body_size;
      if (length > size - offset)
        return FALSE;
      g_ptr_array_add (batches, g_bytes_new_from_bytes (body, offset, length));
      offset += length;
    }

  return TRUE;
}

/**
 * sync_endpoint_reply_read_page:
 * @reply: the answer to GET log or GET streams/STREAM
 * @page: initialised; filled
 * @error: %SYNC_ERROR_DAMAGED
 *
 * Returns: whether it makes sense
 */
gboolean
sync_endpoint_reply_read_page (const SyncSignedReply  *reply,
                               SyncRemotePage         *page,
                               GError                **error)
{
  g_ptr_array_set_size (page->batches, 0);
  page->epoch = reply->epoch;
  page->cursor = reply->cursor;
  page->more = reply->more;
  return split_batches (reply->body, page->batches) || set_garbled (error);
}

static gboolean
read_conflict (const SyncSignedReply  *reply,
               SyncPutReply           *put,
               GError                **error)
{
  const char *hash = sync_json_get_string (reply->document, "hash");

  put->status = SYNC_PUT_CONFLICT;
  if (hash == NULL || !sync_identity_from_hex (hash, put->hash, SYNC_HASH_SIZE) ||
      !sync_json_get_number (reply->document, "have", &put->have))
    return set_garbled (error);

  return TRUE;
}

/**
 * sync_endpoint_reply_read_put:
 * @reply: the answer to PUT streams/STREAM/FIRST-LAST
 * @put: (out caller-allocates): what became of the batch
 * @error: where the answer is no such thing
 *
 * Returns: whether @put is set
 */
gboolean
sync_endpoint_reply_read_put (const SyncSignedReply  *reply,
                              SyncPutReply           *put,
                              GError                **error)
{
  guint64 limit = 0;

  memset (put, 0, sizeof *put);
  if (sync_endpoint_reply_is_success (reply))
    {
      put->status = reply->status == HTTP_CREATED ? SYNC_PUT_TAKEN : SYNC_PUT_SAME;
      return TRUE;
    }

  switch (reply->problem)
    {
    case SYNC_PROBLEM_STREAM_ELSEWHERE:
      return read_conflict (reply, put, error);
    case SYNC_PROBLEM_TOO_LARGE:
      sync_json_get_number (reply->document, "limit", &limit);
      put->status = SYNC_PUT_TOO_LARGE;
      put->limit = limit;
      return TRUE;
    case SYNC_PROBLEM_DEVICE_REVOKED:
      put->status = SYNC_PUT_REVOKED;
      return TRUE;
    case SYNC_PROBLEM_FULL:
      put->status = SYNC_PUT_QUOTA;
      return TRUE;
    case SYNC_PROBLEM_BUSY:
      put->status = SYNC_PUT_LATER;
      put->retry_after = reply->retry_after;
      return TRUE;
    default:
      return sync_signed_reply_set_error (reply, error);
    }
}
