/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "every-analysis.h"

#include <math.h>
#include <string.h>

#include "store-again.h"
#include "store-churn.h"
#include "store-clv.h"
#include "store-cohorts.h"
#include "store-drops.h"
#include "store-error.h"
#include "store-forecast.h"
#include "store-recommend.h"
#include "store-rfm.h"
#include "store-rules.h"
#include "store-segments.h"
#include "store-simple-indices.h"
#include "store-tournament.h"

#define ORDER_SIZE 12
#define MOST_ORDERS 300
#define SOME_DAY 20000

typedef struct
{
  StorePurchaseTable *table;
  StoreBaskets *baskets;
} Data;

static void
data_clear (Data *self)
{
  g_clear_pointer (&self->table, store_purchase_table_unref);
  g_clear_pointer (&self->baskets, store_baskets_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Data, data_clear)

static gint64
read_whole (const guint8 *bytes,
            guint         n)
{
  guint64 value = 0;

  for (guint i = 0; i < n; i++)
    value = value << 8 | bytes[i];
  return n == 8 ? (gint64) value : (gint64) value - ((gint64) 1 << (8 * n - 1));
}

/* The third byte says whether the day and the value are usual ones or extreme. */
static void
add_order (Data         *self,
           const guint8 *bytes)
{
  gint32 day = SOME_DAY + (gint32) read_whole (bytes + 3, 2) / 64;
  gint64 value = 1 + bytes[7] * 100;
  char customer[8];
  char item[8];
  char basket[32];
  StoreBasketLine line = { basket, item, customer, 0 };

  if (bytes[2] % 16 == 1)
    day = (gint32) read_whole (bytes + 3, 4);
  else if (bytes[2] % 16 == 2)
    day = bytes[3] % 2 == 0 ? STORE_PURCHASE_FIRST_DAY : STORE_PURCHASE_LAST_DAY;
  if (bytes[2] / 16 == 1)
    value = read_whole (bytes + 4, 8);
  else if (bytes[2] / 16 == 2)
    value = -value;
  else if (bytes[2] / 16 == 3)
    value = 0;
  g_snprintf (customer, sizeof customer, "c%u", bytes[0] % 80);
  g_snprintf (item, sizeof item, "i%u", bytes[1] % 12);
  g_snprintf (basket, sizeof basket, "%s-%d", customer, day);
  line.day = bytes[2] % 16 == 3 ? STORE_BASKETS_NO_DAY : day;
  if (store_purchase_table_add (self->table, customer, day, value))
    store_baskets_add_line (self->baskets, &line);
}

static void
read_orders (Data         *self,
             const guint8 *data,
             gsize         size)
{
  self->table = store_purchase_table_new (STORE_PURCHASE_UNTIL_LAST, 2);
  self->baskets = store_baskets_new ();
  for (gsize i = 0; i + ORDER_SIZE <= size && i < ORDER_SIZE * MOST_ORDERS; i += ORDER_SIZE)
    add_order (self, data + i);
  store_purchase_table_finish (self->table);
  store_baskets_finish (self->baskets);
}

static void check_node (JsonNode *node);

static void
check_member (JsonObject *object,
              const char *name,
              JsonNode   *node,
              gpointer    data)
{
  check_node (node);
}

static void
check_element (JsonArray *array,
               guint      place,
               JsonNode  *node,
               gpointer   data)
{
  check_node (node);
}

static void
check_node (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    json_object_foreach_member (json_node_get_object (node), check_member, NULL);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    json_array_foreach_element (json_node_get_array (node), check_element, NULL);
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_DOUBLE)
    g_assert_true (isfinite (json_node_get_double (node)));
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    g_assert_true (g_utf8_validate (json_node_get_string (node), -1, NULL));
}

/* A document, or a sentence that says why there is none. */
static void
check (const char *what,
       JsonNode   *document,
       GError     *error)
{
  g_test_message ("%s: %s", what, error != NULL ? error->message : "answered");
  if (document != NULL)
    {
      g_assert_no_error (error);
      check_node (document);
      json_node_unref (document);
      return;
    }
  g_assert_nonnull (error);
  g_assert_true (error->domain == STORE_ERROR);
  g_assert_cmpuint (strlen (error->message), >, 0);
}

/* One analysis: made by @make, freed with it. */
#define ANSWER(type, function, what, make)                                                         \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (GError) error = NULL;                                                               \
    g_autoptr (type) made = (make);                                                                \
    check ((what), made != NULL ? function (made) : NULL, error);                                  \
  }                                                                                                \
  G_STMT_END

