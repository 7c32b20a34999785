/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sync-identity.h"
#include "sync-signed-reply.h"

G_BEGIN_DECLS

typedef struct _SyncSignedSession SyncSignedSession;

/**
 * SyncSignedRequest:
 * @method: the HTTP method
 * @path: the path, all of it plain characters
 * @query: (nullable): the query without the question mark
 * @body: (nullable): the body
 * @type: (nullable): its content type
 * @account: (nullable): the account's keys, if they sign; else the device's do
 * @is_public: whether nobody signs
 * @max_reply_size: how many bytes of an answer are read
 * @wait_seconds: how long the server may think about it
 */
typedef struct
{
  const char *method;
  const char *path;
  const char *query;
  GBytes *body;
  const char *type;
  const SyncSigningKey *account;
  gboolean is_public;
  gsize max_reply_size;
  guint wait_seconds;
} SyncSignedRequest;

SyncSignedSession *sync_signed_session_new       (const char               *url,
                                                  const SyncSigningKey     *device,
                                                  GError                  **error);
gint64             sync_signed_session_get_skew  (SyncSignedSession        *self);
void               sync_signed_session_set_time  (SyncSignedSession        *self,
                                                  gint64                    server_time);
gboolean           sync_signed_session_send      (SyncSignedSession        *self,
                                                  const SyncSignedRequest  *request,
                                                  SyncSignedReply          *reply,
                                                  GCancellable             *cancellable,
                                                  GError                  **error);
void               sync_signed_session_free      (SyncSignedSession        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyncSignedSession, sync_signed_session_free)

G_END_DECLS
