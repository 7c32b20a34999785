/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window can be asked to do, by a menu, a key or any widget inside. */
#include "config.h"

#include "app-window-private.h"

#include <glib/gi18n-lib.h>

#include "app-import-dialog.h"
#include "app-record-dialog.h"
#include "app-sync-page.h"
#include "app-trash-window.h"
#include "app-customers-page.h"
#include "app-default-store.h"
#include "store-history.h"

/* The customer that the person looks at: the open one, else the one chosen in the list. */
static gboolean
get_current_customer (AppWindow *self,
                      StoreId   *id)
{
  AppPage *customers = app_window_get_page (self, "customers");

  if (g_strcmp0 (adw_leaflet_get_visible_child_name (self->leaflet), "customer") == 0)
    return app_customer_page_get_customer (self->customer_page, id);

  return app_customers_page_get_selected (APP_CUSTOMERS_PAGE (customers), id);
}

static void
show_customer (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  StoreId id;

  if (store_id_parse (&id, g_variant_get_string (parameter, NULL)))
    app_window_show_customer (APP_WINDOW (widget), &id);
}

static void
show_page (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  AppWindow *self = APP_WINDOW (widget);
  const char *name = g_variant_get_string (parameter, NULL);

  adw_leaflet_set_visible_child_name (self->leaflet, "pages");
  if (adw_view_stack_get_child_by_name (self->pages, name))
    adw_view_stack_set_visible_child_name (self->pages, name);
}

static void
go_back (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  AppWindow *self = APP_WINDOW (widget);

  adw_leaflet_set_visible_child_name (self->leaflet, "pages");
}

static void
tell (GtkWidget  *widget,
      const char *action,
      GVariant   *parameter)
{
  app_window_tell (APP_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
done (GtkWidget  *widget,
      const char *action,
      GVariant   *parameter)
{
  AppWindow *self = APP_WINDOW (widget);
  g_autofree char *markup = NULL;
  AdwToast *toast;
  const char *group;
  const char *text;

  g_variant_get (parameter, "(&s&s)", &group, &text);
  markup = g_markup_escape_text (text, -1);
  toast = adw_toast_new (markup);
  if (*group)
    {
      adw_toast_set_button_label (toast, _("_Undo"));
      adw_toast_set_action_name (toast, "win.undo-group");
      adw_toast_set_action_target (toast, "s", group);
    }
  app_window_take_toast (self, toast);
}

static char *
describe_undo (StoreUndoReport *report)
{
  g_autofree char *text = NULL;

  if (report->undone == 0)
    return g_strdup_printf (_("“%s” was changed again since; nothing was taken back."),
                            report->label);

  text = g_strdup_printf (_("Taken back: %s"), report->label);
  if (report->kept->len == 0)
    return g_steal_pointer (&text);

  return g_strdup_printf (ngettext ("%s; %u value stays, since it was changed afterwards",
                                    "%s; %u values stay, since they were changed afterwards",
                                    report->kept->len),
                          text, report->kept->len);
}

static void
undone (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autoptr (AppWindow) self = data;
  g_autoptr (StoreUndoReport) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  report = store_undo_finish (STORE_DATABASE (source), result, &error);
  if (!report)
    {
      app_window_tell (self, error->message);
      return;
    }

  text = describe_undo (report);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.done", "(ss)",
                              report->new_group ? report->new_group : "", text);
}

static void
undo (GtkWidget  *widget,
      const char *action,
      GVariant   *parameter)
{
  AppWindow *self = APP_WINDOW (widget);
  const char *group = parameter ? g_variant_get_string (parameter, NULL) : NULL;

  if (self->database)
    store_undo_async (self->database, group, NULL, undone, g_object_ref (self));
}

static void
add (GtkWidget  *widget,
     const char *action,
     GVariant   *parameter)
{
  AppWindow *self = APP_WINDOW (widget);
  StoreId id;
  const char *what;
  const char *party;

  if (!self->database)
    return;

  g_variant_get (parameter, "(&s&s)", &what, &party);
  app_record_dialog_add (GTK_WINDOW (self), self->database, what,
                         store_id_parse (&id, party) ? &id : NULL);
}

static void
add_for_current (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  AppWindow *self = APP_WINDOW (widget);
  StoreId id;

  if (self->database)
    app_record_dialog_add (GTK_WINDOW (self), self->database, action + strlen ("win.add-"),
                           get_current_customer (self, &id) ? &id : NULL);
}

static void
search (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  AppWindow *self = APP_WINDOW (widget);
  AppPage *page = APP_PAGE (adw_view_stack_get_visible_child (self->pages));

  adw_leaflet_set_visible_child_name (self->leaflet, "pages");
  if (!app_page_can_search (page))
    {
      adw_view_stack_set_visible_child_name (self->pages, "customers");
      page = app_window_get_page (self, "customers");
    }
  app_page_start_search (page);
}

static void
import (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  AppWindow *self = APP_WINDOW (widget);

  if (self->database)
    app_import_dialog_present (GTK_WINDOW (self), self->database);
}

static void
synchronise (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  app_sync_page_sync (APP_SYNC_PAGE (app_window_get_page (APP_WINDOW (widget), "sync")));
}

static void
join (GtkWidget  *widget,
      const char *action,
      GVariant   *parameter)
{
  gtk_widget_activate_action (widget, "win.show-page", "s", "sync");
  app_sync_page_join (APP_SYNC_PAGE (app_window_get_page (APP_WINDOW (widget), "sync")));
}

static void
show_trash (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  AppWindow *self = APP_WINDOW (widget);

  if (self->database)
    app_trash_window_present (GTK_WINDOW (self), self->database);
}

/* The four ways to begin: "empty", "import", "join", "sample". */
static void
begin (GtkWidget  *widget,
       const char *action,
       GVariant   *parameter)
{
  AppWindow *self = APP_WINDOW (widget);
  const char *way = g_variant_get_string (parameter, NULL);
  g_autofree char *path = self->path ? g_strdup (self->path) : app_default_store_dup_path ();

  g_clear_pointer (&self->after_open, g_free);
  if (g_str_equal (way, "sample"))
    {
      app_window_open_sample (self);
      return;
    }

  if (g_str_equal (way, "import"))
    self->after_open = g_strdup ("win.import");
  else if (g_str_equal (way, "join"))
    self->after_open = g_strdup ("win.join");
  app_window_open_store (self, path, TRUE);
}

void
app_window_update_actions (AppWindow *self)
{
  static const char *const needing_store[] = {
    "win.undo", "win.undo-group", "win.add", "win.add-customer", "win.add-note", "win.add-call",
    "win.add-task", "win.add-order", "win.add-meeting", "win.add-deal", "win.add-contact-point",
    "win.add-address", "win.search", "win.trash", "win.import", "win.sync", "win.join",
    "win.show-page",
    "win.show-customer", "win.back",
  };

  for (guint i = 0; i < G_N_ELEMENTS (needing_store); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), needing_store[i], self->database != NULL);
}

