/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-box-page.h"

G_BEGIN_DECLS

#define APP_TYPE_HISTORY_PAGE (app_history_page_get_type ())
G_DECLARE_FINAL_TYPE (AppHistoryPage, app_history_page, APP, HISTORY_PAGE, AppBoxPage)

AppPage *app_history_page_new (void);

G_END_DECLS
