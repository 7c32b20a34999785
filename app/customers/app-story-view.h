/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "store-database.h"

G_BEGIN_DECLS

#define APP_TYPE_STORY_VIEW (app_story_view_get_type ())
G_DECLARE_FINAL_TYPE (AppStoryView, app_story_view, APP, STORY_VIEW, AdwBin)

void app_story_view_show (AppStoryView  *self,
                          StoreDatabase *database,
                          GPtrArray     *story);

G_END_DECLS
