/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What opens when a mark of a chart is chosen: the people behind it. */
#include "config.h"

#include "app-insights-page-private.h"

#include "app-insights-scenes.h"
#include "app-people-window.h"

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
on_cohort_activated (AppInsightsPage *self,
                     guint            layer,
                     guint            index)
{
  AppChartMark mark = { layer, index };
  g_autoptr (GArray) rows = app_insights_scenes_cohort_rows (self->picture->result, mark);

  open_people (self, app_chart_scene_get_label (self->picture->cohorts, mark), rows);
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

/**
 * app_insights_page_bind_mark_actions:
 *
 * Names the callbacks that the template's charts emit to.
 */
void
app_insights_page_bind_mark_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, on_segment_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_dot_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_cohort_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_value_activated);
}
