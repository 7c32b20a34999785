/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rules "who takes these takes that too", from the frequent item sets: each set gives a rule for
 * each of its items as the right side. The confidence comes with its Wilson interval, the lift with
 * the chi-square test of independence; because many rules are tested at once, the p-values are
 * adjusted after Benjamini and Hochberg (1995). A rule is explained by a shorter one to the same
 * item that is at least as confident: the longer left side adds nothing. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "store-error.h"
#include "store-insight-json.h"
#include "store-rules.h"
#include "store-wilson.h"

static guint
get_count (const StoreItemSets *sets,
           const guint32       *items,
           guint                n)
{
  const StoreItemSet *set = store_item_sets_find (sets, items, n);

  return set != NULL ? set->count : 0;
}

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

static gboolean
fill_rule (const StoreRules   *self,
           const StoreItemSet *set,
           guint               which,
           StoreRule          *rule)
{
  double all = self->sets->n_baskets;
  double left_count;
  double right_count;
  double high;

  *rule = (StoreRule) { .right = set->items[which], .count = set->count };
  for (guint i = 0; i < set->n; i++)
    if (i != which)
      rule->left[rule->n_left++] = set->items[i];

  left_count = get_count (self->sets, rule->left, rule->n_left);
  rule->confidence = set->count / left_count;
  if (rule->confidence < self->options.confidence - 1e-12)
    return FALSE;

  right_count = get_count (self->sets, &rule->right, 1);
  rule->support = set->count / all;
  rule->lift = rule->confidence / (right_count / all);
  store_wilson_interval (set->count, left_count, &rule->confidence_low, &high);
  rule->p_value = find_p_value (set->count, left_count, right_count, all);
  return TRUE;
}

/* Is one of the smaller left sides, picked by the bits of @mask, as confident? */
static gboolean
is_explained_by (const StoreRules *self,
                 const StoreRule  *rule,
                 guint             mask)
{
  guint32 left[STORE_ITEM_SETS_LARGEST];
  guint32 both[STORE_ITEM_SETS_LARGEST];
  gboolean placed = FALSE;
  guint n_left = 0;
  guint n_both = 0;

  for (guint i = 0; i < rule->n_left; i++)
    {
      if (!(mask >> i & 1))
        continue;
      if (!placed && rule->right < rule->left[i])
        {
          both[n_both++] = rule->right;
          placed = TRUE;
        }
      left[n_left++] = both[n_both++] = rule->left[i];
    }
  if (!placed)
    both[n_both++] = rule->right;
  return get_count (self->sets, both, n_both) >= rule->confidence *
         get_count (self->sets, left, n_left) * (1.0 - 1e-12);
}

static gboolean
is_explained (const StoreRules *self,
              const StoreRule  *rule)
{
  guint whole = (1u << rule->n_left) - 1;

  for (guint mask = 1; mask < whole; mask++)
    if (is_explained_by (self, rule, mask))
      return TRUE;
  return FALSE;
}

static void
make_rules (StoreRules *self)
{
  for (guint i = 0; i < store_item_sets_get_n (self->sets); i++)
    {
      const StoreItemSet *set = store_item_sets_get (self->sets, i);

      for (guint which = 0; which < set->n && set->n > 1; which++)
        {
          StoreRule rule;

          if (!fill_rule (self, set, which, &rule))
            continue;
          rule.explained = is_explained (self, &rule);
          self->n_explained += rule.explained;
          g_array_append_val (self->rules, rule);
        }
    }
}

static int
compare_p_values (gconstpointer a,
                  gconstpointer b)
{
  const StoreRule *left = a;
  const StoreRule *right = b;

  return (left->p_value > right->p_value) - (left->p_value < right->p_value);
}

static void
adjust_p_values (GArray *rules)
{
  double least = 1.0;

  g_array_sort (rules, compare_p_values);
  for (guint i = rules->len; i-- > 0;)
    {
      StoreRule *rule = &g_array_index (rules, StoreRule, i);

      least = MIN (least, rule->p_value * rules->len / (i + 1.0));
      rule->p_adjusted = least;
    }
}

