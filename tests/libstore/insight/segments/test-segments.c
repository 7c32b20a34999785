/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "shared-data.h"
#include "store-counter-random.h"
#include "store-error.h"
#include "store-rand-index.h"
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

/* One order an invoice and no two on a day for most: close to the reference, which counts
 * orders. */
static void
test_online_retail_parts_in_two (void)
{
  g_autoptr (StorePurchaseTable) table = online_retail_load ("2011-12-10", FALSE);
  StoreSegmentsOptions options = STORE_SEGMENTS_OPTIONS_INIT;
  g_autoptr (StoreSegments) segments = NULL;
  g_autoptr (GError) error = NULL;

  if (table == NULL)
    return;
  options.n_starts = 2;
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
      options.n_starts = 1;
      segments = store_segments_new (table, &options, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (segments->k, ==, k);
      assert_names_differ (segments->segments, k);
      for (guint i = 0; i < k; i++)
        total += segments->segments[i].size;
      g_assert_cmpuint (total, ==, 307);
    }
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

/* Three kinds of customers that money alone does not tell: new, regular and lost ones. */
static StorePurchaseTable *
invent_kinds (guint n)
{
  StorePurchaseTable *table = store_purchase_table_new (1000, 2);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("c%05u", i);
      guint kind = i % 3;
      guint orders = kind == 1 ? 12 : 2;
      guint most = kind == 1 ? 90000 : 9000;
      gint32 last = (kind == 0 ? 970 : kind == 1 ? 800 : 200) -
                    (gint32) (store_counter_random_bits (3, i, 0) % 10);

      for (guint j = 0; j < orders; j++)
        store_purchase_table_add (table, id, last - 5 * (gint32) j,
                                  (most + store_counter_random_bits (4, i, j) % 900) / orders);
    }
  store_purchase_table_finish (table);
  return table;
}

static void
test_each_method_finds_the_kinds (void)
{
  enum { N = 240 };
  g_autoptr (StorePurchaseTable) table = invent_kinds (N);
  guint32 kinds[N];

  for (guint i = 0; i < N; i++)
    kinds[i] = i % 3;
  for (guint method = 0; method < STORE_SEGMENTS_N_METHODS; method++)
    {
      StoreSegmentsOptions options = STORE_SEGMENTS_OPTIONS_INIT;
      g_autoptr (StoreSegments) segments = NULL;
      g_autoptr (GError) error = NULL;

      options.method = method;
      segments = store_segments_new (table, &options, NULL, &error);
      g_assert_no_error (error);
      g_test_message ("%s: %u groups, held back %.3f against %.3f, stable %.3f",
                      store_segments_method_get_name (method), segments->k,
                      segments->check.silhouette, segments->check.naive_silhouette,
                      segments->check.stability);
      g_assert_cmpuint (segments->k, ==, 3);
      g_assert_cmpfloat (store_rand_index_get (segments->labels, kinds, N, 3), ==, 1.0);
      g_assert_cmpuint (segments->check.held_back, >, 80);
      g_assert_cmpfloat (segments->check.silhouette, >, segments->check.naive_silhouette + 0.3);
      g_assert_cmpfloat (segments->check.stability, >, 0.95);
      assert_names_differ (segments->segments, segments->k);
    }
}

/* A cloud without parts is said to be one. */
static void
test_a_cloud_is_told (void)
{
  g_autoptr (StorePurchaseTable) table = store_purchase_table_new (1000, 2);
  StoreSegmentsOptions options = STORE_SEGMENTS_OPTIONS_INIT;
  g_autoptr (StoreSegments) segments = NULL;

  for (guint i = 0; i < 400; i++)
    {
      g_autofree char *id = g_strdup_printf ("c%u", i);
      guint orders = exp (3.0 * store_counter_random (5, i, 0));

      for (guint j = 0; j < orders; j++)
        store_purchase_table_add (table, id, 1000 - exp (6.9 * store_counter_random (5, i, 1)),
                                  1 + exp (10.0 * store_counter_random (5, i, 2)) / orders);
    }
  store_purchase_table_finish (table);
  options.k = 8;
  segments = store_segments_new (table, &options, NULL, NULL);
  g_assert_cmpfloat (segments->check.stability, <, 0.9);
}

