/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

#include "store-id.h"
#include "store-value.h"

G_BEGIN_DECLS

/**
 * StoreConnection:
 *
 * One SQLite connection with its cache of prepared statements. Belongs to one thread at a time.
 * Private to libstore.
 */
typedef struct _StoreConnection StoreConnection;

/**
 * StoreStatement:
 * @handle: the prepared statement, bound and stepped by the caller
 *
 * A statement on loan from the cache: store_statement_release() resets it and gives it back.
 */
typedef struct
{
  sqlite3_stmt *handle;
  StoreConnection *connection;
} StoreStatement;

typedef enum
{
  STORE_CONNECTION_READ,
  STORE_CONNECTION_WRITE,
  STORE_CONNECTION_CREATE,
} StoreConnectionMode;

StoreConnection *store_connection_open        (const char           *path,
                                               StoreConnectionMode   mode,
                                               GError              **error);
void             store_connection_free        (StoreConnection      *self);
sqlite3         *store_connection_get_handle  (StoreConnection      *self);
StoreStatement  *store_connection_prepare     (StoreConnection      *self,
                                               const char           *sql,
                                               GError              **error);
gboolean         store_connection_execute     (StoreConnection      *self,
                                               const char           *sql,
                                               GError              **error);
gboolean         store_connection_get_number  (StoreConnection      *self,
                                               const char           *sql,
                                               gint64               *number,
                                               GError              **error);
/* Sets @error from the connection's last failure; always FALSE, to return. */
gboolean         store_connection_fail        (StoreConnection      *self,
                                               GError              **error);

void             store_statement_release      (StoreStatement       *self);
/* TRUE with *row FALSE at the end; FALSE with @error. */
gboolean         store_statement_step         (StoreStatement       *self,
                                               gboolean             *row,
                                               GError              **error);
/* Runs to the end, resets for the next round, keeps the bindings. */
gboolean         store_statement_run          (StoreStatement       *self,
                                               GError              **error);
void             store_statement_bind_value   (StoreStatement       *self,
                                               int                   at,
                                               const StoreValue     *value);
void             store_statement_bind_id      (StoreStatement       *self,
                                               int                   at,
                                               const StoreId        *id);
void             store_statement_bind_bytes   (StoreStatement       *self,
                                               int                   at,
                                               GBytes               *bytes);
StoreValue       store_statement_get_value    (StoreStatement       *self,
                                               int                   column);
gboolean         store_statement_get_id       (StoreStatement       *self,
                                               int                   column,
                                               StoreId              *id);
GBytes          *store_statement_dup_bytes    (StoreStatement       *self,
                                               int                   column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreStatement, store_statement_release)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreConnection, store_connection_free)

G_END_DECLS
