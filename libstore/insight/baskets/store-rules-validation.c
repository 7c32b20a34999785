/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What rules are worth in baskets that they were not made from. Each time the left side of a rule
 * is in such a basket, the rule says with which probability the right side is in it too; the naive
 * answer is how often the right side was in the baskets that the rule was made from. Both are
 * measured by the mean squared error of the probability (Brier, 1950). Counts of a rule are enough
 * for that, so no basket is looked at twice. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#include "store-error.h"
#include "store-rules-private.h"

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  guint32 left = *(const guint32 *) a;
  guint32 right = *(const guint32 *) b;

  return (left > right) - (left < right);
}

static gboolean
is_in (const StoreBaskets *baskets,
       guint32             basket,
       guint32             item)
{
  guint n;
  const guint32 *items = store_baskets_get_items (baskets, basket, &n);

  return bsearch (&item, items, n, sizeof (guint32), compare_numbers) != NULL;
}

/* An item that these baskets do not know has no holders. */
static const guint32 *
get_holders (const StoreBaskets *baskets,
             guint32             item,
             guint              *n)
{
  *n = 0;
  return item < store_baskets_get_n_items (baskets) ? store_baskets_get_holders (baskets, item, n)
                                                    : NULL;
}

static guint32
find_rarest (const StoreBaskets *baskets,
             const StoreRule    *rule)
{
  guint32 rarest = rule->left[0];
  guint least = G_MAXUINT;

  for (guint i = 0; i < rule->n_left; i++)
    {
      guint n;

      get_holders (baskets, rule->left[i], &n);
      if (n < least)
        rarest = rule->left[i];
      least = MIN (least, n);
    }
  return rarest;
}

/* How many baskets have the left side, and how many of them the right one. */
static void
count_rule (const StoreBaskets *baskets,
            const StoreRule    *rule,
            double             *matches,
            double             *kept)
{
  guint32 rarest = find_rarest (baskets, rule);
  guint n_holders;
  const guint32 *holders = get_holders (baskets, rarest, &n_holders);

  *matches = *kept = 0.0;
  for (guint i = 0; i < n_holders; i++)
    {
      gboolean all = TRUE;

      for (guint j = 0; j < rule->n_left && all; j++)
        all = rule->left[j] == rarest || is_in (baskets, holders[i], rule->left[j]);
      *matches += all;
      *kept += all && is_in (baskets, holders[i], rule->right);
    }
}

static void
add_rule (StoreRulesValidation *self,
          const StoreRule      *rule,
          double                matches,
          double                kept)
{
  double promised = rule->confidence;
  double base = rule->confidence / rule->lift;

  self->n_matches += (guint64) matches;
  self->promised += matches * promised;
  self->kept += kept;
  self->base += matches * base;
  self->error += kept * (1.0 - promised) * (1.0 - promised) +
                 (matches - kept) * promised * promised;
  self->naive_error += kept * (1.0 - base) * (1.0 - base) + (matches - kept) * base * base;
}

/* @rules in an order that does not depend on that of the input, for the sums. */
gboolean
store_rules_validate (StoreRulesValidation  *self,
                      const GArray          *rules,
                      const StoreBaskets    *baskets,
                      GCancellable          *cancellable,
                      GError               **error)
{
  self->n_held_back = store_baskets_get_n (baskets);
  for (guint i = 0; i < rules->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      const StoreRule *rule = &g_array_index (rules, StoreRule, i);
      double matches;
      double kept;

      if (rule->explained)
        continue;
      self->n_rules++;
      count_rule (baskets, rule, &matches, &kept);
      add_rule (self, rule, matches, kept);
    }
  if (g_cancellable_is_cancelled (cancellable))
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_CANCELLED, _("Stopped before the end."));
      return FALSE;
    }
  if (self->n_matches == 0)
    return TRUE;

  self->promised /= self->n_matches;
  self->kept /= self->n_matches;
  self->base /= self->n_matches;
  self->error /= self->n_matches;
  self->naive_error /= self->n_matches;
  self->helps = self->error < self->naive_error;
  return TRUE;
}
