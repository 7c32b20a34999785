/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-drawing-recommend.h"

#include "app-drawing-bars.h"

#include <glib/gi18n.h>

#define MOST_BARS 15

typedef struct
{
  const char *name;
  guint count;
} Offered;

static int
compare_offered (gconstpointer a,
                 gconstpointer b)
{
  const Offered *left = a;
  const Offered *right = b;

  if (left->count != right->count)
    return left->count > right->count ? -1 : 1;
  return g_strcmp0 (left->name, right->name);
}

/* How many customers each thing is offered to, most first. */
static GArray *
count_offers (JsonArray *offers)
{
  GArray *counted = g_array_new (FALSE, FALSE, sizeof (Offered));
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < json_array_get_length (offers); i++)
    {
      const char *name = app_drawing_get_text (json_array_get_object_element (offers, i), "name");
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (places, name));
      Offered offered = { name, 0 };

      if (place == 0)
        {
          g_array_append_val (counted, offered);
          place = counted->len;
          g_hash_table_insert (places, (gpointer) name, GUINT_TO_POINTER (place));
        }
      g_array_index (counted, Offered, place - 1).count++;
    }
  g_array_sort (counted, compare_offered);
  return counted;
}

static AppChartScene *
draw_all (JsonArray *offers)
{
  g_autoptr (GArray) counted = count_offers (offers);
  AppDrawingBar bars[MOST_BARS];
  guint n_bars = MIN (counted->len, MOST_BARS);

  for (guint i = 0; i < n_bars; i++)
    {
      const Offered *offered = &g_array_index (counted, Offered, i);

      bars[i] = (AppDrawingBar) { offered->name, offered->count, NULL, 0 };
    }
  return app_drawing_bars (_("What to offer"), _("Number of people"), bars, n_bars);
}

/**
 * app_drawing_recommend:
 * @document: of store_recommend_to_json() or store_again_to_json()
 *
 * Returns: (transfer full) (nullable): for one customer a bar an offer, by score; for all, how many
 *   customers each thing is offered to
 */
AppChartScene *
app_drawing_recommend (JsonObject  *document,
                       GError     **error)
{
  JsonArray *offers = app_drawing_get_list (document, "offers", error);

  if (!offers)
    return NULL;
  if (json_object_has_member (document, "explanation"))
    return app_drawing_bars_list (_("What to offer"), _("Score"), offers, "name", "score",
                                  MOST_BARS);
  return draw_all (offers);
}
