/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync-remote.h"

G_BEGIN_DECLS

#define SIM_TYPE_FORGETFUL_REMOTE (sim_forgetful_remote_get_type ())

G_DECLARE_FINAL_TYPE (SimForgetfulRemote, sim_forgetful_remote, SIM, FORGETFUL_REMOTE, GObject)

SyncRemote *sim_forgetful_remote_new (SyncRemote *remote,
                                      gpointer    cursors);

G_END_DECLS
