/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-window-private.h"

#include <glib/gi18n-lib.h>

#include "app-clashes-page.h"
#include "app-customers-page.h"
#include "app-history-page.h"
#include "app-insights-page.h"
#include "app-settings.h"
#include "app-sync-page.h"

G_DEFINE_FINAL_TYPE (AppWindow, app_window, ADW_TYPE_APPLICATION_WINDOW)

static void
save_shape (AppWindow *self)
{
  const char *page = adw_view_stack_get_visible_child_name (self->pages);
  gboolean maximized = gtk_window_is_maximized (GTK_WINDOW (self));
  int width;
  int height;

  app_settings_set_boolean ("window-maximized", maximized);
  if (!maximized)
    {
      gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
      app_settings_set_int ("window-width", MAX (width, 360));
      app_settings_set_int ("window-height", MAX (height, 294));
    }
  if (page)
    app_settings_set_string ("last-page", page);
}

static gboolean
app_window_close_request (GtkWindow *window)
{
  AppWindow *self = APP_WINDOW (window);

  /* What is being typed counts: leaving the field commits it. */
  gtk_window_set_focus (window, NULL);
  save_shape (self);

  return GTK_WINDOW_CLASS (app_window_parent_class)->close_request (window);
}

static void
app_window_dispose (GObject *object)
{
  AppWindow *self = APP_WINDOW (object);

  if (self->pages)
    app_window_forget_store (self);
  g_clear_weak_pointer (&self->toast);
  g_clear_pointer (&self->after_open, g_free);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (app_window_parent_class)->dispose (object);
}

static void
app_window_constructed (GObject *object)
{
  AppWindow *self = APP_WINDOW (object);
  g_autofree char *page = app_settings_dup_string ("last-page", "customers");

  G_OBJECT_CLASS (app_window_parent_class)->constructed (object);

  gtk_window_set_default_size (GTK_WINDOW (self),
                               app_settings_get_int ("window-width", 1100),
                               app_settings_get_int ("window-height", 720));
  if (app_settings_get_boolean ("window-maximized", FALSE))
    gtk_window_maximize (GTK_WINDOW (self));

  app_window_add_page (self, app_customers_page_new (), "customers", _("Customers"),
                       "system-users-symbolic");
  app_window_add_page (self, app_insights_page_new (), "insights", _("Insights"),
                       "clientele-insights-symbolic");
  app_window_add_page (self, app_history_page_new (), "history", _("History"),
                       "document-open-recent-symbolic");
  app_window_add_page (self, app_clashes_page_new (), "clashes", _("Clashes"),
                       "dialog-warning-symbolic");
  app_window_add_page (self, app_sync_page_new (), "sync", _("Devices"), "computer-symbolic");
  g_object_bind_property (app_window_get_page (self, "sync"), "words", self->sync_button,
                          "tooltip-text", G_BINDING_SYNC_CREATE);
  g_object_bind_property (app_window_get_page (self, "sync"), "syncing", self->sync_spinner,
                          "spinning", G_BINDING_SYNC_CREATE);
  g_object_bind_property (app_window_get_page (self, "sync"), "syncing", self->sync_button,
                          "visible", G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
  if (adw_view_stack_get_child_by_name (self->pages, page))
    adw_view_stack_set_visible_child_name (self->pages, page);
}

static void
app_window_class_init (AppWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkWindowClass *window_class = GTK_WINDOW_CLASS (klass);

  object_class->constructed = app_window_constructed;
  object_class->dispose = app_window_dispose;
  window_class->close_request = app_window_close_request;

  g_type_ensure (APP_TYPE_CUSTOMER_PAGE);
  g_type_ensure (APP_TYPE_START_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/clientele/Clientele/app-window.ui");
  gtk_widget_class_bind_template_child (widget_class, AppWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, stages);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, start_page);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, customer_page);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, switcher_title);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, sync_button);
  gtk_widget_class_bind_template_child (widget_class, AppWindow, sync_spinner);

  app_window_class_install_actions (widget_class);
}

static void
app_window_init (AppWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_object_bind_property (self->switcher_title, "title-visible", self->customer_page, "narrow",
                          G_BINDING_SYNC_CREATE);
  app_window_update_actions (self);
}

AppWindow *
app_window_new (GtkApplication *application)
{
  return g_object_new (APP_TYPE_WINDOW, "application", application, NULL);
}

/**
 * app_window_add_page:
 * @page: (transfer floating): what is shown
 * @name: what win.show-page takes
 * @title: translated
 * @icon_name: a symbolic icon
 *
 * Adds a page behind those that are there.
 */
void
app_window_add_page (AppWindow  *self,
                     AppPage    *page,
                     const char *name,
                     const char *title,
                     const char *icon_name)
{
  AdwViewStackPage *stack_page;

  g_return_if_fail (APP_IS_WINDOW (self));
  g_return_if_fail (APP_IS_PAGE (page));

  stack_page = adw_view_stack_add_titled (self->pages, GTK_WIDGET (page), name, title);
  adw_view_stack_page_set_icon_name (stack_page, icon_name);
  g_object_bind_property (self->switcher_title, "title-visible", page, "narrow",
                          G_BINDING_SYNC_CREATE);
  app_page_set_database (page, self->database);
}

AppPage *
app_window_get_page (AppWindow  *self,
                     const char *name)
{
  GtkWidget *child;

  g_return_val_if_fail (APP_IS_WINDOW (self), NULL);

  child = adw_view_stack_get_child_by_name (self->pages, name);
  return child ? APP_PAGE (child) : NULL;
}

/**
 * app_window_set_badge:
 * @name: of a page
 * @number: of things there that wait for the person; 0 for none
 */
void
app_window_set_badge (AppWindow  *self,
                      const char *name,
                      guint       number)
{
  AppPage *page = app_window_get_page (self, name);
  AdwViewStackPage *stack_page;

  g_return_if_fail (page);

  stack_page = adw_view_stack_get_page (self->pages, GTK_WIDGET (page));
  adw_view_stack_page_set_badge_number (stack_page, number);
  adw_view_stack_page_set_needs_attention (stack_page, number > 0);
}

void
app_window_show_customer (AppWindow     *self,
                          const StoreId *id)
{
  g_return_if_fail (APP_IS_WINDOW (self));
  g_return_if_fail (id);

  app_customer_page_set_customer (self->customer_page, id);
  adw_leaflet_set_visible_child_name (self->leaflet, "customer");
  app_customer_page_focus (self->customer_page);
}

/**
 * app_window_take_toast:
 * @toast: (transfer full): shown at once; the one before has had its time
 */
void
app_window_take_toast (AppWindow *self,
                       AdwToast  *toast)
{
  if (self->toast)
    adw_toast_dismiss (self->toast);
  g_set_weak_pointer (&self->toast, toast);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/**
 * app_window_tell:
 * @text: a translated sentence, shown for a few seconds
 */
void
app_window_tell (AppWindow  *self,
                 const char *text)
{
  g_autofree char *markup = NULL;

  g_return_if_fail (APP_IS_WINDOW (self));

  /* The title of a toast is markup. */
  markup = g_markup_escape_text (text, -1);
  app_window_take_toast (self, adw_toast_new (markup));
}
