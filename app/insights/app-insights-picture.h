/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-chart-scene.h"
#include "app-insights-result.h"

G_BEGIN_DECLS

/**
 * AppInsightsPicture:
 * @result: the figures
 * @segments: (nullable): the groups as bars; %NULL where there are too few customers for any
 * @map: (nullable): the customers as dots, with @segments
 * @cohorts: (nullable): who came back month by month; %NULL where that cannot be said
 * @value: (nullable): lifetime values; %NULL where there is too little to say any
 *
 * What the worker hands over to the page: figures, and drawings of them.
 */
typedef struct
{
  AppInsightsResult *result;
  AppChartScene *segments;
  AppChartScene *map;
  AppChartScene *cohorts;
  AppChartScene *value;
} AppInsightsPicture;

AppInsightsPicture *app_insights_picture_new  (StoreDatabase       *database,
                                               GCancellable        *cancellable,
                                               GError             **error);
void                app_insights_picture_free (AppInsightsPicture  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppInsightsPicture, app_insights_picture_free)

G_END_DECLS
