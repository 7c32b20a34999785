/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "store-database.h"

G_BEGIN_DECLS

#define APP_TYPE_CONTACTS_GROUP (app_contacts_group_get_type ())
G_DECLARE_FINAL_TYPE (AppContactsGroup, app_contacts_group, APP, CONTACTS_GROUP,
                      AdwPreferencesGroup)

void app_contacts_group_show (AppContactsGroup *self,
                              StoreDatabase    *database,
                              GPtrArray        *contacts,
                              GPtrArray        *addresses);

G_END_DECLS
