/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-insights-person.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define APP_TYPE_INSIGHTS_PEOPLE (app_insights_people_get_type ())
G_DECLARE_FINAL_TYPE (AppInsightsPeople, app_insights_people, APP, INSIGHTS_PEOPLE, GObject)

AppInsightsPeople *app_insights_people_new (AppInsightsResult *result,
                                            GArray            *rows);

G_END_DECLS
