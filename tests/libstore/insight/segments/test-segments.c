/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "shared-data.h"
#include "store-counter-random.h"
#include "store-error.h"
#include "store-segment-names.h"
#include "store-segments.h"

static void
assert_names_differ (const StoreSegment *segments,
                     guint               n)
{
  for (guint i = 0; i < n; i++)
    {
      g_assert_true (segments[i].name != NULL && *segments[i].name != '\0');
      for (guint j = 0; j < i; j++)
        g_assert_cmpstr (segments[i].name, !=, segments[j].name);
    }
}

/* One order an invoice and no two on a day for most: close to the reference, which counts orders. */
static void
test_online_retail_parts_in_two (void)
{
  g_autoptr (StorePurchaseTable) table = online_retail_load ("2011-12-10", FALSE);
  StoreSegmentsOptions options = STORE_SEGMENTS_OPTIONS_INIT;
  g_autoptr (StoreSegments) segments = NULL;
  g_autoptr (GError) error = NULL;

  if (table == NULL)
    return;
  segments = store_segments_new (table, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (segments->k, ==, 2);
  g_assert_cmpfloat_with_epsilon (segments->silhouettes[2], 0.438, 0.01);
  assert_names_differ (segments->segments, segments->k);
}

static StorePurchaseTable *
invent_table (guint stride)
{
  const guint n = 307;
  StorePurchaseTable *table = store_purchase_table_new (400, 2);

  for (guint i = 0; i < n; i++)
    {
      guint customer = (guint64) i * stride % n;
      g_autofree char *id = g_strdup_printf ("c%04u", customer);
      guint orders = 1 + customer % 4 * 3;

      for (guint j = 0; j < orders; j++)
        store_purchase_table_add (table, id,
                                  store_counter_random_bits (1, customer,
                                                             j) % (100 + 250 * (customer % 2)),
                                  500 + store_counter_random_bits (2, customer, j) % 20000);
    }
  store_purchase_table_finish (table);
  return table;
}

static void
test_shuffled_input_gives_the_same_document (void)
{
  g_autoptr (StorePurchaseTable) straight = invent_table (1);
  g_autoptr (StorePurchaseTable) shuffled = invent_table (101);
  StoreSegmentsOptions options = STORE_SEGMENTS_OPTIONS_INIT;
  g_autoptr (StoreSegments) one = store_segments_new (straight, &options, NULL, NULL);
  g_autoptr (StoreSegments) other = store_segments_new (shuffled, &options, NULL, NULL);
  g_autoptr (JsonNode) a = store_segments_to_json (one);
  g_autoptr (JsonNode) b = store_segments_to_json (other);
  g_autofree char *a_text = json_to_string (a, FALSE);
  g_autofree char *b_text = json_to_string (b, FALSE);

  g_assert_cmpstr (a_text, ==, b_text);
}

static void
test_every_number_of_groups_has_names_of_its_own (void)
{
  g_autoptr (StorePurchaseTable) table = invent_table (1);

  for (guint k = STORE_SEGMENTS_MIN_K; k <= STORE_SEGMENTS_MAX_K; k++)
    {
      StoreSegmentsOptions options = STORE_SEGMENTS_OPTIONS_INIT;
      g_autoptr (GError) error = NULL;
      g_autoptr (StoreSegments) segments = NULL;
      guint total = 0;

      options.k = k;
      options.n_starts = 3;
      segments = store_segments_new (table, &options, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (segments->k, ==, k);
      assert_names_differ (segments->segments, k);
      for (guint i = 0; i < k; i++)
        total += segments->segments[i].size;
      g_assert_cmpuint (total, ==, 307);
    }
}

/* Two groups that agree in every word and every rounded figure still get two names. */
static void
test_twin_groups_are_told_apart (void)
{
  StoreSegment twins[3] = {
    { .recency = 100.0, .frequency = 3.0, .money = 50.0, .levels = { 1, 0, 0 } },
    { .recency = 100.1, .frequency = 3.1, .money = 50.2, .levels = { 1, 0, 0 } },
    { .recency = 10.0, .frequency = 3.0, .money = 50.0, .levels = { -1, 0, 0 } },
  };

  store_segment_names_give (twins, 3);
  assert_names_differ (twins, 3);
  for (guint i = 0; i < 3; i++)
    g_free (twins[i].name);
}

static void
test_equal_customers_are_one_group (void)
{
  g_autoptr (StorePurchaseTable) table = store_purchase_table_new (100, 2);
  StoreSegmentsOptions options = STORE_SEGMENTS_OPTIONS_INIT;
  g_autoptr (StoreSegments) segments = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *id = g_strdup_printf ("c%u", i);

      store_purchase_table_add (table, id, 50, 1000);
    }
  store_purchase_table_finish (table);
  segments = store_segments_new (table, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (segments->enough);
  g_assert_cmpuint (g_strv_length (segments->notes), ==, 1);
  g_assert_cmpuint (segments->k, ==, 1);
  g_assert_cmpuint (segments->segments[0].size, ==, 100);
  g_assert_cmpfloat (segments->inertia, <, 1e-20);
}

static void
test_refunds_and_extremes_stay_finite (void)
{
  g_autoptr (StorePurchaseTable) table = store_purchase_table_new (STORE_PURCHASE_UNTIL_LAST, 2);
  StoreSegmentsOptions options = STORE_SEGMENTS_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreSegments) segments = NULL;
  g_autoptr (JsonNode) document = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *id = g_strdup_printf ("c%u", i);

      store_purchase_table_add (table, id, i * 37, i % 3 ? (gint64) i * i * 1000 : G_MININT64 / 2);
      store_purchase_table_add (table, id, i, i % 5 ? G_MAXINT64 / 4 : 0);
    }
  store_purchase_table_finish (table);
  segments = store_segments_new (table, &options, NULL, &error);
  g_assert_no_error (error);
  document = store_segments_to_json (segments);
  text = json_to_string (document, FALSE);
  g_assert_null (strstr (text, "nan"));
  g_assert_null (strstr (text, "inf,"));
}

static void
test_impossible_number_of_groups_is_refused (void)
{
  g_autoptr (StorePurchaseTable) table = invent_table (1);
  StoreSegmentsOptions options = STORE_SEGMENTS_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;

  options.k = 9;
  g_assert_null (store_segments_new (table, &options, NULL, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_INVALID);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/segments/online-retail-parts-in-two", test_online_retail_parts_in_two);
  g_test_add_func ("/segments/shuffled-input-gives-the-same-document", test_shuffled_input_gives_the_same_document);
  g_test_add_func ("/segments/every-number-of-groups-has-names-of-its-own",
                   test_every_number_of_groups_has_names_of_its_own);
  g_test_add_func ("/segments/twin-groups-are-told-apart", test_twin_groups_are_told_apart);
  g_test_add_func ("/segments/equal-customers-are-one-group", test_equal_customers_are_one_group);
  g_test_add_func ("/segments/refunds-and-extremes-stay-finite",
                   test_refunds_and_extremes_stay_finite);
  g_test_add_func ("/segments/impossible-number-of-groups-is-refused", test_impossible_number_of_groups_is_refused);
  return g_test_run ();
}