static int
compare_rules (gconstpointer a,
               gconstpointer b)
{
  const StoreRule *left = a;
  const StoreRule *right = b;

  if (left->lift != right->lift)
    return left->lift > right->lift ? -1 : 1;
  if (left->count != right->count)
    return left->count > right->count ? -1 : 1;
  if (left->right != right->right)
    return left->right < right->right ? -1 : 1;
  if (left->n_left != right->n_left)
    return left->n_left < right->n_left ? -1 : 1;
  return memcmp (left->left, right->left, left->n_left * sizeof (guint32));
}

/**
 * store_rules_new:
 * @baskets: closed baskets
 * @options: what to look for
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Returns: (transfer full): the rules, or %NULL as from store_item_sets_new()
 */
StoreRules *
store_rules_new (const StoreBaskets       *baskets,
                 const StoreRulesOptions  *options,
                 GCancellable             *cancellable,
                 GError                  **error)
{
  g_autoptr (StoreRules) self = g_new0 (StoreRules, 1);

  self->options = *options;
  self->rules = g_array_new (FALSE, FALSE, sizeof (StoreRule));
  if (!(options->confidence >= 0.0 && options->confidence <= 1.0))
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID,
                           _("The confidence must be from 0 to 1."));
      return NULL;
    }
  self->sets = store_item_sets_new (baskets, options->support, options->largest, options->method,
                                    options->budget, cancellable, error);
  if (self->sets == NULL)
    return NULL;
  make_rules (self);
  adjust_p_values (self->rules);
  g_array_sort (self->rules, compare_rules);
  return g_steal_pointer (&self);
}

void
store_rules_free (StoreRules *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->sets, store_item_sets_free);
  g_array_unref (self->rules);
  g_free (self);
}

guint
store_rules_get_n (const StoreRules *self)
{
  return self->rules->len;
}

const StoreRule *
store_rules_get (const StoreRules *self,
                 guint             which)
{
  return &g_array_index (self->rules, StoreRule, which);
}

static void
add_rule (JsonBuilder        *builder,
          const StoreRule    *rule,
          const StoreBaskets *baskets)
{
  g_autofree char *right = store_baskets_dup_item (baskets, rule->right);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "left");
  json_builder_begin_array (builder);
  for (guint i = 0; i < rule->n_left; i++)
    {
      g_autofree char *left = store_baskets_dup_item (baskets, rule->left[i]);

      json_builder_add_string_value (builder, left);
    }
  json_builder_end_array (builder);
  store_insight_json_add_text (builder, "right", right);
  store_insight_json_add_count (builder, "count", rule->count);
  store_insight_json_add_number (builder, "support", rule->support);
  store_insight_json_add_number (builder, "confidence", rule->confidence);
  store_insight_json_add_number (builder, "confidence_low", rule->confidence_low);
  store_insight_json_add_number (builder, "lift", rule->lift);
  store_insight_json_add_number (builder, "p_value", rule->p_value);
  store_insight_json_add_number (builder, "p_adjusted", rule->p_adjusted);
  json_builder_end_object (builder);
}

/**
 * store_rules_to_json:
 * @self: rules
 * @baskets: the baskets that they were found in
 *
 * {"analysis": "rules", "support", "confidence", "n_baskets", "n_sets", "n_rules", "n_explained",
 * "rules": [{"left", "right", "count", "support", "confidence", "confidence_low", "lift",
 * "p_value", "p_adjusted"}]}; rules that a shorter one explains are counted and left out.
 *
 * Returns: (transfer full): a JSON object
 */
JsonNode *
store_rules_to_json (const StoreRules   *self,
                     const StoreBaskets *baskets)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "analysis", "rules");
  store_insight_json_add_number (builder, "support", self->options.support);
  store_insight_json_add_number (builder, "confidence", self->options.confidence);
  store_insight_json_add_count (builder, "n_baskets", self->sets->n_baskets);
  store_insight_json_add_count (builder, "n_sets", store_item_sets_get_n (self->sets));
  store_insight_json_add_count (builder, "n_rules", self->rules->len);
  store_insight_json_add_count (builder, "n_explained", self->n_explained);
  json_builder_set_member_name (builder, "rules");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->rules->len; i++)
    if (!store_rules_get (self, i)->explained)
      add_rule (builder, store_rules_get (self, i), baskets);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
