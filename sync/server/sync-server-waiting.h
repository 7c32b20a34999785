/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SyncServerWaiting SyncServerWaiting;

/**
 * SyncServerWakeFunc:
 * @data: what was given with it
 *
 * Called exactly once: when there is something new, when the time is over, or at the end.
 */
typedef void (*SyncServerWakeFunc) (gpointer data);

SyncServerWaiting *sync_server_waiting_new      (guint               max_waiting);
gboolean           sync_server_waiting_add      (SyncServerWaiting  *self,
                                                 gint64              account,
                                                 guint               seconds,
                                                 SyncServerWakeFunc  wake,
                                                 gpointer            data);
void               sync_server_waiting_wake     (SyncServerWaiting  *self,
                                                 gint64              account);
void               sync_server_waiting_wake_all (SyncServerWaiting  *self);
void               sync_server_waiting_free     (SyncServerWaiting  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyncServerWaiting, sync_server_waiting_free)

G_END_DECLS
