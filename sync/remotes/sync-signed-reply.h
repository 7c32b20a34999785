/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "sync-problem.h"

G_BEGIN_DECLS

/**
 * SyncSignedReply:
 * @status: the HTTP status
 * @problem: why not, where the answer is a problem that this version knows
 * @document: (nullable): the problem's document
 * @body: the body of an answer that is none
 * @epoch: from the header Clientele-Epoch, else 0
 * @cursor: from Clientele-Cursor
 * @version: from Clientele-Version
 * @more: from Clientele-More
 * @retry_after: seconds, from Retry-After
 */
typedef struct
{
  guint status;
  SyncProblem problem;
  JsonObject *document;
  GBytes *body;
  guint64 epoch;
  guint64 cursor;
  guint64 version;
  gboolean more;
  guint retry_after;
} SyncSignedReply;

void     sync_signed_reply_read      (SyncSignedReply        *reply,
                                      SoupMessage            *message,
                                      GBytes                 *body);
void     sync_signed_reply_clear     (SyncSignedReply        *reply);
gboolean sync_signed_reply_set_error (const SyncSignedReply  *reply,
                                      GError                **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SyncSignedReply, sync_signed_reply_clear)

G_END_DECLS
