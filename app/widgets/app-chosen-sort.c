/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which header of a column view was clicked last.
 *
 * GTK 4.8 keeps the chosen column to itself: all it offers is a sorter that compares two items. So
 * every column gets a sorter that notes that it was asked; the view's sorter, asked once about two
 * probes, asks the chosen column first, and turns its answer round in descending order. */
#include "config.h"

#include "app-chosen-sort.h"

static const char *asked;

static int
note_asked (gconstpointer a,
            gconstpointer b,
            gpointer      field)
{
  if (!asked)
    asked = field;

  return GTK_ORDERING_SMALLER;
}

/**
 * app_chosen_sort_add_field:
 * @field: (transfer none): the field that a click on the column's header sorts by, a static string
 */
void
app_chosen_sort_add_field (GtkColumnViewColumn *column,
                           const char          *field)
{
  g_autoptr (GtkCustomSorter) sorter =
    gtk_custom_sorter_new (note_asked, (gpointer) field, NULL);

  gtk_column_view_column_set_sorter (column, GTK_SORTER (sorter));
}

/**
 * app_chosen_sort_get_field:
 * @descending: (out): whether the last come first
 *
 * Main thread only.
 *
 * Returns: (nullable): the field of the chosen column, %NULL where none is chosen
 */
const char *
app_chosen_sort_get_field (GtkColumnView *view,
                           gboolean      *descending)
{
  g_autoptr (GObject) a = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GObject) b = g_object_new (G_TYPE_OBJECT, NULL);
  GtkOrdering order;

  asked = NULL;
  order = gtk_sorter_compare (gtk_column_view_get_sorter (view), a, b);
  *descending = order == GTK_ORDERING_LARGER;

  return asked;
}
