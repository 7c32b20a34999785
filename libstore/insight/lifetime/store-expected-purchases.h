/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define STORE_EXPECTED_PURCHASES_TERMS 800
#define STORE_EXPECTED_PURCHASES_TIMES 16

/**
 * StoreExpectedPurchases:
 *
 * What the expected number of purchases of an active customer depends on, apart from the times.
 * Lives on the stack; it keeps the coefficients of its series once they were needed.
 */
typedef struct
{
  double rate_shape;
  double a;
  double b;
  double c;
  double first;
  guint n_terms;
  double terms[STORE_EXPECTED_PURCHASES_TERMS];
} StoreExpectedPurchases;

void   store_expected_purchases_init        (StoreExpectedPurchases       *self,
                                             double                        r,
                                             double                        x,
                                             double                        a,
                                             double                        b);
double store_expected_purchases_while_alive (StoreExpectedPurchases       *self,
                                             double                        ahead);
void   store_expected_purchases_for_all     (StoreExpectedPurchases       *self,
                                             const double                 *ahead,
                                             guint                         n,
                                             double                       *expected);
double store_expected_purchases_integrate   (const StoreExpectedPurchases *self,
                                             double                        ahead);

G_END_DECLS
