/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-cli-insight.h"
#include "app-cli-insight-orders.h"

#include "app-drawing-segments.h"

#include "store-segments.h"

#include <glib/gi18n.h>

static gboolean
get_options (AppCliSession         *session,
             AppCliArguments       *arguments,
             StoreSegmentsOptions  *options,
             GError               **error)
{
  const char *names[STORE_SEGMENTS_N_METHODS + 1] = { NULL };
  guint method = options->method;

  for (guint i = 0; i < STORE_SEGMENTS_N_METHODS; i++)
    names[i] = store_segments_method_get_name (i);
  if (!app_cli_arguments_get_choice (arguments, "method", names, &method, error) ||
      !app_cli_arguments_get_number (arguments, "k", STORE_SEGMENTS_MIN_K, &options->k, error) ||
      !app_cli_insight_get_seed (arguments, &options->seed, error))
    return FALSE;
  options->method = method;
  options->progress = app_cli_session_report;
  options->progress_data = session;
  return TRUE;
}

static StoreSegments *
divide (AppCliSession    *session,
        AppCliArguments  *arguments,
        GError          **error)
{
  StoreSegmentsOptions options = STORE_SEGMENTS_OPTIONS_INIT;
  g_autoptr (StorePurchaseTable) table = NULL;

  if (!get_options (session, arguments, &options, error))
    return NULL;
  table = app_cli_insight_read_customers (session, arguments, error);
  if (!table)
    return NULL;
  return store_segments_new (table, &options, app_cli_session_get_cancellable (session), error);
}

static JsonNode *
list_nearest (const StoreSegments *segments,
              guint                row)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  guint nearest[STORE_SEGMENTS_N_NEAREST];
  guint n = store_segments_find_nearest (segments, row, nearest);

  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = store_purchase_table_dup_id (segments->table, nearest[i]);
      g_autofree char *reason = store_segments_dup_reason (segments, nearest[i]);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "id");
      json_builder_add_string_value (builder, id);
      json_builder_set_member_name (builder, "reason");
      json_builder_add_string_value (builder, reason);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  return json_builder_get_root (builder);
}

static JsonNode *
write_document (AppCliArguments      *arguments,
                const StoreSegments  *segments,
                GError              **error)
{
  JsonNode *document;
  guint row;

  if (!app_cli_insight_find_explained (arguments, segments->table, &row, error))
    return NULL;
  document = store_segments_to_json (segments);
  if (row != G_MAXUINT)
    app_cli_insight_add_explanation (document, app_cli_arguments_get_value (arguments, "explain"),
                                     store_segments_dup_reason (segments, row),
                                     list_nearest (segments, row));
  return document;
}

static JsonNode *
compute (AppCliSession    *session,
         AppCliArguments  *arguments,
         GError          **error)
{
  g_autoptr (StoreSegments) segments = divide (session, arguments, error);

  return segments ? write_document (arguments, segments, error) : NULL;
}

static StoreModel *
fit (AppCliSession    *session,
     AppCliArguments  *arguments,
     GError          **error)
{
  g_autoptr (StoreSegments) segments = divide (session, arguments, error);

  return segments ? store_segments_to_model (segments) : NULL;
}

static JsonNode *
predict (AppCliSession    *session,
         AppCliArguments  *arguments,
         StoreModel       *model,
         GError          **error)
{
  g_autoptr (StorePurchaseTable) table = app_cli_insight_read_customers (session, arguments, error);
  g_autoptr (StoreSegments) segments =
    table ? store_segments_new_from_model (model, table, error) : NULL;

  return segments ? write_document (arguments, segments, error) : NULL;
}

static gboolean
run (AppCliSession    *session,
     AppCliArguments  *arguments,
     GError          **error)
{
  return app_cli_insight_run (&app_cli_insight_segments, session, arguments, error);
}

static const AppCliOption options[] = {
  APP_CLI_INSIGHT_ORDERS_OPTIONS,
  { "method", "kmeans|agnes|diana",
    N_("Around centres (if not given), joined from below, or divided from above") },
  { "k", "N", N_("How many groups: chosen by how well they part if not given") },
  APP_CLI_INSIGHT_EXPLAIN_OPTION,
  APP_CLI_INSIGHT_SEED_OPTION,
  APP_CLI_INSIGHT_COMMON_OPTIONS,
  { NULL },
};

static const AppCliInsightColumn columns[] = {
  { "name", N_("Group") },
  { "customers", N_("Customers"), APP_CLI_INSIGHT_COUNT },
  { "value", N_("Their orders"), APP_CLI_INSIGHT_NUMBER, 2 },
  { "recency", N_("Days since"), APP_CLI_INSIGHT_NUMBER, 1 },
  { "frequency", N_("Purchases"), APP_CLI_INSIGHT_NUMBER, 1 },
  { "monetary", N_("Money"), APP_CLI_INSIGHT_NUMBER, 2 },
  { NULL },
};

const AppCliInsight app_cli_insight_segments = {
  .verb = {
    "insight segments",
    APP_CLI_INSIGHT_ORDERS_USAGE
    " [--method kmeans|agnes|diana] [--k N] [--seed N] [--explain ID]",
    N_("Divide customers into groups that are alike"),
    N_("A line a group: name, customers, sum of their orders; then what is typical: days since\n"
       "the last purchase, purchases, sum of orders."),
    0, 0, options, run },
  .view = { "segments", columns, app_drawing_segments, "name" },
  .compute = compute,
  .fit = fit,
  .predict = predict,
};
