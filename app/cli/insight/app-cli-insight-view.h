/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-cli-arguments.h"
#include "app-cli-session.h"

#include "app-chart-scene.h"

#include "store-purchase-table.h"

G_BEGIN_DECLS

/**
 * AppCliInsightFormat:
 * @APP_CLI_INSIGHT_TEXT: text, a day as 2026-01-31, or yes and no
 * @APP_CLI_INSIGHT_COUNT: a whole number
 * @APP_CLI_INSIGHT_NUMBER: with the digits behind the point that the column says
 * @APP_CLI_INSIGHT_PERCENT: a share of 1, shown as percent
 */
typedef enum
{
  APP_CLI_INSIGHT_TEXT,
  APP_CLI_INSIGHT_COUNT,
  APP_CLI_INSIGHT_NUMBER,
  APP_CLI_INSIGHT_PERCENT,
} AppCliInsightFormat;

/**
 * AppCliInsightColumn:
 * @member: of the object; "a.b" for b within a; a list of texts is joined by commas
 * @title: what stands above it on a terminal (msgid)
 * @format: how it is written
 * @digits: behind the point
 */
typedef struct
{
  const char *member;
  const char *title;
  AppCliInsightFormat format;
  guint digits;
} AppCliInsightColumn;

/**
 * AppCliInsightView:
 * @list: (nullable): the member of the document that holds the objects to be listed
 * @columns: (nullable): of the list, ended by one without member
 * @draw: (nullable): the chart of a document; %NULL with an error that says why there is none
 * @person: (nullable): the member to be added with the name of a customer, where the ids of the
 *   document are those of customers
 *
 * How the document of an analysis is shown to a person.
 */
typedef struct
{
  const char *list;
  const AppCliInsightColumn *columns;
  AppChartScene *(*draw) (JsonObject  *document,
                          GError     **error);
  const char *person;
} AppCliInsightView;

gboolean app_cli_insight_show            (AppCliSession            *session,
                                          AppCliArguments          *arguments,
                                          JsonNode                 *document,
                                          const AppCliInsightView  *view,
                                          GError                  **error);

gboolean app_cli_insight_find_explained  (AppCliArguments          *arguments,
                                          StorePurchaseTable       *table,
                                          guint                    *row,
                                          GError                  **error);
void     app_cli_insight_add_explanation (JsonNode                 *document,
                                          const char               *id,
                                          char                     *reason,
                                          JsonNode                 *nearest);

G_END_DECLS
