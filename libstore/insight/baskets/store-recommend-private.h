/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-recommend.h"

G_BEGIN_DECLS

/* The customers of baskets and what each has, as baskets of their own; a basket of nobody is one of
 * somebody without a name, behind the others. Where no basket names a customer, each is one. */
typedef struct
{
  guint n;
  guint n_all;
  guint32 *groups;
  gboolean are_baskets;
} StoreRecommendCustomers;

void          store_recommend_customers_init  (StoreRecommendCustomers       *self,
                                               const StoreBaskets            *baskets);
void          store_recommend_customers_clear (StoreRecommendCustomers       *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StoreRecommendCustomers, store_recommend_customers_clear)

StoreSimilarItems *
              store_recommend_find_similar    (const StoreRecommendOptions   *options,
                                               StoreRecommendMethod           method,
                                               const StoreBaskets            *owned,
                                               GCancellable                  *cancellable,
                                               GError                       **error);
/* Only last days after @since are held back; %STORE_BASKETS_NO_DAY for all. */
void          store_recommend_hold_back       (const StoreBaskets            *baskets,
                                               const StoreRecommendCustomers *customers,
                                               gint32                         since,
                                               StoreBaskets                 **before,
                                               StoreBaskets                 **after);
void          store_recommend_put_trial       (StoreRecommend                *self,
                                               const StoreRecommendTrial     *trial);
/* Tries all methods on the last baskets of customers. */
gboolean      store_recommend_try_all         (StoreRecommend                *self,
                                               const StoreBaskets            *baskets,
                                               const StoreRecommendCustomers *customers,
                                               GCancellable                  *cancellable,
                                               GError                       **error);
/* Makes the offers by @self->method and @self->similar. */
gboolean      store_recommend_make_offers     (StoreRecommend                *self,
                                               const StoreBaskets            *owned,
                                               GCancellable                  *cancellable,
                                               GError                       **error);
void          store_recommend_take_names      (StoreRecommend                *self,
                                               const StoreBaskets            *baskets,
                                               const StoreRecommendCustomers *customers);

G_END_DECLS
