/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-history.h"

G_BEGIN_DECLS

#define APP_TYPE_STORY_ENTRY (app_story_entry_get_type ())
G_DECLARE_FINAL_TYPE (AppStoryEntry, app_story_entry, APP, STORY_ENTRY, GObject)

AppStoryEntry *app_story_entry_new_for_record  (StoreRecord             *record);
AppStoryEntry *app_story_entry_new_for_history (const StoreHistoryEntry *entry);

gint64         app_story_entry_get_time        (AppStoryEntry           *self);
const char    *app_story_entry_get_icon_name   (AppStoryEntry           *self);
const char    *app_story_entry_get_title       (AppStoryEntry           *self);
const char    *app_story_entry_get_detail      (AppStoryEntry           *self);
StoreRecord   *app_story_entry_get_record      (AppStoryEntry           *self);
const char    *app_story_entry_get_group       (AppStoryEntry           *self);
gboolean       app_story_entry_equal           (AppStoryEntry           *a,
                                                AppStoryEntry           *b);
gint           app_story_entry_compare         (gconstpointer            a,
                                                gconstpointer            b);

G_END_DECLS
