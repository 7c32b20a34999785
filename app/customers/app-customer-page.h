/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-page.h"

G_BEGIN_DECLS

#define APP_TYPE_CUSTOMER_PAGE (app_customer_page_get_type ())
G_DECLARE_FINAL_TYPE (AppCustomerPage, app_customer_page, APP, CUSTOMER_PAGE, AppPage)

void     app_customer_page_set_customer (AppCustomerPage *self,
                                         const StoreId   *id);
void     app_customer_page_focus        (AppCustomerPage *self);
gboolean app_customer_page_get_customer (AppCustomerPage *self,
                                         StoreId         *id);

G_END_DECLS
