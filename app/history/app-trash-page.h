/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-box-page.h"

G_BEGIN_DECLS

#define APP_TYPE_TRASH_PAGE (app_trash_page_get_type ())
G_DECLARE_FINAL_TYPE (AppTrashPage, app_trash_page, APP, TRASH_PAGE, AppBoxPage)

AppPage *app_trash_page_new (void);

G_END_DECLS
