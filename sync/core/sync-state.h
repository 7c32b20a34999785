/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "store-log.h"
#include "sync-account.h"

G_BEGIN_DECLS

/**
 * SyncState:
 * @left: whether the device left this stream for a new one, and says nothing more here
 * @digest: the digest of all live data
 * @vector: (element-type StoreSeen): how far each stream was applied, sorted by stream
 *
 * What a device holds, for others to compare with what they hold.
 */
typedef struct
{
  gboolean left;
  guint8 digest[STORE_DIGEST_SIZE];
  GArray *vector;
} SyncState;

SyncState *sync_state_new_left      (void);
SyncState *sync_state_load          (StoreDatabase      *store,
                                     GError            **error);
void       sync_state_free          (SyncState          *state);

GBytes    *sync_state_seal          (const SyncState    *state,
                                     const SyncAccount  *account,
                                     const guint8        stream[SYNC_STREAM_ID_SIZE]);
SyncState *sync_state_open          (GBytes             *sealed,
                                     const SyncAccount  *account,
                                     const guint8        stream[SYNC_STREAM_ID_SIZE],
                                     GError            **error);

gboolean   sync_state_equal_vectors (const SyncState    *a,
                                     const SyncState    *b);
gboolean   sync_state_equal_digests (const SyncState    *a,
                                     const SyncState    *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyncState, sync_state_free)

G_END_DECLS
