/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the orders say about the customers: groups and lifetime value. It is computed on a worker
 * thread when the page is first seen, and again, a moment after the last of several changes, when
 * orders or customers changed. Until new figures are there the old ones stay.
 */
#include "config.h"

#include "app-insights-page.h"

#include "app-chart.h"
#include "app-insights-scenes.h"
#include "app-people-window.h"
#include "app-value-text.h"

#include <glib/gi18n.h>

#define SETTLE_MS 1000
#define MOST_BEST 10

/* What the worker hands over: figures, and drawings of them. */
typedef struct
{
  AppInsightsResult *result;
  AppChartScene *segments;
  AppChartScene *map;
  AppChartScene *value;
} Picture;

struct _AppInsightsPage
{
  AppPage parent_instance;

  GtkStack *stack;
  AdwStatusPage *failure;
  GtkLabel *definition;
  GtkWidget *segments_part;
  GtkOrientable *segments_head;
  GtkStack *segments_views;
  AppChart *segments_chart;
  AppChart *map_chart;
  GtkLabel *segments_note;
  GtkWidget *value_part;
  AppChart *value_chart;
  GtkLabel *value_note;
  GtkLabel *too_little;
  AdwPreferencesGroup *best_group;

  Picture *picture;
  GPtrArray *best_rows;
  GCancellable *computing;
  guint settling;
  gulong changed_handler;
  StoreDatabase *watched;
  gboolean stale;
};

G_DEFINE_FINAL_TYPE (AppInsightsPage, app_insights_page, APP_TYPE_PAGE)

static void
picture_free (Picture *picture)
{
  g_clear_object (&picture->result);
  g_clear_object (&picture->segments);
  g_clear_object (&picture->map);
  g_clear_object (&picture->value);
  g_free (picture);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Picture, picture_free)

static gint32
get_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) g_date_time_get_day_of_month (now),
                  (GDateMonth) g_date_time_get_month (now),
                  (GDateYear) g_date_time_get_year (now));
  return (gint32) g_date_get_julian (&date) - 719163;
}

static char *
dup_date (gint32 day)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc ((gint64) day * 86400);
  g_autofree char *iso = g_date_time_format (time, "%F");

  return app_date_to_text (iso);
}

static void
compute (GTask        *task,
         gpointer      source,
         gpointer      data,
         GCancellable *cancellable)
{
  g_autoptr (Picture) picture = g_new0 (Picture, 1);
  GError *error = NULL;

  picture->result = app_insights_result_new (data, get_today (), cancellable, &error);
  if (!picture->result)
    {
      g_task_return_error (task, error);
      return;
    }

  if (app_insights_result_get_segments (picture->result))
    {
      picture->segments = app_insights_scenes_segments (picture->result);
      picture->map = app_insights_scenes_map (picture->result);
    }
  if (app_insights_result_get_clv (picture->result) &&
      app_insights_result_get_clv (picture->result)->has_spend)
    picture->value = app_insights_scenes_value (picture->result);
  g_task_return_pointer (task, g_steal_pointer (&picture), (GDestroyNotify) picture_free);
}

static void
show_definition (AppInsightsPage *self)
{
  const StoreInsightOrders *orders = app_insights_result_get_orders (self->picture->result);
  g_autofree char *until = dup_date (app_insights_result_get_until (self->picture->result));
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text,
                          ngettext ("From %u order up to %s. Orders of one day are one purchase.",
                                    "From %u orders up to %s. Orders of one day are one purchase.",
                                    orders->n_orders),
                          orders->n_orders, until);
  if (orders->n_other > 0)
    g_string_append_printf (text,
                            ngettext (" %u order in another currency than %s is left out.",
                                      " %u orders in other currencies than %s are left out.",
                                      orders->n_other),
                            orders->n_other, orders->currency);
  if (orders->n_incomplete > 0)
    g_string_append_printf (text,
                            ngettext (" %u order without customer, date or total is left out.",
                                      " %u orders without customer, date or total are left out.",
                                      orders->n_incomplete),
                            orders->n_incomplete);
  gtk_label_set_text (self->definition, text->str);
}

