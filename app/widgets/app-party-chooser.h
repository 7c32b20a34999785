/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "store-database.h"

G_BEGIN_DECLS

#define APP_TYPE_PARTY_CHOOSER (app_party_chooser_get_type ())
G_DECLARE_FINAL_TYPE (AppPartyChooser, app_party_chooser, APP, PARTY_CHOOSER, AdwPreferencesGroup)

GtkWidget *app_party_chooser_new       (StoreDatabase   *database);
gboolean   app_party_chooser_get_party (AppPartyChooser *self,
                                        StoreId         *id);
void       app_party_chooser_focus     (AppPartyChooser *self);

G_END_DECLS
