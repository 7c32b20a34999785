/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-database.h"

G_BEGIN_DECLS

/* @fraction: 0 to 1. On the thread that checks. */
typedef void (*StoreProgressFunc) (double   fraction,
                                   gpointer data);

/* Rebuilds rows, clocks, clashes, trash and digest from the log in a scratch file and compares.
 * Returns: (transfer full) (element-type utf8): a sentence for each thing that is not as the log
 * says; empty where all is well. Waits; any thread but the store's own. */
GPtrArray *store_check (StoreDatabase      *database,
                        StoreProgressFunc   progress,
                        gpointer            data,
                        GCancellable       *cancellable,
                        GError            **error);

G_END_DECLS
