/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define STORE_PURCHASE_MONTHS 12

/**
 * StorePurchaseFigures:
 * @first_day: day of the first purchase, days since 1970-01-01
 * @last_day: day of the last purchase
 * @purchases: number of purchases (days with an order); 0 for nothing yet
 * @orders: number of orders
 * @value: sum of all orders, in minor units
 * @first_value: of the first purchase
 * @last_value: of the last purchase
 * @squares: sum of the squares of all purchases but the last, in minor units
 * @log_values: sum of the logarithms of all purchases but the last, of those above 0
 * @log_gaps: sum of the logarithms of the days between one purchase and the next
 * @months: purchases of the month of @last_day and of the eleven before it, that month first
 *
 * What the models need of one customer in one currency. An order on or after the last day is
 * added without looking at the others; since the last purchase may still grow, it is in no sum of
 * a function of its value. Adding the orders by day gives the same bits whenever they came.
 */
typedef struct
{
  gint32 first_day;
  gint32 last_day;
  guint32 purchases;
  guint32 orders;
  gint64 value;
  gint64 first_value;
  gint64 last_value;
  double squares;
  double log_values;
  double log_gaps;
  guint16 months[STORE_PURCHASE_MONTHS];
} StorePurchaseFigures;

gboolean store_purchase_figures_add             (StorePurchaseFigures       *self,
                                                 gint32                      day,
                                                 gint64                      value);
guint    store_purchase_figures_count_months    (const StorePurchaseFigures *self,
                                                 gint32                      until,
                                                 guint                       months);
double   store_purchase_figures_get_squares     (const StorePurchaseFigures *self);
double   store_purchase_figures_get_log_values  (const StorePurchaseFigures *self);
gint64   store_purchase_value_add               (gint64                      a,
                                                 gint64                      b);

G_END_DECLS
