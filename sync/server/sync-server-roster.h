/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync-server-database.h"

G_BEGIN_DECLS

/**
 * SyncServerRosterAppend:
 * @SYNC_SERVER_ROSTER_APPENDED: the entry is the last one now
 * @SYNC_SERVER_ROSTER_SAME: it was the last one already
 * @SYNC_SERVER_ROSTER_CONFLICT: somebody else was faster
 * @SYNC_SERVER_ROSTER_FULL: the roster has as many entries as the server takes
 */
typedef enum
{
  SYNC_SERVER_ROSTER_APPENDED,
  SYNC_SERVER_ROSTER_SAME,
  SYNC_SERVER_ROSTER_CONFLICT,
  SYNC_SERVER_ROSTER_FULL,
} SyncServerRosterAppend;

gboolean    sync_server_roster_append (SyncServerDatabase      *database,
                                       gint64                   account,
                                       GBytes                  *entry,
                                       guint64                  expected_version,
                                       guint                    max_entries,
                                       SyncServerRosterAppend  *append,
                                       guint64                 *version,
                                       GError                 **error);
GByteArray *sync_server_roster_dup    (SyncServerDatabase      *database,
                                       gint64                   account,
                                       guint64                 *version,
                                       GError                 **error);

G_END_DECLS
