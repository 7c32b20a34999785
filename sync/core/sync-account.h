/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "sync-identity.h"
#include "sync-recovery.h"
#include "sync-seal-key.h"

G_BEGIN_DECLS

#define SYNC_SUBKEY_SIZE 32

/**
 * SyncAccount:
 * @root: the root key, which the recovery words spell
 * @id: the account's public name
 * @signing: the account's own signing keys
 * @chain: key of the chain hashes, for the account's life
 * @event: key of event names, for the account's life
 * @names: what device names in the roster are sealed with
 * @state: what the state objects of devices are sealed with
 * @first_seal: the batches' key of epoch 1
 *
 * Everything that follows from a root key.
 */
typedef struct
{
  guint8 root[SYNC_ROOT_KEY_SIZE];
  guint8 id[SYNC_ACCOUNT_ID_SIZE];
  SyncSigningKey signing;
  guint8 chain[SYNC_SUBKEY_SIZE];
  guint8 event[SYNC_SUBKEY_SIZE];
  SyncSealKey names;
  SyncSealKey state;
  SyncSealKey first_seal;
} SyncAccount;

SyncAccount *sync_account_new      (void);
SyncAccount *sync_account_new_root (const guint8  root[SYNC_ROOT_KEY_SIZE]);
void         sync_account_free     (SyncAccount  *account);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyncAccount, sync_account_free)

G_END_DECLS
