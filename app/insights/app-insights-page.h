/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-page.h"

G_BEGIN_DECLS

#define APP_TYPE_INSIGHTS_PAGE (app_insights_page_get_type ())
G_DECLARE_FINAL_TYPE (AppInsightsPage, app_insights_page, APP, INSIGHTS_PAGE, AppPage)

AppPage *app_insights_page_new (void);

G_END_DECLS
