/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rules "who takes these takes that too", from the frequent item sets: each set gives a rule for
 * each of its items as the right side. The confidence comes with its Wilson interval, the lift with
 * the chi-square test of independence.
 *
 * A rule is explained by a shorter one to the same item that is at least as confident: the longer
 * left side adds nothing. The shortest rule has nothing on its left side; its confidence is the
 * share of the item in all baskets. Sets are walked from small to large, and each set remembers the
 * best confidence of all rules to each of its items that its other items allow, so a larger set
 * looks only at its parts that are one item smaller. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "store-item-index.h"
#include "store-rules-private.h"
#include "store-wilson.h"

/* Shares that differ by less are equal, whatever the order of rounding. */
#define SAME 1e-12
#define MEGABYTE ((gsize) 1024 * 1024)

typedef struct
{
  const StoreItemSets *sets;
  double confidence;
  StoreItemIndex *index;
  gsize *starts;
  double *best;
  GArray *rules;
} Finding;

static void
finding_clear (Finding *self)
{
  g_clear_pointer (&self->index, store_item_index_free);
  g_clear_pointer (&self->rules, g_array_unref);
  g_free (self->starts);
  g_free (self->best);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Finding, finding_clear)

static double
find_p_value (double both,
              double left,
              double right,
              double all)
{
  double spread = left * (all - left) * right * (all - right);
  double difference = both * all - left * right;

  if (spread <= 0.0)
    return 1.0;
  return erfc (sqrt (difference * difference * all / spread / 2.0));
}

/* Fills in what follows from the three counts. */
void
store_rule_compare (StoreRule *self,
                    guint      n_baskets)
{
  double all = n_baskets;
  double high;

  self->support = self->count / all;
  self->confidence = (double) self->count / self->left_count;
  self->lift = self->confidence / (self->right_count / all);
  store_wilson_interval (self->count, self->left_count, &self->confidence_low, &high);
  self->p_value = find_p_value (self->count, self->left_count, self->right_count, all);
}

static void
find_parts (const Finding      *self,
            const StoreItemSet *set,
            guint              *parts)
{
  for (guint left_out = 0; left_out < set->n; left_out++)
    {
      guint32 items[STORE_ITEM_SETS_LARGEST];

      memcpy (items, set->items, left_out * sizeof (guint32));
      memcpy (items + left_out, set->items + left_out + 1,
              (set->n - 1 - left_out) * sizeof (guint32));
      store_item_index_find (self->index, items, set->n - 1, &parts[left_out]);
    }
}

/* Best confidence of the shorter rules to the item at @right: those of the parts without one of the
 * other items. */
static double
find_best_shorter (const Finding      *self,
                   const StoreItemSet *set,
                   const guint        *parts,
                   guint               right)
{
  double best = 0.0;

  for (guint i = 0; i < set->n; i++)
    if (i != right)
      best = MAX (best, self->best[self->starts[parts[i]] + right - (i < right)]);
  return best;
}

static void
add_rule (Finding            *self,
          const StoreItemSet *set,
          const guint        *parts,
          guint               right,
          double              best_shorter)
{
  StoreRule rule = { .n_left = set->n - 1, .right = set->items[right], .count = set->count };
  guint which;

  rule.left_count = store_item_sets_get (self->sets, parts[right])->count;
  store_item_index_find (self->index, &rule.right, 1, &which);
  rule.right_count = store_item_sets_get (self->sets, which)->count;
  memcpy (rule.left, set->items, right * sizeof (guint32));
  memcpy (rule.left + right, set->items + right + 1, (rule.n_left - right) * sizeof (guint32));
  store_rule_compare (&rule, self->sets->n_baskets);
  rule.explained = best_shorter >= rule.confidence * (1.0 - SAME);
  g_array_append_val (self->rules, rule);
}

static void
visit (Finding *self,
       guint    which)
{
  const StoreItemSet *set = store_item_sets_get (self->sets, which);
  double *best = self->best + self->starts[which];
  guint parts[STORE_ITEM_SETS_LARGEST];

  if (set->n == 1)
    {
      best[0] = (double) set->count / self->sets->n_baskets;
      return;
    }
  find_parts (self, set, parts);
  for (guint right = 0; right < set->n; right++)
    {
      double left_count = store_item_sets_get (self->sets, parts[right])->count;
      double confidence = set->count / left_count;
      double shorter = find_best_shorter (self, set, parts, right);

      best[right] = MAX (shorter, confidence);
      if (confidence >= self->confidence - SAME)
        add_rule (self, set, parts, right, shorter);
    }
}

GArray *
store_rules_find (const StoreItemSets *sets,
                  double               confidence,
                  guint                budget)
{
  g_auto (Finding) self = { .sets = sets, .confidence = confidence };
  guint n_sets = store_item_sets_get_n (sets);
  gsize most = budget * MEGABYTE / sizeof (StoreRule);
  gsize n_items = 0;

  self.index = store_item_index_new (sets->sets);
  self.rules = g_array_new (FALSE, FALSE, sizeof (StoreRule));
  self.starts = g_new (gsize, (gsize) n_sets + 1);
  for (guint i = 0; i < n_sets; i++)
    {
      self.starts[i] = n_items;
      n_items += store_item_sets_get (sets, i)->n;
    }
  self.best = g_new (double, n_items + 1);
  for (guint i = 0; i < n_sets && self.rules->len <= most; i++)
    visit (&self, i);
  return self.rules->len <= most ? g_steal_pointer (&self.rules) : NULL;
}
