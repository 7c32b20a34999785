/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-rules.h"

G_BEGIN_DECLS

/* The rules of frequent sets, unsorted; NULL where they need more memory than the budget. */
GArray *store_rules_find     (const StoreItemSets     *sets,
                              double                   confidence,
                              guint                    budget);
void    store_rule_compare   (StoreRule               *self,
                              guint                    n_baskets);
void    store_rules_sort     (GArray                  *rules);

/* Fills in @p_adjusted of each. */
void    store_rules_adjust   (GArray                  *rules,
                              guint                    n_items,
                              guint                    n_baskets);

/* Whether the thing that is to be explained is one of the items. */
gboolean
        store_rules_check_explain
                             (const StoreRules        *self,
                              GError                 **error);

/* What rules are worth in other baskets, whose items have the numbers of those of the rules. */
gboolean
        store_rules_validate (StoreRulesValidation    *self,
                              const GArray            *rules,
                              const StoreBaskets      *baskets,
                              GCancellable            *cancellable,
                              GError                 **error);

G_END_DECLS
