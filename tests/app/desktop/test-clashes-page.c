/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page over a store in which two devices wrote one thing without sight of each other. */
#include "config.h"

#include "app-clashes-page.h"
#include "desktop-fixture.h"
#include "store-clash.h"

#define SAMPLE "store-version-1.clientele"

static guint
count_clashes (DesktopFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  guint count = 0;

  store_clash_count (fixture->store, &count, &error);
  g_assert_no_error (error);

  return count;
}

static GtkWidget *
open_page (DesktopFixture *fixture)
{
  GtkWidget *page = GTK_WIDGET (app_window_get_page (fixture->window, "clashes"));

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-page", "s", "clashes");
  desktop_wait_for (desktop_find (page, ADW_TYPE_EXPANDER_ROW, NULL));
  desktop_keep_picture (GTK_WIDGET (fixture->window), "clashes");

  return page;
}

/* The rows of the sides of the first clash, one after the other. */
static GtkWidget *
find_first_side (GtkWidget *page)
{
  GtkWidget *row = desktop_find (page, ADW_TYPE_EXPANDER_ROW, NULL);
  GtkWidget *keep = NULL;

  desktop_wait_for ((keep = desktop_find (row, GTK_TYPE_BUTTON, "_Keep")));
  return gtk_widget_get_first_child (
    gtk_widget_get_parent (gtk_widget_get_ancestor (keep, ADW_TYPE_ACTION_ROW)));
}

static void
test_other_side_is_taken_and_given_back (DesktopFixture *fixture,
                                         const void     *data)
{
  g_autoptr (GPtrArray) clashes = store_clash_list (fixture->store, NULL);
  const StoreClash *clash = g_ptr_array_index (clashes, 0);
  const StoreField *field = g_ptr_array_index (clash->fields, 0);
  const StoreClashSide *other = g_ptr_array_index (clash->sides, 1);
  g_autofree char *shown = desktop_read (fixture->store, &clash->id, field->name);
  g_autofree char *wanted = store_value_dup_text (&g_array_index (other->values, StoreValue, 0));
  g_autofree char *after = NULL;
  GtkWidget *side = find_first_side (open_page (fixture));
  char *now = NULL;

  g_assert_cmpstr (shown, !=, wanted);
  side = gtk_widget_get_next_sibling (side);
  g_signal_emit_by_name (desktop_find (side, GTK_TYPE_BUTTON, "_Keep"), "clicked");
  desktop_wait_for (count_clashes (fixture) == 0);
  after = desktop_read (fixture->store, &clash->id, field->name);
  g_assert_cmpstr (after, ==, wanted);

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL);
  desktop_wait_for ((g_free (now), now = desktop_read (fixture->store, &clash->id, field->name),
                     g_str_equal (now, shown)));
  g_free (now);
}

static void
test_every_side_can_be_kept (DesktopFixture *fixture,
                             const void     *data)
{
  g_autoptr (GPtrArray) clashes = store_clash_list (fixture->store, NULL);
  const StoreClash *clash = g_ptr_array_index (clashes, 0);
  guint sides = 0;
  GtkWidget *side;

  for (side = find_first_side (open_page (fixture)); side;
       side = gtk_widget_get_next_sibling (side))
    if (desktop_find (side, GTK_TYPE_BUTTON, "_Keep"))
      sides++;

  g_assert_cmpuint (sides, ==, clash->sides->len);
}

static void
test_history_tells_of_both_devices (DesktopFixture *fixture,
                                    const void     *data)
{
  GtkWidget *page = GTK_WIDGET (app_window_get_page (fixture->window, "history"));

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-page", "s", "history");
  desktop_wait_for (desktop_find (page, ADW_TYPE_ACTION_ROW, NULL));
  desktop_keep_picture (GTK_WIDGET (fixture->window), "history");
}

int
main (int   argc,
      char *argv[])
{
  if (!desktop_init (&argc, &argv))
    return 0;

  g_test_add ("/clashes-page/other-side-is-taken-and-given-back", DesktopFixture, SAMPLE,
              desktop_set_up, test_other_side_is_taken_and_given_back, desktop_tear_down);
  g_test_add ("/clashes-page/every-side-can-be-kept", DesktopFixture, SAMPLE, desktop_set_up,
              test_every_side_can_be_kept, desktop_tear_down);
  g_test_add ("/clashes-page/history-tells-of-both-devices", DesktopFixture, SAMPLE,
              desktop_set_up, test_history_tells_of_both_devices, desktop_tear_down);

  return g_test_run ();
}
