/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-request-signature.h"

#include <string.h>

#include <sodium.h>
/* How a request to the server proves who sends it.
 *
 * There are no passwords, sessions or cookies: each request is signed with Ed25519 (RFC 8032)
 * by a device's key or by the account's. The signature covers the canonical form, nine
 * lines of ASCII, each ended by one line feed:
 *
 *     clientele-request-v1
 *     METHOD                  upper case
 *     ORIGIN                  http://127.0.0.1:8080: a server cannot replay it to another
 *     PATH                    as it travels
 *     QUERY                   as it travels, empty where there is none
 *     BODY                    BLAKE2b-256 (RFC 7693) of the body, lower-case hexadecimal
 *     TIME                    decimal, Unix milliseconds by the server's clock
 *     SIGNER                  "account", or the device's stream id in hexadecimal
 *     end
 *
 * The strings may hold no control characters, so lines cannot be moved across fields. It
 * travels as
 *
 *     Authorization: Clientele-Ed25519 signer=SIGNER, time=TIME, signature=HEX
 *
 * The server refuses a time more than five minutes from its own, and tells its own in the
 * refusal: the client learns the difference and signs again, so a wrong clock blocks nobody.
 * Within the window a replay does nothing: every write is idempotent or compare-and-set.
 *
 * Test vector. Secret key from the seed 00 01 .. 1f, device 0102030405060708, time
 * 1700000000000, PUT http://127.0.0.1:8080 /v1/a/streams/b/1-2, no query, body "abc":
 *
 *     bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319   the body's hash
 *
 * and the signature that tests/sync/remotes/test-request-signature.c holds.
 */

#define DOMAIN "clientele-request-v1"
#define SCHEME "Clientele-Ed25519 "

/**
 * sync_request_hash_body:
 * @request: the request whose body_hash is set
 * @body: (nullable): the body
 * @size: its length
 */
void
sync_request_hash_body (SyncRequest *request,
                        const void  *body,
                        gsize        size)
{
  static const guint8 nothing[1];

  g_return_if_fail (request != NULL);

  crypto_generichash (request->body_hash, sizeof request->body_hash,
                      size > 0 ? body : nothing, size, NULL, 0);
}

static char *
dup_signer (const SyncRequestSignature *signature)
{
  if (signature->is_account)
    return g_strdup ("account");
  return sync_identity_to_hex (signature->stream, sizeof signature->stream);
}

/**
 * sync_request_dup_canonical:
 * @request: the request
 * @signature: who signs and when; the proof itself is not read
 *
 * Returns: (transfer full): the text that is signed.
 */
char *
sync_request_dup_canonical (const SyncRequest          *request,
                            const SyncRequestSignature *signature)
{
  g_autofree char *body = NULL;
  g_autofree char *signer = NULL;

  g_return_val_if_fail (request != NULL && signature != NULL, NULL);

  body = sync_identity_to_hex (request->body_hash, sizeof request->body_hash);
  signer = dup_signer (signature);

  return g_strdup_printf (DOMAIN "\n%s\n%s\n%s\n%s\n%s\n%" G_GINT64_FORMAT "\n%s\nend\n",
                          request->method, request->origin, request->path,
                          request->query != NULL ? request->query : "",
                          body, signature->time, signer);
}

/**
 * sync_request_sign:
 * @request: the request
 * @key: the keys of who signs
 * @signature: (inout): signer and time are read, the proof is set
 */
void
sync_request_sign (const SyncRequest    *request,
                   const SyncSigningKey *key,
                   SyncRequestSignature *signature)
{
  g_autofree char *text = NULL;

  g_return_if_fail (key != NULL);

  text = sync_request_dup_canonical (request, signature);
  crypto_sign_detached (signature->signature,
                        NULL,
                        (const guint8 *) text,
                        strlen (text),
                        key->secret_key);
}

static gboolean
has_control (const char *text)
{
  for (; text != NULL && *text != '\0'; text++)
    if ((guint8) *text < 0x20 || (guint8) *text >= 0x7f)
      return TRUE;
  return FALSE;
}

/**
 * sync_request_verify:
 * @request: the request as it arrived
 * @signature: what its header said
 * @public_key: the signer's 32 bytes
 *
 * Whether the time is acceptable is the caller's to judge.
 *
 * Returns: %TRUE if the owner of @public_key signed exactly this request.
 */
gboolean
sync_request_verify (const SyncRequest          *request,
                     const SyncRequestSignature *signature,
                     const guint8                public_key[SYNC_PUBLIC_KEY_SIZE])
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (public_key != NULL, FALSE);

  if (has_control (request->method) || has_control (request->origin) ||
      has_control (request->path) || has_control (request->query))
    return FALSE;

  text = sync_request_dup_canonical (request, signature);
  return crypto_sign_verify_detached (signature->signature,
                                      (const guint8 *) text,
                                      strlen (text),
                                      public_key) == 0;
}

/**
 * sync_request_signature_format:
 * @signature: a signature
 *
 * Returns: (transfer full): the value of the Authorization header.
 */
char *
sync_request_signature_format (const SyncRequestSignature *signature)
{
  g_autofree char *signer = NULL;
  g_autofree char *proof = NULL;

  g_return_val_if_fail (signature != NULL, NULL);

  signer = dup_signer (signature);
  proof = sync_identity_to_hex (signature->signature, sizeof signature->signature);

  return g_strdup_printf (SCHEME "signer=%s, time=%" G_GINT64_FORMAT ", signature=%s",
                          signer, signature->time, proof);
}

static gboolean
take_text (const char **cursor,
           const char  *expected)
{
  gsize length = strlen (expected);

  if (strncmp (*cursor, expected, length) != 0)
    return FALSE;

  *cursor += length;
  return TRUE;
}

static gboolean
take_hex (const char **cursor,
          guint8      *bytes,
          gsize        size)
{
  g_autofree char *hex = NULL;

  if (strspn (*cursor, "0123456789abcdef") != size * 2)
    return FALSE;

  hex = g_strndup (*cursor, size * 2);
  *cursor += size * 2;
  return sync_identity_from_hex (hex, bytes, size);
}

static gboolean
take_signer (const char          **cursor,
             SyncRequestSignature *signature)
{
  memset (signature->stream, 0, sizeof signature->stream);
  signature->is_account = take_text (cursor, "account");

  return signature->is_account || take_hex (cursor, signature->stream, sizeof signature->stream);
}

static gboolean
take_time (const char **cursor,
           gint64      *time)
{
  gsize length = strspn (*cursor, "0123456789");
  gint64 value = 0;

  if (length == 0 || length > 15 || (length > 1 && **cursor == '0'))
    return FALSE;

  for (gsize i = 0; i < length; i++)
    value = value * 10 + ((*cursor)[i] - '0');

  *cursor += length;
  *time = value;
  return TRUE;
}

/**
 * sync_request_signature_parse:
 * @header: the value of an Authorization header, foreign text
 * @signature: (out): what it says
 *
 * There is one spelling for each signature; anything else is refused.
 *
 * Returns: %TRUE if @header is a signature of this form.
 */
gboolean
sync_request_signature_parse (const char           *header,
                              SyncRequestSignature *signature)
{
  const char *cursor = header;

  g_return_val_if_fail (signature != NULL, FALSE);

  return header != NULL &&
         take_text (&cursor, SCHEME "signer=") &&
         take_signer (&cursor, signature) &&
         take_text (&cursor, ", time=") &&
         take_time (&cursor, &signature->time) &&
         take_text (&cursor, ", signature=") &&
         take_hex (&cursor, signature->signature, sizeof signature->signature) &&
         *cursor == '\0';
}