static void
show_segments (AppInsightsPage *self)
{
  const StoreSegments *segments = app_insights_result_get_segments (self->picture->result);

  gtk_widget_set_visible (self->segments_part, segments != NULL);
  app_chart_set_scene (self->segments_chart, self->picture->segments);
  app_chart_set_scene (self->map_chart, self->picture->map);
  if (!segments)
    return;

  g_autofree char *note = g_strdup_printf (
    _("Customers who are alike in last purchase, number of purchases and money, divided into %u "
      "groups (k-means; so many part best, silhouette %.2f). Names compare with the middle "
      "customer."),
    segments->k, segments->silhouettes[segments->k]);

  gtk_label_set_text (self->segments_note, note);
}

static const char *
get_model_name (StoreBgnbdKind model)
{
  return model == STORE_BGNBD ? "BG/NBD" : "MBG/NBD";
}

static void
show_value (AppInsightsPage *self)
{
  const StoreClv *clv = app_insights_result_get_clv (self->picture->result);

  gtk_widget_set_visible (self->value_part, self->picture->value != NULL);
  app_chart_set_scene (self->value_chart, self->picture->value);
  if (!self->picture->value)
    return;

  g_autofree char *notes = clv->notes ? g_strjoinv (" ", clv->notes) : g_strdup ("");
  g_autofree char *note = g_strdup_printf (
    _("What a customer will probably spend in the next %.0f days, in today's money (%.0f %% a "
      "month). Purchases by %s, their value by Gamma-Gamma. %s"),
    clv->options.horizon_days, clv->options.discount * 100, get_model_name (clv->options.model),
    notes);

  gtk_label_set_text (self->value_note, g_strchomp (note));
}

static void
show_too_little (AppInsightsPage *self)
{
  gboolean enough = self->picture->segments && self->picture->value;

  gtk_widget_set_visible (GTK_WIDGET (self->too_little), !enough);
  gtk_label_set_text (self->too_little,
                      !self->picture->segments
                        ? _("There are too few customers with orders to find groups among them.")
                        : _("There are too few customers who came back to say what they will buy "
                            "next. Lifetime values appear when there are more."));
}

static void
on_best_activated (AppInsightsPage *self,
                   GtkWidget       *row)
{
  const char *id = g_object_get_data (G_OBJECT (row), "id");

  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-customer", "s", id);
}

static void
add_best (AppInsightsPage *self,
          guint            row)
{
  AppInsightsResult *result = self->picture->result;
  const char *name = app_insights_result_get_name (result, row);
  const StoreClv *clv = app_insights_result_get_clv (result);
  g_autofree char *reason = clv ? store_clv_dup_reason (clv, row)
                                : app_insights_result_dup_facts (result, row);
  g_autofree char *amount = clv ? app_insights_result_dup_amount (result, clv->clv[row])
                                : g_strdup ("");
  GtkWidget *line = adw_action_row_new ();
  StoreId id;

  if (!app_insights_result_get_id (result, row, &id))
    return;
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), name ? name : "…");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (line), reason);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (line), 3);
  adw_action_row_add_suffix (ADW_ACTION_ROW (line), gtk_label_new (amount));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (line), TRUE);
  g_object_set_data_full (G_OBJECT (line), "id", store_id_to_string (&id), g_free);
  g_signal_connect_swapped (line, "activated", G_CALLBACK (on_best_activated), self);
  adw_preferences_group_add (self->best_group, line);
  g_ptr_array_add (self->best_rows, line);
}

static void
show_best (AppInsightsPage *self)
{
  g_autoptr (GArray) rows = app_insights_scenes_best_rows (self->picture->result, MOST_BEST);

  for (guint i = 0; i < self->best_rows->len; i++)
    adw_preferences_group_remove (self->best_group, g_ptr_array_index (self->best_rows, i));
  g_ptr_array_set_size (self->best_rows, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->best_group), self->picture->value != NULL);
  for (guint i = 0; self->picture->value && i < rows->len; i++)
    add_best (self, g_array_index (rows, guint32, i));
}

static void
show_picture (AppInsightsPage *self)
{
  if (app_insights_result_get_n_rows (self->picture->result) == 0)
    {
      gtk_stack_set_visible_child_name (self->stack, "empty");
      return;
    }
  show_definition (self);
  show_segments (self);
  show_value (self);
  show_too_little (self);
  show_best (self);
  gtk_stack_set_visible_child_name (self->stack, "figures");
}

