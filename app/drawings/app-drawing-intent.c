/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many messages want what, the most frequent first; the colour tells the mood. */
#include "config.h"

#include "app-drawing-intent.h"

#include "app-drawing-bars.h"

#include <glib/gi18n.h>
#include <math.h>

#define MOST_BARS 20
#define CLEAR_MOOD 0.2

#define COLOR_NEUTRAL 0
#define COLOR_GOOD 2
#define COLOR_BAD 1

static int
compare_bars (gconstpointer a,
              gconstpointer b)
{
  const AppDrawingBar *left = a;
  const AppDrawingBar *right = b;

  if (left->value != right->value)
    return left->value > right->value ? -1 : 1;
  return g_strcmp0 (left->name, right->name);
}

static guint
choose_color (double mood)
{
  if (!isfinite (mood) || fabs (mood) < CLEAR_MOOD)
    return COLOR_NEUTRAL;
  return mood > 0 ? COLOR_GOOD : COLOR_BAD;
}

static GArray *
collect_bars (JsonArray *intents,
              GPtrArray *labels)
{
  GArray *bars = g_array_new (FALSE, FALSE, sizeof (AppDrawingBar));

  for (guint i = 0; i < json_array_get_length (intents); i++)
    {
      JsonObject *intent = json_array_get_object_element (intents, i);
      double mood = app_drawing_get_number (intent, "mood");
      AppDrawingBar bar = {
        .name = app_drawing_get_text (intent, "label"),
        .value = app_drawing_get_number (intent, "messages"),
        .color = choose_color (mood),
      };

      if (!(bar.value > 0))
        continue;
      bar.label = g_strdup_printf (_("%s: %.0f messages, mood %+.2f"), bar.name, bar.value, mood);
      g_ptr_array_add (labels, (char *) bar.label);
      g_array_append_val (bars, bar);
    }
  g_array_sort (bars, compare_bars);
  return bars;
}

/**
 * app_drawing_intent:
 * @document: of store_intent_to_json()
 *
 * Returns: (transfer full) (nullable): a bar for each intent that occurs
 */
AppChartScene *
app_drawing_intent (JsonObject  *document,
                    GError     **error)
{
  JsonArray *intents = app_drawing_get_list (document, "intents", error);
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) bars = NULL;

  if (!intents)
    return NULL;
  bars = collect_bars (intents, labels);
  return app_drawing_bars (_("What messages want: green in good mood, orange in bad"),
                           _("Number of messages"),
                           (const AppDrawingBar *) (gconstpointer) bars->data,
                           MIN (bars->len, MOST_BARS));
}
