/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page in a window of its own, over the sample business. */
#include "app-chart.h"
#include "app-demo-store.h"
#include "app-insights-page.h"
#include "app-language.h"
#include "app-people-window.h"
#include "app-resources.h"

#include <glib/gstdio.h>

#define TODAY 20500

static char *sample_folder;
static char *sample_path;

typedef struct
{
  StoreDatabase *database;
  GtkWidget *window;
  AppPage *page;
  char *shown;
} Fixture;

static void
on_show_customer (Fixture  *fixture,
                  GVariant *id)
{
  g_free (fixture->shown);
  fixture->shown = g_variant_dup_string (id, NULL);
}

static void
spin (guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * 1000;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (2000);
}

/* The first widget of a type, depth first, that can be seen. */
static GtkWidget *
find_widget (GtkWidget *widget,
             GType      type,
             guint     *skip)
{
  gboolean fits = g_type_is_a (G_OBJECT_TYPE (widget), type) && gtk_widget_get_mapped (widget);

  if (fits && (*skip)-- == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type, skip);

      if (found)
        return found;
    }
  return NULL;
}

static GtkWidget *
wait_for_widget (GtkWidget *root,
                 GType      type,
                 guint      number)
{
  for (guint i = 0; i < 500; i++)
    {
      guint skip = number;
      GtkWidget *widget = find_widget (root, type, &skip);

      if (widget)
        return widget;
      spin (50);
    }
  g_error ("There is no %s after 25 seconds", g_type_name (type));
  return NULL;
}

/* A picture for eyes, where a folder for them is named. */
static void
keep_picture (GtkWidget  *window,
              const char *name)
{
  const char *folder = g_getenv ("CLIENTELE_TEST_PICTURES");
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autofree char *path = NULL;
  GtkSnapshot *snapshot;
  GskRenderNode *node;
  GdkTexture *texture;

  if (!folder)
    return;
  spin (500);
  paintable = gtk_widget_paintable_new (window);
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window),
                          gtk_widget_get_height (window));
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  path = g_strdup_printf ("%s/%s.png", folder, name);
  gdk_texture_save_to_png (texture, path);
  gsk_render_node_unref (node);
  g_object_unref (texture);
}

static void
show_page (Fixture    *fixture,
           const char *path,
           int         width)
{
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) show =
    g_simple_action_new ("show-customer", G_VARIANT_TYPE_STRING);
  g_autoptr (GError) error = NULL;

  g_signal_connect_swapped (show, "activate", G_CALLBACK (on_show_customer), fixture);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (show));
  fixture->database = store_database_open (path, STORE_OPEN_CREATE, &error);
  g_assert_no_error (error);
  fixture->page = app_insights_page_new ();
  fixture->window = gtk_window_new ();
  gtk_widget_insert_action_group (fixture->window, "win", G_ACTION_GROUP (actions));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), width, 1100);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->page));
  gtk_window_present (GTK_WINDOW (fixture->window));
  app_page_set_database (fixture->page, fixture->database);
}

/* The sample is counted once, for all the tests that look at it. */
static Fixture sample;

static Fixture *
show_sample (int      width,
             gboolean narrow)
{
  if (!sample.window)
    show_page (&sample, sample_path, width);
  gtk_window_set_default_size (GTK_WINDOW (sample.window), width, 1100);
  g_object_set (sample.page, "narrow", narrow, NULL);
  wait_for_widget (sample.window, APP_TYPE_CHART, 1);
  return &sample;
}

static void
hide_page (Fixture *fixture)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  spin (50);
  store_database_close (fixture->database);
  g_clear_object (&fixture->database);
  g_clear_pointer (&fixture->shown, g_free);
}

static AppPeopleWindow *
find_people_window (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (APP_IS_PEOPLE_WINDOW (window))
        return APP_PEOPLE_WINDOW (window);
    }
  return NULL;
}

static guint
count_people (AppPeopleWindow *window)
{
  GtkWidget *list = wait_for_widget (GTK_WIDGET (window), GTK_TYPE_LIST_VIEW, 0);

  return g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list))));
}

