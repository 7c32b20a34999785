/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "basket-data.h"
#include "shared-data.h"
#include "store-error.h"
#include "store-recommend.h"

static void
add_line (StoreBaskets *baskets,
          guint         customer,
          guint         visit,
          const char   *item)
{
  g_autofree char *basket = g_strdup_printf ("o%u-%u", customer, visit);
  g_autofree char *id = g_strdup_printf ("c%03u", customer);
  StoreBasketLine line = { basket, item, id, (gint32) (visit * 30 + customer % 7) };

  store_baskets_add_line (baskets, &line);
}

/* Tea drinkers and coffee drinkers: half take the cup of the same kind with the pot, most of the
 * others come back for it; many begin with cake. The first @n_later come much later for the other
 * drink. */
static StoreBaskets *
make_shop (guint    n_customers,
           guint    n_later,
           gboolean backwards)
{
  StoreBaskets *baskets = store_baskets_new ();

  for (guint i = 0; i < n_customers; i++)
    {
      guint customer = backwards ? n_customers - 1 - i : i;
      gboolean tea = customer % 2 == 0;

      add_line (baskets, customer, 1, tea ? "tea pot" : "coffee pot");
      add_line (baskets, customer, 1, tea ? "tea" : "coffee");
      if (customer % 3 != 0)
        add_line (baskets, customer, 0, "cake");
      if (customer % 4 < 2 || customer % 5 != 0)
        add_line (baskets, customer, customer % 4 < 2 ? 1 : 2, tea ? "tea cup" : "coffee cup");
      if (customer < n_later)
        add_line (baskets, customer, 4, tea ? "coffee" : "tea");
    }
  store_baskets_finish (baskets);
  return baskets;
}

static const StoreOffer *
find_first_offer (const StoreRecommend *recommend,
                  const char           *customer,
                  guint                *which)
{
  for (*which = 0; *which < store_recommend_get_n (recommend); ++*which)
    {
      const StoreOffer *offer = store_recommend_get (recommend, *which);

      if (g_str_equal (recommend->customers[offer->customer], customer))
        return offer;
    }
  return NULL;
}

static void
test_what_goes_with_it_is_offered (void)
{
  StoreRecommendOptions options = STORE_RECOMMEND_OPTIONS_INIT;
  g_autoptr (StoreBaskets) baskets = make_shop (120, 0, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreRecommend) recommend = NULL;
  g_autofree char *reason = NULL;
  const StoreOffer *offer;
  guint which;

  options.k = 1;
  recommend = store_recommend_new (baskets, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (recommend->enough);
  g_assert_cmpuint (recommend->method, !=, STORE_RECOMMEND_POPULAR);
  g_assert_cmpfloat (recommend->trials[0].hit_rate, >,
                     recommend->trials[recommend->n_trials - 1].hit_rate);

  /* This one has no cup yet. */
  offer = find_first_offer (recommend, "c010", &which);
  g_assert_cmpstr (recommend->names[offer->item], ==, "tea cup");
  reason = store_recommend_dup_reason (recommend, which);
  g_assert_cmpstr (reason, ==,
                   "tea cup: bought tea; 54 of 60 customers who bought that also bought this.");
}

static void
test_a_last_basket_is_found_by_its_day (void)
{
  StoreRecommendOptions options = STORE_RECOMMEND_OPTIONS_INIT;
  g_autoptr (StoreBaskets) baskets = make_shop (120, 0, FALSE);
  g_autoptr (StoreRecommend) recommend = store_recommend_new (baskets, &options, NULL, NULL);

  /* 40 whose last visit was for pot and cup, 8 for the pot, 48 for the cup alone. */
  g_assert_cmpuint (recommend->trials[0].n_tested, ==, 96);
}

static void
test_too_few_customers_are_an_answer (void)
{
  StoreRecommendOptions options = STORE_RECOMMEND_OPTIONS_INIT;
  g_autoptr (StoreBaskets) few = make_shop (12, 0, FALSE);
  g_autoptr (StoreBaskets) none = make_shop (0, 0, FALSE);
  g_autoptr (StoreRecommend) recommend = store_recommend_new (few, &options, NULL, NULL);
  g_autoptr (StoreRecommend) empty = store_recommend_new (none, &options, NULL, NULL);
  g_autoptr (JsonNode) document = store_recommend_to_json (empty);

  g_assert_false (recommend->enough);
  g_assert_nonnull (recommend->notes[0]);
  g_assert_cmpuint (recommend->method, ==, STORE_RECOMMEND_POPULAR);
  g_assert_cmpuint (store_recommend_get_n (recommend), >, 0);
  g_assert_false (empty->enough);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (document));
}

static char *
write_document (const StoreBaskets *baskets,
                guint               n_threads)
{
  StoreRecommendOptions options = STORE_RECOMMEND_OPTIONS_INIT;
  g_autoptr (StoreRecommend) recommend = NULL;
  g_autoptr (JsonNode) document = NULL;

  store_parallel_set_n_threads (n_threads);
  recommend = store_recommend_new (baskets, &options, NULL, NULL);
  store_parallel_set_n_threads (0);
  document = store_recommend_to_json (recommend);
  return json_to_string (document, FALSE);
}

