/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-chosen-sort.h"

static const char *const fields[] = { "display_name", "lifecycle", "star" };

typedef struct
{
  GtkColumnView *view;
  GtkColumnViewColumn *columns[3];
} Fixture;

static void
set_up (Fixture    *fixture,
        const void *data)
{
  fixture->view = GTK_COLUMN_VIEW (g_object_ref_sink (gtk_column_view_new (NULL)));
  for (guint i = 0; i < 3; i++)
    {
      fixture->columns[i] = gtk_column_view_column_new (fields[i], NULL);
      app_chosen_sort_add_field (fixture->columns[i], fields[i]);
      gtk_column_view_append_column (fixture->view, fixture->columns[i]);
    }
}

static void
tear_down (Fixture    *fixture,
           const void *data)
{
  for (guint i = 0; i < 3; i++)
    g_object_unref (fixture->columns[i]);
  g_object_unref (fixture->view);
}

static void
test_nothing_chosen (Fixture    *fixture,
                     const void *data)
{
  gboolean descending = TRUE;

  g_assert_null (app_chosen_sort_get_field (fixture->view, &descending));
  g_assert_false (descending);
}

/* Every column after every other one: the view remembers earlier choices behind the newest. */
static void
test_last_choice_counts (Fixture    *fixture,
                         const void *data)
{
  for (guint first = 0; first < 3; first++)
    for (guint second = 0; second < 3; second++)
      for (guint order = GTK_SORT_ASCENDING; order <= GTK_SORT_DESCENDING; order++)
        {
          gboolean descending;

          gtk_column_view_sort_by_column (fixture->view, fixture->columns[first],
                                          GTK_SORT_DESCENDING);
          gtk_column_view_sort_by_column (fixture->view, fixture->columns[second], order);
          g_assert_cmpstr (app_chosen_sort_get_field (fixture->view, &descending), ==,
                           fields[second]);
          g_assert_cmpint (descending, ==, order == GTK_SORT_DESCENDING);
        }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }

  g_test_add ("/chosen-sort/nothing-chosen", Fixture, NULL, set_up, test_nothing_chosen,
              tear_down);
  g_test_add ("/chosen-sort/last-choice-counts", Fixture, NULL, set_up, test_last_choice_counts,
              tear_down);

  return g_test_run ();
}