/* The bars hold every customer once, and a bar opens exactly its own. */
static void
test_a_bar_opens_the_people_behind_it (void)
{
  Fixture *fixture = show_sample (900, FALSE);
  AppChart *chart;
  GtkWidget *list;
  guint n_marks;

  chart = APP_CHART (wait_for_widget (fixture->window, APP_TYPE_CHART, 0));
  keep_picture (fixture->window, "insights-groups");
  n_marks = app_chart_scene_get_n_marks (app_chart_get_scene (chart));
  g_assert_cmpuint (n_marks, >=, 2);

  for (guint i = 0; i < n_marks; i++)
    {
      AppChartMark mark = app_chart_scene_get_mark (app_chart_get_scene (chart), i);
      const char *label = app_chart_scene_get_label (app_chart_get_scene (chart), mark);
      AppPeopleWindow *people;
      g_autofree char *count = NULL;

      g_signal_emit_by_name (chart, "mark-activated", mark.layer, mark.index);
      people = find_people_window ();
      g_assert_nonnull (people);
      count = g_strdup_printf ("— %u ", count_people (people));
      g_assert_nonnull (strstr (label, count));
      if (i + 1 == n_marks)
        break;
      gtk_window_destroy (GTK_WINDOW (people));
    }

  keep_picture (GTK_WIDGET (find_people_window ()), "insights-people");
  list = wait_for_widget (GTK_WIDGET (find_people_window ()), GTK_TYPE_LIST_VIEW, 0);
  g_signal_emit_by_name (list, "activate", 0);
  g_assert_nonnull (fixture->shown);
  g_assert_cmpuint (strlen (fixture->shown), ==, 36);
  spin (50);
  g_assert_null (find_people_window ());
}

/* A month opens those who bought in it and in the month before, as many as it says. */
static void
test_a_month_opens_who_came_back (void)
{
  Fixture *fixture = show_sample (900, FALSE);
  AppChart *chart = APP_CHART (wait_for_widget (fixture->window, APP_TYPE_CHART, 1));
  AppChartScene *scene = app_chart_get_scene (chart);
  guint n_months = app_chart_scene_get_n_marks (scene) / 2;

  g_assert_cmpuint (n_months, >, 12);
  for (guint i = 0; i < n_months; i++)
    {
      AppChartMark mark = { 1, i };
      const char *label = strstr (app_chart_scene_get_label (scene, mark), ": ");
      AppPeopleWindow *people;
      guint n_here;

      g_clear_pointer (&fixture->shown, g_free);
      g_signal_emit_by_name (chart, "mark-activated", mark.layer, mark.index);
      people = find_people_window ();
      n_here = people ? count_people (people) : fixture->shown != NULL;
      g_assert_cmpuint (g_ascii_strtoull (label + 2, NULL, 10), ==, n_here);
      if (people)
        gtk_window_destroy (GTK_WINDOW (people));
    }
}

static void
test_values_add_up_to_everybody (void)
{
  Fixture *fixture = show_sample (400, TRUE);
  AppChart *chart;
  guint n_people = 0;
  guint n_all = 0;

  chart = APP_CHART (wait_for_widget (fixture->window, APP_TYPE_CHART, 2));
  keep_picture (fixture->window, "insights-narrow");

  for (guint i = 0; i < app_chart_scene_get_n_marks (app_chart_get_scene (chart)); i++)
    {
      const char *label =
        app_chart_scene_get_label (app_chart_get_scene (chart), (AppChartMark){ 0, i });
      AppPeopleWindow *people;
      guint n_here;

      g_clear_pointer (&fixture->shown, g_free);
      g_signal_emit_by_name (chart, "mark-activated", 0, i);
      people = find_people_window ();
      n_here = people ? count_people (people) : fixture->shown != NULL;
      g_assert_cmpuint (g_ascii_strtoull (label, NULL, 10), ==, n_here);
      n_people += n_here;
      if (people)
        gtk_window_destroy (GTK_WINDOW (people));
    }

  chart = APP_CHART (wait_for_widget (fixture->window, APP_TYPE_CHART, 0));
  for (guint i = 0; i < app_chart_scene_get_n_marks (app_chart_get_scene (chart)); i++)
    {
      g_signal_emit_by_name (chart, "mark-activated", 0, i);
      n_all += count_people (find_people_window ());
      gtk_window_destroy (GTK_WINDOW (find_people_window ()));
    }
  g_assert_cmpuint (n_all, >, 100);
  g_assert_cmpuint (n_people, ==, n_all);
}

