/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-page.h"

G_BEGIN_DECLS

#define APP_TYPE_BOX_PAGE (app_box_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (AppBoxPage, app_box_page, APP, BOX_PAGE, AppPage)

/**
 * AppBoxPageClass:
 * @load: what the page lists; blocks, on a thread of its own
 * @new_row: (transfer floating): a row for one of those things
 * @loaded: (nullable): another list is shown
 * @always: whether the page is kept up to date also while nobody looks at it
 *
 * A page that is one list of at most a few hundred rows, read again when the store changes.
 */
struct _AppBoxPageClass
{
  AppPageClass parent_class;

  GPtrArray *(*load)    (StoreDatabase  *database,
                         GError        **error);
  GtkWidget *(*new_row) (AppBoxPage     *self,
                         gpointer        item);
  void       (*loaded)  (AppBoxPage     *self,
                         GPtrArray      *items);
  gboolean   always;
};

void app_box_page_set_title  (AppBoxPage *self,
                              const char *title,
                              const char *description);
void app_box_page_set_empty  (AppBoxPage *self,
                              const char *icon_name,
                              const char *title,
                              const char *description);
void app_box_page_reload     (AppBoxPage *self);

G_END_DECLS