static void
on_computed (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  AppInsightsPage *self = APP_INSIGHTS_PAGE (source);
  g_autoptr (GError) error = NULL;
  Picture *picture = g_task_propagate_pointer (G_TASK (result), &error);

  /* An answer to a question that was asked again since. */
  if (g_task_get_cancellable (G_TASK (result)) != self->computing)
    {
      g_clear_pointer (&picture, picture_free);
      return;
    }

  g_clear_object (&self->computing);
  if (!picture)
    {
      adw_status_page_set_description (self->failure, error->message);
      gtk_stack_set_visible_child_name (self->stack, "failure");
      return;
    }
  g_clear_pointer (&self->picture, picture_free);
  self->picture = picture;
  show_picture (self);
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
  g_clear_pointer (&self->picture, picture_free);
  app_chart_set_scene (self->segments_chart, NULL);
  app_chart_set_scene (self->map_chart, NULL);
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
on_person_chosen (AppInsightsPage *self,
                  const char      *id)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-customer", "s", id);
}

/* A mark with one customer behind it opens that customer, any other the list of them. */
static void
open_people (AppInsightsPage *self,
             const char      *title,
             GArray          *rows)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  StoreId id;

  if (rows->len == 0 || !GTK_IS_WINDOW (root))
    return;
  if (rows->len == 1 &&
      app_insights_result_get_id (self->picture->result, g_array_index (rows, guint32, 0), &id))
    {
      g_autofree char *text = store_id_to_string (&id);

      on_person_chosen (self, text);
      return;
    }

  g_autoptr (AppInsightsPeople) people = app_insights_people_new (self->picture->result, rows);
  AppPeopleWindow *window = app_people_window_new (
    GTK_WINDOW (root), app_page_get_database (APP_PAGE (self)), title, people);

  g_signal_connect_object (window, "chosen", G_CALLBACK (on_person_chosen), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

static void
on_segment_activated (AppInsightsPage *self,
                      guint            layer,
                      guint            index)
{
  g_autoptr (GArray) rows = app_insights_scenes_segment_rows (self->picture->result,
                                                              (AppChartMark){ layer, index });

  open_people (self,
               app_insights_result_get_segments (self->picture->result)->segments[index].name,
               rows);
}

static void
on_dot_activated (AppInsightsPage *self,
                  guint            layer,
                  guint            index)
{
  g_autoptr (GArray) rows = app_insights_scenes_map_rows (self->picture->result,
                                                          (AppChartMark){ layer, index });

  open_people (self, "", rows);
}

static void
on_value_activated (AppInsightsPage *self,
                    guint            layer,
                    guint            index)
{
  AppChartMark mark = { layer, index };
  g_autoptr (GArray) rows = app_insights_scenes_value_rows (self->picture->result, mark);

  open_people (self, app_chart_scene_get_label (self->picture->value, mark), rows);
}

static void
app_insights_page_dispose (GObject *object)
{
  AppInsightsPage *self = APP_INSIGHTS_PAGE (object);

  stop_computing (self);
  watch (self, NULL);
  g_clear_pointer (&self->picture, picture_free);
  g_clear_pointer (&self->best_rows, g_ptr_array_unref);
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
  gtk_widget_class_bind_template_child (widget_class, AppInsightsPage, value_part);
  gtk_widget_class_bind_template_child (widget_class, AppInsightsPage, value_chart);
  gtk_widget_class_bind_template_child (widget_class, AppInsightsPage, value_note);
  gtk_widget_class_bind_template_child (widget_class, AppInsightsPage, too_little);
  gtk_widget_class_bind_template_child (widget_class, AppInsightsPage, best_group);
  gtk_widget_class_bind_template_callback (widget_class, on_segment_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_dot_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_value_activated);
  gtk_widget_class_bind_template_callback (widget_class, start_computing);
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
  self->best_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

AppPage *
app_insights_page_new (void)
{
  return g_object_new (APP_TYPE_INSIGHTS_PAGE, NULL);
}
