/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "sync-problem.h"
#include "sync-server-account.h"
#include "sync-server-device.h"
#include "sync-server-path.h"
#include "sync-server-private.h"

G_BEGIN_DECLS

/**
 * SyncServerExchange:
 * @server: who answers
 * @message: the request and its answer
 * @path: what the request speaks of
 * @max_body_size: bytes that its body may have
 * @received: bytes that arrived so far
 * @body: the whole body, once it is there
 * @account: the account of the path, once the signature is verified
 * @device: the device that signed, unless @is_account
 * @is_account: whether the account's own key signed
 * @is_paused: whether the answer waits for the writer or for news
 * @is_over: whether the connection has ended meanwhile
 * @started: monotonic time when the request began
 *
 * One request under way. It belongs to its message and goes with it.
 */
typedef struct
{
  SyncServer *server;
  SoupServerMessage *message;
  SyncServerPath path;
  gsize max_body_size;
  gsize received;
  GBytes *body;
  SyncServerAccount account;
  SyncServerDevice device;
  gboolean is_account;
  gboolean is_paused;
  gboolean is_over;
  gint64 started;
} SyncServerExchange;

SyncServerExchange *sync_server_exchange_new           (SyncServer            *server,
                                                        SoupServerMessage     *message);
SyncServerExchange *sync_server_exchange_get           (SoupServerMessage     *message);
gboolean            sync_server_exchange_parse_query   (SyncServerExchange    *self,
                                                        const char * const    *names,
                                                        guint64               *values);
void                sync_server_exchange_set_number    (SyncServerExchange    *self,
                                                        const char            *header,
                                                        guint64                number);
void                sync_server_exchange_pause         (SyncServerExchange    *self);
void                sync_server_exchange_write         (SyncServerExchange    *self,
                                                        SyncServerWriteFunc    write,
                                                        SyncServerWrittenFunc  written,
                                                        gpointer               data);
void                sync_server_exchange_reply         (SyncServerExchange    *self,
                                                        guint                  status);
void                sync_server_exchange_reply_bytes   (SyncServerExchange    *self,
                                                        const void            *bytes,
                                                        gsize                  size);
void                sync_server_exchange_reply_json    (SyncServerExchange    *self,
                                                        guint                  status,
                                                        JsonObject            *object);
void                sync_server_exchange_reply_problem (SyncServerExchange    *self,
                                                        SyncProblem            problem,
                                                        JsonObject            *members);
void                sync_server_exchange_reply_error   (SyncServerExchange    *self,
                                                        const GError          *error);

G_END_DECLS