static void
answer_customers (StorePurchaseTable *table)
{
  StoreSegmentsOptions segments = STORE_SEGMENTS_OPTIONS_INIT;
  StoreClvOptions clv = STORE_CLV_OPTIONS_INIT;
  StoreDropsOptions drops = STORE_DROPS_OPTIONS_INIT;
  StoreSimpleIndicesOptions indices = STORE_SIMPLE_INDICES_OPTIONS_INIT;
  StoreTournamentOptions tournament = STORE_TOURNAMENT_OPTIONS_INIT;

  if (store_purchase_table_get_n_rows (table) == 0)
    return;
  ANSWER (StoreRfm, store_rfm_to_json, "rfm", store_rfm_new (table, STORE_RFM_PURCHASES));
  ANSWER (StoreCohorts, store_cohorts_to_json, "cohorts", store_cohorts_new (table, &error));
  ANSWER (StoreSegments, store_segments_to_json, "segments",
          store_segments_new (table, &segments, NULL, &error));
  ANSWER (StoreSimpleIndices, store_simple_indices_to_json, "indices",
          store_simple_indices_new (table, &indices, NULL, &error));
  ANSWER (StoreClv, store_clv_to_json, "clv", store_clv_new (table, &clv, NULL, &error));
  ANSWER (StoreDrops, store_drops_to_json, "drops", store_drops_new (table, &drops, NULL, &error));
  ANSWER (StoreTournament, store_tournament_to_json, "tournament",
          store_tournament_new (table, &tournament, NULL, &error));
}

static void
answer_series (StorePurchaseTable *table)
{
  StoreSeriesOptions options = STORE_SERIES_OPTIONS_INIT;
  StoreForecastOptions forecast = STORE_FORECAST_OPTIONS_INIT;
  g_autoptr (GError) series_error = NULL;
  g_autoptr (StoreSeries) series = NULL;

  if (store_purchase_table_get_n_rows (table) == 0)
    return;
  series = store_series_new_from_purchases (table, STORE_SERIES_OF_VALUE, &options, &series_error);
  if (series == NULL)
    check ("series", NULL, series_error);
  else
    ANSWER (StoreForecast, store_forecast_to_json, "forecast",
            store_forecast_new (series, &forecast, NULL, &error));
}

static void
answer_baskets (const StoreBaskets *baskets)
{
  StoreRulesOptions rules = STORE_RULES_OPTIONS_INIT;
  StoreRecommendOptions recommend = STORE_RECOMMEND_OPTIONS_INIT;
  StoreAgainOptions again = STORE_AGAIN_OPTIONS_INIT;

  for (rules.method = STORE_ITEM_SETS_ECLAT; rules.method <= STORE_ITEM_SETS_FP_GROWTH;
       rules.method++)
    ANSWER (StoreRules, store_rules_to_json, "rules",
            store_rules_new (baskets, &rules, NULL, &error));
  ANSWER (StoreRecommend, store_recommend_to_json, "recommend",
          store_recommend_new (baskets, &recommend, NULL, &error));
  ANSWER (StoreAgain, store_again_to_json, "again",
          store_again_new (baskets, &again, NULL, &error));
}

void
every_analysis_answer (const guint8 *data,
                       gsize         size)
{
  g_auto (Data) orders = { 0 };

  read_orders (&orders, data, size);
  answer_customers (orders.table);
  answer_baskets (orders.baskets);
  /* The slowest one, not for all. */
  if (size > 0 && data[0] % 4 == 0)
    answer_series (orders.table);
}

/* Some orders that are always the same. */
static void
invent_orders (Data *self)
{
  guint8 bytes[ORDER_SIZE * MOST_ORDERS];

  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = i % ORDER_SIZE == 2 ? 0 : (guint8) (i * 131 + i / ORDER_SIZE * 17);
  read_orders (self, bytes, sizeof bytes);
}

static void
score (StoreModel *model,
       const Data *orders)
{
  StoreClvOptions clv = STORE_CLV_OPTIONS_INIT;
  StoreChurnOptions churn = STORE_CHURN_OPTIONS_INIT;
  StoreRulesOptions rules = STORE_RULES_OPTIONS_INIT;
  StoreRecommendOptions recommend = STORE_RECOMMEND_OPTIONS_INIT;
  StoreAgainOptions again = STORE_AGAIN_OPTIONS_INIT;

  clv.n_draws = 2;
  ANSWER (StoreSegments, store_segments_to_json, "segments",
          store_segments_new_from_model (model, orders->table, &error));
  ANSWER (StoreClv, store_clv_to_json, "clv",
          store_clv_new_from_model (model, orders->table, &clv, NULL, &error));
  ANSWER (StoreChurn, store_churn_to_json, "churn",
          store_churn_new_from_model (model, orders->table, &churn, NULL, &error));
  ANSWER (StoreRules, store_rules_to_json, "rules",
          store_rules_new_from_model (model, orders->baskets, &rules, &error));
  ANSWER (StoreRecommend, store_recommend_to_json, "recommend",
          store_recommend_new_from_model (model, orders->baskets, &recommend, NULL, &error));
  ANSWER (StoreAgain, store_again_to_json, "again",
          store_again_new_from_model (model, orders->baskets, &again, &error));
}

void
every_analysis_score (const char *text,
                      gsize       size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreModel) model = store_model_new_from_text (text, (gssize) size, &error);
  g_auto (Data) orders = { 0 };

  if (model == NULL)
    {
      check ("model", NULL, error);
      return;
    }
  invent_orders (&orders);
  score (model, &orders);
}
