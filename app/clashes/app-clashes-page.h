/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-box-page.h"

G_BEGIN_DECLS

#define APP_TYPE_CLASHES_PAGE (app_clashes_page_get_type ())
G_DECLARE_FINAL_TYPE (AppClashesPage, app_clashes_page, APP, CLASHES_PAGE, AppBoxPage)

AppPage *app_clashes_page_new (void);

G_END_DECLS
