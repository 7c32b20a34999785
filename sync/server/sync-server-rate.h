/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SyncServerRate SyncServerRate;

SyncServerRate *sync_server_rate_new  (guint           per_second,
                                       guint           burst);
guint           sync_server_rate_take (SyncServerRate *self,
                                       gint64          account,
                                       gint64          now);
void            sync_server_rate_free (SyncServerRate *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyncServerRate, sync_server_rate_free)

G_END_DECLS
