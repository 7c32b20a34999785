/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Why a customer has the score they have, in one sentence. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-clv.h"

static char *
describe_past (const StoreClv *self,
               guint           row,
               guint           silent_days)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (self->table);
  guint n = columns->purchases[row];
  guint gap;

  if (n == 1)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Bought once, %u day ago",
                                         "Bought once, %u days ago",
                                         silent_days),
                            silent_days);

  gap = (guint) lround ((columns->last_day[row] - columns->first_day[row]) / (n - 1.0));
  if (gap <= 1)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "Bought %u times, about every day, silent for %u day",
                                         "Bought %u times, about every day, silent for %u days",
                                         silent_days),
                            n, silent_days);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "Bought %u times, every %u days on average, silent for %u day",
                                       "Bought %u times, every %u days on average, silent for %u days",
                                       silent_days),
                          n, gap, silent_days);
}

static char *
describe_silence (const StoreClv *self,
                  guint           row)
{
  const StorePurchasePatterns *patterns = self->patterns;
  guint i = patterns->row_pattern[row];
  double p = store_purchase_model_get_p_silence (&self->model, patterns->x[i], patterns->t_x[i],
                                                 patterns->T[i]);

  if (p >= 0.5)
    return g_strdup (_("nothing unusual for an active customer like this"));
  if (p < 1e-3)
    return g_strdup (_("less than one in 1000 active customers like this is silent for so long"));
  return g_strdup_printf (_("one in %u active customers like this is silent for so long"),
                          (guint) lround (1.0 / p));
}

/**
 * store_clv_dup_reason:
 * @self: a result
 * @row: a row of its table
 *
 * Says in one sentence why the customer has the score they have, such as "Bought 4 times, every
 * 18 days on average, silent for 63 days: one in 40 active customers like this is silent for so
 * long."
 *
 * Returns: (transfer full): a translated sentence
 */
char *
store_clv_dup_reason (const StoreClv *self,
                      guint           row)
{
  const StorePurchaseColumns *columns;
  g_autofree char *past = NULL;
  g_autofree char *silence = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (row < store_purchase_table_get_n_rows (self->table), NULL);

  columns = store_purchase_table_get_columns (self->table);
  past = describe_past (self, row, columns->until - columns->last_day[row]);
  if (!self->enough)
    return g_strdup_printf (C_("the past of a customer as a whole sentence", "%s."), past);

  silence = describe_silence (self, row);
  /* Translators: the past of a customer, and how usual their silence is. */
  return g_strdup_printf (_("%s: %s."), past, silence);
}
