/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync-remote.h"

G_BEGIN_DECLS

/**
 * SyncMemoryVault:
 *
 * What several memory remotes share: one account's roster and streams, kept by
 * the rules of a remote. For tests; one thread at a time.
 */
typedef struct _SyncMemoryVault SyncMemoryVault;

SyncMemoryVault *sync_memory_vault_new            (void);
SyncMemoryVault *sync_memory_vault_ref            (SyncMemoryVault *self);
void             sync_memory_vault_unref          (SyncMemoryVault *self);

void             sync_memory_vault_set_limit      (SyncMemoryVault *self,
                                                   gsize            announced,
                                                   gsize            taken);
gsize            sync_memory_vault_get_limit      (SyncMemoryVault *self);
void             sync_memory_vault_set_answer     (SyncMemoryVault *self,
                                                   SyncPutStatus    status);
void             sync_memory_vault_spoil          (SyncMemoryVault *self,
                                                   guint64          arrival);
void             sync_memory_vault_forget_after   (SyncMemoryVault *self,
                                                   guint64          cursor,
                                                   guint64          roster_version);
gboolean         sync_memory_vault_contains       (SyncMemoryVault *self,
                                                   const guint8    *needle,
                                                   gsize            size);

gboolean         sync_memory_vault_create_account (SyncMemoryVault *self,
                                                   const guint8     account[SYNC_PUBLIC_KEY_SIZE],
                                                   GError         **error);
gboolean         sync_memory_vault_enrol          (SyncMemoryVault *self,
                                                   const guint8     account[SYNC_PUBLIC_KEY_SIZE],
                                                   const guint8     device[SYNC_PUBLIC_KEY_SIZE],
                                                   GError         **error);
gboolean         sync_memory_vault_knows          (SyncMemoryVault *self,
                                                   const guint8     account[SYNC_ACCOUNT_ID_SIZE],
                                                   const guint8     device[SYNC_PUBLIC_KEY_SIZE]);
GPtrArray       *sync_memory_vault_dup_roster     (SyncMemoryVault *self);
gboolean         sync_memory_vault_append_roster  (SyncMemoryVault *self,
                                                   GBytes          *entry,
                                                   guint64          expected_version,
                                                   GError         **error);
void             sync_memory_vault_get_heads      (SyncMemoryVault *self,
                                                   SyncRemoteHeads *heads);
gboolean         sync_memory_vault_put_batch      (SyncMemoryVault *self,
                                                   GBytes          *batch,
                                                   SyncPutReply    *reply,
                                                   GError         **error);
void             sync_memory_vault_get_arrivals   (SyncMemoryVault *self,
                                                   guint64          after_cursor,
                                                   gsize            max_size,
                                                   SyncRemotePage  *page);
void             sync_memory_vault_get_stream     (SyncMemoryVault *self,
                                                   const guint8     stream[SYNC_STREAM_ID_SIZE],
                                                   guint64          after_number,
                                                   gsize            max_size,
                                                   SyncRemotePage  *page);
void             sync_memory_vault_put_state      (SyncMemoryVault *self,
                                                   const guint8     stream[SYNC_STREAM_ID_SIZE],
                                                   GBytes          *state);
GBytes          *sync_memory_vault_dup_state      (SyncMemoryVault *self,
                                                   const guint8     stream[SYNC_STREAM_ID_SIZE]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyncMemoryVault, sync_memory_vault_unref)

G_END_DECLS
