/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-chart-scene.h"

#include "app-insights-result.h"

G_BEGIN_DECLS

/* More customers than this are not told apart, nor named, in one drawing. */
#define APP_INSIGHTS_MOST_DOTS 5000

/* More customers than this are not listed on the page. */
#define APP_INSIGHTS_MOST_LISTED 10

/**
 * AppInsightsScenesFunc:
 *
 * Returns: whether a customer is wanted
 */
typedef gboolean (*AppInsightsScenesFunc) (AppInsightsResult *result,
                                           guint              row,
                                           gconstpointer      data);

GArray        *app_insights_scenes_collect       (AppInsightsResult     *result,
                                                  AppInsightsScenesFunc  func,
                                                  gconstpointer          data);

/* Each drawing of a result, and the rows (element-type guint32) behind each of its marks. */

AppChartScene *app_insights_scenes_segments      (AppInsightsResult *result);
GArray        *app_insights_scenes_segment_rows  (AppInsightsResult *result,
                                                  AppChartMark       mark);

AppChartScene *app_insights_scenes_map           (AppInsightsResult *result);
GArray        *app_insights_scenes_map_rows      (AppInsightsResult *result,
                                                  AppChartMark       mark);

AppChartScene *app_insights_scenes_cohorts       (AppInsightsResult *result);
GArray        *app_insights_scenes_cohort_rows   (AppInsightsResult *result,
                                                  AppChartMark       mark);

AppChartScene *app_insights_scenes_value         (AppInsightsResult *result);
GArray        *app_insights_scenes_value_rows    (AppInsightsResult *result,
                                                  AppChartMark       mark);

GArray        *app_insights_scenes_best_rows     (AppInsightsResult *result,
                                                  guint              most);

G_END_DECLS
