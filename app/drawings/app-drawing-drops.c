/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-drawing-drops.h"

#include "app-drawing-bars.h"

#include <glib/gi18n.h>

#define MOST_BARS 12

/* Alarms in one colour, the others in the next. */
static AppDrawingBar
make_bar (JsonObject *customer)
{
  double missing = app_drawing_get_number (customer, "expected") -
                   app_drawing_get_number (customer, "purchases");

  return (AppDrawingBar) {
    .name = app_drawing_get_person (customer),
    .value = missing,
    .color = json_object_get_boolean_member (customer, "alarm") ? 1 : 0,
  };
}

/**
 * app_drawing_drops:
 * @document: of store_drops_to_json()
 *
 * Returns: (transfer full) (nullable): a bar for each of the most unusual customers: the purchases
 *   that were to be expected of them and did not come
 */
AppChartScene *
app_drawing_drops (JsonObject  *document,
                   GError     **error)
{
  JsonArray *customers = app_drawing_get_list (document, "customers", error);
  AppDrawingBar bars[MOST_BARS];
  guint n;

  if (!customers)
    return NULL;
  n = MIN (json_array_get_length (customers), MOST_BARS);
  for (guint i = 0; i < n; i++)
    bars[i] = make_bar (json_array_get_object_element (customers, i));
  return app_drawing_bars (_("Who fell silent"), _("Purchases that did not come"), bars, n);
}
