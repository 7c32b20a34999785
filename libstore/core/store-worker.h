/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StoreWorker:
 *
 * Threads that run jobs in the order in which they were given, each with its own resource (a
 * connection). Private to libstore.
 */
typedef struct _StoreWorker StoreWorker;

typedef void (*StoreJobFunc) (gpointer resource,
                              gpointer data);

StoreWorker *store_worker_new      (const char    *name,
                                    GPtrArray     *resources);
void         store_worker_free     (StoreWorker   *self);
void         store_worker_push     (StoreWorker   *self,
                                    StoreJobFunc   func,
                                    gpointer       data);
void         store_worker_run      (StoreWorker   *self,
                                    StoreJobFunc   func,
                                    gpointer       data);

G_END_DECLS
