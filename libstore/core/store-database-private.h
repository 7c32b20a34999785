/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-connection.h"
#include "store-database.h"
#include "store-worker.h"
#include "store-writer.h"

G_BEGIN_DECLS

/* One store: its file, its threads, and what it has to tell. */
struct _StoreDatabase
{
  GObject parent_instance;

  char *path;
  StoreWriter *writer;
  GPtrArray *reader_connections;
  StoreWorker *writer_thread;
  StoreWorker *reader_threads;

  GMainContext *context;
  GFileMonitor *monitor;
  GSource *timer;
  GSource *emitter;
  GPtrArray *pending;
  GMutex lock;
  guint64 reported;
  gboolean looking;
  gboolean closed;
};

extern guint store_database_changed_signal;

void     store_database_watch_others  (StoreDatabase       *self);
void     store_database_stop_watching (StoreDatabase       *self);
void     store_database_stop_emitting (StoreDatabase       *self);

typedef gboolean (*StoreReadFunc) (StoreConnection *connection,
                                   gpointer         data,
                                   GError         **error);
typedef gboolean (*StoreWriterFunc) (StoreWriter *writer,
                                     gpointer     data,
                                     GError     **error);

/* Runs @func on a reader thread, inside one read transaction, and waits. */
gboolean store_database_read         (StoreDatabase        *self,
                                      StoreReadFunc         func,
                                      gpointer              data,
                                      GError              **error);
/* Runs @func on the writer thread, outside any transaction, and waits: what @func changes with
 * store_writer_begin() and store_writer_commit() is reported with store_database_report(). */
gboolean store_database_with_writer  (StoreDatabase        *self,
                                      StoreWriterFunc       func,
                                      gpointer              data,
                                      GError              **error);
/* A transaction that is not captured and not logged: for derived, local tables only. */
gboolean store_database_write_local  (StoreDatabase        *self,
                                      StoreReadFunc         func,
                                      gpointer              data,
                                      GError              **error);
/* Writer thread: tells listeners of a commit. */
void     store_database_report       (StoreDatabase        *self,
                                      StoreWriter          *writer,
                                      StoreChangeSet       *changes);
/* For tests and for programs that need another clock than the machine's. */
void     store_database_set_time     (StoreDatabase        *self,
                                      StoreTimeFunc         func,
                                      gpointer              data);
/* For tests: small parts are crossed by small transactions. */
void     store_database_set_part_size (StoreDatabase       *self,
                                      gsize                 size);
/* Full form of store_database_write(). */
gboolean store_database_write_info   (StoreDatabase        *self,
                                      const StoreWriteInfo *info,
                                      StoreWriteFunc        func,
                                      gpointer              data,
                                      char                **group_out,
                                      GError              **error);

G_END_DECLS
