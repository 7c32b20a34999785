/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app-worth.h"

G_BEGIN_DECLS

#define APP_TYPE_WORTH_GROUP (app_worth_group_get_type ())
G_DECLARE_FINAL_TYPE (AppWorthGroup, app_worth_group, APP, WORTH_GROUP, AdwPreferencesGroup)

void app_worth_group_set_database (AppWorthGroup *self,
                                   StoreDatabase *database);
void app_worth_group_show         (AppWorthGroup *self,
                                   const StoreId *party);

G_END_DECLS
