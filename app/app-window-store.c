/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which store the window shows. Stores are opened and made on threads. */
#include "config.h"

#include "app-window-private.h"

#include "app-default-store.h"
#include "app-demo-store.h"
#include "store-purchase-follow.h"
#include "store-search-index.h"

void
app_window_forget_store (AppWindow *self)
{
  g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  app_window_set_database (self, NULL);
}

StoreDatabase *
app_window_get_database (AppWindow *self)
{
  g_return_val_if_fail (APP_IS_WINDOW (self), NULL);

  return self->database;
}

/**
 * app_window_set_database:
 * @database: (nullable): the store to show; %NULL for the page of the first run
 *
 * Shows another store on every page. The one before closes when the last reading of it is done.
 */
void
app_window_set_database (AppWindow     *self,
                         StoreDatabase *database)
{
  g_autoptr (StoreDatabase) before = NULL;
  g_autoptr (GtkSelectionModel) pages = NULL;
  guint n;

  g_return_if_fail (APP_IS_WINDOW (self));

  if (self->database == database)
    return;

  before = g_steal_pointer (&self->database);
  self->database = database ? g_object_ref (database) : NULL;

  pages = adw_view_stack_get_pages (self->pages);
  n = g_list_model_get_n_items (G_LIST_MODEL (pages));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (AdwViewStackPage) page = g_list_model_get_item (G_LIST_MODEL (pages), i);

      app_page_set_database (APP_PAGE (adw_view_stack_page_get_child (page)), database);
    }
  app_page_set_database (APP_PAGE (self->customer_page), database);

  adw_leaflet_set_visible_child_name (self->leaflet, "pages");
  gtk_stack_set_visible_child_name (self->stages, database ? "work" : "start");
  app_window_update_actions (self);
}

static void
return_store (GTask          *task,
              const char     *path,
              StoreOpenFlags  flags)
{
  GError *error = NULL;
  StoreDatabase *database = store_database_open (path, flags, &error);

  if (database)
    g_task_return_pointer (task, database, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
open_in_thread (GTask        *task,
                gpointer      source,
                gpointer      path,
                GCancellable *cancellable)
{
  return_store (task, path, STORE_OPEN_EXISTING);
}

static void
make_and_open_in_thread (GTask        *task,
                         gpointer      source,
                         gpointer      path,
                         GCancellable *cancellable)
{
  return_store (task, path, STORE_OPEN_CREATE);
}

static void
make_sample_in_thread (GTask        *task,
                       gpointer      source,
                       gpointer      path,
                       GCancellable *cancellable)
{
  GError *error = NULL;

  if (app_demo_store_make (path, app_demo_day_of_today (), cancellable, NULL, NULL, &error))
    return_store (task, path, STORE_OPEN_EXISTING);
  else
    g_task_return_error (task, error);
}

static void
store_opened (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  AppWindow *self = APP_WINDOW (source);
  g_autoptr (StoreDatabase) database = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *action = NULL;

  database = g_task_propagate_pointer (G_TASK (result), &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->opening);
  action = g_steal_pointer (&self->after_open);
  if (!database)
    {
      gtk_stack_set_visible_child_name (self->stages, "start");
      /* That there is no store yet is what the page is for. */
      app_start_page_explain (self->start_page,
                              g_error_matches (error, STORE_ERROR, STORE_ERROR_NOT_FOUND)
                                ? NULL : error->message);
      return;
    }

  store_search_index_follow (database);
  store_purchase_follow_start (database);
  app_window_set_database (self, database);
  if (action)
    gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);
}

static void
start_opening (AppWindow       *self,
               const char      *path,
               GTaskThreadFunc  func)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *copy = g_strdup (path);

  g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  self->opening = g_cancellable_new ();
  g_free (self->path);
  self->path = g_strdup (copy);
  gtk_stack_set_visible_child_name (self->stages, "opening");

  task = g_task_new (self, self->opening, store_opened, NULL);
  g_task_set_task_data (task, g_steal_pointer (&copy), g_free);
  g_task_run_in_thread (task, func);
}

/**
 * app_window_open_store:
 * @path: the file
 * @create: whether to make it where it is missing
 *
 * Opens a store behind the scenes and shows it; where that fails, the first page says why.
 */
void
app_window_open_store (AppWindow  *self,
                       const char *path,
                       gboolean    create)
{
  g_return_if_fail (APP_IS_WINDOW (self));
  g_return_if_fail (path);

  start_opening (self, path, create ? make_and_open_in_thread : open_in_thread);
}

/**
 * app_window_open_sample:
 *
 * Opens the sample business, which is made first where it is missing; never the person's store.
 */
void
app_window_open_sample (AppWindow *self)
{
  g_autofree char *path = app_default_store_dup_demo_path ();

  g_return_if_fail (APP_IS_WINDOW (self));

  start_opening (self, path, make_sample_in_thread);
}
