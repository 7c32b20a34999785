/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "store-error.h"
#include "store-recommend-private.h"

#define BLOCKS 64

typedef struct
{
  const StoreRecommend *recommend;
  const StoreBaskets *owned;
  guint only;
  GArray *offers[BLOCKS];
} Offering;

static StoreOffer
make_offer (const Offering         *self,
            guint                   customer,
            const StoreSimilarItem *found)
{
  const StoreSimilarItems *similar = self->recommend->similar;
  guint n_owned;
  const guint32 *owned = store_baskets_get_items (self->owned, customer, &n_owned);
  StoreSimilarItem because;
  StoreOffer offer = { customer, found->item, found->score, STORE_BASKETS_NOBODY, 0, 0, 0 };

  offer.count = store_similar_items_get_count (similar, found->item);
  if (self->recommend->method != STORE_RECOMMEND_POPULAR &&
      store_similar_items_find_reason (similar, found->item, owned, n_owned, &because))
    {
      offer.because = because.item;
      offer.shared = because.shared;
      offer.because_count = store_similar_items_get_count (similar, because.item);
    }
  return offer;
}

static void
offer_to (const Offering *self,
          guint           customer,
          GArray         *offers)
{
  const StoreRecommend *recommend = self->recommend;
  guint k = recommend->options.k;
  guint n;
  const guint32 *owned = store_baskets_get_items (self->owned, customer, &n);
  g_autoptr (GArray) found = NULL;

  if (recommend->method == STORE_RECOMMEND_POPULAR)
    found = store_similar_items_list_popular (recommend->similar, owned, n, k);
  else
    found = store_similar_items_recommend (recommend->similar, owned, n, k);
  for (guint i = 0; i < found->len; i++)
    {
      StoreOffer offer = make_offer (self, customer, &g_array_index (found, StoreSimilarItem, i));

      g_array_append_val (offers, offer);
    }
}

static void
offer_block (guint    block,
             gpointer data)
{
  Offering *self = data;
  guint n = self->recommend->n_customers;
  guint end = (guint64) (block + 1) * n / BLOCKS;

  self->offers[block] = g_array_new (FALSE, FALSE, sizeof (StoreOffer));
  for (guint customer = (guint64) block * n / BLOCKS; customer < end; customer++)
    if (self->only == G_MAXUINT || self->only == customer)
      offer_to (self, customer, self->offers[block]);
}

static gboolean
find_only (const StoreRecommend  *self,
           guint                 *only,
           GError               **error)
{
  *only = G_MAXUINT;
  if (self->customer == NULL)
    return TRUE;
  for (guint i = 0; i < self->n_customers; i++)
    if (g_str_equal (self->customers[i], self->customer))
      {
        *only = i;
        return TRUE;
      }
  g_set_error (error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
               _("“%s” has bought nothing up to that day. Take an id from the list."),
               self->customer);
  return FALSE;
}

static void
put_nearest (StoreRecommend                *self,
             const StoreRecommendNeighbour *neighbour)
{
  guint at = MIN (self->n_nearest, STORE_RECOMMEND_N_NEAREST - 1);

  if (self->n_nearest == STORE_RECOMMEND_N_NEAREST &&
      self->nearest[at].distance <= neighbour->distance)
    return;
  for (; at > 0 && self->nearest[at - 1].distance > neighbour->distance; at--)
    self->nearest[at] = self->nearest[at - 1];
  self->nearest[at] = *neighbour;
  self->n_nearest = MIN (self->n_nearest + 1, STORE_RECOMMEND_N_NEAREST);
}

static void
find_nearest (StoreRecommend     *self,
              const StoreBaskets *owned,
              guint               only)
{
  g_autofree guint *shared = g_new0 (guint, (gsize) store_baskets_get_n (owned) + 1);
  guint n_owned;
  const guint32 *items = store_baskets_get_items (owned, only, &n_owned);

  for (guint i = 0; i < n_owned; i++)
    {
      guint n;
      const guint32 *holders = store_baskets_get_holders (owned, items[i], &n);

      for (guint j = 0; j < n; j++)
        shared[holders[j]]++;
    }
  for (guint32 other = 0; other < self->n_customers; other++)
    if (other != only && shared[other] > 0)
      {
        StoreRecommendNeighbour neighbour = { other, shared[other], 0.0, NULL };
        guint n;

        store_baskets_get_items (owned, other, &n);
        neighbour.distance = 1.0 - (double) shared[other] / (n_owned + n - shared[other]);
        put_nearest (self, &neighbour);
      }
}

/* Which of the offers each neighbour has. */
static void
find_outcomes (StoreRecommend     *self,
               const StoreBaskets *owned)
{
  for (guint i = 0; i < self->n_nearest; i++)
    {
      g_autoptr (GString) bought = g_string_new (NULL);
      guint n;
      const guint32 *items = store_baskets_get_items (owned, self->nearest[i].customer, &n);

      for (guint offer = 0; offer < self->offers->len; offer++)
        for (guint j = 0; j < n; j++)
          if (items[j] == store_recommend_get (self, offer)->item)
            g_string_append_printf (bought, "%s%s", bought->len > 0 ? ", " : "",
                                    self->names[items[j]]);
      self->nearest[i].outcome =
        bought->len > 0 ? g_strdup_printf (_("bought of these: %s"), bought->str)
                        : g_strdup (_("bought none of these"));
    }
}

gboolean
store_recommend_make_offers (StoreRecommend      *self,
                             const StoreBaskets  *owned,
                             GCancellable        *cancellable,
                             GError             **error)
{
  Offering offering = { .recommend = self, .owned = owned };
  gboolean done;

  if (!find_only (self, &offering.only, error))
    return FALSE;
  done = store_parallel_run (BLOCKS, offer_block, &offering, cancellable, error);
  self->offers = g_array_new (FALSE, FALSE, sizeof (StoreOffer));
  for (guint block = 0; block < BLOCKS; block++)
    if (offering.offers[block] != NULL)
      {
        g_array_append_vals (self->offers, offering.offers[block]->data,
                             offering.offers[block]->len);
        g_array_unref (offering.offers[block]);
      }
  if (done && offering.only != G_MAXUINT)
    {
      find_nearest (self, owned, offering.only);
      find_outcomes (self, owned);
    }
  return done;
}
