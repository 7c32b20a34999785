/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a model that somebody brings: what is read says of itself what was read, and what it
 * says of customers and baskets is finite. */
#include <math.h>
#include <string.h>

#include "every-analysis.h"
#include "store-customer-model.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static StorePurchaseTable *
make_table (void)
{
  StorePurchaseTable *table = store_purchase_table_new (400, 2);

  for (gint32 day = 3; day < 300; day += 23)
    store_purchase_table_add (table, "a", day, 100 * day);
  store_purchase_table_finish (table);
  return table;
}

static void
score (StoreModel         *model,
       StorePurchaseTable *table)
{
  g_autoptr (StoreCustomerModel) customers = store_customer_model_new_from_model (model, NULL);
  g_auto (StoreCustomerScore) one = { 0 };

  if (customers && store_customer_model_score (customers, table, &one, NULL))
    g_assert_true (isfinite (one.p_alive) && isfinite (one.expected) && isfinite (one.clv) &&
                   isfinite (one.drop_p));
}

static void
carry (StoreModel *model)
{
  g_autofree char *text = store_model_to_text (model);
  g_autoptr (StoreModel) again = store_model_new_from_text (text, -1, NULL);
  g_autofree char *same = again ? store_model_to_text (again) : NULL;

  g_assert_cmpstr (text, ==, same);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static StorePurchaseTable *table;
  g_autoptr (StoreModel) model = store_model_new_from_text ((const char *) data, size, NULL);

  if (table == NULL)
    table = make_table ();
  if (model == NULL)
    return 0;
  carry (model);
  score (model, table);
  every_analysis_score ((const char *) data, size);
  return 0;
}
