/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-basket-keys.h"
#include "store-baskets.h"

G_BEGIN_DECLS

/* Rows of numbers, one after the other, and where each ends. */
typedef struct
{
  guint n;
  guint32 *numbers;
  gsize *ends;
} StoreBasketRows;

/* While it is filled, @lines has the first numbers of basket and item; closed, @rows and @holders
 * are the same ones by basket and by item. @whole, of a grouped one, has the names. */
struct _StoreBaskets
{
  const StoreBaskets *whole;
  gboolean finished;
  StoreBasketKeys baskets;
  StoreBasketKeys items;
  StoreBasketKeys customers;
  GHashTable *names;
  GArray *lines;
  GArray *days;
  GArray *buyers;

  StoreBasketRows rows;
  StoreBasketRows holders;
};

typedef struct
{
  guint32 basket;
  guint32 item;
} StoreBasketPair;

void store_baskets_fill_rows (StoreBaskets    *self,
                              StoreBasketPair *pairs,
                              gsize            n_pairs,
                              guint            n_baskets,
                              guint            n_items);

G_END_DECLS