void
app_window_class_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.show-customer", "s", show_customer);
  gtk_widget_class_install_action (widget_class, "win.show-page", "s", show_page);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, go_back);
  gtk_widget_class_install_action (widget_class, "win.tell", "s", tell);
  gtk_widget_class_install_action (widget_class, "win.done", "(ss)", done);
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, undo);
  gtk_widget_class_install_action (widget_class, "win.undo-group", "s", undo);
  gtk_widget_class_install_action (widget_class, "win.add", "(ss)", add);
  gtk_widget_class_install_action (widget_class, "win.add-customer", NULL, add_for_current);
  gtk_widget_class_install_action (widget_class, "win.add-note", NULL, add_for_current);
  gtk_widget_class_install_action (widget_class, "win.add-call", NULL, add_for_current);
  gtk_widget_class_install_action (widget_class, "win.add-task", NULL, add_for_current);
  gtk_widget_class_install_action (widget_class, "win.add-order", NULL, add_for_current);
  gtk_widget_class_install_action (widget_class, "win.add-address", NULL, add_for_current);
  gtk_widget_class_install_action (widget_class, "win.add-contact-point", NULL,
                                   add_for_current);
  gtk_widget_class_install_action (widget_class, "win.add-deal", NULL, add_for_current);
  gtk_widget_class_install_action (widget_class, "win.add-meeting", NULL, add_for_current);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search);
  gtk_widget_class_install_action (widget_class, "win.begin", "s", begin);
  gtk_widget_class_install_action (widget_class, "win.trash", NULL, show_trash);
  gtk_widget_class_install_action (widget_class, "win.import", NULL, import);
  gtk_widget_class_install_action (widget_class, "win.sync", NULL, synchronise);
  gtk_widget_class_install_action (widget_class, "win.join", NULL, join);

  /* A binding, not an accelerator: an entry that is being typed in undoes its own letters first. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo",
                                       NULL);
}
