/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync-signed-reply.h"

#include <glib/gi18n-lib.h>

#include "sync-error.h"
#include "sync-json.h"

#define MAX_RETRY_SECONDS 3600

static guint64
read_number (SoupMessageHeaders *headers,
             const char         *name)
{
  const char *text = soup_message_headers_get_one (headers, name);

  return text != NULL ? g_ascii_strtoull (text, NULL, 10) : 0;
}

static void
read_headers (SyncSignedReply *reply,
              SoupMessage     *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);

  reply->status = soup_message_get_status (message);
  reply->epoch = read_number (headers, "Clientele-Epoch");
  reply->cursor = read_number (headers, "Clientele-Cursor");
  reply->version = read_number (headers, "Clientele-Version");
  reply->more = read_number (headers, "Clientele-More") != 0;
  reply->retry_after = MIN (read_number (headers, "Retry-After"), MAX_RETRY_SECONDS);
}

static void
read_problem (SyncSignedReply *reply)
{
  gsize size;
  const void *bytes = g_bytes_get_data (reply->body, &size);

  if (SOUP_STATUS_IS_SUCCESSFUL (reply->status))
    return;

  reply->document = sync_json_parse (bytes, size);
  if (reply->document != NULL)
    reply->problem = sync_problem_from_type (sync_json_get_string (reply->document, "type"));
}

/**
 * sync_signed_reply_read:
 * @reply: (out caller-allocates): what the answer says
 * @message: an answered message
 * @body: its whole body
 */
void
sync_signed_reply_read (SyncSignedReply *reply,
                        SoupMessage     *message,
                        GBytes          *body)
{
  reply->body = g_bytes_ref (body);
  read_headers (reply, message);
  read_problem (reply);
}

/**
 * sync_signed_reply_clear:
 * @reply: a reply, or zeros
 */
void
sync_signed_reply_clear (SyncSignedReply *reply)
{
  g_clear_pointer (&reply->document, json_object_unref);
  g_clear_pointer (&reply->body, g_bytes_unref);
}

typedef struct
{
  SyncProblem problem;
  SyncError code;
  const char *sentence;
} Meaning;

#define DENIED \
  SYNC_ERROR_DENIED, \
  N_("The server does not take this device's signature. Join the account again with the recovery " \
     "words.")
#define UNKNOWN \
  SYNC_ERROR_NOT_FOUND, \
  N_("The server does not know this account. Check the address, or create the account there.")
#define FASTER SYNC_ERROR_CONFLICT, N_("Another device was faster; synchronise again.")
#define STRANGE \
  SYNC_ERROR_FAILED, N_("The server did not understand; update Clientele here and there.")

static const Meaning meanings[] = {
  { SYNC_PROBLEM_BAD_REQUEST, STRANGE },
  { SYNC_PROBLEM_BAD_JSON, STRANGE },
  { SYNC_PROBLEM_BATCH_DAMAGED, STRANGE },
  { SYNC_PROBLEM_METHOD_UNKNOWN, STRANGE },
  { SYNC_PROBLEM_UNSIGNED, DENIED },
  { SYNC_PROBLEM_TIME_STALE, DENIED },
  { SYNC_PROBLEM_DEVICE_UNKNOWN, DENIED },
  { SYNC_PROBLEM_SIGNATURE_WRONG, DENIED },
  { SYNC_PROBLEM_ACCOUNT_KEY_NEEDED, DENIED },
  { SYNC_PROBLEM_BATCH_FORGED, DENIED },
  { SYNC_PROBLEM_ORIGIN_UNKNOWN,
    SYNC_ERROR_DENIED,
    N_("The server goes by another name. Use the address that whoever runs it gave you.") },
  { SYNC_PROBLEM_DEVICE_REVOKED,
    SYNC_ERROR_REVOKED,
    N_("This device was shut out of the account. Its changes stay here.") },
  { SYNC_PROBLEM_REGISTRATION_CLOSED,
    SYNC_ERROR_CLOSED,
    N_("This server makes accounts by invitation only. Ask whoever runs it for a new code.") },
  { SYNC_PROBLEM_NOT_FOUND, UNKNOWN },
  { SYNC_PROBLEM_ACCOUNT_UNKNOWN, UNKNOWN },
  { SYNC_PROBLEM_STREAM_UNKNOWN, UNKNOWN },
  { SYNC_PROBLEM_STATE_UNKNOWN, UNKNOWN },
  { SYNC_PROBLEM_STREAM_ELSEWHERE, FASTER },
  { SYNC_PROBLEM_ROSTER_MOVED, FASTER },
  { SYNC_PROBLEM_TOO_LARGE,
    SYNC_ERROR_TOO_LARGE,
    N_("The server does not take that much at once.") },
  { SYNC_PROBLEM_BUSY,
    SYNC_ERROR_BUSY,
    N_("The server asks to wait a moment; synchronise again a little later.") },
  { SYNC_PROBLEM_FULL,
    SYNC_ERROR_QUOTA,
    N_("The server has no room left for this account. Ask whoever runs it for more.") },
};

static const Meaning trouble = {
  SYNC_PROBLEM_NONE,
  SYNC_ERROR_UNREACHABLE,
  N_("The server has trouble at the moment. Your changes are kept here and go out the next time."),
};

static const Meaning *
find_meaning (SyncProblem problem)
{
  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (meanings[i].problem == problem)
      return &meanings[i];

  return &trouble;
}

/**
 * sync_signed_reply_set_error:
 * @reply: an answer that is not what was hoped for
 * @error: set to what to do about it
 *
 * Returns: %FALSE, always
 */
gboolean
sync_signed_reply_set_error (const SyncSignedReply  *reply,
                             GError                **error)
{
  const Meaning *meaning = find_meaning (reply->problem);

  g_debug ("the server answered %u, %s", reply->status, sync_problem_get_type (reply->problem));
  g_set_error_literal (error, SYNC_ERROR, meaning->code, _(meaning->sentence));
  return FALSE;
}
