/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-record.h"

G_BEGIN_DECLS

/**
 * StoreTransaction:
 *
 * One write in the making, handed to a #StoreWriteFunc on the writer thread and gone when that
 * returns. All of it is kept, as one entry of the change log, or none of it.
 */
typedef struct _StoreTransaction StoreTransaction;

typedef gboolean (*StoreWriteFunc) (StoreTransaction *transaction,
                                    gpointer          data,
                                    GError          **error);

StoreRecord *store_transaction_load    (StoreTransaction *self,
                                        const StoreKind  *kind,
                                        const StoreId    *id,
                                        GError          **error);
StoreRecord *store_transaction_find    (StoreTransaction *self,
                                        const StoreKind  *kind,
                                        const char       *field,
                                        const StoreValue *value,
                                        GError          **error);
GPtrArray   *store_transaction_find_all (StoreTransaction *self,
                                        const StoreKind  *kind,
                                        const char       *field,
                                        const StoreValue *value,
                                        GError          **error);
gboolean     store_transaction_save    (StoreTransaction *self,
                                        StoreRecord      *record,
                                        GError          **error);
gboolean     store_transaction_delete  (StoreTransaction *self,
                                        const StoreKind  *kind,
                                        const StoreId    *id,
                                        GError          **error);
gboolean     store_transaction_restore (StoreTransaction *self,
                                        const StoreKind  *kind,
                                        const StoreId    *id,
                                        GError          **error);
gboolean     store_transaction_settle  (StoreTransaction *self,
                                        const StoreKind  *kind,
                                        const StoreId    *id,
                                        guint             group,
                                        const char       *version,
                                        guint             side,
                                        GError          **error);

G_END_DECLS
