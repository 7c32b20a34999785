/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef struct _SyncServerDatabase SyncServerDatabase;

SyncServerDatabase *sync_server_database_open     (const char          *directory,
                                                   gboolean             writable,
                                                   GError             **error);
void                sync_server_database_close    (SyncServerDatabase  *self);

gboolean            sync_server_database_execute  (SyncServerDatabase  *self,
                                                   const char          *sql,
                                                   GError             **error);
sqlite3_stmt       *sync_server_database_prepare  (SyncServerDatabase  *self,
                                                   const char          *sql,
                                                   GError             **error);
gboolean            sync_server_database_step     (SyncServerDatabase  *self,
                                                   sqlite3_stmt        *statement,
                                                   gboolean            *has_row,
                                                   GError             **error);
gboolean            sync_server_database_run      (SyncServerDatabase  *self,
                                                   sqlite3_stmt        *statement,
                                                   GError             **error);
void                sync_server_database_release  (sqlite3_stmt        *statement);
int                 sync_server_database_changes  (SyncServerDatabase  *self);
gint64              sync_server_database_last_row (SyncServerDatabase  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyncServerDatabase, sync_server_database_close)

G_END_DECLS
