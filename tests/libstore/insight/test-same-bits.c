/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every analysis gives the same document, byte for byte, on one, two and eight threads and for any
 * order of its input. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "basket-data.h"
#include "shared-data.h"
#include "store-again.h"
#include "store-churn.h"
#include "store-clv.h"
#include "store-cohorts.h"
#include "store-counter-random.h"
#include "store-demand.h"
#include "store-drops.h"
#include "store-forecast.h"
#include "store-intent.h"
#include "store-outcomes.h"
#include "store-parallel.h"
#include "store-recommend.h"
#include "store-rfm.h"
#include "store-rules.h"
#include "store-segments.h"
#include "store-simple-indices.h"
#include "store-tournament.h"

#define N_CUSTOMERS 211
#define N_ROWS 199
#define N_MESSAGES 151

/* Without a common divisor with the numbers above. */
static const guint strides[] = { 1, 101 };
static const guint n_threads[] = { 1, 2, 8 };

/* Returns: (transfer full): the document of one analysis of the same data in the order that @stride
 * gives */
typedef JsonNode *(*AnalysisFunc) (guint stride);

static StorePurchaseTable *
make_table (guint stride)
{
  StorePurchaseTable *table = store_purchase_table_new (730, 2);

  for (guint i = 0; i < N_CUSTOMERS; i++)
    {
      guint customer = (guint64) i * stride % N_CUSTOMERS;
      g_autofree char *id = g_strdup_printf ("c%04u", customer);
      double gap = 5.0 + 120.0 * store_counter_random (31, customer, 0);
      double day = 365.0 * store_counter_random (31, customer, 1);
      double leaves = 730.0 * (0.3 + store_counter_random (31, customer, 2));

      for (guint j = 3; day < MIN (leaves, 731.0); j += 2)
        {
          store_purchase_table_add (table, id, (gint32) day,
                                    500 + store_counter_random_bits (31, customer, j) % 20000);
          day -= gap * log (store_counter_random (31, customer, j + 1));
        }
    }
  store_purchase_table_finish (table);
  return table;
}

static JsonNode *
run_rfm (guint stride)
{
  g_autoptr (StorePurchaseTable) table = make_table (stride);
  g_autoptr (StoreRfm) rfm = store_rfm_new (table, STORE_RFM_PURCHASES);

  return store_rfm_to_json (rfm);
}

static JsonNode *
run_cohorts (guint stride)
{
  g_autoptr (StorePurchaseTable) table = make_table (stride);
  g_autoptr (StoreCohorts) cohorts = store_cohorts_new (table, NULL);

  return store_cohorts_to_json (cohorts);
}

static JsonNode *
run_indices (guint stride)
{
  StoreSimpleIndicesOptions options = STORE_SIMPLE_INDICES_OPTIONS_INIT;
  g_autoptr (StorePurchaseTable) table = make_table (stride);
  g_autoptr (StoreSimpleIndices) indices = store_simple_indices_new (table, &options, NULL, NULL);

  return store_simple_indices_to_json (indices);
}

static JsonNode *
run_segments (guint               stride,
              StoreSegmentsMethod method)
{
  StoreSegmentsOptions options = STORE_SEGMENTS_OPTIONS_INIT;
  g_autoptr (StorePurchaseTable) table = make_table (stride);
  g_autoptr (StoreSegments) segments = NULL;

  options.method = method;
  options.n_starts = 2;
  segments = store_segments_new (table, &options, NULL, NULL);
  return store_segments_to_json (segments);
}

static JsonNode *
run_kmeans (guint stride)
{
  return run_segments (stride, STORE_SEGMENTS_KMEANS);
}

static JsonNode *
run_agnes (guint stride)
{
  return run_segments (stride, STORE_SEGMENTS_AGNES);
}

static JsonNode *
run_diana (guint stride)
{
  return run_segments (stride, STORE_SEGMENTS_DIANA);
}

