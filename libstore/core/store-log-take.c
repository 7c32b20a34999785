/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Streams in: verified against the chain, kept, merged and remembered in one transaction. */
#include "config.h"

#include "store-log-private.h"

#include "store-change-set-private.h"
#include "store-inbox.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>

typedef struct
{
  StoreDatabase *database;
  const StoreStreamId *stream;
  guint64 first;
  GPtrArray *bodies;
  const guint8 *hash_after;
  GBytes *signature;
  StoreCursor cursor;
  StoreIntake *intake;
} TakeJob;

/* Compares what is here already; the rest must continue the chain up to the hash given. */
static gboolean
verify_bodies (StoreWriter *writer,
               TakeJob     *job,
               guint32      stream,
               guint64      received,
               GError     **error)
{
  guint8 key[STORE_HASH_SIZE];
  guint8 hash[STORE_HASH_SIZE];

  if (job->first > received + 1)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
                           _("Changes are missing before these."));
      return FALSE;
    }
  if (!store_log_load_chain_key (writer->connection, key, error) ||
      !store_log_count_hash (writer->connection, stream, job->stream, job->first - 1, hash, error))
    return FALSE;
  for (guint i = 0; i < job->bodies->len; i++)
    {
      GBytes *body = g_ptr_array_index (job->bodies, i);
      guint8 mine[STORE_HASH_SIZE];

      if (!store_entry_chain (key, hash, body, hash, error))
        return FALSE;
      if (job->first + i > received)
        continue;
      if (!store_log_count_hash (writer->connection, stream, job->stream, job->first + i, mine, error))
        return FALSE;
      if (sodium_memcmp (mine, hash, sizeof mine) != 0)
        {
          g_set_error_literal (error, STORE_ERROR, STORE_ERROR_EXISTS,
                               _("Two different changes carry the same number."));
          return FALSE;
        }
    }
  if (sodium_memcmp (hash, job->hash_after, sizeof hash) != 0)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_DAMAGED,
                           _("The chain of changes of a device is broken."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
take_bodies (StoreWriter *writer,
             TakeJob     *job,
             GError     **error)
{
  g_autoptr (GPtrArray) fresh = g_ptr_array_new ();
  guint64 number, received, last, known;
  guint32 stream;

  if (!store_writer_number_stream (writer, job->stream, &stream, error) ||
      !store_log_find_stream (writer->connection, job->stream, &stream, &number, &received, error) ||
      !verify_bodies (writer, job, stream, received, error))
    return FALSE;

  known = MIN (received >= job->first ? received - job->first + 1 : 0, job->bodies->len);
  job->intake->known = (guint) known;
  job->intake->taken = job->bodies->len - (guint) known;
  for (guint i = (guint) known; i < job->bodies->len; i++)
    {
      GBytes *body = g_ptr_array_index (job->bodies, i);

      if (received == number)
        g_ptr_array_add (fresh, body);
      else if (!store_inbox_put (writer, stream, job->first + i, body, error))
        return FALSE;
    }
  if (!store_inbox_take_run (writer, stream, job->first + known, fresh, job->intake, error))
    return FALSE;
  last = job->first + job->bodies->len - 1;
  /* Kept without a signature too: the next batch counts on from here. */
  if (job->bodies->len > 0 &&
      !store_log_put_signed_point (writer->connection, stream, last, job->hash_after, job->signature, error))
    return FALSE;
  if (job->cursor.name && !store_log_put_cursor (writer->connection, &job->cursor, error))
    return FALSE;
  return store_inbox_drain (writer, job->intake, error);
}

static gboolean
take (StoreWriter *writer,
      gpointer     data,
      GError     **error)
{
  TakeJob *job = data;
  g_autoptr (StoreChangeSet) changes = store_change_set_new ();

  if (!store_writer_begin (writer, STORE_CAPTURE_MERGE, NULL, error))
    return FALSE;
  if (!take_bodies (writer, job, error))
    {
      store_writer_rollback (writer);
      return FALSE;
    }
  if (!store_writer_commit (writer, changes, NULL, error))
    return FALSE;
  store_database_report (job->database, writer, changes);
  return TRUE;
}

/**
 * store_log_take:
 * @database: a store
 * @stream: another device's stream, or our own from before a restore
 * @first: the number of the first body
 * @bodies: (element-type GBytes): records in order
 * @hash_after: the chain hash after the last
 * @signature: (nullable): the author's, there
 * @cursor_name: (nullable): what the caller calls its cursor
 * @cursor: (nullable): what the caller remembers
 * @intake: (out): what came of it
 * @error: %STORE_ERROR_DAMAGED for a chain that does not prove, %STORE_ERROR_EXISTS for another
 *   record of a number that is here, %STORE_ERROR_NOT_FOUND for a gap; then nothing was taken
 *
 * Keeps, merges and remembers in one transaction. Taking the same again changes nothing.
 */
gboolean
store_log_take (StoreDatabase       *database,
                const StoreStreamId *stream,
                guint64              first,
                GPtrArray           *bodies,
                const guint8         hash_after[STORE_HASH_SIZE],
                GBytes              *signature,
                const char          *cursor_name,
                GBytes              *cursor,
                StoreIntake         *intake,
                GError             **error)
{
  TakeJob job = { database, stream, first, bodies, hash_after, signature,
                  { cursor_name, cursor }, intake };

  g_return_val_if_fail (STORE_IS_DATABASE (database) && first > 0 && intake != NULL, FALSE);

  *intake = (StoreIntake){ 0 };
  return store_database_with_writer (database, take, &job, error);
}
