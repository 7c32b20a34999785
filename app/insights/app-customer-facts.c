/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of a customer, in words. */
#include "config.h"

#include "app-customer-facts.h"

#include "app-value-text.h"

#include "store-money-text.h"

#include <glib/gi18n.h>
#include <math.h>

/**
 * app_customer_amount_to_text:
 * @amount: in the currency's own unit
 * @currency: (nullable): which one
 *
 * Returns: (transfer full): an amount as the person's language writes it
 */
char *
app_customer_amount_to_text (double      amount,
                             const char *currency)
{
  int digits = currency ? store_currency_get_digits (currency) : 2;

  return app_money_to_text (llround (amount * pow (10, digits)), currency);
}

/**
 * app_customer_facts_to_text:
 * @purchases: days with an order
 * @total: sum of all orders, in the currency's own unit
 * @silent_days: days since the last purchase
 * @currency: (nullable): of the orders
 *
 * Returns: (transfer full): what is known of a customer, in one line
 */
char *
app_customer_facts_to_text (guint       purchases,
                            double      total,
                            guint       silent_days,
                            const char *currency)
{
  g_autofree char *amount = app_customer_amount_to_text (total, currency);
  g_autofree char *times =
    g_strdup_printf (ngettext ("%u purchase", "%u purchases", purchases), purchases);
  g_autofree char *silence =
    g_strdup_printf (ngettext ("silent for %u day", "silent for %u days", silent_days),
                     silent_days);

  /* Translators: facts of a customer: purchases, sum of orders, silence. */
  return g_strdup_printf (_("%s, %s in all, %s"), times, amount, silence);
}
