/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-server-authentication.h"
#include "sync-server-handlers.h"
#include "sync-server-invite.h"
#include "sync-json.h"

/* Accounts and devices.
 *
 *     POST /v1/accounts                     {"key": HEX, "invite": CODE}, signed by that key
 *     PUT /v1/ACCOUNT/devices/STREAM        {"key": HEX}, signed by the account
 *     DELETE /v1/ACCOUNT/devices/STREAM     signed by the account
 *
 * 201 where something was made, 200 where it was so already.
 */

typedef struct
{
  SyncServerExchange *exchange;
  guint8 key[SYNC_PUBLIC_KEY_SIZE];
  char *invite;
  gboolean is_open;
  gboolean found;
  SyncServerRegistration registration;
  SyncServerEnrolment enrolment;
} Job;

static Job *
job_new (SyncServerExchange *exchange)
{
  Job *job = g_new0 (Job, 1);

  job->exchange = exchange;
  return job;
}

static void
job_free (Job *job)
{
  g_free (job->invite);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static JsonObject *
parse_body (SyncServerExchange *exchange)
{
  gsize size;
  const void *bytes = g_bytes_get_data (exchange->body, &size);
  JsonObject *object = sync_json_parse (bytes, size);

  if (object == NULL)
    sync_server_exchange_reply_problem (exchange, SYNC_PROBLEM_BAD_JSON, NULL);
  return object;
}

static gboolean
read_key (SyncServerExchange *exchange,
          JsonObject         *object,
          guint8              key[SYNC_PUBLIC_KEY_SIZE])
{
  const char *hex = sync_json_get_string (object, "key");

  if (hex != NULL && sync_identity_from_hex (hex, key, SYNC_PUBLIC_KEY_SIZE))
    return TRUE;

  sync_server_exchange_reply_problem (exchange, SYNC_PROBLEM_BAD_JSON, NULL);
  return FALSE;
}

static gboolean
write_account (SyncServerDatabase  *database,
               gpointer             data,
               GError             **error)
{
  Job *job = data;

  return sync_server_account_register (database,
                                       job->key,
                                       job->invite,
                                       job->is_open,
                                       job->exchange->server->limits.max_accounts,
                                       &job->registration,
                                       error);
}

static void
reply_account (SyncServerExchange *exchange,
               const guint8        key[SYNC_PUBLIC_KEY_SIZE],
               guint               status)
{
  g_autoptr (JsonObject) object = json_object_new ();
  guint8 id[SYNC_ACCOUNT_ID_SIZE];
  g_autofree char *hex = NULL;

  sync_account_id_from_public_key (id, key);
  hex = sync_identity_to_hex (id, sizeof id);
  json_object_set_string_member (object, "account", hex);
  sync_server_exchange_reply_json (exchange, status, object);
}

static void
on_account_written (gpointer      data,
                    const GError *error)
{
  g_autoptr (Job) job = data;

  if (error != NULL)
    {
      sync_server_exchange_reply_error (job->exchange, error);
      return;
    }

  switch (job->registration)
    {
    case SYNC_SERVER_REGISTRATION_MADE:
      reply_account (job->exchange, job->key, SOUP_STATUS_CREATED);
      break;
    case SYNC_SERVER_REGISTRATION_SAME:
      reply_account (job->exchange, job->key, SOUP_STATUS_OK);
      break;
    case SYNC_SERVER_REGISTRATION_CLOSED:
      sync_server_exchange_reply_problem (job->exchange, SYNC_PROBLEM_REGISTRATION_CLOSED, NULL);
      break;
    case SYNC_SERVER_REGISTRATION_FULL:
      sync_server_exchange_reply_problem (job->exchange, SYNC_PROBLEM_FULL, NULL);
      break;
    default:
      g_assert_not_reached ();
    }
}

/**
 * sync_server_handle_register:
 * @exchange: POST /v1/accounts
 */
void
sync_server_handle_register (SyncServerExchange *exchange)
{
  g_autoptr (JsonObject) object = parse_body (exchange);
  g_autoptr (Job) job = job_new (exchange);
  const char *invite;

  if (object == NULL || !read_key (exchange, object, job->key) ||
      !sync_server_authenticate_key (exchange, job->key))
    return;

  invite = sync_json_get_string (object, "invite");
  if (invite != NULL && strlen (invite) <= SYNC_SERVER_INVITE_MAX_LENGTH)
    job->invite = g_strdup (invite);
  job->is_open = sync_server_is_registration_open (exchange->server, exchange->message);
  sync_server_exchange_write (exchange,
                              write_account,
                              on_account_written,
                              g_steal_pointer (&job));
}

static gboolean
write_device (SyncServerDatabase  *database,
              gpointer             data,
              GError             **error)
{
  Job *job = data;

  return sync_server_device_enrol (database,
                                   job->exchange->account.number,
                                   job->key,
                                   job->exchange->server->limits.max_devices,
                                   &job->enrolment,
                                   error);
}

static void
on_device_written (gpointer      data,
                   const GError *error)
{
  g_autoptr (Job) job = data;

  if (error != NULL)
    {
      sync_server_exchange_reply_error (job->exchange, error);
      return;
    }

  switch (job->enrolment)
    {
    case SYNC_SERVER_ENROLMENT_MADE:
      sync_server_exchange_reply (job->exchange, SOUP_STATUS_CREATED);
      break;
    case SYNC_SERVER_ENROLMENT_SAME:
      sync_server_exchange_reply (job->exchange, SOUP_STATUS_OK);
      break;
    case SYNC_SERVER_ENROLMENT_REVOKED:
      sync_server_exchange_reply_problem (job->exchange, SYNC_PROBLEM_DEVICE_REVOKED, NULL);
      break;
    case SYNC_SERVER_ENROLMENT_FULL:
      sync_server_exchange_reply_problem (job->exchange, SYNC_PROBLEM_FULL, NULL);
      break;
    default:
      g_assert_not_reached ();
    }
}

/**
 * sync_server_handle_enrol:
 * @exchange: PUT /v1/ACCOUNT/devices/STREAM, signed by the account
 */
void
sync_server_handle_enrol (SyncServerExchange *exchange)
{
  g_autoptr (JsonObject) object = parse_body (exchange);
  g_autoptr (Job) job = job_new (exchange);
  guint8 stream[SYNC_STREAM_ID_SIZE];

  if (object == NULL || !read_key (exchange, object, job->key))
    return;

  sync_stream_id_from_public_key (stream, job->key);
  if (memcmp (stream, exchange->path.stream, sizeof stream) != 0)
    {
      sync_server_exchange_reply_problem (exchange, SYNC_PROBLEM_BAD_REQUEST, NULL);
      return;
    }

  sync_server_exchange_write (exchange, write_device, on_device_written, g_steal_pointer (&job));
}

static gboolean
write_revocation (SyncServerDatabase  *database,
                  gpointer             data,
                  GError             **error)
{
  Job *job = data;

  return sync_server_device_revoke (database,
                                    job->exchange->account.number,
                                    job->exchange->path.stream,
                                    &job->found,
                                    error);
}

static void
on_revocation_written (gpointer      data,
                       const GError *error)
{
  g_autoptr (Job) job = data;

  if (error != NULL)
    sync_server_exchange_reply_error (job->exchange, error);
  else if (!job->found)
    sync_server_exchange_reply_problem (job->exchange, SYNC_PROBLEM_STREAM_UNKNOWN, NULL);
  else
    sync_server_exchange_reply (job->exchange, SOUP_STATUS_OK);
}

/**
 * sync_server_handle_revoke:
 * @exchange: DELETE /v1/ACCOUNT/devices/STREAM, signed by the account
 */
void
sync_server_handle_revoke (SyncServerExchange *exchange)
{
  sync_server_exchange_write (exchange,
                              write_revocation,
                              on_revocation_written,
                              job_new (exchange));
}
