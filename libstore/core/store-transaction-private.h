/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-transaction.h"
#include "store-writer.h"

G_BEGIN_DECLS

struct _StoreTransaction
{
  StoreWriter *writer;
};

const StoreTable *store_transaction_get_table (StoreTransaction *self,
                                               const StoreKind  *kind);
/* Writes what differs in a record that is in the store. */
gboolean   store_transaction_update     (StoreTransaction  *self,
                                         StoreRecord       *record,
                                         GError           **error);
/* The record and everything that hangs on it, children after parents; of what hangs on it not what
 * is in the trash. (element-type StoreRecord) */
GPtrArray *store_transaction_gather     (StoreTransaction  *self,
                                         const StoreKind   *kind,
                                         const StoreId     *id,
                                         GError           **error);
/* The values that one can choose between in a contested group: the winner first, then the others
 * that say something else, latest first, each value once. (element-type StoreHead) */
GPtrArray *store_transaction_list_sides (StoreConnection   *connection,
                                         GArray            *streams,
                                         const StoreTable  *table,
                                         const StoreId     *id,
                                         guint              group,
                                         GError           **error);
/* A name for sides as they stand: what a person was shown is what a choice is for. */
char      *store_transaction_name_sides (GPtrArray         *sides);

G_END_DECLS
