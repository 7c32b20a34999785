/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The drawing apart from any window: everything here runs with no display. */
#include "app-chart-bars.h"
#include "app-chart-curve.h"
#include "app-chart-dots.h"
#include "app-chart-file.h"

#include <glib/gstdio.h>
#include <pango/pangocairo.h>

#define WIDTH 400
#define HEIGHT 300

static AppChartPlot
make_plot (void)
{
  AppChartPlot plot = { .scale = 1 };

  app_chart_palette_init_paper (&plot.palette);
  plot.context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  return plot;
}

static AppChartScene *
make_dots (guint n_points)
{
  g_autoptr (AppChartAxis) x = app_chart_axis_new (APP_CHART_SCALE_LINEAR, "x");
  g_autoptr (AppChartAxis) y = app_chart_axis_new (APP_CHART_SCALE_LINEAR, "y");
  g_autoptr (AppChartSeries) series = app_chart_series_new ("dots");
  AppChartScene *scene = app_chart_scene_new ("dots", x, y);

  app_chart_axis_set_range (x, 0, n_points);
  app_chart_axis_set_range (y, 0, 10);
  for (guint i = 0; i < n_points; i++)
    {
      AppChartPoint point = { .x = i + .5, .y = i * 7 % 10 };
      g_autofree char *label = g_strdup_printf ("point %u", i);

      app_chart_series_add (series, &point, label);
    }
  app_chart_scene_take_layer (scene, app_chart_dots_new (series));
  return scene;
}

static AppChartScene *
make_lying_bars (const char *const *names,
                 const double      *values)
{
  g_autoptr (AppChartAxis) x = app_chart_axis_new (APP_CHART_SCALE_LINEAR, "people");
  g_autoptr (AppChartAxis) y = app_chart_axis_new_categories (names, NULL);
  g_autoptr (AppChartSeries) series = app_chart_series_new (NULL);
  AppChartScene *scene = app_chart_scene_new ("segments", x, y);

  app_chart_axis_set_range (x, 0, 100);
  for (guint i = 0; names[i]; i++)
    {
      AppChartPoint point = { .x = values[i], .y = i, .color = i };

      app_chart_series_add (series, &point, names[i]);
    }
  app_chart_scene_take_layer (scene, app_chart_bars_new (series));
  return scene;
}

static GskRenderNode *
draw (AppChartScene *scene,
      AppChartPlot  *plot)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  app_chart_scene_lay_out (scene, plot, WIDTH, HEIGHT);
  app_chart_scene_snapshot (scene, plot, snapshot, WIDTH);
  return gtk_snapshot_free_to_node (snapshot);
}

static guint
count_nodes (GskRenderNode     *node,
             GskRenderNodeType  type)
{
  guint n = gsk_render_node_get_node_type (node) == type;

  if (gsk_render_node_get_node_type (node) == GSK_CONTAINER_NODE)
    for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
      n += count_nodes (gsk_container_node_get_child (node, i), type);
  else if (gsk_render_node_get_node_type (node) == GSK_TRANSFORM_NODE)
    n += count_nodes (gsk_transform_node_get_child (node), type);
  return n;
}

