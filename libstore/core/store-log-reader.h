/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-connection.h"
#include "store-entry.h"

G_BEGIN_DECLS

/**
 * StoreLogTransaction: one transaction as it lies in the log.
 * @seq: its first log row
 * @stream: local number of its stream
 * @parts: (element-type StoreEntry): its parts, in order
 * @backs: (element-type GBytes): their back-pointers
 * @group: the name of its group
 */
typedef struct
{
  guint64 seq;
  guint32 stream;
  GPtrArray *parts;
  GPtrArray *backs;
  char *group;
} StoreLogTransaction;

void                 store_log_transaction_free      (StoreLogTransaction  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreLogTransaction, store_log_transaction_free)

StoreLogTransaction *store_log_transaction_load      (StoreConnection      *connection,
                                                      guint64               seq,
                                                      GError              **error);
/* The log row before @seq in which a transaction begins, 0 at the start. */
gboolean             store_log_transaction_find_before (StoreConnection    *connection,
                                                      guint64               seq,
                                                      guint64              *before,
                                                      GError              **error);
/* First log rows of the transactions of a group, in order. (element-type guint64) */
GArray              *store_log_group_find            (StoreConnection      *connection,
                                                      const char           *group,
                                                      GError              **error);
/* What the transaction did to a record, and the one on it before; NULL where it did nothing. */
const StoreEntryRow *store_log_transaction_find_row  (StoreLogTransaction  *self,
                                                      guint                 kind,
                                                      const StoreId        *id,
                                                      guint64              *before);

G_END_DECLS
