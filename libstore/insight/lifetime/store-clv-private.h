/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-clv.h"

G_BEGIN_DECLS

/* The months of the horizon: their ends in weeks, and what a unit then is worth now. */
typedef struct
{
  guint n;
  double *ends;
  double *factors;
} StoreClvMonths;

void     store_clv_months_init    (StoreClvMonths              *self,
                                   const StoreClvOptions       *options);
void     store_clv_months_coarsen (StoreClvMonths              *self,
                                   const StoreClvMonths        *months,
                                   guint                        most);
void     store_clv_months_clear   (StoreClvMonths              *self);
void     store_clv_discount_block (const StorePurchaseModel    *model,
                                   const StorePurchasePatterns *patterns,
                                   guint                        first,
                                   guint                        n,
                                   const StoreClvMonths        *months,
                                   double                      *p_alive,
                                   double                      *expected,
                                   double                      *discounted);
gboolean store_clv_score_rows     (StoreClv                    *self,
                                   GCancellable                *cancellable,
                                   GError                     **error);
gboolean store_clv_find_interval  (StoreClv                    *self,
                                   const StoreClvMonths        *months,
                                   const double                *p_alive,
                                   const double                *discounted,
                                   GCancellable                *cancellable,
                                   GError                     **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StoreClvMonths, store_clv_months_clear)

G_END_DECLS
