/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-purchase-table.h"

G_BEGIN_DECLS

/**
 * StoreFingerprint:
 *
 * A hash (BLAKE2b-128) of the data a model was fitted to. Two data sets with one fingerprint are
 * the same; columns go in in an order that does not depend on the order of the input rows.
 */
typedef struct _StoreFingerprint StoreFingerprint;

StoreFingerprint *store_fingerprint_new         (const char               *domain);
void              store_fingerprint_free        (StoreFingerprint         *self);
void              store_fingerprint_add_text    (StoreFingerprint         *self,
                                                 const char               *text);
void              store_fingerprint_add_count   (StoreFingerprint         *self,
                                                 gint64                    count);
void              store_fingerprint_add_numbers (StoreFingerprint         *self,
                                                 const double             *values,
                                                 gsize                     n);
void              store_fingerprint_add_days    (StoreFingerprint         *self,
                                                 const gint32             *values,
                                                 gsize                     n);
void              store_fingerprint_add_sums    (StoreFingerprint         *self,
                                                 const gint64             *values,
                                                 gsize                     n);
char             *store_fingerprint_end         (StoreFingerprint         *self);

char             *store_fingerprint_of_table    (const StorePurchaseTable *table);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreFingerprint, store_fingerprint_free)

G_END_DECLS
