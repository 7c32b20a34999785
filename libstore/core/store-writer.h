/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-capture.h"
#include "store-change-set.h"
#include "store-row-clock.h"

G_BEGIN_DECLS

/* A transaction of more bytes is cut into parts; small under test. */
#define STORE_PART_SIZE (64 * 1024)
/* A longer text is refused: a record carries it as old and as new value, often beside a second one,
 * and must fit into one batch of 1 MiB. */
#define STORE_VALUE_MAX_SIZE (240 * 1024)
/* All values of one row, old and new: more would never leave this device. */
#define STORE_ROW_MAX_SIZE (980 * 1024)

typedef gint64 (*StoreTimeFunc) (gpointer data);

/**
 * StoreWriteInfo: what the log says about a transaction of ours.
 * @label: (nullable): msgid of a few words
 * @group: (nullable): the group it belongs to, NULL for its own
 * @undoes: (nullable): the group it takes back
 * @origin: on whose behalf
 */
typedef struct
{
  const char *label;
  const char *group;
  const char *undoes;
  StoreEntryOrigin origin;
} StoreWriteInfo;

/**
 * StoreWriter:
 * @stamp: the last stamp seen or given; inside a transaction of ours its own
 * @seq: the last log row
 * @own: local number of our own stream
 * @number: the last number of our own stream
 * @streams: (element-type StoreStreamId): by local number; 0 is nobody
 * @first_seq: the log row in which the transaction at hand begins
 * @part_size: see STORE_PART_SIZE
 *
 * The one connection that writes, and everything a transaction needs. Private to libstore;
 * writer thread.
 */
typedef struct
{
  StoreConnection *connection;
  StoreTableSet *tables;
  StoreCapture capture;
  guint64 stamp;
  guint64 seq;
  guint32 own;
  guint64 number;
  StoreDigest kept_digest;
  GArray *streams;
  guint64 first_seq;
  gboolean open;
  gboolean trash_used;
  StoreWriteInfo info;
  StoreTimeFunc time_func;
  gpointer time_data;
  gsize part_size;
  GHashTable *update_sql;
  GHashTable *stamped_sql;
} StoreWriter;

StoreWriter         *store_writer_open           (const char            *path,
                                                  StoreConnectionMode    mode,
                                                  GError               **error);
void                 store_writer_free           (StoreWriter           *self);
gint64               store_writer_get_time       (StoreWriter           *self);
const StoreStreamId *store_writer_get_stream     (StoreWriter           *self,
                                                  guint32                stream);
gboolean             store_writer_number_stream  (StoreWriter           *self,
                                                  const StoreStreamId   *id,
                                                  guint32               *stream,
                                                  GError               **error);
gboolean             store_writer_reload_streams (StoreWriter           *self,
                                                  GError               **error);

gboolean             store_writer_begin          (StoreWriter           *self,
                                                  StoreCaptureMode       mode,
                                                  const StoreWriteInfo  *info,
                                                  GError               **error);
gboolean             store_writer_commit         (StoreWriter           *self,
                                                  StoreChangeSet        *changes,
                                                  char                 **group,
                                                  GError               **error);
gboolean             store_writer_commit_always  (StoreWriter           *self,
                                                  GError               **error);
void                 store_writer_rollback       (StoreWriter           *self);

const char          *store_writer_get_update_sql (StoreWriter           *self,
                                                  const StoreTable      *table,
                                                  guint64                mask);
const char          *store_writer_get_stamped_sql (StoreWriter          *self,
                                                  const StoreTable      *table,
                                                  guint64                mask);
gboolean             store_writer_append_log     (StoreWriter           *self,
                                                  guint32                stream,
                                                  guint64                number,
                                                  int                    state,
                                                  const char            *group,
                                                  GBytes                *body,
                                                  GByteArray            *back,
                                                  GError               **error);
gint64               store_writer_sum            (GBytes                *body,
                                                  const guint8          *back,
                                                  gsize                  back_size);
gboolean             store_writer_keep_state     (StoreWriter           *self,
                                                  GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreWriter, store_writer_free)

G_END_DECLS
