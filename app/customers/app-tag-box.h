/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "store-database.h"

G_BEGIN_DECLS

#define APP_TYPE_TAG_BOX (app_tag_box_get_type ())
G_DECLARE_FINAL_TYPE (AppTagBox, app_tag_box, APP, TAG_BOX, AdwBin)

void app_tag_box_show (AppTagBox     *self,
                       StoreDatabase *database,
                       const StoreId *party,
                       GPtrArray     *tags);

G_END_DECLS
