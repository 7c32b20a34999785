/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How much of what was found may be chance. The search looks through all combinations of frequent
 * items and shows the strongest, of which even items that have nothing to do with each other give
 * many. So each rule is measured against all rules of as many items that there could be, not only
 * against those that were found (Webb, "Discovering significant patterns", Machine Learning 68,
 * 2007), by the step of Benjamini and Hochberg (1995). And because chi-square errs most where less
 * than a handful of baskets are expected, the test is Fisher's exact one: the smaller tail of the
 * hypergeometric distribution of the count, doubled for both sides. */

#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "store-rules-private.h"

/* A share of the sum that changes nothing any more. */
#define NOTHING 1e-17

static double
log_ways (double from,
          double take)
{
  return lgamma (from + 1.0) - lgamma (take + 1.0) - lgamma (from - take + 1.0);
}

static double
test_exactly (const StoreRule *rule,
              double           all)
{
  const double left = rule->left_count;
  const double right = rule->right_count;
  const double neither = all - left - right;
  const gboolean is_often = rule->count * all >= left * right;
  double count = rule->count;
  double term = exp (log_ways (left, count) + log_ways (all - left, right - count) -
                     log_ways (all, right));
  double sum = term;

  while (term > NOTHING * sum)
    {
      if (is_often)
        {
          term *= (left - count) * (right - count) / ((count + 1.0) * (neither + count + 1.0));
          count += 1.0;
        }
      else
        {
          term *= count * (neither + count) / ((left - count + 1.0) * (right - count + 1.0));
          count -= 1.0;
        }
      sum += term;
    }
  return MIN (1.0, 2.0 * sum);
}

/* Each of the items on the right, and any @n_left of the others on the left. */
static double
count_possible (guint n_items,
                guint n_left)
{
  double possible = n_items;

  for (guint i = 0; i < n_left; i++)
    possible *= (n_items - 1.0 - i) / (i + 1.0);
  return possible;
}

typedef struct
{
  guint n_left;
  double p_value;
  guint which;
} Ranked;

static int
compare_ranked (gconstpointer a,
                gconstpointer b)
{
  const Ranked *left = a;
  const Ranked *right = b;

  if (left->n_left != right->n_left)
    return left->n_left < right->n_left ? -1 : 1;
  return (left->p_value > right->p_value) - (left->p_value < right->p_value);
}

/* Of the rules @ranked from @start to @end, all of one length. */
static void
adjust_length (GArray       *rules,
               const Ranked *ranked,
               guint         start,
               guint         end,
               guint         n_items)
{
  const double possible = count_possible (n_items, ranked[start].n_left);
  double least = 1.0;

  for (guint i = end; i-- > start;)
    {
      least = MIN (least, ranked[i].p_value * possible / (i - start + 1.0));
      g_array_index (rules, StoreRule, ranked[i].which).p_adjusted = least;
    }
}

void
store_rules_adjust (GArray *rules,
                    guint   n_items,
                    guint   n_baskets)
{
  g_autofree Ranked *ranked = g_new (Ranked, (gsize) rules->len + 1);
  guint start = 0;

  for (guint i = 0; i < rules->len; i++)
    {
      const StoreRule *rule = &g_array_index (rules, StoreRule, i);

      ranked[i] = (Ranked) { rule->n_left, test_exactly (rule, n_baskets), i };
    }
  qsort (ranked, rules->len, sizeof (Ranked), compare_ranked);
  for (guint i = 1; i <= rules->len; i++)
    if (i == rules->len || ranked[i].n_left != ranked[start].n_left)
      {
        adjust_length (rules, ranked, start, i, n_items);
        start = i;
      }
}
