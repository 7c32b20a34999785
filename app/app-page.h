/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "store-database.h"

G_BEGIN_DECLS

#define APP_TYPE_PAGE (app_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (AppPage, app_page, APP, PAGE, AdwBin)

/**
 * AppPageClass:
 * @database_changed: another store is shown, or none: read "database" anew
 * @narrow_changed: there came or went room for more than one column of things
 * @start_search: (nullable): put the cursor where words to look for are typed
 *
 * One of the pages of the window. Properties: "database" (nullable, set by the window once a store
 * is open) and "narrow" (whether the window is as small as a phone).
 */
struct _AppPageClass
{
  AdwBinClass parent_class;

  void (*database_changed) (AppPage *self);
  void (*narrow_changed)   (AppPage *self);
  void (*start_search)     (AppPage *self);
};

StoreDatabase *app_page_get_database (AppPage       *self);
void           app_page_set_database (AppPage       *self,
                                      StoreDatabase *database);
gboolean       app_page_get_narrow   (AppPage       *self);
gboolean       app_page_can_search   (AppPage       *self);
void           app_page_start_search (AppPage       *self);

G_END_DECLS
