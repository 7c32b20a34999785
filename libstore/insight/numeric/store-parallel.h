/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * StoreParallelFunc:
 * @block: which block of the work, from 0
 * @data: of the caller
 *
 * Does one block and writes its result where no other block writes.
 */
typedef void (*StoreParallelFunc) (guint    block,
                                   gpointer data);

/**
 * StoreProgressFunc:
 * @share: how much is done, 0 to 1
 * @data: of the caller
 *
 * Told on the thread that does the work, now and then.
 */
typedef void (*StoreProgressFunc) (double   share,
                                   gpointer data);

void     store_parallel_set_n_threads (guint               n_threads);
guint    store_parallel_get_n_threads (void);
gboolean store_parallel_run           (guint               n_blocks,
                                       StoreParallelFunc   func,
                                       gpointer            data,
                                       GCancellable       *cancellable,
                                       GError            **error);

G_END_DECLS
