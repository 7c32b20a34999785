/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-drawing-clv.h"

#include "app-drawing-histogram.h"

#include <glib/gi18n.h>
#include <math.h>

static char *
dup_label (const AppDrawingBins *bins,
           guint                 bin,
           guint                 count,
           gpointer              data)
{
  g_autofree char *people = g_strdup_printf (ngettext ("%'u person", "%'u people", count), count);
  g_autofree char *from = app_drawing_dup_number (bin * bins->step);
  g_autofree char *to = app_drawing_dup_number ((bin + 1) * bins->step);

  if (bin + 1 == bins->n_bins)
    return g_strdup_printf (_("%s: %s and more"), people, from);
  return g_strdup_printf (_("%s: %s to %s"), people, from, to);
}

/* The finite numbers of one member; where there are none, why that is. */
static GArray *
collect_numbers (JsonObject  *document,
                 const char  *member,
                 GError     **error)
{
  JsonArray *customers = app_drawing_get_list (document, "customers", error);
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; customers && i < json_array_get_length (customers); i++)
    {
      JsonObject *customer = json_array_get_object_element (customers, i);
      double value = app_drawing_get_number (customer, member);

      if (isfinite (value))
        g_array_append_val (values, value);
    }
  if (customers && values->len > 0)
    return g_steal_pointer (&values);
  if (customers)
    app_drawing_set_empty (error);
  return NULL;
}

/**
 * app_drawing_clv:
 * @document: of store_clv_to_json()
 *
 * Returns: (transfer full) (nullable): how many customers are worth how much
 */
AppChartScene *
app_drawing_clv (JsonObject  *document,
                 GError     **error)
{
  g_autoptr (GArray) values = collect_numbers (document, "clv", error);
  double days = app_drawing_get_number (document, "horizon_days");

  if (!values)
    return NULL;

  g_autofree char *x_title =
    isfinite (days) ? g_strdup_printf (_("Lifetime value of the next %.0f days"), days)
                    : g_strdup (_("Lifetime value"));

  return app_drawing_histogram (_("Customers by lifetime value"), x_title, _("Number of people"),
                                (const double *) values->data, values->len, dup_label, NULL);
}