static void
test_a_dot_opens_its_customer (void)
{
  Fixture *fixture = show_sample (900, FALSE);
  GtkStack *views;
  AppChart *chart;
  guint n_marks;

  views = GTK_STACK (gtk_widget_get_ancestor (
    wait_for_widget (fixture->window, APP_TYPE_CHART, 0), GTK_TYPE_STACK));
  gtk_stack_set_visible_child_name (views, "map");
  chart = APP_CHART (wait_for_widget (fixture->window, APP_TYPE_CHART, 0));
  keep_picture (fixture->window, "insights-map");
  n_marks = app_chart_scene_get_n_marks (app_chart_get_scene (chart));
  g_assert_cmpuint (n_marks, >, 100);
  for (guint i = 0; i < n_marks; i += n_marks / 5)
    {
      AppChartMark mark = app_chart_scene_get_mark (app_chart_get_scene (chart), i);
      const char *label = app_chart_scene_get_label (app_chart_get_scene (chart), mark);
      g_autoptr (StoreRecord) party = NULL;
      StoreId id;

      g_clear_pointer (&fixture->shown, g_free);
      g_signal_emit_by_name (chart, "mark-activated", mark.layer, mark.index);
      g_assert_true (store_id_parse (&id, fixture->shown));
      party = store_database_load (fixture->database, STORE_KIND ("party"), &id, NULL);
      g_assert_true (g_str_has_prefix (label, store_record_get_title (party)));
    }
}

static void
add_order (Fixture    *fixture,
           const char *name)
{
  g_autoptr (StoreRecord) party = store_record_new (STORE_KIND ("party"));
  g_autoptr (StoreRecord) order = store_record_new (STORE_KIND ("document"));
  g_autoptr (GError) error = NULL;

  store_record_set_text (party, "kind", "person");
  store_record_set_text (party, "display_name", name);
  store_database_save (fixture->database, "Add", party, NULL, &error);
  g_assert_no_error (error);
  store_record_set_text (order, "kind", "order");
  store_record_set_reference (order, "party", store_record_get_id (party));
  store_record_set_text (order, "date", "2026-01-31");
  store_record_set_text (order, "currency", "EUR");
  store_record_set_integer (order, "total", 1200);
  store_database_save (fixture->database, "Add", order, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
has_text (GtkWidget  *widget,
          const char *text)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
      strstr (gtk_label_get_text (GTK_LABEL (widget)), text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    if (has_text (child, text))
      return TRUE;
  return FALSE;
}

static void
wait_for_text (Fixture    *fixture,
               const char *text)
{
  for (guint i = 0; i < 500 && !has_text (fixture->window, text); i++)
    spin (20);
  g_assert_true (has_text (fixture->window, text));
}

/* An empty store says what to do; the first orders appear by themselves, and that they are too few
 * to tell groups by is an answer. */
static void
test_page_follows_the_store (void)
{
  Fixture own = { 0 };
  Fixture *fixture = &own;
  g_autofree char *path = g_build_filename (sample_folder, "empty", NULL);

  show_page (fixture, path, 600);
  wait_for_text (fixture, "No Orders Yet");
  add_order (fixture, "Ada");
  wait_for_text (fixture, "From 1 order up to");
  g_assert_true (has_text (fixture->window, "too few customers"));
  add_order (fixture, "Bob");
  wait_for_text (fixture, "From 2 orders up to");
  keep_picture (fixture->window, "insights-too-little");
  hide_page (fixture);
}

static void
remove_sample (void)
{
  g_autoptr (GDir) dir = g_dir_open (sample_folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (sample_folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (sample_folder);
  g_free (sample_folder);
  g_free (sample_path);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  gtk_test_init (&argc, &argv, NULL);
  if (g_getenv ("CLIENTELE_TEST_PICTURES"))
    app_language_init ();
  adw_init ();
  g_resources_register (app_get_resource ());
  if (g_getenv ("CLIENTELE_TEST_DARK"))
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        ADW_COLOR_SCHEME_FORCE_DARK);
  sample_folder = g_dir_make_tmp ("insights-page-XXXXXX", NULL);
  sample_path = g_build_filename (sample_folder, "sample", NULL);
  app_demo_store_make (sample_path, TODAY, NULL, NULL, NULL, &error);
  g_assert_no_error (error);

#define ADD(name, func) g_test_add_func ("/insights-page/" name, func)
  ADD ("a-bar-opens-the-people-behind-it", test_a_bar_opens_the_people_behind_it);
  ADD ("a-month-opens-who-came-back", test_a_month_opens_who_came_back);
  ADD ("values-add-up-to-everybody", test_values_add_up_to_everybody);
  ADD ("a-dot-opens-its-customer", test_a_dot_opens_its_customer);
  ADD ("page-follows-the-store", test_page_follows_the_store);
  status = g_test_run ();
  if (sample.window)
    hide_page (&sample);
  remove_sample ();
  return status;
}
