/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-server-handlers.h"
#include "sync-server-stream.h"

/* Batches in and out.
 *
 *     PUT /v1/ACCOUNT/streams/STREAM/FIRST-LAST     the batch itself
 *     GET /v1/ACCOUNT/streams/STREAM?after=&max=    batches of the stream, end to end
 *     GET /v1/ACCOUNT/log?after=&max=&wait=         batches of all streams by arrival
 *     GET /v1/ACCOUNT/heads                         48 bytes a stream: id, number, chain hash
 *
 * A batch tells its own size (sync-batch-header.c), so an answer is batches end to end. What is
 * said beside them stands in headers: Clientele-Epoch, Clientele-Cursor (where to go on, by
 * arrival) and Clientele-More (1 or 0). Numbers in the body are little endian.
 */

#define EPOCH "Clientele-Epoch"
#define CURSOR "Clientele-Cursor"
#define MORE "Clientele-More"

typedef struct
{
  SyncServerExchange *exchange;
  SyncBatchHeader header;
  SyncServerAppend append;
  SyncServerDevice device;
  guint64 arrival;
} PutJob;

typedef struct
{
  SyncServerExchange *exchange;
  guint64 after;
  guint64 max_size;
  guint64 wait;
} LogJob;

static gboolean
parse_batch (SyncServerExchange *exchange,
             SyncBatchHeader    *header)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (exchange->body, &size);
  const SyncServerPath *path = &exchange->path;

  return sync_batch_header_parse (header, bytes, size, NULL) &&
         size == SYNC_BATCH_HEADER_SIZE + (gsize) header->body_size &&
         memcmp (header->account, path->account, sizeof path->account) == 0 &&
         memcmp (header->stream, path->stream, sizeof path->stream) == 0 &&
         header->first == path->first && header->last == path->last;
}

static gboolean
find_stream (SyncServerExchange *exchange,
             SyncServerDevice   *device)
{
  g_autoptr (GError) error = NULL;
  gboolean found = FALSE;

  if (!sync_server_device_find (exchange->server->reader,
                                exchange->account.number,
                                exchange->path.stream,
                                device,
                                &found,
                                &error))
    sync_server_exchange_reply_error (exchange, error);
  else if (!found)
    sync_server_exchange_reply_problem (exchange, SYNC_PROBLEM_STREAM_UNKNOWN, NULL);

  return found;
}

static gboolean
write_batch (SyncServerDatabase  *database,
             gpointer             data,
             GError             **error)
{
  PutJob *job = data;

  return sync_server_stream_append (database,
                                    &job->header,
                                    job->exchange->body,
                                    job->exchange->server->limits.quota,
                                    &job->append,
                                    &job->device,
                                    &job->arrival,
                                    error);
}

static void
reply_elsewhere (SyncServerExchange     *exchange,
                 const SyncServerDevice *device)
{
  JsonObject *members = json_object_new ();
  g_autofree char *hash = sync_identity_to_hex (device->hash, SYNC_HASH_SIZE);

  json_object_set_int_member (members, "have", device->last);
  json_object_set_string_member (members, "hash", hash);
  sync_server_exchange_reply_problem (exchange, SYNC_PROBLEM_STREAM_ELSEWHERE, members);
}

static void
reply_taken (SyncServerExchange *exchange,
             guint64             arrival)
{
  SyncServerWaiting *waiting = exchange->server->waiting;
  gint64 account = exchange->account.number;

  sync_server_exchange_set_number (exchange, CURSOR, arrival);
  sync_server_exchange_reply (exchange, SOUP_STATUS_CREATED);
  sync_server_waiting_wake (waiting, account);
}

static void
on_batch_written (gpointer      data,
                  const GError *error)
{
  g_autofree PutJob *job = data;

  if (error != NULL)
    {
      sync_server_exchange_reply_error (job->exchange, error);
      return;
    }

  switch (job->append)
    {
    case SYNC_SERVER_APPEND_TAKEN:
      reply_taken (job->exchange, job->arrival);
      break;
    case SYNC_SERVER_APPEND_SAME:
      sync_server_exchange_reply (job->exchange, SOUP_STATUS_OK);
      break;
    case SYNC_SERVER_APPEND_CONFLICT:
      reply_elsewhere (job->exchange, &job->device);
      break;
    case SYNC_SERVER_APPEND_REVOKED:
      sync_server_exchange_reply_problem (job->exchange, SYNC_PROBLEM_DEVICE_REVOKED, NULL);
      break;
    case SYNC_SERVER_APPEND_UNKNOWN:
      sync_server_exchange_reply_problem (job->exchange, SYNC_PROBLEM_STREAM_UNKNOWN, NULL);
      break;
    case SYNC_SERVER_APPEND_QUOTA:
      sync_server_exchange_reply_problem (job->exchange, SYNC_PROBLEM_FULL, NULL);
      break;
    default:
      g_assert_not_reached ();
    }
}

/**
 * sync_server_handle_put_batch:
 * @exchange: PUT /v1/ACCOUNT/streams/STREAM/FIRST-LAST
 *
 * The payload is never looked into: header, path and the author's signature must agree.
 */
void
sync_server_handle_put_batch (SyncServerExchange *exchange)
{
  SyncBatchHeader header;
  SyncServerDevice author;
  PutJob *job;

  if (!parse_batch (exchange, &header))
    {
      sync_server_exchange_reply_problem (exchange, SYNC_PROBLEM_BATCH_DAMAGED, NULL);
      return;
    }

  if (!find_stream (exchange, &author))
    return;

  if (!sync_batch_header_verify (&header, author.key))
    {
      sync_server_exchange_reply_problem (exchange, SYNC_PROBLEM_BATCH_FORGED, NULL);
      return;
    }

  job = g_new0 (PutJob, 1);
  job->exchange = exchange;
  job->header = header;
  sync_server_exchange_write (exchange, write_batch, on_batch_written, job);
}

