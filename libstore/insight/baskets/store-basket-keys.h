/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-key-index.h"

G_BEGIN_DECLS

/**
 * StoreBasketKeys:
 * @index: the keys, numbered as they came
 * @order: once closed, which of them is the first by its bytes, the second ...
 *
 * Texts that have numbers: while they are put, by first appearance; closed, by their bytes.
 */
typedef struct
{
  StoreKeyIndex *index;
  guint32 *order;
} StoreBasketKeys;

void      store_basket_keys_init  (StoreBasketKeys       *self);
void      store_basket_keys_clear (StoreBasketKeys       *self);
guint32   store_basket_keys_put   (StoreBasketKeys       *self,
                                   const char            *key);
guint     store_basket_keys_get_n (const StoreBasketKeys *self);
guint32  *store_basket_keys_close (StoreBasketKeys       *self);
char     *store_basket_keys_dup   (const StoreBasketKeys *self,
                                   guint32                which);
gboolean  store_basket_keys_find  (const StoreBasketKeys *self,
                                   const char            *key,
                                   guint32               *which);

G_END_DECLS
