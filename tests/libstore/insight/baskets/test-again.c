/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "basket-data.h"
#include "shared-data.h"
#include "store-again.h"
#include "store-counter-random.h"
#include "store-error.h"

static void
add_day (StoreBaskets *baskets,
         guint         customer,
         gint32        day,
         const char   *item)
{
  g_autofree char *basket = g_strdup_printf ("%u-%d", customer, day);
  g_autofree char *id = g_strdup_printf ("c%03u", customer);
  StoreBasketLine line = { basket, item, id, day };

  store_baskets_add_line (baskets, &line);
}

/* Each customer buys tea about every 20 days and soap about every 60, each with a rate of their
 * own: Gamma of shape 4. */
static StoreBaskets *
simulate (guint    n_customers,
          gboolean backwards)
{
  StoreBaskets *baskets = store_baskets_new ();

  for (guint i = 0; i < n_customers; i++)
    for (guint which = 0; which < 2; which++)
      {
        guint customer = backwards ? n_customers - 1 - i : i;
        guint64 counter = which * 1000;
        double rate = 0.0;
        double day;

        for (guint k = 0; k < 4; k++)
          rate -= log (store_counter_random (3, customer, counter++)) / 4.0 /
                  (which == 0 ? 20.0 : 60.0);
        day = 30.0 * store_counter_random (3, customer, counter++);
        for (; day < 400.0; day -= log (store_counter_random (3, customer, counter++)) / rate)
          add_day (baskets, customer, (gint32) day, which == 0 ? "tea" : "soap");
      }
  store_baskets_finish (baskets);
  return baskets;
}

static void
test_what_is_usual_is_learnt (void)
{
  StoreAgainOptions options = STORE_AGAIN_OPTIONS_INIT;
  g_autoptr (StoreBaskets) baskets = simulate (400, FALSE);
  g_autoptr (StoreAgain) again = store_again_new (baskets, &options, NULL, NULL);

  g_test_message ("shape %.2f, soap %.1f, tea %.1f; off by %.1f, naive %.1f", again->shape,
                  again->gaps[0], again->gaps[1], again->error, again->naive_error);
  g_assert_true (again->enough);
  /* The gap that is still open at the end does not count, so rhythms look more alike. */
  g_assert_cmpfloat_with_epsilon (again->shape, 4.0, 2.5);
  g_assert_cmpfloat_with_epsilon (again->gaps[1], 20.0, 4.0);
  g_assert_cmpfloat (again->gaps[0], >, 2.0 * again->gaps[1]);
  g_assert_cmpuint (again->n_tested, >, 400);
  g_assert_cmpfloat (again->error, <, 0.9 * again->naive_error);
}

static const StoreAgainItem *
find_due (const StoreAgain *again,
          const char       *customer,
          guint            *which)
{
  for (*which = 0; *which < again->due->len; ++*which)
    {
      const StoreAgainItem *item = &g_array_index (again->due, StoreAgainItem, *which);

      if (g_str_equal (again->customers[item->customer], customer))
        return item;
    }
  return NULL;
}

/* Few customers: each stands for itself, and the note says so. */
static void
test_few_rhythms_stand_for_themselves (void)
{
  StoreAgainOptions options = STORE_AGAIN_OPTIONS_INIT;
  g_autoptr (StoreBaskets) baskets = store_baskets_new ();
  g_autoptr (StoreAgain) again = NULL;
  g_autofree char *reason = NULL;
  const StoreAgainItem *item;
  guint which;

  for (guint i = 0; i < 4; i++)
    add_day (baskets, 1, 100 + 30 * i, "tea");
  add_day (baskets, 1, 100, "soap");
  add_day (baskets, 2, 235, "soap");
  add_day (baskets, 3, 10, "tea");
  add_day (baskets, 3, 20, "tea");
  store_baskets_finish (baskets);
  again = store_again_new (baskets, &options, NULL, NULL);
  g_assert_false (again->enough);
  g_assert_nonnull (again->notes[0]);
  g_assert_cmpuint (again->due->len, ==, 1);
  g_assert_cmpuint (again->n_lapsed, ==, 1);
  item = find_due (again, "c001", &which);
  g_assert_cmpfloat (item->gap, ==, 30.0);
  g_assert_cmpint (item->due, ==, 220);
  reason = store_again_dup_reason (again, which);
  g_assert_cmpstr (reason, ==, "tea: buys it every 30 days, last 45 days ago.");
}

