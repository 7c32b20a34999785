/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync-identity.h"

G_BEGIN_DECLS

/**
 * SyncServerRoute:
 *
 * What a path speaks of; the table stands in sync-server-path.c.
 */
typedef enum
{
  SYNC_SERVER_ROUTE_NONE,
  SYNC_SERVER_ROUTE_GREETING,
  SYNC_SERVER_ROUTE_HEALTH,
  SYNC_SERVER_ROUTE_ACCOUNTS,
  SYNC_SERVER_ROUTE_DEVICE,
  SYNC_SERVER_ROUTE_HEADS,
  SYNC_SERVER_ROUTE_LOG,
  SYNC_SERVER_ROUTE_STREAM,
  SYNC_SERVER_ROUTE_BATCH,
  SYNC_SERVER_ROUTE_ROSTER,
  SYNC_SERVER_ROUTE_STATE,
} SyncServerRoute;

/**
 * SyncServerPath:
 * @route: what it speaks of
 * @account: the account in it, else zeros
 * @stream: the stream in it, else zeros
 * @first: the first number of a batch
 * @last: the last number of a batch
 */
typedef struct
{
  SyncServerRoute route;
  guint8 account[SYNC_ACCOUNT_ID_SIZE];
  guint8 stream[SYNC_STREAM_ID_SIZE];
  guint64 first;
  guint64 last;
} SyncServerPath;

gboolean    sync_server_path_parse         (const char          *text,
                                            SyncServerPath      *path);
const char *sync_server_path_get_name      (const SyncServerPath *path);
gboolean    sync_server_number_parse       (const char          *text,
                                            guint64             *number);
gboolean    sync_server_query_parse        (const char          *query,
                                            const char * const  *names,
                                            guint64             *values);

G_END_DECLS
