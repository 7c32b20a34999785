/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-chart.h"
#include "app-insights-page.h"
#include "app-insights-picture.h"

G_BEGIN_DECLS

struct _AppInsightsPage
{
  AppPage parent_instance;

  GtkStack *stack;
  AdwStatusPage *failure;
  GtkLabel *definition;
  GtkWidget *segments_part;
  GtkOrientable *segments_head;
  GtkStack *segments_views;
  AppChart *segments_chart;
  AppChart *map_chart;
  GtkLabel *segments_note;
  GtkWidget *cohorts_part;
  AppChart *cohorts_chart;
  GtkLabel *cohorts_note;
  GtkWidget *value_part;
  AppChart *value_chart;
  GtkLabel *value_note;
  GtkLabel *too_little;
  GtkLabel *verdict;
  AdwPreferencesGroup *silent_group;
  AdwPreferencesGroup *best_group;

  AppInsightsPicture *picture;
  GPtrArray *people_rows;
  GCancellable *computing;
  GCancellable *racing;
  guint settling;
  gulong changed_handler;
  StoreDatabase *watched;
  gboolean stale;
};

void app_insights_page_show_figures      (AppInsightsPage *self);
void app_insights_page_show_lists        (AppInsightsPage *self);
void app_insights_page_start_race        (AppInsightsPage *self);
void app_insights_page_stop_race         (AppInsightsPage *self);
void app_insights_page_bind_mark_actions (GtkWidgetClass  *widget_class);

G_END_DECLS
