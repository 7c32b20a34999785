/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "store-error.h"
#include "store-item-search.h"

#define MEGABYTE ((gsize) 1024 * 1024)

/* One pass of a sort by counting: by the item at @at, or by the size of the sets where that is
 * %STORE_ITEM_SETS_LARGEST; sets without an item there come first. */
static void
sort_by (const StoreItemSet *from,
         StoreItemSet       *to,
         guint               n,
         guint               at,
         guint              *starts,
         guint               n_starts)
{
  memset (starts, 0, n_starts * sizeof (guint));
  for (guint i = 0; i < n; i++)
    starts[(at < STORE_ITEM_SETS_LARGEST ? from[i].items[at] : from[i].n) + 1]++;
  for (guint i = 1; i < n_starts; i++)
    starts[i] += starts[i - 1];
  for (guint i = 0; i < n; i++)
    to[starts[at < STORE_ITEM_SETS_LARGEST ? from[i].items[at] : from[i].n]++] = from[i];
}

/* By size and then by items, from the last item to the first, each pass keeping the order of the
 * one before. Items that a set does not have are 0 in all sets of its size. */
static void
sort_sets (GArray *sets,
           guint   n_items)
{
  guint n_starts = MAX (n_items, STORE_ITEM_SETS_LARGEST) + 2;
  g_autofree guint *starts = g_new (guint, n_starts);
  g_autofree StoreItemSet *room = g_new (StoreItemSet, (gsize) sets->len + 1);
  StoreItemSet *from = (StoreItemSet *) (gpointer) sets->data;
  StoreItemSet *to = room;
  guint largest = 0;

  for (guint i = 0; i < sets->len; i++)
    largest = MAX (largest, from[i].n);
  for (guint pass = 0; pass <= largest; pass++)
    {
      StoreItemSet *swapped = from;
      guint at = pass < largest ? largest - 1 - pass : STORE_ITEM_SETS_LARGEST;

      sort_by (from, to, sets->len, at, starts, n_starts);
      from = to;
      to = swapped;
    }
  if (from == room && sets->len > 0)
    memcpy (sets->data, room, sets->len * sizeof (StoreItemSet));
}

static GArray *
run (StoreItemSearch     *search,
     StoreItemSetsMethod  method)
{
  if (!store_item_search_init (search))
    return NULL;
  switch (method)
    {
    case STORE_ITEM_SETS_APRIORI:
      return store_item_search_apriori (search);
    case STORE_ITEM_SETS_FP_GROWTH:
      return store_item_search_fp_growth (search);
    case STORE_ITEM_SETS_ECLAT:
    default:
      return store_item_search_eclat (search);
    }
}

static gboolean
check_search (StoreItemSearch  *search,
              guint             budget,
              GError          **error)
{
  if (g_cancellable_is_cancelled (search->cancellable))
    g_set_error_literal (error, STORE_ERROR, STORE_ERROR_CANCELLED, _("Stopped before the end."));
  else if (search->full)
    g_set_error (error, STORE_ERROR, STORE_ERROR_FULL,
                 _("Combinations that frequent need more than %u MB. Ask for a higher support."),
                 budget);
  else
    return TRUE;
  return FALSE;
}

/**
 * store_item_sets_new:
 * @baskets: closed baskets
 * @support: share of the baskets that a set must be in, above 0 and at most 1
 * @largest: items in a set at most, up to %STORE_ITEM_SETS_LARGEST
 * @method: how to search
 * @budget: how many megabytes the search may use
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Finds all sets of items that are often in one basket.
 *
 * Returns: (transfer full): the sets, or %NULL with %STORE_ERROR_INVALID (impossible support),
 *   %STORE_ERROR_FULL (that needs more memory; ask for more support) or %STORE_ERROR_CANCELLED
 */
StoreItemSets *
store_item_sets_new (const StoreBaskets   *baskets,
                     double                support,
                     guint                 largest,
                     StoreItemSetsMethod   method,
                     guint                 budget,
                     GCancellable         *cancellable,
                     GError              **error)
{
  g_autoptr (StoreItemSets) self = g_new0 (StoreItemSets, 1);
  g_auto (StoreItemSearch) search = { .baskets = baskets, .cancellable = cancellable };

  g_return_val_if_fail (baskets != NULL, NULL);

  if (!(support > 0.0 && support <= 1.0))
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID,
                           _("The support must be above 0 and at most 1."));
      return NULL;
    }

  self->n_baskets = store_baskets_get_n (baskets);
  self->min_count = search.min_count = MAX (1, (guint) ceil (support * self->n_baskets - 1e-9));
  search.largest = CLAMP (largest, 1, STORE_ITEM_SETS_LARGEST);
  search.left = budget * MEGABYTE;
  self->sets = run (&search, method);
  if (!check_search (&search, budget, error))
    return NULL;
  sort_sets (self->sets, store_baskets_get_n_items (baskets));
  return g_steal_pointer (&self);
}

void
store_item_sets_free (StoreItemSets *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->sets, g_array_unref);
  g_free (self);
}

guint
store_item_sets_get_n (const StoreItemSets *self)
{
  return self->sets->len;
}

const StoreItemSet *
store_item_sets_get (const StoreItemSets *self,
                     guint                which)
{
  return &g_array_index (self->sets, StoreItemSet, which);
}