/* No order came for a while: what was due is late, and what was later is due. */
static void
test_days_without_orders_count (void)
{
  StoreAgainOptions options = STORE_AGAIN_OPTIONS_INIT;
  g_autoptr (StoreBaskets) baskets = store_baskets_new ();
  g_autoptr (StoreAgain) again = NULL;
  g_autofree char *reason = NULL;
  guint which;

  for (guint i = 0; i < 4; i++)
    add_day (baskets, 1, 100 + 30 * i, "tea");
  store_baskets_finish (baskets);
  options.horizon = 0;
  again = store_again_new (baskets, &options, NULL, NULL);
  g_assert_cmpuint (again->due->len, ==, 0);
  g_clear_pointer (&again, store_again_free);
  options.until = 225;
  again = store_again_new (baskets, &options, NULL, NULL);
  g_assert_nonnull (find_due (again, "c001", &which));
  reason = store_again_dup_reason (again, which);
  g_assert_cmpstr (reason, ==, "tea: buys it every 30 days, last 35 days ago.");
  g_assert_cmpint (again->until, ==, 225);
  g_clear_pointer (&again, store_again_free);
  options.until = 400;
  again = store_again_new (baskets, &options, NULL, NULL);
  g_assert_cmpuint (again->due->len, ==, 0);
  g_assert_cmpuint (g_strv_length (again->notes), ==, 2);
}

static void
test_nothing_is_an_answer (void)
{
  StoreAgainOptions options = STORE_AGAIN_OPTIONS_INIT;
  g_autoptr (StoreBaskets) none = store_baskets_new ();
  g_autoptr (StoreBaskets) nobody = basket_data_repeat (5, 3);
  g_autoptr (StoreAgain) of_none = NULL;
  g_autoptr (StoreAgain) of_nobody = store_again_new (nobody, &options, NULL, NULL);
  g_autoptr (JsonNode) document = NULL;

  store_baskets_finish (none);
  of_none = store_again_new (none, &options, NULL, NULL);
  g_assert_cmpuint (of_none->due->len, ==, 0);
  g_assert_nonnull (of_none->notes[0]);
  g_assert_nonnull (of_nobody->notes[0]);
  document = store_again_to_json (of_none);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (document));
}

static char *
write_document (const StoreBaskets *baskets)
{
  StoreAgainOptions options = STORE_AGAIN_OPTIONS_INIT;
  g_autoptr (StoreAgain) again = store_again_new (baskets, &options, NULL, NULL);
  g_autoptr (JsonNode) document = store_again_to_json (again);

  return json_to_string (document, FALSE);
}

static void
test_order_of_lines_changes_nothing (void)
{
  g_autoptr (StoreBaskets) baskets = simulate (100, FALSE);
  g_autoptr (StoreBaskets) backwards = simulate (100, TRUE);
  g_autofree char *a = write_document (baskets);
  g_autofree char *b = write_document (backwards);

  g_assert_cmpstr (a, ==, b);
}