static char *
dup_text (const StoreSegments *segments,
          const char          *member)
{
  g_autoptr (JsonNode) document = store_segments_to_json (segments);

  return json_to_string (json_object_get_member (json_node_get_object (document), member), FALSE);
}

static void
test_model_gives_the_same_groups (void)
{
  g_autoptr (StorePurchaseTable) table = invent_table (1);
  StoreSegmentsOptions options = STORE_SEGMENTS_OPTIONS_INIT;
  g_autoptr (StoreSegments) fitted = store_segments_new (table, &options, NULL, NULL);
  g_autoptr (StoreModel) model = store_segments_to_model (fitted);
  g_autofree char *text = store_model_to_text (model);
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreModel) carried = store_model_new_from_text (text, -1, &error);
  g_autoptr (StoreSegments) scored = NULL;
  g_autofree char *fitted_groups = dup_text (fitted, "segments");
  g_autofree char *fitted_customers = dup_text (fitted, "customers");
  g_autofree char *scored_groups = NULL;
  g_autofree char *scored_customers = NULL;
  g_autoptr (StoreModel) again = NULL;

  g_assert_no_error (error);
  scored = store_segments_new_from_model (carried, table, &error);
  g_assert_no_error (error);
  g_assert_true (scored->from_model);
  scored_groups = dup_text (scored, "segments");
  scored_customers = dup_text (scored, "customers");
  g_assert_cmpstr (scored_groups, ==, fitted_groups);
  g_assert_cmpstr (scored_customers, ==, fitted_customers);
  g_assert_cmpmem (scored->centres, scored->k * 3 * sizeof (double), fitted->centres,
                   fitted->k * 3 * sizeof (double));
  again = store_segments_to_model (scored);
  g_assert_cmpint (json_object_get_size (store_model_get_body (again)), ==,
                   json_object_get_size (store_model_get_body (model)));
}

static void
assert_body_refused (const char *body)
{
  g_autoptr (StorePurchaseTable) table = invent_kinds (30);
  g_autoptr (GError) error = NULL;
  StoreModelHead head = { "segments", "kmeans", 1, 1, 1000, "0", 1 };
  g_autoptr (StoreModel) model = store_model_new (&head, json_from_string (body, NULL));

  g_assert_null (store_segments_new_from_model (model, table, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_DAMAGED);
}

static void
test_a_damaged_model_is_refused (void)
{
  const char *scale = "\"scale\":{\"mean\":[1,1,1],\"deviation\":[1,1,1],\"median\":[1,1,1]}";
  g_autofree char *many = g_strdup_printf ("{\"k\":9,\"enough\":true,%s,\"centres\":[]}", scale);
  g_autofree char *few =
    g_strdup_printf ("{\"k\":2,\"enough\":true,%s,\"centres\":[1,2,3]}", scale);
  g_autofree char *none = g_strdup_printf ("{\"k\":1,\"enough\":true,%s,\"centres\":[1,null,3]}",
                                           scale);

  assert_body_refused ("{}");
  assert_body_refused (many);
  assert_body_refused (few);
  assert_body_refused (none);
  assert_body_refused ("{\"k\":1,\"enough\":true,\"centres\":[1,2,3],\"scale\":{\"mean\":[1,1,1],"
                       "\"deviation\":[1,0,1],\"median\":[1,1,1]}}");
}

static void
test_reason_names_group_and_figures (void)
{
  g_autoptr (StorePurchaseTable) table = invent_kinds (120);
  StoreSegmentsOptions options = STORE_SEGMENTS_OPTIONS_INIT;
  g_autoptr (StoreSegments) segments = store_segments_new (table, &options, NULL, NULL);

  for (guint row = 0; row < 120; row += 7)
    {
      g_autofree char *reason = store_segments_dup_reason (segments, row);
      g_autofree char *purchases = g_strdup_printf (
        "%u purchase", store_purchase_table_get_columns (table)->purchases[row]);

      g_assert_nonnull (strstr (reason, segments->segments[segments->labels[row]].name));
      g_assert_nonnull (strstr (reason, purchases));
      g_assert_null (strstr (reason, "nan"));
    }
}

static double
find_square (const StoreSegments *segments,
             guint                a,
             guint                b)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (segments->table);
  const double *deviation = segments->scale.deviation;
  double recency = log1p (columns->until - columns->last_day[a]) -
                   log1p (columns->until - columns->last_day[b]);
  double frequency = log1p (columns->purchases[a]) - log1p (columns->purchases[b]);
  double money = log1p (columns->value[a] / 100.0) - log1p (columns->value[b] / 100.0);

  return pow (recency / deviation[0], 2) + pow (frequency / deviation[1], 2) +
         pow (money / deviation[2], 2);
}

