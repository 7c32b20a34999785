/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-trash-window.h"

#include <glib/gi18n-lib.h>

#include "app-trash-page.h"

static gboolean
close_window (GtkWidget *widget,
              GVariant  *arguments,
              gpointer   data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return GDK_EVENT_STOP;
}

static void
close_by_escape (GtkWidget *window)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                      gtk_callback_action_new (close_window, NULL, NULL)));
  gtk_widget_add_controller (window, keys);
}

/**
 * app_trash_window_present:
 *
 * Opens the trash of a store in a window of its own.
 */
void
app_trash_window_present (GtkWindow     *parent,
                          StoreDatabase *database)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  AppPage *page = app_trash_page_new ();

  gtk_window_set_title (GTK_WINDOW (window), _("Trash"));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 560, 520);
  close_by_escape (window);

  app_page_set_database (page, database);
  gtk_widget_set_vexpand (GTK_WIDGET (page), TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (page));
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
}