static void
test_model_gives_the_same_bits (void)
{
  StoreAgainOptions options = STORE_AGAIN_OPTIONS_INIT;
  g_autoptr (StoreBaskets) baskets = simulate (100, FALSE);
  g_autoptr (StoreAgain) again = store_again_new (baskets, &options, NULL, NULL);
  g_autoptr (StoreModel) model = store_again_to_model (again);
  g_autofree char *text = store_model_to_text (model);
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreModel) read = store_model_new_from_text (text, -1, &error);
  g_autoptr (StoreAgain) carried = NULL;

  g_assert_no_error (error);
  carried = store_again_new_from_model (read, baskets, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->due->len, ==, carried->due->len);
  for (guint i = 0; i < again->due->len; i++)
    {
      const StoreAgainItem *a = &g_array_index (again->due, StoreAgainItem, i);
      const StoreAgainItem *b = &g_array_index (carried->due, StoreAgainItem, i);

      g_assert_cmpuint (a->customer, ==, b->customer);
      g_assert_cmpuint (a->item, ==, b->item);
      g_assert_cmpfloat (a->gap, ==, b->gap);
    }
}

static void
test_damaged_model_is_refused (void)
{
  static const char *const bodies[] = {
    "{}",
    "{\"shape\":null,\"gap\":1,\"items\":[],\"gaps\":[]}",
    "{\"shape\":-1,\"gap\":1,\"items\":[],\"gaps\":[]}",
    "{\"shape\":1,\"gap\":1,\"items\":[\"a\"],\"gaps\":[]}",
    "{\"shape\":1,\"gap\":1,\"items\":[1],\"gaps\":[1]}",
    "{\"shape\":1,\"gap\":1,\"items\":[\"a\"],\"gaps\":[null]}",
  };
  StoreAgainOptions options = STORE_AGAIN_OPTIONS_INIT;
  StoreModelHead head = { .analysis = "recommend", .method = "again", .version = 1,
                          .fingerprint = "0", .until = STORE_PURCHASE_UNTIL_LAST };
  g_autoptr (StoreBaskets) baskets = simulate (3, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (StoreModel) model = store_model_new (&head, json_from_string (bodies[i], NULL));

      g_assert_null (store_again_new_from_model (model, baskets, &options, &error));
      g_assert_error (error, STORE_ERROR, STORE_ERROR_DAMAGED);
    }
}

static void
test_unknown_customer_is_told (void)
{
  StoreAgainOptions options = { 14, "nobody", STORE_BASKETS_NO_DAY };
  g_autoptr (StoreBaskets) baskets = simulate (3, FALSE);
  g_autoptr (GError) error = NULL;

  g_assert_null (store_again_new (baskets, &options, NULL, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_NOT_FOUND);
}

static void
test_rhythms_of_a_shop_beat_the_last_gap (void)
{
  StoreAgainOptions options = STORE_AGAIN_OPTIONS_INIT;
  g_autoptr (StoreBaskets) baskets = basket_data_load_retail (NULL, TRUE);
  g_autoptr (StoreAgain) again = NULL;

  if (baskets == NULL)
    return;
  again = store_again_new (baskets, &options, NULL, NULL);
  g_test_message ("%u gaps off by %.1f days, naive %.1f", again->n_tested, again->error,
                  again->naive_error);
  g_assert_cmpfloat (again->error, <, 0.85 * again->naive_error);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/again/what-is-usual-is-learnt", test_what_is_usual_is_learnt);
  g_test_add_func ("/again/few-rhythms-stand-for-themselves",
                   test_few_rhythms_stand_for_themselves);
  g_test_add_func ("/again/days-without-orders-count", test_days_without_orders_count);
  g_test_add_func ("/again/nothing-is-an-answer", test_nothing_is_an_answer);
  g_test_add_func ("/again/order-of-lines-changes-nothing", test_order_of_lines_changes_nothing);
  g_test_add_func ("/again/model-gives-the-same-bits", test_model_gives_the_same_bits);
  g_test_add_func ("/again/damaged-model-is-refused", test_damaged_model_is_refused);
  g_test_add_func ("/again/unknown-customer-is-told", test_unknown_customer_is_told);
  g_test_add_func ("/again/rhythms-of-a-shop-beat-the-last-gap",
                   test_rhythms_of_a_shop_beat_the_last_gap);
  return g_test_run ();
}
