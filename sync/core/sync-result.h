/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "sync-notice.h"

G_BEGIN_DECLS

/**
 * SyncResult:
 * @received: records of other devices that are new here
 * @sent: records of ours that the remote did not have
 * @healed: records of other devices that the remote had lost and got back from us
 * @applied: transactions that became visible
 * @waiting: records kept until what their writer had seen arrives
 * @quarantined: records that this version cannot read, kept and passed by
 * @new_stream: whether the store was found to be a copy or rolled back, and is a new device now
 * @clock_offset: how far the remote's clock is ahead of ours, milliseconds
 * @identical: (element-type utf8): names of the devices whose data was found identical
 * @behind: (element-type utf8): names of the devices that have not got everything yet, or have more
 * @notices: (element-type SyncNotice): what went wrong without stopping the rest
 *
 * What one synchronisation came to.
 */
typedef struct
{
  guint64 received;
  guint64 sent;
  guint64 healed;
  guint64 applied;
  guint64 waiting;
  guint64 quarantined;
  gboolean new_stream;
  gint64 clock_offset;
  GPtrArray *identical;
  GPtrArray *behind;
  GPtrArray *notices;
} SyncResult;

SyncResult *sync_result_new  (void);
void        sync_result_free (SyncResult *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyncResult, sync_result_free)

G_END_DECLS
