/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-drawing-segments.h"

#include "app-drawing-bars.h"

#include <glib/gi18n.h>

/**
 * app_drawing_segments:
 * @document: of store_segments_to_json()
 *
 * Returns: (transfer full) (nullable): a bar for each group
 */
AppChartScene *
app_drawing_segments (JsonObject  *document,
                      GError     **error)
{
  JsonArray *segments = app_drawing_get_list (document, "segments", error);

  if (!segments)
    return NULL;
  return app_drawing_bars_list (_("Customers in groups"), _("Number of people"), segments, "name",
                                "customers", 0);
}
