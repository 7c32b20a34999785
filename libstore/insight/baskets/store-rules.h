/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "store-item-sets.h"

G_BEGIN_DECLS

/**
 * StoreRulesOptions:
 * @support: share of the baskets that a rule must rest on
 * @confidence: share of the baskets with the left side that must hold the right side
 * @largest: items in a rule at most
 * @method: how the sets are searched
 * @budget: how many sets there may be
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
} StoreRulesOptions;

#define STORE_RULES_OPTIONS_INIT \
  { 0.01, 0.5, STORE_ITEM_SETS_LARGEST, STORE_ITEM_SETS_ECLAT, 1000000 }

/**
 * StoreRule:
 * @left: items that are in the basket, ascending
 * @n_left: how many
 * @right: item that is then in it too
 * @count: baskets with both sides
 * @support: share of all baskets with both sides
 * @confidence: share of the baskets with the left side that hold the right one
 * @confidence_low: lower end of its 95 % interval (Wilson)
 * @lift: confidence over the share of the right side in all baskets
 * @p_value: of the two sides being independent, by chi-square
 * @p_adjusted: the same after Benjamini and Hochberg, over all rules found
 * @explained: whether a shorter rule to the same item is as confident
 */
typedef struct
{
  guint32 left[STORE_ITEM_SETS_LARGEST];
  guint n_left;
  guint32 right;
  guint count;
  double support;
  double confidence;
  double confidence_low;
  double lift;
  double p_value;
  double p_adjusted;
  gboolean explained;
} StoreRule;

/**
 * StoreRules:
 * @options: as asked
 * @sets: the sets that the rules were made from
 * @rules: (element-type StoreRule): the rules, highest lift first
 * @n_explained: how many of them a shorter rule explains
 */
typedef struct
{
  StoreRulesOptions options;
  StoreItemSets *sets;
  GArray *rules;
  guint n_explained;
} StoreRules;

StoreRules      *store_rules_new     (const StoreBaskets       *baskets,
                                      const StoreRulesOptions  *options,
                                      GCancellable             *cancellable,
                                      GError                  **error);
void             store_rules_free    (StoreRules               *self);
guint            store_rules_get_n   (const StoreRules         *self);
const StoreRule *store_rules_get     (const StoreRules         *self,
                                      guint                     which);
JsonNode        *store_rules_to_json (const StoreRules         *self,
                                      const StoreBaskets       *baskets);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreRules, store_rules_free)

G_END_DECLS
