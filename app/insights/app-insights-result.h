/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-clv.h"
#include "store-cohorts.h"
#include "store-drops.h"
#include "store-insight-orders.h"
#include "store-segments.h"

G_BEGIN_DECLS

#define APP_TYPE_INSIGHTS_RESULT (app_insights_result_get_type ())
G_DECLARE_FINAL_TYPE (AppInsightsResult, app_insights_result, APP, INSIGHTS_RESULT, GObject)

AppInsightsResult        *app_insights_result_new          (StoreDatabase      *database,
                                                            gint32              until,
                                                            GCancellable       *cancellable,
                                                            GError            **error);
gboolean                  app_insights_result_read_names   (AppInsightsResult  *self,
                                                            StoreDatabase      *database,
                                                            GArray             *rows,
                                                            GError            **error);
gint32                    app_insights_result_get_until    (AppInsightsResult  *self);
const StoreInsightOrders *app_insights_result_get_orders   (AppInsightsResult  *self);
const StoreSegments      *app_insights_result_get_segments (AppInsightsResult  *self);
const StoreCohorts       *app_insights_result_get_cohorts  (AppInsightsResult  *self);
const StoreDrops         *app_insights_result_get_drops    (AppInsightsResult  *self);
const StoreClv           *app_insights_result_get_clv      (AppInsightsResult  *self);
guint                     app_insights_result_get_n_rows   (AppInsightsResult  *self);
gboolean                  app_insights_result_get_id       (AppInsightsResult  *self,
                                                            guint               row,
                                                            StoreId            *id);
const char               *app_insights_result_get_name     (AppInsightsResult  *self,
                                                            guint               row);
char                     *app_insights_result_dup_facts    (AppInsightsResult  *self,
                                                            guint               row);
char                     *app_insights_result_dup_amount   (AppInsightsResult  *self,
                                                            double              amount);

G_END_DECLS
