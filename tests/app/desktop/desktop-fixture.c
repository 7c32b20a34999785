/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desktop-fixture.h"

#include <glib/gstdio.h>

#include "app-resources.h"
#include "store-query.h"

/* One for all tests of a program: it is known on the session bus by its name. */
static GtkApplication *application;

static void
start_application (void)
{
  g_autoptr (GError) error = NULL;

  application = g_object_new (ADW_TYPE_APPLICATION,
                              "application-id", "org.clientele.Clientele.Test",
                              "flags", G_APPLICATION_NON_UNIQUE,
                              "resource-base-path", "/org/clientele/Clientele",
                              NULL);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
}

/**
 * desktop_init:
 *
 * Returns: whether there is a display; else the test has said that it is skipped
 */
gboolean
desktop_init (int    *argc,
              char ***argv)
{
  g_test_init (argc, argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return FALSE;
    }

  adw_init ();
  g_resources_register (app_get_resource ());
  start_application ();
  return TRUE;
}

/* Sleeps between events: a loop that spins would take the processor from the store's threads. */
void
desktop_turn (void)
{
  if (!g_main_context_iteration (NULL, FALSE))
    g_usleep (2000);
}

static void
copy_data (const char *name,
           const char *path)
{
  g_autofree char *source = g_test_build_filename (G_TEST_DIST, "data", name, NULL);
  g_autofree char *bytes = NULL;
  gsize size;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (source, &bytes, &size, &error);
  g_assert_no_error (error);
  g_file_set_contents (path, bytes, (gssize) size, &error);
  g_assert_no_error (error);
}

/**
 * desktop_set_up:
 * @data: (nullable): the name of a store in tests/data to begin with
 */
void
desktop_set_up (DesktopFixture *fixture,
                const void     *data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("clientele-desktop-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "store.clientele", NULL);
  if (data)
    copy_data (data, fixture->path);
  fixture->store = store_database_open (fixture->path, STORE_OPEN_CREATE, &error);
  g_assert_no_error (error);

  fixture->window = app_window_new (application);
  app_window_set_database (fixture->window, fixture->store);
  gtk_window_present (GTK_WINDOW (fixture->window));
  desktop_wait_for (gtk_widget_get_mapped (GTK_WIDGET (fixture->window)));
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder && (name = g_dir_read_name (folder)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

void
desktop_tear_down (DesktopFixture *fixture,
                   const void     *data)
{
  if (fixture->window)
    gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&fixture->store);
  remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static gboolean
is_titled (GtkWidget  *widget,
           const char *title)
{
  const char *name = NULL;

  if (ADW_IS_PREFERENCES_ROW (widget))
    name = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget));
  else if (GTK_IS_BUTTON (widget))
    name = gtk_button_get_label (GTK_BUTTON (widget));
  else if (GTK_IS_LABEL (widget))
    name = gtk_label_get_label (GTK_LABEL (widget));

  return g_strcmp0 (name, title) == 0;
}

typedef gboolean (*MatchFunc) (GtkWidget     *widget,
                               gconstpointer  data);

static GtkWidget *
find_match (GtkWidget     *root,
            MatchFunc      match,
            gconstpointer  data)
{
  GtkWidget *child;

  if (!gtk_widget_get_mapped (root))
    return NULL;
  if (match (root, data))
    return root;

  for (child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_match (child, match, data);

      if (found)
        return found;
    }

  return NULL;
}

typedef struct
{
  GType type;
  const char *title;
} Description;

static gboolean
is_described (GtkWidget     *widget,
              gconstpointer  data)
{
  const Description *description = data;

  return g_type_is_a (G_OBJECT_TYPE (widget), description->type) &&
         (!description->title || is_titled (widget, description->title));
}

static gboolean
is_styled (GtkWidget     *widget,
           gconstpointer  css_class)
{
  return gtk_widget_has_css_class (widget, css_class);
}

/**
 * desktop_find:
 * @title: (nullable): of a row, button or label; %NULL for any
 *
 * Returns: (transfer none) (nullable): the first widget of that type and title that can be seen
 */
GtkWidget *
desktop_find (GtkWidget  *root,
              GType       type,
              const char *title)
{
  const Description description = { type, title };

  return find_match (root, is_described, &description);
}

GtkWidget *
desktop_find_styled (GtkWidget  *root,
                     const char *css_class)
{
  return find_match (root, is_styled, css_class);
}

/**
 * desktop_find_window:
 *
 * Returns: (transfer none) (nullable): the open window of that type
 */
GtkWidget *
desktop_find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (g_type_is_a (G_OBJECT_TYPE (window), type))
        return window;
    }

  return NULL;
}

StoreId
desktop_add_party (StoreDatabase *store,
                   const char    *name)
{
  g_autoptr (StoreRecord) party = store_record_new (STORE_KIND ("party"));
  g_autoptr (GError) error = NULL;

  store_record_set_text (party, "kind", "person");
  store_record_set_text (party, "display_name", name);
  store_database_save (store, "Edit", party, NULL, &error);
  g_assert_no_error (error);

  return *store_record_get_id (party);
}

guint
desktop_count (StoreDatabase *store,
               const char    *kind)
{
  g_autoptr (StoreQuery) query = store_query_new (kind);
  g_autoptr (GError) error = NULL;
  guint count = 0;

  store_query_count (query, store, &count, &error);
  g_assert_no_error (error);

  return count;
}

char *
desktop_read (StoreDatabase *store,
              const StoreId *id,
              const char    *field)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreRecord) party = store_database_load (store, STORE_KIND ("party"), id, &error);
  char *text;

  g_assert_no_error (error);
  text = store_record_dup_raw_text (party, field);
  return text ? text : g_strdup ("");
}

/**
 * desktop_show_customer:
 *
 * Opens a customer's page and waits until it is filled.
 */
void
desktop_show_customer (DesktopFixture *fixture,
                       const StoreId  *id)
{
  app_window_show_customer (fixture->window, id);
  desktop_wait_for (desktop_find (GTK_WIDGET (fixture->window), ADW_TYPE_ENTRY_ROW, "Name"));
}

/**
 * desktop_keep_picture:
 *
 * Keeps a picture for eyes, where CLIENTELE_TEST_PICTURES names a folder for them.
 */
void
desktop_keep_picture (GtkWidget  *window,
                      const char *name)
{
  const char *folder = g_getenv ("CLIENTELE_TEST_PICTURES");
  gint64 end = g_get_monotonic_time () + G_USEC_PER_SEC / 2;
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GtkSnapshot) snapshot = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *path = NULL;
  GskRenderNode *node;

  if (!folder)
    return;

  while (g_get_monotonic_time () < end)
    desktop_turn ();
  paintable = gtk_widget_paintable_new (window);
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window),
                          gtk_widget_get_height (window));
  node = gtk_snapshot_to_node (snapshot);
  if (!node)
    return;
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  path = g_strdup_printf ("%s/%s.png", folder, name);
  gdk_texture_save_to_png (texture, path);
  gsk_render_node_unref (node);
}
