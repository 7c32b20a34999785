/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-notice.h"

#include <string.h>

/**
 * sync_notice_new:
 * @code: what the person can do about it
 * @stream: (nullable): which device's stream it is about
 * @text: a sentence for the person
 *
 * Returns: (transfer full): a notice
 */
SyncNotice *
sync_notice_new (SyncError     code,
                 const guint8 *stream,
                 const char   *text)
{
  SyncNotice *notice = g_new0 (SyncNotice, 1);

  notice->code = code;
  notice->text = g_strdup (text);
  if (stream != NULL)
    memcpy (notice->stream, stream, sizeof notice->stream);

  return notice;
}

/**
 * sync_notice_free:
 * @notice: a notice
 */
void
sync_notice_free (SyncNotice *notice)
{
  if (notice == NULL)
    return;

  g_free (notice->text);
  g_free (notice);
}
