/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync-identity.h"

G_BEGIN_DECLS

#define SYNC_REQUEST_WINDOW_MS (5 * 60 * 1000)

/**
 * SyncRequest:
 * @method: the HTTP method, upper case
 * @origin: scheme, host and port as the client named them, no slash at the end
 * @path: the path as it travels, percent-encoding untouched
 * @query: the query as it travels without the question mark, or %NULL
 * @body_hash: BLAKE2b-256 of the body; of the empty string where there is none
 *
 * What a signature covers of one HTTP request. The strings are borrowed.
 */
typedef struct
{
  const char *method;
  const char *origin;
  const char *path;
  const char *query;
  guint8 body_hash[SYNC_HASH_SIZE];
} SyncRequest;

/**
 * SyncRequestSignature:
 * @is_account: whether the account's key signed, not a device's
 * @stream: the stream id of the device that signed; zeros for the account
 * @time: the server's time in Unix milliseconds, as the signer learnt it
 * @signature: Ed25519 over the canonical form
 *
 * Who signed a request, when, and the proof; the Authorization header's content.
 */
typedef struct
{
  gboolean is_account;
  guint8 stream[SYNC_STREAM_ID_SIZE];
  gint64 time;
  guint8 signature[SYNC_SIGNATURE_SIZE];
} SyncRequestSignature;

void     sync_request_hash_body        (SyncRequest                *request,
                                        const void                 *body,
                                        gsize                       size);
char    *sync_request_dup_canonical    (const SyncRequest          *request,
                                        const SyncRequestSignature *signature);
void     sync_request_sign             (const SyncRequest          *request,
                                        const SyncSigningKey       *key,
                                        SyncRequestSignature       *signature);
gboolean sync_request_verify           (const SyncRequest          *request,
                                        const SyncRequestSignature *signature,
                                        const guint8                public_key[SYNC_PUBLIC_KEY_SIZE]);

char    *sync_request_signature_format (const SyncRequestSignature *signature);
gboolean sync_request_signature_parse  (const char                 *header,
                                        SyncRequestSignature       *signature);

G_END_DECLS