static JsonNode *
run_clv (guint                  stride,
         StorePurchaseModelKind kind)
{
  StoreClvOptions options = STORE_CLV_OPTIONS_INIT;
  g_autoptr (StorePurchaseTable) table = make_table (stride);
  g_autoptr (StoreClv) clv = NULL;

  options.model = kind;
  options.n_draws = 10;
  clv = store_clv_new (table, &options, NULL, NULL);
  g_assert_true (clv->enough);
  return store_clv_to_json (clv);
}

static JsonNode *
run_mbgnbd (guint stride)
{
  return run_clv (stride, STORE_MBGNBD);
}

static JsonNode *
run_pareto (guint stride)
{
  return run_clv (stride, STORE_PARETO_NBD);
}

static JsonNode *
run_mbgcnbd (guint stride)
{
  return run_clv (stride, STORE_MBGCNBD);
}

static JsonNode *
run_bgbb (guint stride)
{
  return run_clv (stride, STORE_BGBB);
}

static JsonNode *
run_drops (guint stride)
{
  StoreDropsOptions options = STORE_DROPS_OPTIONS_INIT;
  g_autoptr (StorePurchaseTable) table = make_table (stride);
  g_autoptr (StoreDrops) drops = store_drops_new (table, &options, NULL, NULL);

  return store_drops_to_json (drops);
}

static JsonNode *
run_tournament (guint stride)
{
  StoreTournamentOptions options = STORE_TOURNAMENT_OPTIONS_INIT;
  g_autoptr (StorePurchaseTable) table = make_table (stride);
  g_autoptr (StoreTournament) tournament = store_tournament_new (table, &options, NULL, NULL);

  return store_tournament_to_json (tournament);
}

static JsonNode *
run_churn (guint stride)
{
  StoreChurnOptions options = STORE_CHURN_OPTIONS_INIT;
  g_autoptr (StorePurchaseTable) table = make_table (stride);
  g_autoptr (StoreChurn) churn = store_churn_new (table, &options, NULL, NULL);

  return store_churn_to_json (churn);
}

static JsonNode *
run_rules (guint stride)
{
  StoreRulesOptions options = STORE_RULES_OPTIONS_INIT;
  g_autoptr (StoreBaskets) baskets = basket_data_invent (N_CUSTOMERS, 20, stride);
  g_autoptr (StoreRules) rules = NULL;

  options.confidence = 0.1;
  rules = store_rules_new (baskets, &options, NULL, NULL);
  return store_rules_to_json (rules);
}

/* Each customer buys some things again and again. */
static StoreBaskets *
make_baskets (guint stride)
{
  StoreBaskets *baskets = store_baskets_new ();

  for (guint i = 0; i < N_CUSTOMERS; i++)
    {
      guint number = (guint64) i * stride % N_CUSTOMERS;
      guint customer = number % 40;
      g_autofree char *basket = g_strdup_printf ("b%04u", number);
      g_autofree char *name = g_strdup_printf ("c%02u", customer);

      for (guint j = 0; j < 3; j++)
        {
          guint taste = store_counter_random_bits (32, number, j) % 6;
          g_autofree char *item = g_strdup_printf ("i%02u", (customer % 5 * 4 + taste) % 20);
          StoreBasketLine line = { basket, item, name, 10 + (gint32) (number / 40) * 30 };

          store_baskets_add_line (baskets, &line);
        }
    }
  store_baskets_finish (baskets);
  return baskets;
}

static JsonNode *
run_recommend (guint stride)
{
  StoreRecommendOptions options = STORE_RECOMMEND_OPTIONS_INIT;
  g_autoptr (StoreBaskets) baskets = make_baskets (stride);
  g_autoptr (StoreRecommend) recommend = store_recommend_new (baskets, &options, NULL, NULL);

  return store_recommend_to_json (recommend);
}

static JsonNode *
run_again (guint stride)
{
  StoreAgainOptions options = STORE_AGAIN_OPTIONS_INIT;
  g_autoptr (StoreBaskets) baskets = make_baskets (stride);
  g_autoptr (StoreAgain) again = store_again_new (baskets, &options, NULL, NULL);

  return store_again_to_json (again);
}

