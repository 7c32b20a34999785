/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-box-page.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GtkStack *states;
  AdwStatusPage *empty_page;
  AdwStatusPage *error_page;
  AdwPreferencesGroup *group;
  GtkListBox *list;

  StoreDatabase *watched;
  gulong watch;
  GCancellable *reading;
  gboolean stale;
} AppBoxPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (AppBoxPage, app_box_page, APP_TYPE_PAGE)

static void
show_items (AppBoxPage *self,
            GPtrArray  *items)
{
  AppBoxPagePrivate *priv = app_box_page_get_instance_private (self);
  AppBoxPageClass *klass = APP_BOX_PAGE_GET_CLASS (self);
  GtkWidget *row;

  while ((row = GTK_WIDGET (gtk_list_box_get_row_at_index (priv->list, 0))))
    gtk_list_box_remove (priv->list, row);
  for (guint i = 0; i < items->len; i++)
    gtk_list_box_append (priv->list, klass->new_row (self, g_ptr_array_index (items, i)));

  gtk_stack_set_visible_child_name (priv->states, items->len > 0 ? "list" : "empty");
  if (klass->loaded)
    klass->loaded (self, items);
}

static void
items_read (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  AppBoxPage *self = APP_BOX_PAGE (source);
  AppBoxPagePrivate *priv = app_box_page_get_instance_private (self);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;

  items = g_task_propagate_pointer (G_TASK (result), &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&priv->reading);
  if (items)
    show_items (self, items);
  else
    {
      adw_status_page_set_description (priv->error_page, error->message);
      gtk_stack_set_visible_child_name (priv->states, "error");
    }

  if (priv->stale)
    app_box_page_reload (self);
}

static void
read_in_thread (GTask        *task,
                gpointer      source,
                gpointer      database,
                GCancellable *cancellable)
{
  AppBoxPageClass *klass = APP_BOX_PAGE_GET_CLASS (source);
  GError *error = NULL;
  GPtrArray *items = klass->load (database, &error);

  if (items)
    g_task_return_pointer (task, items, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
forget (AppBoxPage *self)
{
  AppBoxPagePrivate *priv = app_box_page_get_instance_private (self);

  g_cancellable_cancel (priv->reading);
  g_clear_object (&priv->reading);
  if (priv->watched)
    g_signal_handler_disconnect (priv->watched, priv->watch);
  g_clear_object (&priv->watched);
}

static void
app_box_page_database_changed (AppPage *page)
{
  AppBoxPage *self = APP_BOX_PAGE (page);
  AppBoxPagePrivate *priv = app_box_page_get_instance_private (self);
  StoreDatabase *database = app_page_get_database (page);

  forget (self);
  if (!database)
    return;

  priv->watched = g_object_ref (database);
  priv->watch = g_signal_connect_swapped (database, "changed", G_CALLBACK (app_box_page_reload),
                                          self);
  app_box_page_reload (self);
}

static void
app_box_page_map (GtkWidget *widget)
{
  AppBoxPage *self = APP_BOX_PAGE (widget);
  AppBoxPagePrivate *priv = app_box_page_get_instance_private (self);

  GTK_WIDGET_CLASS (app_box_page_parent_class)->map (widget);
  if (priv->stale)
    app_box_page_reload (self);
}

static void
app_box_page_dispose (GObject *object)
{
  forget (APP_BOX_PAGE (object));

  G_OBJECT_CLASS (app_box_page_parent_class)->dispose (object);
}

static void
app_box_page_class_init (AppBoxPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = app_box_page_dispose;
  widget_class->map = app_box_page_map;
  APP_PAGE_CLASS (klass)->database_changed = app_box_page_database_changed;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/clientele/Clientele/app-box-page.ui");
  gtk_widget_class_bind_template_child_private (widget_class, AppBoxPage, states);
  gtk_widget_class_bind_template_child_private (widget_class, AppBoxPage, empty_page);
  gtk_widget_class_bind_template_child_private (widget_class, AppBoxPage, error_page);
  gtk_widget_class_bind_template_child_private (widget_class, AppBoxPage, group);
  gtk_widget_class_bind_template_child_private (widget_class, AppBoxPage, list);
}

static void
app_box_page_init (AppBoxPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * app_box_page_set_title:
 * @title: translated
 * @description: (nullable): a sentence on what is listed, translated
 */
void
app_box_page_set_title (AppBoxPage *self,
                        const char *title,
                        const char *description)
{
  AppBoxPagePrivate *priv = app_box_page_get_instance_private (self);

  g_return_if_fail (APP_IS_BOX_PAGE (self));

  adw_preferences_group_set_title (priv->group, title);
  adw_preferences_group_set_description (priv->group, description);
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
}

/**
 * app_box_page_set_empty:
 * @title: what is said when there is nothing, translated
 * @description: what to do, translated
 */
void
app_box_page_set_empty (AppBoxPage *self,
                        const char *icon_name,
                        const char *title,
                        const char *description)
{
  AppBoxPagePrivate *priv = app_box_page_get_instance_private (self);

  g_return_if_fail (APP_IS_BOX_PAGE (self));

  adw_status_page_set_icon_name (priv->empty_page, icon_name);
  adw_status_page_set_title (priv->empty_page, title);
  adw_status_page_set_description (priv->empty_page, description);
}

/**
 * app_box_page_reload:
 *
 * Reads the list again: now, or when the page is looked at next. One reading at a time.
 */
void
app_box_page_reload (AppBoxPage *self)
{
  AppBoxPagePrivate *priv = app_box_page_get_instance_private (self);
  StoreDatabase *database = app_page_get_database (APP_PAGE (self));
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (APP_IS_BOX_PAGE (self));

  priv->stale = TRUE;
  if (!database || priv->reading)
    return;
  if (!APP_BOX_PAGE_GET_CLASS (self)->always && !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  priv->stale = FALSE;
  priv->reading = g_cancellable_new ();
  task = g_task_new (self, priv->reading, items_read, NULL);
  g_task_set_task_data (task, g_object_ref (database), g_object_unref);
  g_task_run_in_thread (task, read_in_thread);
}
