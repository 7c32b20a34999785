/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-server-handlers.h"
#include "sync-server-roster.h"
#include "sync-server-state.h"

/* The roster and the small object of each device.
 *
 *     GET /v1/ACCOUNT/roster                      each entry behind its size, 4 bytes little endian
 *     POST /v1/ACCOUNT/roster?expected=VERSION    append one entry; 409 where it has moved
 *     GET /v1/ACCOUNT/state/STREAM
 *     PUT /v1/ACCOUNT/state/STREAM                only by the device itself
 *
 * The version travels in the header Clientele-Version.
 */

#define VERSION "Clientele-Version"

typedef struct
{
  SyncServerExchange *exchange;
  guint64 expected;
  SyncServerRosterAppend append;
  guint64 version;
} Job;

/**
 * sync_server_handle_get_roster:
 * @exchange: GET /v1/ACCOUNT/roster
 */
void
sync_server_handle_get_roster (SyncServerExchange *exchange)
{
  g_autoptr (GByteArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  guint64 version;

  entries = sync_server_roster_dup (exchange->server->reader,
                                    exchange->account.number,
                                    &version,
                                    &error);
  if (entries == NULL)
    {
      sync_server_exchange_reply_error (exchange, error);
      return;
    }

  sync_server_exchange_set_number (exchange, VERSION, version);
  sync_server_exchange_reply_bytes (exchange, entries->data, entries->len);
}

static gboolean
write_entry (SyncServerDatabase  *database,
             gpointer             data,
             GError             **error)
{
  Job *job = data;

  return sync_server_roster_append (database,
                                    job->exchange->account.number,
                                    job->exchange->body,
                                    job->expected,
                                    job->exchange->server->limits.max_roster_entries,
                                    &job->append,
                                    &job->version,
                                    error);
}

static void
reply_moved (SyncServerExchange *exchange,
             guint64             version)
{
  JsonObject *members = json_object_new ();

  json_object_set_int_member (members, "version", version);
  sync_server_exchange_reply_problem (exchange, SYNC_PROBLEM_ROSTER_MOVED, members);
}

static void
on_entry_written (gpointer      data,
                  const GError *error)
{
  g_autofree Job *job = data;

  if (error != NULL)
    {
      sync_server_exchange_reply_error (job->exchange, error);
      return;
    }

  sync_server_exchange_set_number (job->exchange, VERSION, job->version);
  switch (job->append)
    {
    case SYNC_SERVER_ROSTER_APPENDED:
      sync_server_exchange_reply (job->exchange, SOUP_STATUS_CREATED);
      break;
    case SYNC_SERVER_ROSTER_SAME:
      sync_server_exchange_reply (job->exchange, SOUP_STATUS_OK);
      break;
    case SYNC_SERVER_ROSTER_CONFLICT:
      reply_moved (job->exchange, job->version);
      break;
    case SYNC_SERVER_ROSTER_FULL:
      sync_server_exchange_reply_problem (job->exchange, SYNC_PROBLEM_FULL, NULL);
      break;
    default:
      g_assert_not_reached ();
    }
}

/**
 * sync_server_handle_append_roster:
 * @exchange: POST /v1/ACCOUNT/roster
 */
void
sync_server_handle_append_roster (SyncServerExchange *exchange)
{
  static const char *const names[] = { "expected", NULL };
  guint64 expected = 0;
  Job *job;

  if (!sync_server_exchange_parse_query (exchange, names, &expected))
    return;

  if (g_bytes_get_size (exchange->body) == 0)
    {
      sync_server_exchange_reply_problem (exchange, SYNC_PROBLEM_BAD_REQUEST, NULL);
      return;
    }

  job = g_new0 (Job, 1);
  job->exchange = exchange;
  job->expected = expected;
  sync_server_exchange_write (exchange, write_entry, on_entry_written, job);
}

static gboolean
write_state (SyncServerDatabase  *database,
             gpointer             data,
             GError             **error)
{
  SyncServerExchange *exchange = data;

  return sync_server_state_put (database, exchange->device.number, exchange->body, error);
}

static void
on_state_written (gpointer      data,
                  const GError *error)
{
  SyncServerExchange *exchange = data;

  if (error != NULL)
    sync_server_exchange_reply_error (exchange, error);
  else
    sync_server_exchange_reply (exchange, SOUP_STATUS_OK);
}

static gboolean
find_owner (SyncServerExchange *exchange,
            SyncServerDevice   *owner)
{
  g_autoptr (GError) error = NULL;
  gboolean found = FALSE;

  if (!sync_server_device_find (exchange->server->reader,
                                exchange->account.number,
                                exchange->path.stream,
                                owner,
                                &found,
                                &error))
    sync_server_exchange_reply_error (exchange, error);
  else if (!found)
    sync_server_exchange_reply_problem (exchange, SYNC_PROBLEM_STREAM_UNKNOWN, NULL);

  return found;
}

/**
 * sync_server_handle_put_state:
 * @exchange: PUT /v1/ACCOUNT/state/STREAM
 */
void
sync_server_handle_put_state (SyncServerExchange *exchange)
{
  SyncServerDevice owner;

  if (!find_owner (exchange, &owner))
    return;

  if (exchange->is_account || owner.number != exchange->device.number)
    {
      sync_server_exchange_reply_problem (exchange, SYNC_PROBLEM_BAD_REQUEST, NULL);
      return;
    }

  sync_server_exchange_write (exchange, write_state, on_state_written, exchange);
}

/**
 * sync_server_handle_get_state:
 * @exchange: GET /v1/ACCOUNT/state/STREAM
 */
void
sync_server_handle_get_state (SyncServerExchange *exchange)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  SyncServerDevice owner;

  if (!find_owner (exchange, &owner))
    return;

  if (!sync_server_state_get (exchange->server->reader, owner.number, &bytes, &error))
    {
      sync_server_exchange_reply_error (exchange, error);
      return;
    }

  if (bytes == NULL)
    {
      sync_server_exchange_reply_problem (exchange, SYNC_PROBLEM_STATE_UNKNOWN, NULL);
      return;
    }

  sync_server_exchange_reply_bytes (exchange,
                                    g_bytes_get_data (bytes, NULL),
                                    g_bytes_get_size (bytes));
}