static void
test_threads_and_order_change_nothing (void)
{
  g_autoptr (StoreBaskets) baskets = make_shop (200, 0, FALSE);
  g_autoptr (StoreBaskets) backwards = make_shop (200, 0, TRUE);
  g_autofree char *one = write_document (baskets, 1);
  g_autofree char *two = write_document (baskets, 2);
  g_autofree char *eight = write_document (backwards, 8);

  g_assert_cmpstr (one, ==, two);
  g_assert_cmpstr (one, ==, eight);
}

static void
test_one_customer_is_explained (void)
{
  StoreRecommendOptions options = STORE_RECOMMEND_OPTIONS_INIT;
  g_autoptr (StoreBaskets) baskets = make_shop (120, 0, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreRecommend) recommend = NULL;
  g_autoptr (StoreRecommend) unknown = NULL;
  g_autoptr (JsonNode) document = NULL;
  JsonObject *explanation;

  options.customer = "c010";
  recommend = store_recommend_new (baskets, &options, NULL, &error);
  g_assert_no_error (error);
  document = store_recommend_to_json (recommend);
  explanation = json_object_get_object_member (json_node_get_object (document), "explanation");
  g_assert_cmpstr (json_object_get_string_member (explanation, "id"), ==, "c010");
  g_assert_nonnull (strstr (json_object_get_string_member (explanation, "reason"), "tea cup"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (explanation, "nearest")),
                    ==, 3);
  for (guint i = 0; i < store_recommend_get_n (recommend); i++)
    g_assert_cmpstr (recommend->customers[store_recommend_get (recommend, i)->customer], ==,
                     "c010");

  options.customer = "nobody";
  unknown = store_recommend_new (baskets, &options, NULL, &error);
  g_assert_null (unknown);
  g_assert_error (error, STORE_ERROR, STORE_ERROR_NOT_FOUND);
}

static void
test_model_gives_the_same_bits (void)
{
  StoreRecommendOptions options = STORE_RECOMMEND_OPTIONS_INIT;
  g_autoptr (StoreBaskets) baskets = make_shop (120, 0, FALSE);
  g_autoptr (StoreRecommend) recommend = store_recommend_new (baskets, &options, NULL, NULL);
  g_autoptr (StoreModel) model = store_recommend_to_model (recommend);
  g_autofree char *text = store_model_to_text (model);
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreModel) read = store_model_new_from_text (text, -1, &error);
  g_autoptr (StoreRecommend) carried = NULL;

  g_assert_no_error (error);
  carried = store_recommend_new_from_model (read, baskets, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (store_recommend_get_n (carried), ==, store_recommend_get_n (recommend));
  for (guint i = 0; i < store_recommend_get_n (carried); i++)
    {
      g_autofree char *a = store_recommend_dup_reason (recommend, i);
      g_autofree char *b = store_recommend_dup_reason (carried, i);

      g_assert_cmpstr (a, ==, b);
      g_assert_cmpfloat (store_recommend_get (recommend, i)->score, ==,
                         store_recommend_get (carried, i)->score);
    }
}

static StoreRecommend *
carry_to (const StoreBaskets *learnt_from,
          const StoreBaskets *to)
{
  StoreRecommendOptions options = STORE_RECOMMEND_OPTIONS_INIT;
  g_autoptr (StoreRecommend) recommend = store_recommend_new (learnt_from, &options, NULL, NULL);
  g_autoptr (StoreModel) model = store_recommend_to_model (recommend);
  g_autoptr (GError) error = NULL;
  StoreRecommend *carried = store_recommend_new_from_model (model, to, &options, NULL, &error);

  g_assert_no_error (error);
  return carried;
}

/* What a model learnt from proves nothing: it is tried on later days only, of which the grown shop
 * has those of twenty customers. */
static void
test_model_is_tried_on_later_days (void)
{
  g_autoptr (StoreBaskets) baskets = make_shop (120, 0, FALSE);
  g_autoptr (StoreBaskets) grown = make_shop (120, 20, FALSE);
  g_autoptr (StoreRecommend) same = carry_to (baskets, baskets);
  g_autoptr (StoreRecommend) later = NULL;

  g_assert_cmpuint (same->n_trials, ==, 0);
  g_assert_nonnull (same->notes[0]);
  later = carry_to (baskets, grown);
  g_assert_null (later->notes[0]);
  g_assert_cmpuint (later->trials[0].n_tested, ==, 20);
}

