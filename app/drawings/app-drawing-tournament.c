/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-drawing-tournament.h"

#include "app-drawing-bars.h"

#include <glib/gi18n.h>

#define MOST_BARS 32
#define CHANCE 0.5

/* Simple rules in one colour, models in the next. */
static AppDrawingBar
make_bar (JsonObject *standing)
{
  return (AppDrawingBar) {
    .name = app_drawing_get_text (standing, "label"),
    .value = app_drawing_get_number (standing, "auc") - CHANCE,
    .color = json_object_get_boolean_member (standing, "naive") ? 1 : 0,
  };
}

/**
 * app_drawing_tournament:
 * @document: of store_tournament_to_json()
 *
 * Returns: (transfer full) (nullable): a bar for each method: how much better than chance it tells
 *   who buys again
 */
AppChartScene *
app_drawing_tournament (JsonObject  *document,
                        GError     **error)
{
  JsonArray *standings = app_drawing_get_list (document, "tournament", error);
  AppDrawingBar bars[MOST_BARS];
  guint n;

  if (!standings)
    return NULL;
  n = MIN (json_array_get_length (standings), MOST_BARS);
  for (guint i = 0; i < n; i++)
    bars[i] = make_bar (json_array_get_object_element (standings, i));
  return app_drawing_bars (_("Who tells best who buys again"),
                           _("Better than chance by (0.5 is always right)"), bars, n);
}
