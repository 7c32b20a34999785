/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync-server-database.h"

G_BEGIN_DECLS

typedef struct _SyncServerWriter SyncServerWriter;

/**
 * SyncServerWriteFunc:
 * @database: the writing connection, inside a transaction
 * @data: the job's data
 * @error: why not
 *
 * Runs on the writer's thread. What it did is rolled back where it returns %FALSE.
 */
typedef gboolean (*SyncServerWriteFunc) (SyncServerDatabase  *database,
                                         gpointer             data,
                                         GError             **error);

/**
 * SyncServerWrittenFunc:
 * @data: the job's data
 * @error: (nullable): why nothing was written
 *
 * Runs on the context where the writer was made, once the commit is on the disk.
 */
typedef void (*SyncServerWrittenFunc) (gpointer      data,
                                       const GError *error);

SyncServerWriter *sync_server_writer_new  (const char             *directory,
                                           GError                **error);
void              sync_server_writer_push (SyncServerWriter       *self,
                                           SyncServerWriteFunc     write,
                                           SyncServerWrittenFunc   written,
                                           gpointer                data);
void              sync_server_writer_free (SyncServerWriter       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyncServerWriter, sync_server_writer_free)

G_END_DECLS