static StoreRows *
make_rows (guint    stride,
           gboolean yes_or_no)
{
  const char *const names[] = { "age", "plan", "calls", NULL };
  StoreRows *rows = store_rows_new (names);

  for (guint i = 0; i < N_ROWS; i++)
    {
      guint row = (guint64) i * stride % N_ROWS;
      g_autofree char *id = g_strdup_printf ("r%04u", row);
      double age = 20.0 + 60.0 * store_counter_random (33, row, 0);
      guint plan = store_counter_random_bits (33, row, 1) % 3;
      guint calls = store_counter_random_bits (33, row, 2) % 9;
      g_autofree char *age_text = g_strdup_printf ("%.1f", age);
      g_autofree char *calls_text = g_strdup_printf ("%u", calls);
      g_autofree char *amount = g_strdup_printf ("%.2f", 3.0 * age + 20.0 * plan + 9.0 * calls +
                                                           store_counter_random (33, row, 3));
      const char *const plans[] = { "basic", "plus", "full" };
      const char *const cells[] = { age_text, plans[plan], calls_text, NULL };
      gboolean yes = age / 40.0 + 0.4 * calls + 3.0 * store_counter_random (33, row, 4) > 4.5;

      store_rows_add (rows, id, yes_or_no ? (yes ? "yes" : "no") : amount, cells);
    }
  store_rows_finish (rows);
  return rows;
}

static JsonNode *
run_response (guint stride)
{
  StoreOutcomesOptions options = STORE_OUTCOMES_OPTIONS_INIT;
  g_autoptr (StoreRows) rows = make_rows (stride, TRUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreOutcomes) outcomes =
    store_outcomes_new (rows, NULL, rows, &options, NULL, &error);

  g_assert_no_error (error);
  return store_outcomes_to_json (outcomes);
}

static JsonNode *
run_demand (guint stride)
{
  StoreDemandOptions options = STORE_DEMAND_OPTIONS_INIT;
  g_autoptr (StoreRows) rows = make_rows (stride, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreDemand) demand = store_demand_new (rows, &options, &error);

  g_assert_no_error (error);
  return store_demand_to_json (demand);
}

static JsonNode *
run_forecast (guint stride)
{
  StoreSeriesOptions of_series = STORE_SERIES_OPTIONS_INIT;
  StoreForecastOptions options = STORE_FORECAST_OPTIONS_INIT;
  enum { N_DAYS = 60 };
  gint32 days[N_DAYS];
  double values[N_DAYS];
  g_autoptr (StoreSeries) series = NULL;
  g_autoptr (StoreForecast) forecast = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_DAYS; i++)
    {
      guint which = (guint64) i * (stride == 1 ? 1 : 7) % N_DAYS;

      days[i] = (gint32) which * 7;
      values[i] = 100.0 + which + 20.0 * sin (which / 2.0) +
                  9.0 * store_counter_random (34, which, 0);
    }
  series = store_series_new (days, values, N_DAYS, &of_series, &error);
  g_assert_no_error (error);
  forecast = store_forecast_new (series, &options, NULL, &error);
  g_assert_no_error (error);
  return store_forecast_to_json (forecast);
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  JsonNode *const *left = a;
  JsonNode *const *right = b;

  return strcmp (json_object_get_string_member (json_node_get_object (*left), "id"),
                 json_object_get_string_member (json_node_get_object (*right), "id"));
}

/* A list that keeps the order of the messages is brought into one order. */
static JsonNode *
sort_list (JsonNode   *document,
           const char *member)
{
  JsonObject *object = json_node_get_object (document);
  JsonArray *list = json_object_get_array_member (object, member);
  JsonArray *sorted = json_array_new ();
  g_autoptr (GPtrArray) elements = g_ptr_array_new ();

  for (guint i = 0; i < json_array_get_length (list); i++)
    g_ptr_array_add (elements, json_array_get_element (list, i));
  g_ptr_array_sort (elements, compare_ids);
  for (guint i = 0; i < elements->len; i++)
    json_array_add_element (sorted, json_node_copy (elements->pdata[i]));
  json_object_set_array_member (object, member, sorted);
  return document;
}

