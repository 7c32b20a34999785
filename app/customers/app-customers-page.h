/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-page.h"

G_BEGIN_DECLS

#define APP_TYPE_CUSTOMERS_PAGE (app_customers_page_get_type ())
G_DECLARE_FINAL_TYPE (AppCustomersPage, app_customers_page, APP, CUSTOMERS_PAGE, AppPage)

AppPage  *app_customers_page_new          (void);
gboolean  app_customers_page_get_selected (AppCustomersPage *self,
                                           StoreId          *id);

G_END_DECLS
