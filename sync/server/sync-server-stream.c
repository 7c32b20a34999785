/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-server-stream.h"

#include <string.h>

#include "sync-server-account.h"

/* Streams only grow at their end.
 *
 * A batch is taken where its first number follows on the stream's last one and its hash before is
 * the stream's hash there (the first of all may begin at any hash). Where its last number is the
 * end of a batch that is here with the same hash after, it was put already (sealed anew or not:
 * the hash speaks of the content). Anything else is a conflict, answered with where the stream
 * ends: the client re-batches from there, or finds that its stream has forked. All of it is
 * decided inside the writer's transaction, so of two that put at once exactly one wins.
 */

#define HEAD_SIZE (SYNC_STREAM_ID_SIZE + 8 + SYNC_HASH_SIZE)

static gboolean
ends_at (SyncServerDatabase     *database,
         gint64                  device,
         const SyncBatchHeader  *header,
         gboolean               *is_same,
         GError                **error)
{
  static const char sql[] = "SELECT 1 FROM batch WHERE device = ? AND last = ? AND hash = ?";
  sqlite3_stmt *statement = sync_server_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, device);
  sqlite3_bind_int64 (statement, 2, header->last);
  sqlite3_bind_blob (statement, 3, header->hash_after, SYNC_HASH_SIZE, SQLITE_STATIC);
  if (!sync_server_database_step (database, statement, is_same, error))
    return FALSE;

  sync_server_database_release (statement);
  return TRUE;
}

static gboolean
insert_batch (SyncServerDatabase      *database,
              const SyncServerAccount *account,
              gint64                   device,
              const SyncBatchHeader   *header,
              GBytes                  *batch,
              GError                 **error)
{
  static const char sql[] =
    "INSERT INTO batch (account, arrival, device, last, hash, size, bytes)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)";
  sqlite3_stmt *statement = sync_server_database_prepare (database, sql, error);
  gsize size;
  const void *bytes = g_bytes_get_data (batch, &size);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, account->number);
  sqlite3_bind_int64 (statement, 2, account->arrival + 1);
  sqlite3_bind_int64 (statement, 3, device);
  sqlite3_bind_int64 (statement, 4, header->last);
  sqlite3_bind_blob (statement, 5, header->hash_after, SYNC_HASH_SIZE, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 6, size);
  sqlite3_bind_blob64 (statement, 7, bytes, size, SQLITE_STATIC);
  return sync_server_database_run (database, statement, error);
}

static gboolean
move_head (SyncServerDatabase     *database,
           gint64                  device,
           const SyncBatchHeader  *header,
           GError                **error)
{
  static const char sql[] = "UPDATE device SET last = ?, hash = ? WHERE number = ?";
  sqlite3_stmt *statement = sync_server_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, header->last);
  sqlite3_bind_blob (statement, 2, header->hash_after, SYNC_HASH_SIZE, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 3, device);
  return sync_server_database_run (database, statement, error);
}

static gboolean
count_arrival (SyncServerDatabase  *database,
               gint64               account,
               gsize                size,
               GError             **error)
{
  static const char sql[] =
    "UPDATE account SET arrival = arrival + 1, size = size + ? WHERE number = ?";
  sqlite3_stmt *statement = sync_server_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, size);
  sqlite3_bind_int64 (statement, 2, account);
  return sync_server_database_run (database, statement, error);
}

static gboolean
find_end (SyncServerDatabase     *database,
          const SyncBatchHeader  *header,
          SyncServerAccount      *account,
          SyncServerDevice       *device,
          gboolean               *found,
          GError                **error)
{
  return sync_server_account_find (database, header->account, account, found, error) &&
         (!*found || sync_server_device_find (database,
                                              account->number,
                                              header->stream,
                                              device,
                                              found,
                                              error));
}

/* Only the devices know the keyed hash that a stream starts from. */
static gboolean
follows (const SyncBatchHeader  *header,
         const SyncServerDevice *device)
{
  return header->first == device->last + 1 &&
         (device->last == 0 || memcmp (header->hash_before, device->hash, SYNC_HASH_SIZE) == 0);
}

static gboolean
judge (SyncServerDatabase       *database,
       const SyncBatchHeader    *header,
       gsize                     size,
       guint64                   quota,
       const SyncServerAccount  *account,
       const SyncServerDevice   *device,
       SyncServerAppend         *append,
       GError                  **error)
{
  gboolean is_same = FALSE;

  if (header->last <= device->last && !ends_at (database, device->number, header, &is_same, error))
    return FALSE;

  if (is_same)
    *append = SYNC_SERVER_APPEND_SAME;
  else if (device->revoked)
    *append = SYNC_SERVER_APPEND_REVOKED;
  else if (!follows (header, device))
    *append = SYNC_SERVER_APPEND_CONFLICT;
  else if (account->size + size > quota)
    *append = SYNC_SERVER_APPEND_QUOTA;
  else
    *append = SYNC_SERVER_APPEND_TAKEN;

  return TRUE;
}

/**
 * sync_server_stream_append:
 * @database: the writing connection, inside a transaction
 * @header: the batch's header, its signature verified
 * @batch: the whole batch
 * @quota: bytes that the account may take
 * @append: (out): what became of it
 * @device: (out caller-allocates): the stream's end before, on a conflict
 * @arrival: (out): the account's last arrival, where it was taken
 * @error: why not
 *
 * Returns: whether the database did its part
 */