/* Many marks become one texture; on paper they stay shapes. */
static void
test_many_marks_become_a_texture (void)
{
  const struct
  {
    guint n_points;
    gboolean vector;
    guint n_clips;
    guint n_textures;
    guint n_shapes;
  } cases[] = { { 2000, FALSE, 2000, 0, 0 }, { 2001, FALSE, 0, 1, 0 }, { 2001, TRUE, 0, 0, 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (AppChartScene) scene = make_dots (cases[i].n_points);
      AppChartPlot plot = make_plot ();

      plot.vector = cases[i].vector;

      g_autoptr (GskRenderNode) node = draw (scene, &plot);

      g_assert_cmpuint (count_nodes (node, GSK_ROUNDED_CLIP_NODE), ==, cases[i].n_clips);
      g_assert_cmpuint (count_nodes (node, GSK_TEXTURE_NODE), ==, cases[i].n_textures);
      g_assert_cmpuint (count_nodes (node, GSK_CAIRO_NODE), ==, cases[i].n_shapes);
      g_object_unref (plot.context);
    }
}

/* What is found at the middle of each mark is that mark, though others reach over it. */
static void
test_pointer_finds_every_mark (void)
{
  g_autoptr (AppChartScene) scene = make_dots (90);
  AppChartPlot plot = make_plot ();
  g_autoptr (GskRenderNode) node = draw (scene, &plot);

  g_assert_nonnull (node);
  for (guint i = 0; i < app_chart_scene_get_n_marks (scene); i++)
    {
      AppChartMark mark = { 9, 9 };
      float x = app_chart_plot_get_x (&plot, i + .5);
      float y = app_chart_plot_get_y (&plot, i * 7 % 10);

      g_assert_true (app_chart_scene_find (scene, &plot, x, y, &mark));
      g_assert_cmpuint (mark.layer, ==, 0);
      g_assert_cmpuint (mark.index, ==, i);
      g_assert_cmpuint (app_chart_scene_get_position (scene, mark), ==, i);
    }

  AppChartMark none;

  g_assert_false (app_chart_scene_find (scene, &plot, 0, HEIGHT, &none));
  g_object_unref (plot.context);
}

static void
test_positions_run_through_layers (void)
{
  g_autoptr (AppChartScene) scene = make_dots (3);
  g_autoptr (AppChartSeries) series = app_chart_series_new ("curve");
  AppChartPoint point = { .x = 1, .y = 1 };

  app_chart_series_add (series, &point, "first");
  app_chart_series_add (series, &point, "second");
  app_chart_scene_take_layer (scene, app_chart_curve_new (series));

  AppChartMark mark = app_chart_scene_get_mark (scene, 4);

  g_assert_cmpuint (app_chart_scene_get_n_marks (scene), ==, 5);
  g_assert_cmpuint (mark.layer, ==, 1);
  g_assert_cmpuint (mark.index, ==, 1);
  g_assert_cmpstr (app_chart_scene_get_label (scene, mark), ==, "second");
  g_assert_cmpuint (app_chart_scene_get_position (scene, mark), ==, 4);
}

/* Bars do not lie over the names of the next ones, whatever little room there is. */
static void
test_lying_bars_leave_room_for_names (void)
{
  const char *names[] = { "big, frequent, silent since spring", "客单价高、近期购买", "small", NULL };
  const double values[] = { 40, 0, 90 };
  g_autoptr (AppChartScene) scene = make_lying_bars (names, values);
  AppChartPlot plot = make_plot ();
  float line = app_chart_plot_get_line_height (&plot);
  int least = app_chart_scene_get_minimum_height (scene, plot.context);

  app_chart_scene_lay_out (scene, &plot, 300, least);
  for (guint i = 0; names[i]; i++)
    {
      AppChartMark mark;
      float middle = (app_chart_plot_get_y (&plot, i - .5) + line +
                      app_chart_plot_get_y (&plot, i + .5)) / 2;

      g_assert_cmpfloat (app_chart_plot_get_y (&plot, i + .5) -
                         app_chart_plot_get_y (&plot, i - .5), >=, line + 12);
      g_assert_true (app_chart_scene_find (scene, &plot, plot.area.origin.x, middle, &mark));
      g_assert_cmpuint (mark.index, ==, i);
    }
  g_object_unref (plot.context);
}

static void
test_empty_scene_draws (void)
{
  g_autoptr (AppChartScene) scene = make_dots (0);
  AppChartPlot plot = make_plot ();
  g_autoptr (GskRenderNode) node = draw (scene, &plot);

  g_assert_nonnull (node);
  g_assert_cmpuint (app_chart_scene_get_n_marks (scene), ==, 0);
  g_object_unref (plot.context);
}

static void
test_files_of_every_format (void)
{
  const struct
  {
    const char *name;
    const char *magic;
  } formats[] = { { "chart.png", "\x89PNG" }, { "chart.SVG", "<?xml" }, { "chart.pdf", "%PDF" } };
  g_autofree char *folder = g_dir_make_tmp ("charts-XXXXXX", NULL);
  g_autoptr (AppChartScene) scene = make_dots (2500);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *path = g_build_filename (folder, formats[i].name, NULL);
      g_autofree char *data = NULL;
      g_autoptr (GError) error = NULL;

      app_chart_file_write (scene, path, WIDTH, HEIGHT, &error);
      g_assert_no_error (error);
      g_assert_true (g_file_get_contents (path, &data, NULL, NULL));
      g_assert_true (g_str_has_prefix (data, formats[i].magic));
      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_file_that_cannot_be_written_is_told (void)
{
  const char *paths[] = { "/nowhere/chart.png", "/nowhere/chart.svg", "chart.doc" };
  g_autoptr (AppChartScene) scene = make_dots (5);

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (app_chart_file_write (scene, paths[i], WIDTH, HEIGHT, &error));
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, paths[i]));
    }
}

int
main (int    argc,
      char **argv)
{
  g_unsetenv ("DISPLAY");
  g_unsetenv ("WAYLAND_DISPLAY");
  g_test_init (&argc, &argv, NULL);
  gtk_init_check ();
  g_test_add_func ("/chart-scene/many-marks-become-a-texture", test_many_marks_become_a_texture);
  g_test_add_func ("/chart-scene/pointer-finds-every-mark", test_pointer_finds_every_mark);
  g_test_add_func ("/chart-scene/positions-run-through-layers", test_positions_run_through_layers);
  g_test_add_func ("/chart-scene/lying-bars-leave-room-for-names",
                   test_lying_bars_leave_room_for_names);
  g_test_add_func ("/chart-scene/empty-draws", test_empty_scene_draws);
  g_test_add_func ("/chart-file/every-format", test_files_of_every_format);
  g_test_add_func ("/chart-file/unwritable-is-told", test_file_that_cannot_be_written_is_told);
  return g_test_run ();
}
