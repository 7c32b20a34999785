/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "shared-data.h"
#include "store-rfm.h"

static StorePurchaseTable *
make_ties (gboolean backwards)
{
  StorePurchaseTable *table = store_purchase_table_new (100, 2);

  for (guint i = 0; i < 50; i++)
    {
      guint customer = backwards ? 49 - i : i;
      g_autofree char *id = g_strdup_printf ("c%02u", customer);

      for (guint j = 0; j <= customer / 20; j++)
        store_purchase_table_add (table, id, 10 * (customer % 3) + j, 500);
    }
  store_purchase_table_finish (table);
  return table;
}

static void
test_equal_values_get_equal_scores (void)
{
  g_autoptr (StorePurchaseTable) table = make_ties (FALSE);
  g_autoptr (StoreRfm) rfm = store_rfm_new (table, STORE_RFM_PURCHASES);
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (table);

  for (guint a = 0; a < 50; a++)
    for (guint b = 0; b < 50; b++)
      {
        if (columns->purchases[a] == columns->purchases[b])
          g_assert_cmpuint (rfm->f[a], ==, rfm->f[b]);
        if (columns->last_day[a] == columns->last_day[b])
          g_assert_cmpuint (rfm->r[a], ==, rfm->r[b]);
        if (columns->value[a] > columns->value[b])
          g_assert_cmpuint (rfm->m[a], >=, rfm->m[b]);
      }
}

static void
test_shuffled_input_gives_the_same_document (void)
{
  g_autoptr (StorePurchaseTable) straight = make_ties (FALSE);
  g_autoptr (StorePurchaseTable) backwards = make_ties (TRUE);
  g_autoptr (StoreRfm) left = store_rfm_new (straight, STORE_RFM_PURCHASES);
  g_autoptr (StoreRfm) right = store_rfm_new (backwards, STORE_RFM_PURCHASES);
  g_autoptr (JsonNode) a = store_rfm_to_json (left);
  g_autoptr (JsonNode) b = store_rfm_to_json (right);
  g_autofree char *a_text = json_to_string (a, FALSE);
  g_autofree char *b_text = json_to_string (b, FALSE);

  g_assert_cmpstr (a_text, ==, b_text);
}

static void
test_cells_hold_every_customer_once (void)
{
  g_autoptr (StorePurchaseTable) table = make_ties (FALSE);
  g_autoptr (StoreRfm) rfm = store_rfm_new (table, STORE_RFM_PURCHASES);
  guint total = 0;

  for (guint cell = 0; cell < STORE_RFM_N_CELLS; cell++)
    {
      total += rfm->cell_sizes[cell];
      g_assert_nonnull (store_rfm_cell_get_label (cell));
    }
  g_assert_cmpuint (total, ==, 50);
}

static void
test_no_orders_is_an_answer (void)
{
  g_autoptr (StorePurchaseTable) table = store_purchase_table_new (100, 2);
  g_autoptr (StoreRfm) rfm = NULL;
  g_autoptr (JsonNode) document = NULL;
  JsonObject *root;

  store_purchase_table_finish (table);
  rfm = store_rfm_new (table, STORE_RFM_PURCHASES);
  document = store_rfm_to_json (rfm);
  root = json_node_get_object (document);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "customers")), ==,
                    0);
  g_assert_cmpint (json_object_get_int_member (root, "n_customers"), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rfm/equal-values-get-equal-scores", test_equal_values_get_equal_scores);
  g_test_add_func ("/rfm/shuffled-input-gives-the-same-document",
                   test_shuffled_input_gives_the_same_document);
  g_test_add_func ("/rfm/cells-hold-every-customer-once", test_cells_hold_every_customer_once);
  g_test_add_func ("/rfm/no-orders-is-an-answer", test_no_orders_is_an_answer);
  return g_test_run ();
}
