/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "sync-batch-header.h"
#include "sync-seal-key.h"

G_BEGIN_DECLS

#define SYNC_BATCH_MAX_CONTENT (1008 * 1024 - 8)
#define SYNC_BATCH_RECORD_OVERHEAD 4

GBytes    *sync_batch_seal (const SyncBatchHeader  *header,
                            GPtrArray              *records,
                            const SyncSealKey      *key,
                            GError                **error);
GPtrArray *sync_batch_open (GBytes                 *batch,
                            const SyncSealKey      *key,
                            SyncBatchHeader        *header,
                            GError                **error);

G_END_DECLS
