/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-backup.h"

G_BEGIN_DECLS

/* Packs the file @from into the backup @to, and back. Cancelled or failed, @to is not there. */
gboolean store_backup_file_pack   (const char           *from,
                                   const char           *to,
                                   const StoreBackupKey *key,
                                   GCancellable         *cancellable,
                                   GError              **error);
gboolean store_backup_file_unpack (const char           *from,
                                   const char           *to,
                                   const StoreBackupKey *key,
                                   GCancellable         *cancellable,
                                   GError              **error);

G_END_DECLS
