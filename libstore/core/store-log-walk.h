/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-connection.h"
#include "store-entry.h"

G_BEGIN_DECLS

/**
 * StoreLogWalk:
 * @seq: the log row reached
 * @own: whether this device wrote it
 * @entry: (nullable): what it says; %NULL where this version cannot read it
 *
 * Goes through a stretch of the log in the order in which it became true here. Belongs to the
 * thread of its connection. Private to libstore.
 */
typedef struct
{
  gint64 seq;
  gboolean own;
  StoreEntry *entry;

  StoreStatement *statement;
  guint32 own_stream;
} StoreLogWalk;

gboolean store_log_walk_init     (StoreLogWalk     *self,
                                  StoreConnection  *connection,
                                  gint64            after,
                                  gint64            until,
                                  GError          **error);
void     store_log_walk_clear    (StoreLogWalk     *self);
gboolean store_log_walk_step     (StoreLogWalk     *self,
                                  gboolean         *more,
                                  GError          **error);
gboolean store_log_walk_find_end (StoreConnection  *connection,
                                  gint64           *seq,
                                  GError          **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StoreLogWalk, store_log_walk_clear)

G_END_DECLS
