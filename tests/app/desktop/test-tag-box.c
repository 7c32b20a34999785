/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desktop-fixture.h"

#include "app-tag-box.h"
#include "store-catalog.h"

#define WIDTH 430

static GPtrArray *
make_tags (void)
{
  const char *const names[] = { "newsletter", "wholesale", "gift box", "ceramics", "老客户" };
  GPtrArray *tags = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      StoreRecord *tag = store_record_new (store_catalog_find ("tag"));

      store_record_set_text (tag, "name", names[i]);
      g_ptr_array_add (tags, tag);
    }
  return tags;
}

static double
find_bottom (GtkWidget *widget,
             GtkWidget *root)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, root, &bounds));
  return bounds.origin.y + bounds.size.height;
}

/* Several to a line where there is room, and the entry below all of them. */
static void
test_tags_do_not_cover_the_entry (DesktopFixture *fixture,
                                  const void     *data)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *tag_box = g_object_new (APP_TYPE_TAG_BOX, "valign", GTK_ALIGN_START, NULL);
  GtkWidget *flow;
  g_autoptr (GPtrArray) tags = make_tags ();
  StoreId party = desktop_add_party (fixture->store, "Ada");
  graphene_rect_t bounds;
  guint n_lines = 0;
  double lowest = 0;

  app_tag_box_show (APP_TAG_BOX (tag_box), fixture->store, &party, tags);
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, 300);
  gtk_window_set_child (GTK_WINDOW (window), tag_box);
  gtk_window_present (GTK_WINDOW (window));
  desktop_wait_for (desktop_find (tag_box, GTK_TYPE_ENTRY, NULL) &&
                    gtk_widget_get_width (desktop_find (tag_box, GTK_TYPE_ENTRY, NULL)) > 0);
  flow = desktop_find (tag_box, GTK_TYPE_FLOW_BOX, NULL);

  for (GtkWidget *child = gtk_widget_get_first_child (flow); child;
       child = gtk_widget_get_next_sibling (child))
    {
      double bottom = find_bottom (child, window);

      n_lines += bottom > lowest;
      lowest = MAX (lowest, bottom);
    }
  g_assert_true (gtk_widget_compute_bounds (desktop_find (tag_box, GTK_TYPE_ENTRY, NULL), window,
                                            &bounds));
  g_assert_cmpfloat (lowest, <=, bounds.origin.y);
  g_assert_cmpuint (n_lines, <, tags->len);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  if (!desktop_init (&argc, &argv))
    return 0;
  g_test_add ("/tag-box/tags-do-not-cover-the-entry", DesktopFixture, NULL, desktop_set_up,
              test_tags_do_not_cover_the_entry, desktop_tear_down);
  return g_test_run ();
}
