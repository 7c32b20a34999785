/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-server-authentication.h"

/* Who sends a request: see sync-request-signature.c for what is signed. The cheap checks come
 * first: form, name of the server, time; then the key is looked up, then the signature is
 * verified. Ed25519's verification compares in constant time.
 */

static gboolean
refuse (SyncServerExchange *exchange,
        SyncProblem         problem)
{
  sync_server_exchange_reply_problem (exchange, problem, NULL);
  return FALSE;
}

static gboolean
check_time (SyncServerExchange         *exchange,
            const SyncRequestSignature *signature)
{
  gint64 now = g_get_real_time () / 1000;
  JsonObject *members;

  if (ABS (signature->time - now) <= SYNC_REQUEST_WINDOW_MS)
    return TRUE;

  members = json_object_new ();
  json_object_set_int_member (members, "time", now);
  sync_server_exchange_reply_problem (exchange, SYNC_PROBLEM_TIME_STALE, members);
  return FALSE;
}

static gboolean
read_signature (SyncServerExchange   *exchange,
                SyncRequestSignature *signature)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (exchange->message);
  const char *header = soup_message_headers_get_one (headers, "Authorization");

  if (sync_request_signature_parse (header, signature))
    return TRUE;

  soup_message_headers_replace (soup_server_message_get_response_headers (exchange->message),
                                "WWW-Authenticate",
                                "Clientele-Ed25519");
  return refuse (exchange, SYNC_PROBLEM_UNSIGNED);
}

static gboolean
verify (SyncServerExchange         *exchange,
        const SyncRequestSignature *signature,
        const guint8                key[SYNC_PUBLIC_KEY_SIZE])
{
  g_autofree char *origin = sync_server_dup_origin (exchange->server, exchange->message);
  GUri *uri = soup_server_message_get_uri (exchange->message);
  SyncRequest request = {
    .method = soup_server_message_get_method (exchange->message),
    .origin = origin,
    .path = g_uri_get_path (uri),
    .query = g_uri_get_query (uri),
  };
  gsize size;
  const void *body = g_bytes_get_data (exchange->body, &size);

  if (origin == NULL)
    return refuse (exchange, SYNC_PROBLEM_ORIGIN_UNKNOWN);

  sync_request_hash_body (&request, body, size);
  return sync_request_verify (&request, signature, key) ||
         refuse (exchange, SYNC_PROBLEM_SIGNATURE_WRONG);
}

static gboolean
find_account (SyncServerExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  gboolean found;

  if (!sync_server_account_find (exchange->server->reader,
                                 exchange->path.account,
                                 &exchange->account,
                                 &found,
                                 &error))
    {
      sync_server_exchange_reply_error (exchange, error);
      return FALSE;
    }

  return found || refuse (exchange, SYNC_PROBLEM_ACCOUNT_UNKNOWN);
}

static gboolean
find_device (SyncServerExchange         *exchange,
             const SyncRequestSignature *signature)
{
  g_autoptr (GError) error = NULL;
  gboolean found;

  if (!sync_server_device_find (exchange->server->reader,
                                exchange->account.number,
                                signature->stream,
                                &exchange->device,
                                &found,
                                &error))
    {
      sync_server_exchange_reply_error (exchange, error);
      return FALSE;
    }

  return found || refuse (exchange, SYNC_PROBLEM_DEVICE_UNKNOWN);
}

/**
 * sync_server_authenticate:
 * @exchange: an exchange whose path names an account, with its body
 *
 * Sets the exchange's account and device, or answers with a problem.
 *
 * Returns: whether to go on
 */
gboolean
sync_server_authenticate (SyncServerExchange *exchange)
{
  SyncRequestSignature signature;
  const guint8 *key;

  if (!read_signature (exchange, &signature) ||
      !check_time (exchange, &signature) ||
      !find_account (exchange))
    return FALSE;

  exchange->is_account = signature.is_account;
  if (!signature.is_account && !find_device (exchange, &signature))
    return FALSE;

  key = signature.is_account ? exchange->account.key : exchange->device.key;
  if (!verify (exchange, &signature, key))
    return FALSE;

  if (!signature.is_account && exchange->device.revoked)
    return refuse (exchange, SYNC_PROBLEM_DEVICE_REVOKED);

  return TRUE;
}

/**
 * sync_server_authenticate_key:
 * @exchange: an exchange that makes an account
 * @key: the account's public key, from the body
 *
 * Returns: whether the owner of @key signed it; if not, the problem is answered
 */
gboolean
sync_server_authenticate_key (SyncServerExchange *exchange,
                              const guint8        key[SYNC_PUBLIC_KEY_SIZE])
{
  SyncRequestSignature signature;

  if (!read_signature (exchange, &signature) || !check_time (exchange, &signature))
    return FALSE;

  if (!signature.is_account)
    return refuse (exchange, SYNC_PROBLEM_ACCOUNT_KEY_NEEDED);

  return verify (exchange, &signature, key);
}