static JsonNode *
run_intent (guint stride)
{
  static const char *const texts[][2] = {
    { "when does my order arrive", "delivery" }, { "快递什么时候到", "delivery" },
    { "I want my money back", "refund" },        { "我要退款", "refund" },
    { "what does the blue one cost", "price" },  { "这个多少钱", "price" },
  };
  StoreIntentOptions options = STORE_INTENT_OPTIONS_INIT;
  g_autoptr (StoreMessages) messages = store_messages_new ();
  g_autoptr (StoreIntent) intent = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_MESSAGES; i++)
    {
      guint which = (guint64) i * stride % N_MESSAGES;
      g_autofree char *id = g_strdup_printf ("m%04u", which);
      g_autofree char *text = g_strdup_printf ("%s %u", texts[which % 6][0], which);
      StoreMessage message = { id, text, which % 4 ? (char *) texts[which % 6][1] : NULL, NULL,
                               STORE_MESSAGE_NO_DAY };

      store_messages_add (messages, &message);
    }
  options.n_folds = 2;
  intent = store_intent_new (messages, &options, NULL, &error);
  g_assert_no_error (error);
  return sort_list (store_intent_to_json (intent), "messages");
}

static const struct
{
  const char *name;
  AnalysisFunc run;
} analyses[] = {
  { "rfm", run_rfm },
  { "cohorts", run_cohorts },
  { "indices", run_indices },
  { "segments-kmeans", run_kmeans },
  { "segments-agnes", run_agnes },
  { "segments-diana", run_diana },
  { "clv-mbgnbd", run_mbgnbd },
  { "clv-pareto", run_pareto },
  { "clv-mbgcnbd", run_mbgcnbd },
  { "clv-bgbb", run_bgbb },
  { "drops", run_drops },
  { "tournament", run_tournament },
  { "churn", run_churn },
  { "response", run_response },
  { "demand", run_demand },
  { "forecast", run_forecast },
  { "rules", run_rules },
  { "recommend", run_recommend },
  { "again", run_again },
  { "intent", run_intent },
};

static char *
run_to_text (AnalysisFunc run,
             guint        stride)
{
  g_autoptr (JsonNode) document = run (stride);

  return json_to_string (document, TRUE);
}

/* Tells the first line that differs. */
static void
assert_same (const char *expected,
             const char *got)
{
  g_auto (GStrv) expected_lines = NULL;
  g_auto (GStrv) got_lines = NULL;

  if (g_str_equal (expected, got))
    return;
  expected_lines = g_strsplit (expected, "\n", -1);
  got_lines = g_strsplit (got, "\n", -1);
  for (guint i = 0; expected_lines[i] != NULL && got_lines[i] != NULL; i++)
    g_assert_cmpstr (got_lines[i], ==, expected_lines[i]);
  g_assert_cmpuint (g_strv_length (got_lines), ==, g_strv_length (expected_lines));
}

static void
test_analysis (gconstpointer data)
{
  AnalysisFunc run = *(const AnalysisFunc *) data;
  g_autofree char *expected = NULL;

  store_parallel_set_n_threads (1);
  expected = run_to_text (run, strides[0]);
  for (guint t = 1; t < G_N_ELEMENTS (n_threads); t++)
    {
      g_autofree char *text = NULL;

      g_test_message ("%u threads", n_threads[t]);
      store_parallel_set_n_threads (n_threads[t]);
      text = run_to_text (run, strides[t % G_N_ELEMENTS (strides)]);
      assert_same (expected, text);
    }
  store_parallel_set_n_threads (0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (analyses); i++)
    {
      g_autofree char *path = g_strconcat ("/same-bits/", analyses[i].name, NULL);

      g_test_add_data_func (path, &analyses[i].run, test_analysis);
    }
  return g_test_run ();
}
