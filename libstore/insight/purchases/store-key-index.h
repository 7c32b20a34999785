/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StoreKeyIndex:
 *
 * Numbers the keys of customers in the order in which they first appear, and can put the
 * numbers into the order of the keys' bytes. Keys are bytes of any length; none is stored twice.
 */
typedef struct _StoreKeyIndex StoreKeyIndex;

StoreKeyIndex *store_key_index_new    (void);
void           store_key_index_free   (StoreKeyIndex       *self);
guint32        store_key_index_put    (StoreKeyIndex       *self,
                                       gconstpointer        key,
                                       gsize                length);
guint          store_key_index_get_n  (const StoreKeyIndex *self);
gconstpointer  store_key_index_get    (const StoreKeyIndex *self,
                                       guint32              number,
                                       gsize               *length);
void           store_key_index_close  (StoreKeyIndex       *self);
guint32       *store_key_index_order  (const StoreKeyIndex *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreKeyIndex, store_key_index_free)

G_END_DECLS
