/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SyncLock:
 *
 * The right to synchronise a store, held by one thread of one process at a time.
 */
typedef struct _SyncLock SyncLock;

SyncLock *sync_lock_acquire (const char    *store_path,
                             guint          wait_seconds,
                             GCancellable  *cancellable,
                             GError       **error);
void      sync_lock_release (SyncLock      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyncLock, sync_lock_release)

G_END_DECLS
