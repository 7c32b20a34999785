/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the orders say about the customers: groups and lifetime value. It is computed on a worker
 * thread when the page is first seen, and again, a moment after the last of several changes, when
 * orders or customers changed. Until new figures are there the old ones stay.
 */
#include "config.h"

#include "app-insights-page-private.h"

#define SETTLE_MS 1000

G_DEFINE_FINAL_TYPE (AppInsightsPage, app_insights_page, APP_TYPE_PAGE)

static void
compute (GTask        *task,
         gpointer      source,
         gpointer      data,
         GCancellable *cancellable)
{
  GError *error = NULL;
  AppInsightsPicture *picture = app_insights_picture_new (data, cancellable, &error);

  if (picture)
    g_task_return_pointer (task, picture, (GDestroyNotify) app_insights_picture_free);
  else
    g_task_return_error (task, error);
}

static void
on_computed (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  AppInsightsPage *self = APP_INSIGHTS_PAGE (source);
  g_autoptr (GError) error = NULL;
  AppInsightsPicture *picture = g_task_propagate_pointer (G_TASK (result), &error);

  /* An answer to a question that was asked again since. */
  if (g_task_get_cancellable (G_TASK (result)) != self->computing)
    {
      g_clear_pointer (&picture, app_insights_picture_free);
      return;
    }

  g_clear_object (&self->computing);
  if (!picture)
    {
      adw_status_page_set_description (self->failure, error->message);
      gtk_stack_set_visible_child_name (self->stack, "failure");
      return;
    }
  g_clear_pointer (&self->picture, app_insights_picture_free);
  self->picture = picture;
  app_insights_page_show_figures (self);
}

static void
stop_computing (AppInsightsPage *self)
{
  g_clear_handle_id (&self->settling, g_source_remove);
  if (self->computing)
    g_cancellable_cancel (self->computing);
  g_clear_object (&self->computing);
}

static void
start_computing (AppInsightsPage *self)
{
  StoreDatabase *database = app_page_get_database (APP_PAGE (self));

  stop_computing (self);
  self->stale = FALSE;
  if (!database)
    return;

  self->computing = g_cancellable_new ();

  g_autoptr (GTask) task = g_task_new (self, self->computing, on_computed, NULL);

  g_task_set_task_data (task, g_object_ref (database), g_object_unref);
  g_task_run_in_thread (task, compute);
  if (!self->picture)
    gtk_stack_set_visible_child_name (self->stack, "busy");
}

static gboolean
on_settled (gpointer data)
{
  AppInsightsPage *self = data;

  self->settling = 0;
  start_computing (self);
  return G_SOURCE_REMOVE;
}

static void
on_store_changed (AppInsightsPage *self,
                  StoreChangeSet  *changes)
{
  if (!store_change_set_touches_kind (changes, STORE_KIND ("document")) &&
      !store_change_set_touches_kind (changes, STORE_KIND ("party")))
    return;

  self->stale = TRUE;
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  g_clear_handle_id (&self->settling, g_source_remove);
  self->settling = g_timeout_add (SETTLE_MS, on_settled, self);
}

static void
watch (AppInsightsPage *self,
       StoreDatabase   *database)
{
  if (self->watched)
    g_clear_signal_handler (&self->changed_handler, self->watched);
  g_set_object (&self->watched, database);
  if (database)
    self->changed_handler =
      g_signal_connect_swapped (database, "changed", G_CALLBACK (on_store_changed), self);
}

static void
app_insights_page_database_changed (AppPage *page)
{
  AppInsightsPage *self = APP_INSIGHTS_PAGE (page);

  watch (self, app_page_get_database (page));
  stop_computing (self);
  app_insights_page_stop_race (self);
  g_clear_pointer (&self->picture, app_insights_picture_free);
  app_chart_set_scene (self->segments_chart, NULL);
  app_chart_set_scene (self->map_chart, NULL);
  app_chart_set_scene (self->cohorts_chart, NULL);
  app_chart_set_scene (self->value_chart, NULL);
  gtk_stack_set_visible_child_name (self->stack, "busy");
  self->stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    start_computing (self);
}

static void
app_insights_page_narrow_changed (AppPage *page)
{
  gtk_orientable_set_orientation (APP_INSIGHTS_PAGE (page)->segments_head,
                                  app_page_get_narrow (page) ? GTK_ORIENTATION_VERTICAL
                                                             : GTK_ORIENTATION_HORIZONTAL);
}

static void
app_insights_page_map (GtkWidget *widget)
{
  AppInsightsPage *self = APP_INSIGHTS_PAGE (widget);

  GTK_WIDGET_CLASS (app_insights_page_parent_class)->map (widget);
  if (self->stale)
    start_computing (self);
}

static void
app_insights_page_dispose (GObject *object)
{
  AppInsightsPage *self = APP_INSIGHTS_PAGE (object);

  stop_computing (self);
  app_insights_page_stop_race (self);
  watch (self, NULL);
  g_clear_pointer (&self->picture, app_insights_picture_free);
  g_clear_pointer (&self->people_rows, g_ptr_array_unref);
  G_OBJECT_CLASS (app_insights_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, AppInsightsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, AppInsightsPage, failure);
  gtk_widget_class_bind_template_child (widget_class, AppInsightsPage, definition);
  gtk_widget_class_bind_template_child (widget_class, AppInsightsPage, segments_part);
  gtk_widget_class_bind_template_child (widget_class, AppInsightsPage, segments_head);
  gtk_widget_class_bind_template_child (widget_class, AppInsightsPage, segments_views);
  gtk_widget_class_bind_template_child (widget_class, AppInsightsPage, segments_chart);
  gtk_widget_class_bind_template_child (widget_class, AppInsightsPage, map_chart);
  gtk_widget_class_bind_template_child (widget_class, AppInsightsPage, segments_note);
  gtk_widget_class_bind_template_child (widget_class, AppInsightsPage, cohorts_part);
  gtk_widget_class_bind_template_child (widget_class, AppInsightsPage, cohorts_chart);
  gtk_widget_class_bind_template_child (widget_class, AppInsightsPage, cohorts_note);
  gtk_widget_class_bind_template_child (widget_class, AppInsightsPage, value_part);
  gtk_widget_class_bind_template_child (widget_class, AppInsightsPage, value_chart);
  gtk_widget_class_bind_template_child (widget_class, AppInsightsPage, value_note);
  gtk_widget_class_bind_template_child (widget_class, AppInsightsPage, too_little);
  gtk_widget_class_bind_template_child (widget_class, AppInsightsPage, verdict);
  gtk_widget_class_bind_template_child (widget_class, AppInsightsPage, silent_group);
  gtk_widget_class_bind_template_child (widget_class, AppInsightsPage, best_group);
  gtk_widget_class_bind_template_callback (widget_class, start_computing);
  app_insights_page_bind_mark_actions (widget_class);
}

static void
app_insights_page_class_init (AppInsightsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = app_insights_page_dispose;
  APP_PAGE_CLASS (klass)->database_changed = app_insights_page_database_changed;
  APP_PAGE_CLASS (klass)->narrow_changed = app_insights_page_narrow_changed;
  widget_class->map = app_insights_page_map;

  g_type_ensure (APP_TYPE_CHART);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/clientele/Clientele/app-insights-page.ui");
  bind_children (widget_class);
}

static void
app_insights_page_init (AppInsightsPage *self)
{
  self->people_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

AppPage *
app_insights_page_new (void)
{
  return g_object_new (APP_TYPE_INSIGHTS_PAGE, NULL);
}
