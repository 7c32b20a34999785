/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ways to look at the customers that are always offered. */
#include "config.h"

#include "app-customer-views.h"

#include <glib/gi18n-lib.h>
#include <gtk/gtk.h>

#include "store-catalog.h"

typedef struct
{
  const char *title;
  const char *filter;
} View;

static const View views[] = {
  { N_("Everybody"), "archived != yes" },
  { N_("Starred"), "star = yes" },
  { N_("People"), "kind = person and archived != yes" },
  { N_("Companies"), "kind = company and archived != yes" },
  { N_("Leads"), "lifecycle = lead and archived != yes" },
  { N_("Prospects"), "lifecycle = prospect and archived != yes" },
  { N_("Buying"), "lifecycle = customer and archived != yes" },
  { N_("Lapsed"), "lifecycle = lapsed and archived != yes" },
  { N_("Archived"), "archived = yes" },
};

/**
 * app_customer_views_new_model:
 *
 * Returns: (transfer full): the names of the views, translated
 */
GListModel *
app_customer_views_new_model (void)
{
  GtkStringList *titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    gtk_string_list_append (titles, _(views[i].title));

  return G_LIST_MODEL (titles);
}

/**
 * app_customer_views_dup_filter:
 * @view: its position in the model
 *
 * Returns: (transfer full) (nullable): what belongs to the view
 */
StoreFilter *
app_customer_views_dup_filter (guint view)
{
  g_autoptr (GError) error = NULL;
  StoreFilter *filter;

  g_return_val_if_fail (view < G_N_ELEMENTS (views), NULL);

  filter = store_filter_parse (store_catalog_find ("party"), views[view].filter, &error);
  if (!filter)
    g_warning ("The view “%s” cannot be read: %s", views[view].filter, error->message);

  return filter;
}
