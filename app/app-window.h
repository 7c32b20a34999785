/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app-page.h"

G_BEGIN_DECLS

#define APP_TYPE_WINDOW (app_window_get_type ())
G_DECLARE_FINAL_TYPE (AppWindow, app_window, APP, WINDOW, AdwApplicationWindow)

/* Actions of the window, for any widget inside (gtk_widget_activate_action()):
 *   win.show-customer ('ID')       open a customer's page
 *   win.show-page ('NAME')         go to a page
 *   win.tell ('TEXT')              show a sentence for a few seconds
 *   win.done (('GROUP', 'TEXT'))   show a sentence with an Undo button that takes GROUP back
 *   win.undo                       take back the last change of this device
 *   win.undo-group ('GROUP')       take back a certain one
 *   win.add (('KIND', 'ID'))       ask for a new record: party, note, call, meeting, task, order,
 *                                  deal; ID is the customer's, or ''
 *   win.search, win.sync, win.import, win.join, win.trash */

AppWindow     *app_window_new           (GtkApplication *application);
void           app_window_add_page      (AppWindow      *self,
                                         AppPage        *page,
                                         const char     *name,
                                         const char     *title,
                                         const char     *icon_name);
AppPage       *app_window_get_page      (AppWindow      *self,
                                         const char     *name);
void           app_window_set_badge     (AppWindow      *self,
                                         const char     *name,
                                         guint           number);
StoreDatabase *app_window_get_database  (AppWindow      *self);
void           app_window_set_database  (AppWindow      *self,
                                         StoreDatabase  *database);
void           app_window_open_store    (AppWindow      *self,
                                         const char     *path,
                                         gboolean        create);
void           app_window_show_customer (AppWindow      *self,
                                         const StoreId  *id);
void           app_window_tell          (AppWindow      *self,
                                         const char     *text);

G_END_DECLS