static void
reply_page (SyncServerExchange   *exchange,
            const SyncServerPage *page)
{
  sync_server_exchange_set_number (exchange, EPOCH, exchange->account.epoch);
  sync_server_exchange_set_number (exchange, CURSOR, page->cursor);
  sync_server_exchange_set_number (exchange, MORE, page->more ? 1 : 0);
  sync_server_exchange_reply_bytes (exchange, page->bytes->data, page->bytes->len);
}

static gboolean
read_stream (SyncServerExchange  *exchange,
             guint64              after,
             guint64              max_size,
             SyncServerPage      *page,
             GError             **error)
{
  SyncServerDevice device;
  gboolean found;

  return sync_server_device_find (exchange->server->reader,
                                  exchange->account.number,
                                  exchange->path.stream,
                                  &device,
                                  &found,
                                  error) &&
         (!found || sync_server_stream_read (exchange->server->reader,
                                             device.number,
                                             after,
                                             max_size,
                                             page,
                                             error));
}

/**
 * sync_server_handle_get_stream:
 * @exchange: GET /v1/ACCOUNT/streams/STREAM
 *
 * An unknown stream holds no batches.
 */
void
sync_server_handle_get_stream (SyncServerExchange *exchange)
{
  static const char *const names[] = { "after", "max", NULL };
  guint64 values[] = { 0, SYNC_BATCH_MAX_SIZE };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  SyncServerPage page = { .bytes = bytes };

  if (!sync_server_exchange_parse_query (exchange, names, values))
    return;

  values[1] = MIN (values[1], exchange->server->limits.max_page_size);
  if (read_stream (exchange, values[0], values[1], &page, &error))
    reply_page (exchange, &page);
  else
    sync_server_exchange_reply_error (exchange, error);
}

static gboolean
refresh_account (SyncServerExchange  *exchange,
                 GError             **error)
{
  gboolean found;

  return sync_server_account_find (exchange->server->reader,
                                   exchange->path.account,
                                   &exchange->account,
                                   &found,
                                   error);
}

static gboolean
read_log (LogJob          *job,
          SyncServerPage  *page,
          GError         **error)
{
  SyncServerExchange *exchange = job->exchange;

  return refresh_account (exchange, error) &&
         sync_server_stream_read_arrivals (exchange->server->reader,
                                           exchange->account.number,
                                           job->after,
                                           job->max_size,
                                           page,
                                           error);
}

static void
answer_log (gpointer data)
{
  g_autofree LogJob *job = data;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  SyncServerPage page = { .bytes = bytes };

  if (read_log (job, &page, &error))
    reply_page (job->exchange, &page);
  else
    sync_server_exchange_reply_error (job->exchange, error);
}

static gboolean
write_epoch (SyncServerDatabase  *database,
             gpointer             data,
             GError             **error)
{
  LogJob *job = data;

  return sync_server_account_renew_epoch (database,
                                          job->exchange->path.account,
                                          job->after,
                                          error);
}

static void
on_epoch_written (gpointer      data,
                  const GError *error)
{
  LogJob *job = data;

  if (error == NULL)
    {
      answer_log (job);
      return;
    }

  sync_server_exchange_reply_error (job->exchange, error);
  g_free (job);
}

static gboolean
wait_for_news (LogJob *job)
{
  SyncServerExchange *exchange = job->exchange;

  if (job->wait == 0 || exchange->account.arrival > job->after)
    return FALSE;

  if (!sync_server_waiting_add (exchange->server->waiting,
                                exchange->account.number,
                                MIN (job->wait, exchange->server->limits.max_wait_seconds),
                                answer_log,
                                job))
    return FALSE;

  sync_server_exchange_pause (exchange);
  return TRUE;
}

/**
 * sync_server_handle_get_log:
 * @exchange: GET /v1/ACCOUNT/log
 *
 * A device that has seen a later arrival than there is proves that the database is older than
 * it was: the account gets a new epoch before the answer.
 */
void
sync_server_handle_get_log (SyncServerExchange *exchange)
{
  static const char *const names[] = { "after", "max", "wait", NULL };
  guint64 values[] = { 0, SYNC_BATCH_MAX_SIZE, 0 };
  LogJob *job;

  if (!sync_server_exchange_parse_query (exchange, names, values))
    return;

  job = g_new0 (LogJob, 1);
  job->exchange = exchange;
  job->after = values[0];
  job->max_size = MIN (values[1], exchange->server->limits.max_page_size);
  job->wait = values[2];

  if (job->after > exchange->account.arrival)
    sync_server_exchange_write (exchange, write_epoch, on_epoch_written, job);
  else if (!wait_for_news (job))
    answer_log (job);
}

/**
 * sync_server_handle_get_heads:
 * @exchange: GET /v1/ACCOUNT/heads
 */
void
sync_server_handle_get_heads (SyncServerExchange *exchange)
{
  g_autoptr (GByteArray) heads = NULL;
  g_autoptr (GError) error = NULL;

  heads = sync_server_stream_dup_heads (exchange->server->reader,
                                        exchange->account.number,
                                        &error);
  if (heads == NULL)
    {
      sync_server_exchange_reply_error (exchange, error);
      return;
    }

  sync_server_exchange_set_number (exchange, EPOCH, exchange->account.epoch);
  sync_server_exchange_set_number (exchange, CURSOR, exchange->account.arrival);
  sync_server_exchange_reply_bytes (exchange, heads->data, heads->len);
}
