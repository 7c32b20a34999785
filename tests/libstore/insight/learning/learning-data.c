/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "learning-data.h"
#include "shared-data.h"
#include "store-counter-random.h"

static char **
take_names (char       **titles,
            const char  *id,
            const char  *label)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint j = 0; titles[j] != NULL; j++)
    if (g_strcmp0 (titles[j], id) != 0 && g_strcmp0 (titles[j], label) != 0)
      g_strv_builder_add (names, titles[j]);
  return g_strv_builder_end (names);
}

static void
add_line (StoreRows   *rows,
          char       **titles,
          char       **cells,
          const char  *id,
          const char  *label)
{
  g_autofree const char **others = g_new0 (const char *, g_strv_length (titles) + 1);
  const char *of_id = NULL;
  const char *of_label = NULL;
  guint n = 0;

  for (guint j = 0; titles[j] != NULL && cells[j] != NULL; j++)
    if (g_strcmp0 (titles[j], id) == 0)
      of_id = cells[j];
    else if (g_strcmp0 (titles[j], label) == 0)
      of_label = cells[j];
    else
      others[n++] = cells[j];
  store_rows_add (rows, of_id, of_label, others);
}

StoreRows *
rows_load (const char *path,
           const char *id,
           const char *label)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) titles = NULL;
  g_auto (GStrv) names = NULL;
  StoreRows *rows;
  char *rest;
  char *line;

  if (path == NULL || !g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  rest = text;
  titles = g_strsplit (g_strstrip (line_next (&rest)), ",", -1);
  names = take_names (titles, id, label);
  rows = store_rows_new ((const char *const *) names);
  while ((line = line_next (&rest)) != NULL)
    {
      g_auto (GStrv) cells = g_strsplit (g_strstrip (line), ",", -1);

      add_line (rows, titles, cells, id, label);
    }
  store_rows_finish (rows);
  return rows;
}

static void
make_row (StoreRows *rows,
          guint      i)
{
  static const char *const plans[] = { "basic", "plus", "gold" };
  double age = 20.0 + 50.0 * store_counter_random (5, 1, i);
  guint plan = (guint) (3.0 * store_counter_random (5, 2, i));
  double odds = (45.0 - age) / 8.0 + (plan == 0 ? 1.5 : -0.5);
  gboolean left = store_counter_random (5, 3, i) < 1.0 / (1.0 + exp (-odds));
  g_autofree char *id = g_strdup_printf ("c%05u", i);
  g_autofree char *years = i % 7 == 0 ? g_strdup ("") : g_strdup_printf ("%.2f", age);
  g_autofree char *noise = g_strdup_printf ("%.3f", store_counter_random (5, 4, i));
  const char *cells[] = { years, plans[plan], noise, "same" };

  store_rows_add (rows, id, left ? "Yes" : "No", cells);
}

StoreRows *
rows_make (guint    n,
           gboolean backwards)
{
  const char *const names[] = { "age", "plan", "noise", "constant", NULL };
  StoreRows *rows = store_rows_new (names);

  for (guint i = 0; i < n; i++)
    make_row (rows, backwards ? n - 1 - i : i);
  store_rows_finish (rows);
  return rows;
}
