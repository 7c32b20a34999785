/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync-memory-vault.h"
#include "sync-remote.h"

G_BEGIN_DECLS

/**
 * SyncMemoryFault:
 * @SYNC_MEMORY_FAULT_NONE: all is well
 * @SYNC_MEMORY_FAULT_LOSE_REQUEST: the request never arrives
 * @SYNC_MEMORY_FAULT_LOSE_REPLY: the request is done, its answer is lost
 * @SYNC_MEMORY_FAULT_CUT_REQUEST: half of what is sent arrives
 * @SYNC_MEMORY_FAULT_CUT_REPLY: half of the answer arrives, and nobody notices
 * @SYNC_MEMORY_FAULT_REPEAT: the request arrives twice
 * @SYNC_MEMORY_FAULT_DELAY: the request gets no answer and arrives after the next one
 * @SYNC_MEMORY_FAULT_REFUSE: the remote asks to come back later
 *
 * What goes wrong with one request.
 */
typedef enum
{
  SYNC_MEMORY_FAULT_NONE,
  SYNC_MEMORY_FAULT_LOSE_REQUEST,
  SYNC_MEMORY_FAULT_LOSE_REPLY,
  SYNC_MEMORY_FAULT_CUT_REQUEST,
  SYNC_MEMORY_FAULT_CUT_REPLY,
  SYNC_MEMORY_FAULT_REPEAT,
  SYNC_MEMORY_FAULT_DELAY,
  SYNC_MEMORY_FAULT_REFUSE,
} SyncMemoryFault;

#define SYNC_TYPE_MEMORY_REMOTE (sync_memory_remote_get_type ())

G_DECLARE_FINAL_TYPE (SyncMemoryRemote, sync_memory_remote, SYNC, MEMORY_REMOTE, GObject)

SyncMemoryRemote *sync_memory_remote_new       (SyncMemoryVault   *vault,
                                                const guint8       account[SYNC_ACCOUNT_ID_SIZE],
                                                const guint8       device[SYNC_PUBLIC_KEY_SIZE]);

guint             sync_memory_remote_get_count (SyncMemoryRemote  *self);
void              sync_memory_remote_set_fault (SyncMemoryRemote  *self,
                                                guint              request,
                                                SyncMemoryFault    fault);

G_END_DECLS
