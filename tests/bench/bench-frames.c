/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The window over 1,000,000 customers: how long until the first frame that shows some of them, how
 * much memory that takes, and how long a frame takes while the list is scrolled by wheel steps,
 * each beside its limit. The store is made by one process and opened by another, so that the
 * memory counted is the window's. CLIENTELE_BENCH_ROWS sets the number.
 */
#include "config.h"

#include <string.h>

#include "app-resources.h"
#include "app-window.h"
#include "bench-customers.h"
#include "store-search-index.h"

#define LIMIT_FIRST_FRAME_MS 250.
#define LIMIT_MEMORY_MB 90.
#define LIMIT_FRAME_MS 6.
#define N_STEPS 400
#define WHEEL_STEP 102.
#define PATIENCE_SECONDS 60

typedef struct
{
  GtkWidget *window;
  double start;
  double frame_start;
  double first_frame;
  GArray *frames;
  gboolean scrolling;
} Bench;

static double
read_memory_mb (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;
  line = strstr (status, "RssAnon:");
  return line ? g_ascii_strtod (line + strlen ("RssAnon:"), NULL) / 1024. : 0;
}

static GtkWidget *
find_widget (GtkWidget *root,
             GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type) && gtk_widget_get_mapped (root))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found)
        return found;
    }
  return NULL;
}

static gboolean
shows_customers (Bench *self)
{
  GtkWidget *view = find_widget (self->window, GTK_TYPE_COLUMN_VIEW);
  GtkSelectionModel *model = view ? gtk_column_view_get_model (GTK_COLUMN_VIEW (view)) : NULL;

  return model && g_list_model_get_n_items (G_LIST_MODEL (model)) > 0;
}

static void
on_before_paint (GdkFrameClock *clock,
                 Bench         *self)
{
  self->frame_start = bench_seconds ();
}

static void
on_after_paint (GdkFrameClock *clock,
                Bench         *self)
{
  double now = bench_seconds ();
  double ms = (now - self->frame_start) * 1e3;

  if (self->first_frame == 0 && shows_customers (self))
    self->first_frame = (now - self->start) * 1e3;
  if (self->scrolling)
    g_array_append_val (self->frames, ms);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return left < right ? -1 : left > right;
}

static void
spin (double seconds)
{
  double end = bench_seconds () + seconds;

  while (bench_seconds () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

static void
scroll (Bench *self)
{
  GtkWidget *view = find_widget (self->window, GTK_TYPE_COLUMN_VIEW);
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));

  self->scrolling = TRUE;
  for (guint i = 0; i < N_STEPS; i++)
    {
      guint before = self->frames->len;
      double end = bench_seconds () + 1.;

      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + WHEEL_STEP);
      while (self->frames->len == before && bench_seconds () < end)
        g_main_context_iteration (NULL, TRUE);
    }
  self->scrolling = FALSE;
}

static void
print_row (const char *what,
           double      value,
           const char *unit,
           double      limit)
{
  g_print ("%-44s %5.2f of the limit   (%.1f %s, limit %.0f)\n", what, value / limit, value, unit,
           limit);
}

static void
open_window (Bench      *self,
             const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreDatabase) database = NULL;
  GtkApplication *application;
  GdkFrameClock *clock;

  self->start = bench_seconds ();
  adw_init ();
  g_resources_register (app_get_resource ());
  application = g_object_new (ADW_TYPE_APPLICATION, "application-id", "org.clientele.Bench",
                              "flags", G_APPLICATION_NON_UNIQUE, "resource-base-path",
                              "/org/clientele/Clientele", NULL);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  database = store_database_open (path, STORE_OPEN_EXISTING, &error);
  g_assert_no_error (error);
  self->window = GTK_WIDGET (app_window_new (application));
  app_window_set_database (APP_WINDOW (self->window), database);
  gtk_widget_realize (self->window);
  clock = gtk_widget_get_frame_clock (self->window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (on_before_paint), self);
  g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), self);
  gtk_window_present (GTK_WINDOW (self->window));
}

static int
run_window (const char *path)
{
  Bench bench = { 0 };
  double end;
  double memory;

  bench.frames = g_array_new (FALSE, FALSE, sizeof (double));
  open_window (&bench, path);
  end = bench_seconds () + PATIENCE_SECONDS;
  while (bench.first_frame == 0 && bench_seconds () < end)
    g_main_context_iteration (NULL, TRUE);
  memory = read_memory_mb ();
  /* Let what is loaded behind the first frame come to rest. */
  spin (3.);
  if (bench.first_frame == 0)
    {
      g_print ("no frame showed a customer within %d s\n", PATIENCE_SECONDS);
      return 1;
    }
  scroll (&bench);
  g_array_sort (bench.frames, compare);
  print_row ("first frame with customers", bench.first_frame, "ms", LIMIT_FIRST_FRAME_MS);
  print_row ("memory at the first frame", memory, "MB", LIMIT_MEMORY_MB);
  if (bench.frames->len > 0)
    {
      print_row ("wheel step, median frame",
                 g_array_index (bench.frames, double, bench.frames->len / 2), "ms", LIMIT_FRAME_MS);
      print_row ("wheel step, 99 % of frames",
                 g_array_index (bench.frames, double, bench.frames->len * 99 / 100), "ms", 16.);
    }
  return 0;
}

int
main (int    argc,
      char **argv)
{
  BenchCustomers customers = { 0 };
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  char *arguments[] = { argv[0], (char *) "--open", NULL, NULL };
  int status = 0;

  if (!gtk_init_check ())
    {
      g_print ("skipped: no display\n");
      return 77;
    }
  if (argc == 3)
    return run_window (argv[2]);

  bench_customers_make (&customers, bench_customers_count (1000000));
  /* A store in use has its index; the window must not be measured while it is being made. */
  store_search_index_catch_up (customers.database, STORE_SEARCH_NO_LIMIT, NULL, &error);
  g_assert_no_error (error);
  path = g_strdup (store_database_get_path (customers.database));
  g_print ("%u customers\n", customers.n);
  arguments[2] = path;
  g_spawn_sync (NULL, arguments, NULL, G_SPAWN_CHILD_INHERITS_STDIN, NULL, NULL, NULL, NULL,
                &status, &error);
  g_assert_no_error (error);
  bench_customers_free (&customers);
  return g_spawn_check_wait_status (status, NULL) ? 0 : 1;
}
