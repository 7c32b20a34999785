/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "store-item-sets.h"
#include "store-model.h"

G_BEGIN_DECLS

/**
 * StoreRulesOptions:
 * @support: share of the baskets that a rule must rest on
 * @confidence: share of the baskets with the left side that must hold the right side
 * @largest: items in a rule at most
 * @method: how the sets are searched
 * @budget: megabytes that the search may use
 * @validate: whether to find out what such rules are worth in baskets held back
 * @explain: (nullable): an item, or its name, whose rules alone are wanted, and explained
 *
 * Start from %STORE_RULES_OPTIONS_INIT.
 */
typedef struct
{
  double support;
  double confidence;
  guint largest;
  StoreItemSetsMethod method;
  guint budget;
  gboolean validate;
  const char *explain;
} StoreRulesOptions;

#define STORE_RULES_OPTIONS_INIT \
  { 0.01, 0.5, STORE_ITEM_SETS_LARGEST, STORE_ITEM_SETS_ECLAT, STORE_ITEM_SETS_BUDGET, TRUE, \
    NULL }

/* With fewer baskets there are counts, but no rules. */
#define STORE_RULES_MIN_BASKETS 30

/**
 * StoreRule:
 * @left: items that are in the basket, ascending
 * @n_left: how many
 * @right: item that is then in it too
 * @count: baskets with both sides
 * @left_count: baskets with the left side
 * @right_count: baskets with the right side
 * @support: share of all baskets with both sides
 * @confidence: share of the baskets with the left side that hold the right one
 * @confidence_low: lower end of its 95 % interval (Wilson)
 * @lift: confidence over the share of the right side in all baskets
 * @p_value: of the two sides being independent, by chi-square
 * @p_adjusted: by the exact test, after Benjamini and Hochberg over all rules of so many things that
 *   there could be, found or not
 * @explained: whether a shorter rule to the same item is as confident; the shortest has nothing on
 *   its left side
 */
typedef struct
{
  guint32 left[STORE_ITEM_SETS_LARGEST];
  guint n_left;
  guint32 right;
  guint count;
  guint left_count;
  guint right_count;
  double support;
  double confidence;
  double confidence_low;
  double lift;
  double p_value;
  double p_adjusted;
  gboolean explained;
} StoreRule;

/**
 * StoreRulesValidation:
 * @by_day: whether the last fifth of the baskets by day was held back, or every fifth one
 * @n_held_back: baskets that were held back
 * @n_rules: rules found in the others, without those that a shorter one explains
 * @n_matches: how often the left side of one of them was in a basket held back
 * @promised: share of these that should hold the right side
 * @kept: share of these that do
 * @base: share that would by the right side's share in the other baskets
 * @error: mean squared error of the rules' confidence (Brier)
 * @naive_error: of the right side's share in the other baskets
 * @helps: whether @error is the smaller one
 *
 * What the rules of an earlier part of the baskets are worth in the rest. Numbers are 0 where
 * @n_matches is.
 */
typedef struct
{
  gboolean by_day;
  guint n_held_back;
  guint n_rules;
  guint64 n_matches;
  double promised;
  double kept;
  double base;
  double error;
  double naive_error;
  gboolean helps;
} StoreRulesValidation;

/**
 * StoreRules:
 * @options: as asked
 * @used: the same, made smaller where that would not fit or prove nothing
 * @n_baskets: how many baskets there were
 * @n_sets: how many frequent sets of items
 * @n_frequent: how many items are in so many baskets
 * @min_count: baskets that each of them is in at least
 * @until: last day of the baskets, or %STORE_BASKETS_NO_DAY
 * @enough: whether there was enough data
 * @notes: (array zero-terminated=1): what the person must know, in sentences
 * @rules: (element-type StoreRule): the rules, highest lift first
 * @n_explained: how many of them a shorter rule explains
 * @validation: what they are worth in baskets held back, or in the baskets that a model was brought
 *   to
 * @n_items: number of items
 * @items: (array length=n_items): the items, by number
 * @names: (array length=n_items): what a person calls them
 */
typedef struct
{
  StoreRulesOptions options;
  StoreRulesOptions used;
  guint n_baskets;
  guint n_sets;
  guint n_frequent;
  guint min_count;
  gint32 until;
  gboolean enough;
  char **notes;
  GArray *rules;
  guint n_explained;
  StoreRulesValidation validation;

  guint n_items;
  char **items;
  char **names;
  char *fingerprint;
  char *explain;
} StoreRules;

StoreRules      *store_rules_new            (const StoreBaskets       *baskets,
                                             const StoreRulesOptions  *options,
                                             GCancellable             *cancellable,
                                             GError                  **error);
StoreRules      *store_rules_new_from_model (StoreModel               *model,
                                             const StoreBaskets       *baskets,
                                             const StoreRulesOptions  *options,
                                             GError                  **error);
void             store_rules_free           (StoreRules               *self);
guint            store_rules_get_n          (const StoreRules         *self);
const StoreRule *store_rules_get            (const StoreRules         *self,
                                             guint                     which);
char            *store_rules_dup_reason     (const StoreRules         *self,
                                             guint                     which);
char            *store_rules_dup_left       (const StoreRules         *self,
                                             guint                     which);
JsonNode        *store_rules_to_json        (const StoreRules         *self);
StoreModel      *store_rules_to_model       (const StoreRules         *self);

const char      *store_item_sets_method_get_name (StoreItemSetsMethod  method);
gboolean         store_item_sets_method_parse    (const char          *name,
                                                  StoreItemSetsMethod *method);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreRules, store_rules_free)

G_END_DECLS
