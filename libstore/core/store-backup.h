/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-check.h"

G_BEGIN_DECLS

#define STORE_BACKUP_KEY_SIZE 32

/**
 * StoreBackupSeal:
 * @STORE_BACKUP_SEAL_NONE: anybody who has the file can read it
 * @STORE_BACKUP_SEAL_ROOT: sealed under the account's root key
 * @STORE_BACKUP_SEAL_PASSPHRASE: sealed under a passphrase
 */
typedef enum
{
  STORE_BACKUP_SEAL_NONE = 0,
  STORE_BACKUP_SEAL_ROOT = 1,
  STORE_BACKUP_SEAL_PASSPHRASE = 2,
} StoreBackupSeal;

/**
 * StoreBackupKey:
 * @seal: what kind of key it is
 * @root: the root key
 * @passphrase: (nullable): UTF-8
 */
typedef struct
{
  StoreBackupSeal seal;
  guint8 root[STORE_BACKUP_KEY_SIZE];
  const char *passphrase;
} StoreBackupKey;

gboolean store_backup_write     (StoreDatabase        *database,
                                 const char           *file,
                                 const StoreBackupKey *key,
                                 StoreProgressFunc     progress,
                                 gpointer              data,
                                 GCancellable         *cancellable,
                                 GError              **error);
gboolean store_backup_read_seal (const char           *file,
                                 StoreBackupSeal      *seal,
                                 GError              **error);
gboolean store_backup_restore   (const char           *file,
                                 const char           *store_path,
                                 const StoreBackupKey *key,
                                 StoreProgressFunc     progress,
                                 gpointer              data,
                                 GCancellable         *cancellable,
                                 char                **kept_path,
                                 GError              **error);

G_END_DECLS