gboolean
sync_server_stream_append (SyncServerDatabase     *database,
                           const SyncBatchHeader  *header,
                           GBytes                 *batch,
                           guint64                 quota,
                           SyncServerAppend       *append,
                           SyncServerDevice       *device,
                           guint64                *arrival,
                           GError                **error)
{
  SyncServerAccount account;
  gsize size = g_bytes_get_size (batch);
  gboolean found;

  if (!find_end (database, header, &account, device, &found, error))
    return FALSE;

  *append = SYNC_SERVER_APPEND_UNKNOWN;
  if (found && !judge (database, header, size, quota, &account, device, append, error))
    return FALSE;

  if (*append != SYNC_SERVER_APPEND_TAKEN)
    return TRUE;

  *arrival = account.arrival + 1;
  return insert_batch (database, &account, device->number, header, batch, error) &&
         move_head (database, device->number, header, error) &&
         count_arrival (database, account.number, size, error);
}

static gboolean
fill_page (SyncServerDatabase  *database,
           sqlite3_stmt        *statement,
           gsize                max_size,
           SyncServerPage      *page,
           GError             **error)
{
  gboolean has_row;

  page->more = FALSE;
  while (sync_server_database_step (database, statement, &has_row, error))
    {
      int size;

      if (!has_row)
        return TRUE;

      size = sqlite3_column_int (statement, 1);
      if (page->bytes->len > 0 && page->bytes->len + size > max_size)
        {
          page->more = TRUE;
          sync_server_database_release (statement);
          return TRUE;
        }

      g_byte_array_append (page->bytes, sqlite3_column_blob (statement, 2), size);
      page->cursor = sqlite3_column_int64 (statement, 0);
    }

  return FALSE;
}

/**
 * sync_server_stream_read_arrivals:
 * @database: a connection
 * @account: the account's row
 * @after: the last arrival that is known
 * @max_size: about how many bytes to read; one batch is read in any case
 * @page: its array is appended to, the rest set
 * @error: why not
 *
 * Returns: whether the database answered
 */
gboolean
sync_server_stream_read_arrivals (SyncServerDatabase  *database,
                                  gint64               account,
                                  guint64              after,
                                  gsize                max_size,
                                  SyncServerPage      *page,
                                  GError             **error)
{
  static const char sql[] =
    "SELECT arrival, size, bytes FROM batch WHERE account = ? AND arrival > ? ORDER BY arrival";
  sqlite3_stmt *statement = sync_server_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;

  page->cursor = after;
  sqlite3_bind_int64 (statement, 1, account);
  sqlite3_bind_int64 (statement, 2, after);
  return fill_page (database, statement, max_size, page, error);
}

/**
 * sync_server_stream_read:
 * @database: a connection
 * @device: the stream's row
 * @after: the last record that is known
 * @max_size: about how many bytes to read; one batch is read in any case
 * @page: its array is appended to, the rest set
 * @error: why not
 *
 * Returns: whether the database answered
 */
gboolean
sync_server_stream_read (SyncServerDatabase  *database,
                         gint64               device,
                         guint64              after,
                         gsize                max_size,
                         SyncServerPage      *page,
                         GError             **error)
{
  static const char sql[] =
    "SELECT arrival, size, bytes FROM batch WHERE device = ? AND last > ? ORDER BY last";
  sqlite3_stmt *statement = sync_server_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;

  page->cursor = 0;
  sqlite3_bind_int64 (statement, 1, device);
  sqlite3_bind_int64 (statement, 2, after);
  return fill_page (database, statement, max_size, page, error);
}

/**
 * sync_server_stream_dup_heads:
 * @database: a connection
 * @account: the account's row
 * @error: why not
 *
 * Returns: (transfer full): for each stream with records 48 bytes: id, number (little
 *   endian), chain hash
 */
GByteArray *
sync_server_stream_dup_heads (SyncServerDatabase  *database,
                              gint64               account,
                              GError             **error)
{
  static const char sql[] =
    "SELECT stream, last, hash FROM device WHERE account = ? AND last > 0 ORDER BY stream";
  sqlite3_stmt *statement = sync_server_database_prepare (database, sql, error);
  g_autoptr (GByteArray) heads = g_byte_array_new ();
  gboolean has_row;

  if (statement == NULL)
    return NULL;

  sqlite3_bind_int64 (statement, 1, account);
  while (sync_server_database_step (database, statement, &has_row, error))
    {
      guint8 head[HEAD_SIZE];
      guint64 last;

      if (!has_row)
        return g_steal_pointer (&heads);

      last = GUINT64_TO_LE ((guint64) sqlite3_column_int64 (statement, 1));
      memcpy (head, sqlite3_column_blob (statement, 0), SYNC_STREAM_ID_SIZE);
      memcpy (head + SYNC_STREAM_ID_SIZE, &last, sizeof last);
      memcpy (head + SYNC_STREAM_ID_SIZE + 8, sqlite3_column_blob (statement, 2), SYNC_HASH_SIZE);
      g_byte_array_append (heads, head, sizeof head);
    }

  return NULL;
}
