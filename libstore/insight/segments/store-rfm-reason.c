/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "store-rfm.h"

/**
 * store_rfm_dup_reason:
 * @self: a result
 * @row: a row of its table
 *
 * Says in one sentence where the scores of a customer come from. Any thread.
 *
 * Returns: (transfer full): a translated sentence
 */
char *
store_rfm_dup_reason (const StoreRfm *self,
                      guint           row)
{
  int days;
  guint count;
  g_autofree char *recency = NULL;
  g_autofree char *frequency = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (row < store_purchase_table_get_n_rows (self->table), NULL);

  days = (int) store_rfm_get_recency (self, row);
  count = (guint) store_rfm_get_frequency (self, row);
  recency = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "last bought %d day ago (%u of 5)",
                                          "last bought %d days ago (%u of 5)", (gulong) days),
                             days, self->r[row]);
  frequency = g_strdup_printf (self->frequency == STORE_RFM_ORDERS
                                 ? g_dngettext (GETTEXT_PACKAGE, "%u order (%u of 5)",
                                                "%u orders (%u of 5)", count)
                                 : g_dngettext (GETTEXT_PACKAGE, "%u purchase (%u of 5)",
                                                "%u purchases (%u of 5)", count),
                               count, self->f[row]);
  /* Translators: the name of a group of customers, then when they last bought, how often, and for
   * how much money. */
  return g_strdup_printf (_("%s: %s, %s, %.2f in all (%u of 5)."),
                          store_rfm_cell_get_label (self->cell[row]), recency, frequency,
                          store_rfm_get_money (self, row), self->m[row]);
}
