/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync-batch-header.h"
#include "sync-server-database.h"
#include "sync-server-device.h"

G_BEGIN_DECLS

/**
 * SyncServerAppend:
 * @SYNC_SERVER_APPEND_TAKEN: it is the stream's new end
 * @SYNC_SERVER_APPEND_SAME: its last record is there already with the same hash
 * @SYNC_SERVER_APPEND_CONFLICT: it does not follow on the stream's end
 * @SYNC_SERVER_APPEND_REVOKED: the stream's device was shut out
 * @SYNC_SERVER_APPEND_UNKNOWN: the account has no such stream
 * @SYNC_SERVER_APPEND_QUOTA: the account's room is used up
 */
typedef enum
{
  SYNC_SERVER_APPEND_TAKEN,
  SYNC_SERVER_APPEND_SAME,
  SYNC_SERVER_APPEND_CONFLICT,
  SYNC_SERVER_APPEND_REVOKED,
  SYNC_SERVER_APPEND_UNKNOWN,
  SYNC_SERVER_APPEND_QUOTA,
} SyncServerAppend;

/**
 * SyncServerPage:
 * @bytes: whole batches, end to end
 * @cursor: arrival of the last of them, else what was asked for
 * @more: whether there are more
 */
typedef struct
{
  GByteArray *bytes;
  guint64 cursor;
  gboolean more;
} SyncServerPage;

gboolean    sync_server_stream_append        (SyncServerDatabase     *database,
                                              const SyncBatchHeader  *header,
                                              GBytes                 *batch,
                                              guint64                 quota,
                                              SyncServerAppend       *append,
                                              SyncServerDevice       *device,
                                              guint64                *arrival,
                                              GError                **error);
gboolean    sync_server_stream_read_arrivals (SyncServerDatabase     *database,
                                              gint64                  account,
                                              guint64                 after,
                                              gsize                   max_size,
                                              SyncServerPage         *page,
                                              GError                **error);
gboolean    sync_server_stream_read          (SyncServerDatabase     *database,
                                              gint64                  device,
                                              guint64                 after,
                                              gsize                   max_size,
                                              SyncServerPage         *page,
                                              GError                **error);
GByteArray *sync_server_stream_dup_heads     (SyncServerDatabase     *database,
                                              gint64                  account,
                                              GError                **error);

G_END_DECLS
