/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-insights-result.h"

G_BEGIN_DECLS

#define APP_TYPE_INSIGHTS_PERSON (app_insights_person_get_type ())
G_DECLARE_FINAL_TYPE (AppInsightsPerson, app_insights_person, APP, INSIGHTS_PERSON, GObject)

AppInsightsPerson *app_insights_person_new       (AppInsightsResult *result,
                                                  guint              row);
gboolean           app_insights_person_get_id    (AppInsightsPerson *self,
                                                  StoreId           *id);
const char        *app_insights_person_get_name  (AppInsightsPerson *self);
char              *app_insights_person_dup_facts (AppInsightsPerson *self);

G_END_DECLS