/* Customers of another year, with a thing that the model has never seen. */
static void
test_model_serves_other_customers (void)
{
  StoreRecommendOptions options = STORE_RECOMMEND_OPTIONS_INIT;
  g_autoptr (StoreBaskets) baskets = make_shop (120, 0, FALSE);
  g_autoptr (StoreRecommend) recommend = store_recommend_new (baskets, &options, NULL, NULL);
  g_autoptr (StoreModel) model = store_recommend_to_model (recommend);
  g_autoptr (StoreBaskets) others = store_baskets_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreRecommend) carried = NULL;
  guint which;

  add_line (others, 7, 1, "coffee pot");
  add_line (others, 7, 1, "a new thing");
  add_line (others, 8, 1, "a new thing");
  store_baskets_finish (others);
  carried = store_recommend_new_from_model (model, others, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (
    carried->names[find_first_offer (carried, "c007", &which)->item], "coffee"));
  g_assert_null (find_first_offer (carried, "c008", &which));
}

static void
test_damaged_model_is_refused (void)
{
  static const char *const bodies[] = {
    "{}",
    "{\"shrinkage\":-1,\"neighbours\":9,\"n_customers\":9,\"enough\":true,\"items\":[],"
    "\"names\":[],\"counts\":[],\"rows\":[]}",
    "{\"shrinkage\":1,\"neighbours\":9,\"n_customers\":9,\"enough\":true,\"items\":[\"b\",\"a\"],"
    "\"names\":[\"b\",\"a\"],\"counts\":[1,1],\"rows\":[[],[]]}",
    "{\"shrinkage\":1,\"neighbours\":9,\"n_customers\":9,\"enough\":true,\"items\":[\"a\",\"b\"],"
    "\"names\":[\"a\",\"b\"],\"counts\":[1,1],\"rows\":[[1,2],[]]}",
    "{\"shrinkage\":1,\"neighbours\":9,\"n_customers\":9,\"enough\":true,\"items\":[\"a\",\"b\"],"
    "\"names\":[\"a\",\"b\"],\"counts\":[1,1],\"rows\":[[2,1],[]]}",
    "{\"shrinkage\":1,\"neighbours\":9,\"n_customers\":9,\"enough\":true,\"items\":[\"a\",\"b\"],"
    "\"names\":[\"a\",\"b\"],\"counts\":[1,1],\"rows\":[7,[]]}",
    "{\"shrinkage\":1,\"neighbours\":9,\"n_customers\":9,\"enough\":true,\"items\":[\"a\",7],"
    "\"names\":[\"a\",\"b\"],\"counts\":[1,1],\"rows\":[[],[]]}",
  };
  StoreRecommendOptions options = STORE_RECOMMEND_OPTIONS_INIT;
  StoreModelHead head = { .analysis = "recommend", .method = "cosine", .version = 1,
                          .fingerprint = "0", .until = STORE_PURCHASE_UNTIL_LAST };
  g_autoptr (StoreBaskets) baskets = make_shop (12, 0, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (StoreModel) model = store_model_new (&head, json_from_string (bodies[i], NULL));

      g_assert_null (store_recommend_new_from_model (model, baskets, &options, NULL, &error));
      g_assert_error (error, STORE_ERROR, STORE_ERROR_DAMAGED);
    }
}

static void
test_offers_of_a_shop_beat_what_is_popular (void)
{
  StoreRecommendOptions options = STORE_RECOMMEND_OPTIONS_INIT;
  g_autoptr (StoreBaskets) baskets = basket_data_load_retail (NULL, TRUE);
  g_autoptr (StoreRecommend) recommend = NULL;

  if (baskets == NULL)
    return;
  recommend = store_recommend_new (baskets, &options, NULL, NULL);
  for (guint i = 0; i < recommend->n_trials; i++)
    g_test_message ("%s: %u customers, %.4f",
                    store_recommend_method_get_name (recommend->trials[i].method),
                    recommend->trials[i].n_tested, recommend->trials[i].hit_rate);
  g_assert_cmpuint (recommend->trials[2].method, ==, STORE_RECOMMEND_POPULAR);
  g_assert_cmpfloat (recommend->trials[0].hit_rate, >, 1.5 * recommend->trials[2].hit_rate);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recommend/what-goes-with-it-is-offered", test_what_goes_with_it_is_offered);
  g_test_add_func ("/recommend/a-last-basket-is-found-by-its-day",
                   test_a_last_basket_is_found_by_its_day);
  g_test_add_func ("/recommend/too-few-customers-are-an-answer",
                   test_too_few_customers_are_an_answer);
  g_test_add_func ("/recommend/threads-and-order-change-nothing",
                   test_threads_and_order_change_nothing);
  g_test_add_func ("/recommend/one-customer-is-explained", test_one_customer_is_explained);
  g_test_add_func ("/recommend/model-gives-the-same-bits", test_model_gives_the_same_bits);
  g_test_add_func ("/recommend/model-is-tried-on-later-days", test_model_is_tried_on_later_days);
  g_test_add_func ("/recommend/model-serves-other-customers", test_model_serves_other_customers);
  g_test_add_func ("/recommend/damaged-model-is-refused", test_damaged_model_is_refused);
  g_test_add_func ("/recommend/offers-of-a-shop-beat-what-is-popular",
                   test_offers_of_a_shop_beat_what_is_popular);
  return g_test_run ();
}