static void
test_nearest_customers_are_the_nearest (void)
{
  g_autoptr (StorePurchaseTable) table = invent_kinds (60);
  StoreSegmentsOptions options = STORE_SEGMENTS_OPTIONS_INIT;
  g_autoptr (StoreSegments) segments = store_segments_new (table, &options, NULL, NULL);

  for (guint row = 0; row < 60; row++)
    {
      guint nearest[STORE_SEGMENTS_N_NEAREST];
      guint n_nearer = 0;

      g_assert_cmpuint (store_segments_find_nearest (segments, row, nearest), ==, 3);
      g_assert_cmpfloat (find_square (segments, row, nearest[0]), <=,
                         find_square (segments, row, nearest[1]) + 1e-12);
      for (guint other = 0; other < 60; other++)
        n_nearer += other != row && find_square (segments, row, other) <
                                      find_square (segments, row, nearest[2]) - 1e-12;
      g_assert_cmpuint (n_nearer, <=, 2);
    }
}

static void
test_many_customers_are_put_into_heaps_first (void)
{
  g_autoptr (StorePurchaseTable) table = invent_kinds (20400);
  StoreSegmentsOptions options = STORE_SEGMENTS_OPTIONS_INIT;
  g_autoptr (StoreSegments) segments = NULL;
  guint differ = 0;

  options.method = STORE_SEGMENTS_AGNES;
  options.k = 3;
  segments = store_segments_new (table, &options, NULL, NULL);
  g_assert_cmpuint (segments->n_heaps, ==, 2000);
  g_assert_nonnull (strstr (segments->notes[0], "2000"));
  for (guint row = 0; row < 20400; row++)
    differ += segments->labels[row] != segments->labels[row % 3];
  g_assert_cmpuint (differ, ==, 0);
}

static void
test_cancelled_before_the_start (void)
{
  g_autoptr (StorePurchaseTable) table = invent_kinds (300);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  for (guint method = 0; method < STORE_SEGMENTS_N_METHODS; method++)
    {
      StoreSegmentsOptions options = STORE_SEGMENTS_OPTIONS_INIT;
      g_autoptr (GError) error = NULL;

      options.method = method;
      g_assert_null (store_segments_new (table, &options, cancellable, &error));
      g_assert_error (error, STORE_ERROR, STORE_ERROR_CANCELLED);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/segments/online-retail-parts-in-two", test_online_retail_parts_in_two);
  g_test_add_func ("/segments/shuffled-input-gives-the-same-document",
                   test_shuffled_input_gives_the_same_document);
  g_test_add_func ("/segments/every-number-of-groups-has-names-of-its-own",
                   test_every_number_of_groups_has_names_of_its_own);
  g_test_add_func ("/segments/equal-customers-are-one-group", test_equal_customers_are_one_group);
  g_test_add_func ("/segments/refunds-and-extremes-stay-finite",
                   test_refunds_and_extremes_stay_finite);
  g_test_add_func ("/segments/impossible-number-of-groups-is-refused",
                   test_impossible_number_of_groups_is_refused);
  g_test_add_func ("/segments/each-method-finds-the-kinds", test_each_method_finds_the_kinds);
  g_test_add_func ("/segments/a-cloud-is-told", test_a_cloud_is_told);
  g_test_add_func ("/segments/model-gives-the-same-groups", test_model_gives_the_same_groups);
  g_test_add_func ("/segments/a-damaged-model-is-refused", test_a_damaged_model_is_refused);
  g_test_add_func ("/segments/reason-names-group-and-figures", test_reason_names_group_and_figures);
  g_test_add_func ("/segments/nearest-customers-are-the-nearest",
                   test_nearest_customers_are_the_nearest);
  g_test_add_func ("/segments/many-customers-are-put-into-heaps-first",
                   test_many_customers_are_put_into_heaps_first);
  g_test_add_func ("/segments/cancelled-before-the-start", test_cancelled_before_the_start);
  return g_test_run ();
}
