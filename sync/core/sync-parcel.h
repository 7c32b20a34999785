/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync-batch-header.h"
#include "sync-run.h"

G_BEGIN_DECLS

/* Private to sync/core. */

/**
 * SyncParcel:
 * @header: whose records, which, and the author's signature
 * @records: (element-type GBytes): the records from first to last
 *
 * What goes into one batch.
 */
typedef struct
{
  SyncBatchHeader header;
  GPtrArray *records;
} SyncParcel;

gboolean sync_parcel_pack_own     (SyncParcel           *parcel,
                                   SyncRun              *run,
                                   const StoreStreamId  *stream,
                                   guint64               after,
                                   guint64               until,
                                   gsize                 budget,
                                   GError              **error);
gboolean sync_parcel_pack_foreign (SyncParcel           *parcel,
                                   SyncRun              *run,
                                   const StoreStreamId  *stream,
                                   guint64               after,
                                   gboolean             *packed,
                                   GError              **error);
GBytes  *sync_parcel_seal         (const SyncParcel     *parcel,
                                   SyncRun              *run,
                                   GError              **error);
void     sync_parcel_clear        (SyncParcel           *parcel);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SyncParcel, sync_parcel_clear)

G_END_DECLS
