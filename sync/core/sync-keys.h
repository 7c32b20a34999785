/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "sync-account.h"
#include "sync-identity.h"

G_BEGIN_DECLS

#define SYNC_EXCHANGE_KEY_SIZE 32

/**
 * SyncKeys:
 *
 * What makes a store a device: its keys, its account and what it knows to have
 * sent, in a file of mode 0600 beside the store. Not thread-safe.
 */
typedef struct _SyncKeys SyncKeys;

char              *sync_keys_dup_path_for_store (const char   *store_path);

SyncKeys          *sync_keys_open               (const char   *path,
                                                 GError      **error);
void               sync_keys_free               (SyncKeys     *self);
gboolean           sync_keys_save               (SyncKeys     *self,
                                                 GError      **error);

const SyncSigningKey *sync_keys_get_device      (SyncKeys     *self);
const guint8      *sync_keys_get_stream         (SyncKeys     *self);
void               sync_keys_get_exchange_key   (SyncKeys     *self,
                                                 guint8        public_key[SYNC_EXCHANGE_KEY_SIZE]);
void               sync_keys_renew_device       (SyncKeys     *self);

const char        *sync_keys_get_device_name    (SyncKeys     *self);
void               sync_keys_set_device_name    (SyncKeys     *self,
                                                 const char   *name);

SyncAccount       *sync_keys_get_account        (SyncKeys     *self);
void               sync_keys_take_account       (SyncKeys     *self,
                                                 SyncAccount  *account);
gboolean           sync_keys_get_confirmed      (SyncKeys     *self);
void               sync_keys_set_confirmed      (SyncKeys     *self,
                                                 gboolean      confirmed);
const char        *sync_keys_get_remote         (SyncKeys     *self);
void               sync_keys_set_remote         (SyncKeys     *self,
                                                 const char   *url);

guint64            sync_keys_get_sent           (SyncKeys     *self);
void               sync_keys_set_sent           (SyncKeys     *self,
                                                 guint64       number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyncKeys, sync_keys_free)

G_END_DECLS
