/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "store-error.h"
#include "store-item-sets-private.h"

static int
compare_items (gconstpointer a,
               gconstpointer b)
{
  guint32 left = *(const guint32 *) a;
  guint32 right = *(const guint32 *) b;

  return (left > right) - (left < right);
}

static int
compare_sets (gconstpointer a,
              gconstpointer b)
{
  const StoreItemSet *left = a;
  const StoreItemSet *right = b;

  if (left->n != right->n)
    return left->n < right->n ? -1 : 1;
  for (guint i = 0; i < left->n; i++)
    if (left->items[i] != right->items[i])
      return left->items[i] < right->items[i] ? -1 : 1;
  return 0;
}

/* Returns FALSE when the search should end: no room is left, or it was cancelled. */
gboolean
store_item_search_put (StoreItemSearch *self,
                       const guint32   *items,
                       guint            n,
                       guint            count)
{
  StoreItemSet set = { .n = n, .count = count };

  if (self->full || self->sets->len >= self->budget)
    {
      self->full = TRUE;
      return FALSE;
    }
  memcpy (set.items, items, n * sizeof (guint32));
  qsort (set.items, n, sizeof (guint32), compare_items);
  g_array_append_val (self->sets, set);
  return self->sets->len % 4096 != 0 || !g_cancellable_is_cancelled (self->cancellable);
}

static void
run (StoreItemSearch     *search,
     StoreItemSetsMethod  method)
{
  switch (method)
    {
    case STORE_ITEM_SETS_APRIORI:
      store_item_search_apriori (search);
      break;
    case STORE_ITEM_SETS_FP_GROWTH:
      store_item_search_fp_growth (search);
      break;
    case STORE_ITEM_SETS_ECLAT:
    default:
      store_item_search_eclat (search);
      break;
    }
}

/**
 * store_item_sets_new:
 * @baskets: closed baskets
 * @support: share of the baskets that a set must be in, above 0 and at most 1
 * @largest: items in a set at most, up to %STORE_ITEM_SETS_LARGEST
 * @method: how to search
 * @budget: how many sets there may be
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Finds all sets of items that are often in one basket.
 *
 * Returns: (transfer full): the sets, or %NULL with %STORE_ERROR_INVALID (impossible support),
 *   %STORE_ERROR_FULL (more sets than the budget; ask for more support) or %STORE_ERROR_CANCELLED
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
  StoreItemSearch search = { .baskets = baskets, .budget = budget, .cancellable = cancellable };

  self->sets = search.sets = g_array_new (FALSE, FALSE, sizeof (StoreItemSet));
  if (!(support > 0.0 && support <= 1.0))
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID,
                           _("The support must be above 0 and at most 1."));
      return NULL;
    }

  self->n_baskets = store_baskets_get_n (baskets);
  self->min_count = search.min_count = MAX (1, (guint) ceil (support * self->n_baskets - 1e-9));
  search.largest = CLAMP (largest, 1, STORE_ITEM_SETS_LARGEST);
  run (&search, method);

  if (g_cancellable_is_cancelled (cancellable))
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_CANCELLED, _("Stopped before the end."));
      return NULL;
    }
  if (search.full)
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_FULL,
                   _("More than %u combinations are that frequent. Ask for a higher "
                     "support."), budget);
      return NULL;
    }
  g_array_sort (self->sets, compare_sets);
  return g_steal_pointer (&self);
}

void
store_item_sets_free (StoreItemSets *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->sets);
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

/**
 * store_item_sets_find:
 * @self: item sets
 * @items: items, ascending
 * @n: how many
 *
 * Returns: (transfer none) (nullable): the set of exactly these
 */
const StoreItemSet *
store_item_sets_find (const StoreItemSets *self,
                      const guint32       *items,
                      guint                n)
{
  StoreItemSet wanted = { .n = n };

  g_return_val_if_fail (n <= STORE_ITEM_SETS_LARGEST, NULL);

  memcpy (wanted.items, items, n * sizeof (guint32));
  return bsearch (&wanted, self->sets->data, self->sets->len, sizeof (StoreItemSet), compare_sets);
}
