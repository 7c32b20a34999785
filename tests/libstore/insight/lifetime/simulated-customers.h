/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-purchase-model.h"

G_BEGIN_DECLS

/* Lives of customers by the definitions of the models, with known parameters; the same seed gives
 * the same customers. First purchases spread over @spread_days, the cut is @days after the first of
 * them (for %STORE_BGBB both are occasions). */
StorePurchaseTable *simulate_customers (const StorePurchaseModel *model,
                                        guint                     n_customers,
                                        guint                     spread_days,
                                        guint                     days,
                                        guint64                   seed);

/* Times as they come, not rounded to days; for tests of what a day more or less would hide. */
StorePurchasePatterns *simulate_patterns (const StorePurchaseModel *model,
                                          guint                     n_customers,
                                          double                    weeks,
                                          guint64                   seed);

/* Values of repeat purchases by Gamma-Gamma, on top of counts by a geometric rule. */
StorePurchaseTable *simulate_values (double  p,
                                     double  q,
                                     double  v,
                                     guint   n_customers,
                                     guint64 seed);

G_END_DECLS
