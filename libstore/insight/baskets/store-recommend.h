/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "store-model.h"
#include "store-parallel.h"
#include "store-similar-items.h"

G_BEGIN_DECLS

/**
 * StoreRecommendMethod:
 * @STORE_RECOMMEND_BEST: whichever of the others was best on the customers' last baskets
 * @STORE_RECOMMEND_COSINE: by similar items, cosine
 * @STORE_RECOMMEND_JACCARD: by similar items, Jaccard
 * @STORE_RECOMMEND_POPULAR: what most customers bought
 */
typedef enum
{
  STORE_RECOMMEND_BEST,
  STORE_RECOMMEND_COSINE,
  STORE_RECOMMEND_JACCARD,
  STORE_RECOMMEND_POPULAR,
} StoreRecommendMethod;

#define STORE_RECOMMEND_N_METHODS 4

/* With fewer customers of more than one thing, only what is popular is offered. */
#define STORE_RECOMMEND_MIN_CUSTOMERS 50

/**
 * StoreRecommendOptions:
 * @method: how to choose
 * @k: how many offers for each customer
 * @shrinkage: how many customers must share two items for half of their similarity
 * @n_neighbours: how many items each remembers as most like it
 * @customer: (nullable): the only one whose offers are wanted
 * @progress: (nullable): told how much is done
 * @progress_data: for @progress
 *
 * Start from %STORE_RECOMMEND_OPTIONS_INIT.
 */
typedef struct
{
  StoreRecommendMethod method;
  guint k;
  double shrinkage;
  guint n_neighbours;
  const char *customer;
  StoreProgressFunc progress;
  gpointer progress_data;
} StoreRecommendOptions;

#define STORE_RECOMMEND_OPTIONS_INIT { STORE_RECOMMEND_BEST, 10, 10.0, 50, NULL, NULL, NULL }

/**
 * StoreRecommendTrial:
 * @method: what was tried
 * @n_tested: customers whose last basket held something that was new to them
 * @hit_rate: share of them of whom at least one offer was in it
 * @recall: share of what was new in it that was offered, mean over customers
 * @precision: share of the offers that were in it
 *
 * Offers made of everything but each customer's last basket, compared with that.
 */
typedef struct
{
  StoreRecommendMethod method;
  guint n_tested;
  double hit_rate;
  double recall;
  double precision;
} StoreRecommendTrial;

/**
 * StoreOffer:
 * @customer: place of the customer in the list of customers
 * @item: number of the item that is offered
 * @score: how well it fits; for popular items, how many customers have it
 * @because: item of the customer that is most like it, or %STORE_BASKETS_NOBODY
 * @shared: customers who have both
 * @because_count: customers who have @because
 * @count: customers who have the item
 */
typedef struct
{
  guint32 customer;
  guint32 item;
  double score;
  guint32 because;
  guint32 shared;
  guint32 because_count;
  guint32 count;
} StoreOffer;

#define STORE_RECOMMEND_N_NEAREST 3

/**
 * StoreRecommendNeighbour:
 * @customer: place in the list of customers
 * @shared: things that both have
 * @distance: 1 less the share of @shared in all that either has
 * @outcome: (nullable): which of the offers this one has, in a sentence
 *
 * Who is most like the customer whose offers are wanted.
 */
typedef struct
{
  guint32 customer;
  guint shared;
  double distance;
  char *outcome;
} StoreRecommendNeighbour;

/**
 * StoreRecommend:
 * @options: as asked
 * @method: how offers were chosen
 * @until: last day of the baskets, or %STORE_BASKETS_NO_DAY
 * @enough: whether there was enough data for similar items
 * @notes: (array zero-terminated=1): what the person must know, in sentences
 * @n_customers: how many customers there are
 * @customers: (array length=n_customers): their ids
 * @n_items: number of items
 * @items: (array length=n_items): the items, by number
 * @names: (array length=n_items): what a person calls them
 * @similar: what is like what
 * @offers: (element-type StoreOffer): by customer, best first
 * @n_nearest: of the one customer whose offers are wanted, how many neighbours were found
 * @nearest: (array length=n_nearest): these, nearest first
 * @n_trials: how many methods were tried
 * @trials: (array length=n_trials): the methods, best first
 */
typedef struct
{
  StoreRecommendOptions options;
  StoreRecommendMethod method;
  gint32 until;
  gboolean enough;
  char **notes;
  guint n_customers;
  char **customers;
  guint n_items;
  char **items;
  char **names;
  StoreSimilarItems *similar;
  GArray *offers;
  guint n_nearest;
  StoreRecommendNeighbour nearest[STORE_RECOMMEND_N_NEAREST];
  guint n_trials;
  StoreRecommendTrial trials[STORE_RECOMMEND_N_METHODS];

  char *customer;
  char *fingerprint;
} StoreRecommend;

StoreRecommend   *store_recommend_new              (const StoreBaskets           *baskets,
                                                    const StoreRecommendOptions  *options,
                                                    GCancellable                 *cancellable,
                                                    GError                      **error);
StoreRecommend   *store_recommend_new_from_model   (StoreModel                   *model,
                                                    const StoreBaskets           *baskets,
                                                    const StoreRecommendOptions  *options,
                                                    GCancellable                 *cancellable,
                                                    GError                      **error);
void              store_recommend_free             (StoreRecommend               *self);
guint             store_recommend_get_n            (const StoreRecommend         *self);
const StoreOffer *store_recommend_get              (const StoreRecommend         *self,
                                                    guint                         which);
char             *store_recommend_dup_reason       (const StoreRecommend         *self,
                                                    guint                         which);
JsonNode         *store_recommend_to_json          (const StoreRecommend         *self);
StoreModel       *store_recommend_to_model         (const StoreRecommend         *self);

gboolean          store_recommend_try              (StoreRecommendTrial          *trial,
                                                    const StoreSimilarItems      *similar,
                                                    const StoreBaskets           *before,
                                                    const StoreBaskets           *after,
                                                    guint                         k,
                                                    GCancellable                 *cancellable,
                                                    GError                      **error);

const char       *store_recommend_method_get_name  (StoreRecommendMethod          method);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreRecommend, store_recommend_free)

G_END_DECLS
