/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define STORE_BASKETS_NO_DAY G_MININT32
#define STORE_BASKETS_NOBODY G_MAXUINT32
#define STORE_BASKETS_LEFT_OUT G_MAXUINT32

/**
 * StoreBasketLine:
 * @basket: what was bought together, such as the number of an order
 * @item: what was bought
 * @customer: (nullable): who bought it
 * @day: when, days since 1970-01-01, or %STORE_BASKETS_NO_DAY
 *
 * One line of an order.
 */
typedef struct
{
  const char *basket;
  const char *item;
  const char *customer;
  gint32 day;
} StoreBasketLine;

/**
 * StoreBaskets:
 *
 * Which things were bought together: baskets of distinct items. It is filled with
 * store_baskets_add(), closed by store_baskets_finish() and then only read, on any thread. Items
 * are numbered by the bytes of their names, baskets and customers by those of theirs, whatever the
 * order of the lines. A basket whose lines name several days or customers is of the first of them.
 */
typedef struct _StoreBaskets StoreBaskets;

StoreBaskets  *store_baskets_new             (void);
StoreBaskets  *store_baskets_new_grouped     (const StoreBaskets    *whole,
                                              const guint32         *groups,
                                              guint                  n_groups);
StoreBaskets  *store_baskets_new_later       (const StoreBaskets    *whole,
                                              gint32                 day);
StoreBaskets  *store_baskets_new_translated  (const StoreBaskets    *whole,
                                              const guint32         *places,
                                              guint                  n_items);
void           store_baskets_free            (StoreBaskets          *self);
void           store_baskets_add             (StoreBaskets          *self,
                                              const char            *basket,
                                              const char            *item);
void           store_baskets_add_line        (StoreBaskets          *self,
                                              const StoreBasketLine *line);
void           store_baskets_name_item       (StoreBaskets          *self,
                                              const char            *item,
                                              const char            *name);
void           store_baskets_finish          (StoreBaskets          *self);

guint          store_baskets_get_n           (const StoreBaskets    *self);
guint          store_baskets_get_n_items     (const StoreBaskets    *self);
guint          store_baskets_get_n_customers (const StoreBaskets    *self);
gint32         store_baskets_get_day         (const StoreBaskets    *self,
                                              guint                  basket);
gint32         store_baskets_get_last_day    (const StoreBaskets    *self);
gboolean       store_baskets_has_days        (const StoreBaskets    *self);
guint32        store_baskets_get_customer    (const StoreBaskets    *self,
                                              guint                  basket);
guint32       *store_baskets_dup_by_day      (const StoreBaskets    *self);
const guint32 *store_baskets_get_items       (const StoreBaskets    *self,
                                              guint                  basket,
                                              guint                 *n);
const guint32 *store_baskets_get_holders     (const StoreBaskets    *self,
                                              guint32                item,
                                              guint                 *n);

char          *store_baskets_dup_basket      (const StoreBaskets    *self,
                                              guint                  basket);
char          *store_baskets_dup_item        (const StoreBaskets    *self,
                                              guint32                item);
char          *store_baskets_dup_item_name   (const StoreBaskets    *self,
                                              guint32                item);
gboolean       store_baskets_find_item       (const StoreBaskets    *self,
                                              const char            *item,
                                              guint32               *which);
void           store_baskets_dup_names       (const StoreBaskets    *self,
                                              char                ***items,
                                              char                ***names);
char          *store_baskets_dup_customer    (const StoreBaskets    *self,
                                              guint32                customer);
gboolean       store_baskets_find_customer   (const StoreBaskets    *self,
                                              const char            *customer,
                                              guint32               *which);
char          *store_baskets_dup_fingerprint (const StoreBaskets    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreBaskets, store_baskets_free)

G_END_DECLS
