/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-customer-page.h"
#include "app-start-page.h"
#include "app-window.h"

G_BEGIN_DECLS

struct _AppWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *stages;
  AppStartPage *start_page;
  AdwLeaflet *leaflet;
  AppCustomerPage *customer_page;
  AdwViewSwitcherTitle *switcher_title;
  AdwViewStack *pages;
  GtkWidget *sync_button;
  GtkSpinner *sync_spinner;

  AdwToast *toast;

  StoreDatabase *database;
  GCancellable *opening;
  /* The file that was asked for; NULL for the person's own. */
  char *path;
  /* What is to be done once the store is open: the name of an action, or NULL. */
  char *after_open;
};

void app_window_class_install_actions (GtkWidgetClass *widget_class);
void app_window_update_actions        (AppWindow      *self);
void app_window_open_sample           (AppWindow      *self);
void app_window_forget_store          (AppWindow      *self);
void app_window_take_toast            (AppWindow      *self,
                                       AdwToast       *toast);

G_END_DECLS
