/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync-remote.h"
#include "sync-signed-reply.h"

G_BEGIN_DECLS

gboolean   sync_endpoint_reply_is_success    (const SyncSignedReply  *reply);
gboolean   sync_endpoint_reply_read_greeting (const SyncSignedReply  *reply,
                                              SyncRemoteGreeting     *greeting,
                                              GError                **error);
GPtrArray *sync_endpoint_reply_read_roster   (const SyncSignedReply  *reply,
                                              GError                **error);
gboolean   sync_endpoint_reply_read_heads    (const SyncSignedReply  *reply,
                                              SyncRemoteHeads        *heads,
                                              GError                **error);
gboolean   sync_endpoint_reply_read_page     (const SyncSignedReply  *reply,
                                              SyncRemotePage         *page,
                                              GError                **error);
gboolean   sync_endpoint_reply_read_put      (const SyncSignedReply  *reply,
                                              SyncPutReply           *put,
                                              GError                **error);

G_END_DECLS
