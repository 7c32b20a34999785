/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-drawing-rfm.h"

#include "app-drawing-bars.h"

#include <glib/gi18n.h>

/**
 * app_drawing_rfm:
 * @document: of store_rfm_to_json()
 *
 * Returns: (transfer full) (nullable): a bar for each named group of customers
 */
AppChartScene *
app_drawing_rfm (JsonObject  *document,
                 GError     **error)
{
  JsonArray *cells = app_drawing_get_list (document, "cells", error);

  if (!cells)
    return NULL;
  return app_drawing_bars_list (_("Customers by recency, frequency and money"),
                                _("Number of people"), cells, "label", "customers", 0);
}
