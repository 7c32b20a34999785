/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chart in a window: keys, clicks, and what a screen reader is told. */
#include "app-chart-dots.h"
#include "app-chart.h"

typedef struct
{
  GtkWidget *window;
  AppChart *chart;
  guint n_activated;
  guint layer;
  guint index;
} Fixture;

static AppChartScene *
make_scene (void)
{
  g_autoptr (AppChartAxis) x = app_chart_axis_new (APP_CHART_SCALE_LINEAR, "x");
  g_autoptr (AppChartAxis) y = app_chart_axis_new (APP_CHART_SCALE_LINEAR, "y");
  AppChartScene *scene = app_chart_scene_new ("Customers", x, y);

  app_chart_axis_set_range (x, 0, 10);
  app_chart_axis_set_range (y, 0, 10);
  for (guint layer = 0; layer < 2; layer++)
    {
      g_autoptr (AppChartSeries) series = app_chart_series_new (layer ? "new" : "old");

      for (guint i = 0; i < 3; i++)
        {
          AppChartPoint point = { .x = 2 + 3 * i, .y = 3 + 4 * layer, .color = layer };
          g_autofree char *label = g_strdup_printf ("person %u", layer * 3 + i);

          app_chart_series_add (series, &point, label);
        }
      app_chart_scene_take_layer (scene, app_chart_dots_new (series));
    }
  return scene;
}

static void
on_activated (Fixture *fixture,
              guint    layer,
              guint    index)
{
  fixture->n_activated++;
  fixture->layer = layer;
  fixture->index = index;
}

static gboolean
on_frame (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
wait_for_frames (void)
{
  gboolean done = FALSE;

  g_timeout_add (100, on_frame, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (AppChartScene) scene = make_scene ();

  fixture->window = gtk_window_new ();
  fixture->chart = APP_CHART (app_chart_new ());
  app_chart_set_scene (fixture->chart, scene);
  g_signal_connect_swapped (fixture->chart, "mark-activated", G_CALLBACK (on_activated), fixture);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 400, 300);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->chart));
  gtk_window_present (GTK_WINDOW (fixture->window));
  wait_for_frames ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

static void
press (Fixture *fixture,
       guint    key)
{
  GtkWidget *widget = GTK_WIDGET (fixture->chart);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_SHORTCUT_CONTROLLER (controller))
        continue;
      for (guint n = 0; n < g_list_model_get_n_items (G_LIST_MODEL (controller)); n++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), n);
          GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

          if (GTK_IS_KEYVAL_TRIGGER (trigger) &&
              gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == key)
            {
              gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget,
                                            gtk_shortcut_get_arguments (shortcut));
              return;
            }
        }
    }
  g_assert_not_reached ();
}

static void
test_arrows_reach_every_mark (Fixture       *fixture,
                              gconstpointer  data)
{
  gtk_widget_grab_focus (GTK_WIDGET (fixture->chart));
  press (fixture, GDK_KEY_Home);
  for (guint i = 0; i < 6; i++)
    {
      press (fixture, GDK_KEY_Return);
      g_assert_cmpuint (fixture->n_activated, ==, i + 1);
      g_assert_cmpuint (fixture->layer, ==, i / 3);
      g_assert_cmpuint (fixture->index, ==, i % 3);
      press (fixture, GDK_KEY_Right);
    }

  /* The last one is the end, not a way round. */
  press (fixture, GDK_KEY_space);
  g_assert_cmpuint (fixture->index, ==, 2);
  press (fixture, GDK_KEY_Home);
  press (fixture, GDK_KEY_space);
  g_assert_cmpuint (fixture->layer + fixture->index, ==, 0);
  press (fixture, GDK_KEY_Left);
  press (fixture, GDK_KEY_space);
  g_assert_cmpuint (fixture->layer + fixture->index, ==, 0);
  press (fixture, GDK_KEY_End);
  press (fixture, GDK_KEY_space);
  g_assert_cmpuint (fixture->layer + fixture->index, ==, 3);
}

static void
test_enter_before_any_mark_opens_nothing (Fixture       *fixture,
                                          gconstpointer  data)
{
  press (fixture, GDK_KEY_Return);
  g_assert_cmpuint (fixture->n_activated, ==, 0);
}

static void
test_new_scene_forgets_the_old_focus (Fixture       *fixture,
                                      gconstpointer  data)
{
  g_autoptr (AppChartScene) scene = make_scene ();

  press (fixture, GDK_KEY_End);
  app_chart_set_scene (fixture->chart, scene);
  press (fixture, GDK_KEY_Return);
  g_assert_cmpuint (fixture->n_activated, ==, 0);
  wait_for_frames ();
  app_chart_set_scene (fixture->chart, NULL);
  press (fixture, GDK_KEY_Right);
  wait_for_frames ();
  g_assert_cmpuint (fixture->n_activated, ==, 0);
}

static void
check_name (Fixture    *fixture,
            const char *expected)
{
  g_autofree char *wrong =
    gtk_test_accessible_check_property (GTK_ACCESSIBLE (fixture->chart),
                                        GTK_ACCESSIBLE_PROPERTY_LABEL, expected);

  g_assert_cmpstr (wrong, ==, NULL);
}

static void
test_screen_reader_hears_the_mark (Fixture       *fixture,
                                   gconstpointer  data)
{
  check_name (fixture, "Customers");
  press (fixture, GDK_KEY_Down);
  check_name (fixture, "Customers: person 0");
  press (fixture, GDK_KEY_End);
  check_name (fixture, "Customers: person 5");
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add ("/chart/arrows-reach-every-mark", Fixture, NULL, set_up,
              test_arrows_reach_every_mark, tear_down);
  g_test_add ("/chart/enter-before-any-mark-opens-nothing", Fixture, NULL, set_up,
              test_enter_before_any_mark_opens_nothing, tear_down);
  g_test_add ("/chart/new-scene-forgets-the-old-focus", Fixture, NULL, set_up,
              test_new_scene_forgets_the_old_focus, tear_down);
  g_test_add ("/chart/screen-reader-hears-the-mark", Fixture, NULL, set_up,
              test_screen_reader_hears_the_mark, tear_down);
  return g_test_run ();
}
