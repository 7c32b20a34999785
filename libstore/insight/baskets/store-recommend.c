/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What each customer may buy next. A customer has what was in any of their baskets; items are alike
 * when the same customers have them. Cosine, Jaccard and plain popularity are tried on each
 * customer's last basket, and unless one is asked for, the winner makes the offers. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "store-error.h"
#include "store-recommend-private.h"

void
store_recommend_customers_init (StoreRecommendCustomers *self,
                                const StoreBaskets      *baskets)
{
  guint n_baskets = store_baskets_get_n (baskets);

  self->n = store_baskets_get_n_customers (baskets);
  self->are_baskets = self->n == 0;
  if (self->are_baskets)
    self->n = n_baskets;
  self->n_all = self->n;
  self->groups = g_new (guint32, (gsize) n_baskets + 1);
  for (guint basket = 0; basket < n_baskets; basket++)
    {
      guint32 customer = store_baskets_get_customer (baskets, basket);

      if (self->are_baskets)
        self->groups[basket] = basket;
      else
        self->groups[basket] = customer != STORE_BASKETS_NOBODY ? customer : self->n_all++;
    }
}

void
store_recommend_customers_clear (StoreRecommendCustomers *self)
{
  g_clear_pointer (&self->groups, g_free);
}

StoreSimilarItems *
store_recommend_find_similar (const StoreRecommendOptions  *options,
                              StoreRecommendMethod          method,
                              const StoreBaskets           *owned,
                              GCancellable                 *cancellable,
                              GError                      **error)
{
  StoreSimilarOptions similar = STORE_SIMILAR_OPTIONS_INIT;

  similar.similarity = method == STORE_RECOMMEND_JACCARD ? STORE_SIMILARITY_JACCARD
                                                         : STORE_SIMILARITY_COSINE;
  similar.shrinkage = options->shrinkage;
  similar.n_neighbours = options->n_neighbours;
  return store_similar_items_new (owned, &similar, cancellable, error);
}

void
store_recommend_take_names (StoreRecommend                *self,
                            const StoreBaskets            *baskets,
                            const StoreRecommendCustomers *customers)
{
  self->n_customers = customers->n;
  self->customers = g_new0 (char *, (gsize) customers->n + 1);
  for (guint i = 0; i < customers->n; i++)
    self->customers[i] = customers->are_baskets ? store_baskets_dup_basket (baskets, i)
                                                : store_baskets_dup_customer (baskets, i);
  self->n_items = store_baskets_get_n_items (baskets);
  store_baskets_dup_names (baskets, &self->items, &self->names);
}

/* Customers with fewer than two things say nothing about what goes with what. */
static guint
count_telling (const StoreBaskets *owned)
{
  guint n_telling = 0;

  for (guint i = 0; i < store_baskets_get_n (owned); i++)
    {
      guint n;

      store_baskets_get_items (owned, i, &n);
      n_telling += n > 1;
    }
  return n_telling;
}

static void
choose_method (StoreRecommend *self)
{
  self->method = self->options.method;
  if (!self->enough)
    self->method = STORE_RECOMMEND_POPULAR;
  else if (self->method == STORE_RECOMMEND_BEST)
    self->method = self->n_trials > 0 && self->trials[0].n_tested > 0 ? self->trials[0].method
                                                                      : STORE_RECOMMEND_COSINE;
}

static char **
write_notes (const StoreRecommend *self,
             guint                 n_telling)
{
  g_autoptr (GStrvBuilder) notes = g_strv_builder_new ();
  g_autofree char *few = NULL;

  if (!self->enough)
    {
      few = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                          "Only %u customer bought more than one thing; what goes "
                                          "with what needs at least %u. So what most customers buy "
                                          "is offered.",
                                          "Only %u customers bought more than one thing; what goes "
                                          "with what needs at least %u. So what most customers buy "
                                          "is offered.", n_telling),
                             n_telling, STORE_RECOMMEND_MIN_CUSTOMERS);
      g_strv_builder_add (notes, few);
    }
  else if (self->n_trials == 0 || self->trials[0].n_tested == 0)
    g_strv_builder_add (notes, _("No customer came back on another day for something new, so the "
                                 "offers could not be tried."));
  else if (self->method == STORE_RECOMMEND_POPULAR &&
           self->options.method == STORE_RECOMMEND_BEST)
    g_strv_builder_add (notes, _("What most customers buy was the better guess here, so that is "
                                 "what is offered."));
  return g_strv_builder_end (notes);
}

/**
 * store_recommend_new:
 * @baskets: closed baskets
 * @options: what to offer to whom
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Too few customers are an answer: popular things, and a note that says so.
 *
 * Returns: (transfer full): the offers, or %NULL with %STORE_ERROR_INVALID (no offers wanted),
 *   %STORE_ERROR_NOT_FOUND (no such customer) or %G_IO_ERROR_CANCELLED. Any thread.
 */
StoreRecommend *
store_recommend_new (const StoreBaskets           *baskets,
                     const StoreRecommendOptions  *options,
                     GCancellable                 *cancellable,
                     GError                      **error)
{
  g_autoptr (StoreRecommend) self = NULL;
  g_autoptr (StoreBaskets) owned = NULL;
  g_auto (StoreRecommendCustomers) customers = { 0 };
  guint n_telling;

  g_return_val_if_fail (baskets != NULL && options != NULL, NULL);
  g_return_val_if_fail (isfinite (options->shrinkage) && options->shrinkage >= 0.0, NULL);

  if (options->k == 0)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID,
                           _("There must be at least one offer for each customer."));
      return NULL;
    }
  store_recommend_customers_init (&customers, baskets);
  self = g_new0 (StoreRecommend, 1);
  self->options = *options;
  self->options.customer = self->customer = g_strdup (options->customer);
  self->until = store_baskets_get_last_day (baskets);
  self->fingerprint = store_baskets_dup_fingerprint (baskets);
  store_recommend_take_names (self, baskets, &customers);
  owned = store_baskets_new_grouped (baskets, customers.groups, customers.n_all);
  n_telling = count_telling (owned);
  self->enough = n_telling >= STORE_RECOMMEND_MIN_CUSTOMERS;
  if (self->enough && !store_recommend_try_all (self, baskets, &customers, cancellable, error))
    return NULL;

  choose_method (self);
  self->notes = write_notes (self, n_telling);
  self->similar = store_recommend_find_similar (options, self->method, owned, cancellable, error);
  if (self->similar == NULL || !store_recommend_make_offers (self, owned, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
store_recommend_free (StoreRecommend *self)
{
  if (self == NULL)
    return;
  g_strfreev (self->notes);
  g_strfreev (self->customers);
  g_strfreev (self->items);
  g_strfreev (self->names);
  g_clear_pointer (&self->similar, store_similar_items_free);
  g_clear_pointer (&self->offers, g_array_unref);
  for (guint i = 0; i < self->n_nearest; i++)
    g_free (self->nearest[i].outcome);
  g_free (self->customer);
  g_free (self->fingerprint);
  g_free (self);
}

guint
store_recommend_get_n (const StoreRecommend *self)
{
  return self->offers->len;
}

const StoreOffer *
store_recommend_get (const StoreRecommend *self,
                     guint                 which)
{
  return &g_array_index (self->offers, StoreOffer, which);
}
