/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StoreBaskets:
 *
 * Which things were bought together: baskets of distinct items. It is filled with
 * store_baskets_add(), closed by store_baskets_finish() and then only read. Items are numbered by
 * the bytes of their names and baskets by those of theirs, whatever the order of the lines.
 */
typedef struct _StoreBaskets StoreBaskets;

StoreBaskets  *store_baskets_new         (void);
void           store_baskets_free        (StoreBaskets       *self);
void           store_baskets_add         (StoreBaskets       *self,
                                          const char         *basket,
                                          const char         *item);
void           store_baskets_finish      (StoreBaskets       *self);
guint          store_baskets_get_n       (const StoreBaskets *self);
guint          store_baskets_get_n_items (const StoreBaskets *self);
char          *store_baskets_dup_item    (const StoreBaskets *self,
                                          guint32             item);
gboolean       store_baskets_find_item   (const StoreBaskets *self,
                                          const char         *name,
                                          guint32            *item);
const guint32 *store_baskets_get_items   (const StoreBaskets *self,
                                          guint               basket,
                                          guint              *n);
const guint32 *store_baskets_get_holders (const StoreBaskets *self,
                                          guint32             item,
                                          guint              *n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreBaskets, store_baskets_free)

G_END_DECLS
