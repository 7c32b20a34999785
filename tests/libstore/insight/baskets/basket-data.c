/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "basket-data.h"

#include <stdlib.h>
#include <string.h>

#include "shared-data.h"
#include "store-counter-random.h"

StoreBaskets *
basket_data_load_groceries (void)
{
  g_autofree char *path = shared_data_find ("basket/groceries.csv");
  g_autofree char *contents = NULL;
  StoreBaskets *baskets;
  char *rest;
  char *line;

  if (path == NULL || !g_file_get_contents (path, &contents, NULL, NULL))
    return NULL;
  rest = contents;
  line_next (&rest);
  baskets = store_baskets_new ();
  while ((line = line_next (&rest)) != NULL)
    {
      char *comma = strchr (line, ',');

      *comma = '\0';
      store_baskets_add (baskets, line, comma + 1);
    }
  store_baskets_finish (baskets);
  return baskets;
}

StoreBaskets *
basket_data_load_t10 (void)
{
  g_autofree char *path = shared_data_find ("basket/T10I4D100K.dat");
  g_autofree char *contents = NULL;
  guint n = 0;
  StoreBaskets *baskets;
  char *rest;
  char *line;

  if (path == NULL || !g_file_get_contents (path, &contents, NULL, NULL))
    return NULL;
  rest = contents;
  baskets = store_baskets_new ();
  while ((line = line_next (&rest)) != NULL)
    {
      char basket[16];
      char *item;

      g_snprintf (basket, sizeof basket, "%06u", n++);
      while ((item = strsep (&line, " ")) != NULL)
        if (*item != '\0')
          store_baskets_add (baskets, basket, item);
    }
  store_baskets_finish (baskets);
  return baskets;
}

/* The cells of a line in place. A description may hold commas, so the last five are counted from
 * the end: quantity, time, price, customer, country. */
static gboolean
split_line (char  *line,
            char **invoice,
            char **item,
            char **last)
{
  *invoice = strsep (&line, ",");
  *item = strsep (&line, ",");
  for (guint i = 5; i-- > 0 && line != NULL;)
    {
      char *comma = strrchr (line, ',');

      if (comma == NULL)
        return FALSE;
      last[i] = comma + 1;
      *comma = '\0';
    }
  return line != NULL;
}

StoreBaskets *
basket_data_load_retail (const char *before,
                         gboolean    priced)
{
  g_autofree char *path = shared_data_find ("retail/online_retail.csv");
  g_autofree char *contents = NULL;
  StoreBaskets *baskets;
  char *rest;
  char *line;

  if (path == NULL || !g_file_get_contents (path, &contents, NULL, NULL))
    return NULL;
  rest = contents;
  line_next (&rest);
  baskets = store_baskets_new ();
  while ((line = line_next (&rest)) != NULL)
    {
      StoreBasketLine added;
      char *invoice;
      char *item;
      char *last[5];

      if (!split_line (line, &invoice, &item, last) || *invoice == 'C' || *last[3] == '\0' ||
          atof (last[0]) <= 0.0 || (priced && atof (last[2]) <= 0.0) ||
          (before != NULL && strncmp (last[1], before, 10) >= 0))
        continue;
      added = (StoreBasketLine) { invoice, item, last[3], day_of (last[1]) };
      store_baskets_add_line (baskets, &added);
    }
  store_baskets_finish (baskets);
  return baskets;
}

StoreBaskets *
basket_data_invent (guint n,
                    guint n_items,
                    guint stride)
{
  StoreBaskets *baskets = store_baskets_new ();

  for (guint i = 0; i < n; i++)
    {
      guint number = (guint64) i * stride % n;
      g_autofree char *basket = g_strdup_printf ("b%u", number);

      for (guint j = 0; j < 2 + number % 7; j++)
        {
          double random = store_counter_random (61, number, j);
          g_autofree char *item = g_strdup_printf ("i%u", (guint) (random * random * n_items));

          store_baskets_add (baskets, basket, item);
        }
    }
  store_baskets_finish (baskets);
  return baskets;
}

StoreBaskets *
basket_data_repeat (guint n,
                    guint n_items)
{
  StoreBaskets *baskets = store_baskets_new ();

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n_items; j++)
      {
        g_autofree char *basket = g_strdup_printf ("%u", i);
        g_autofree char *item = g_strdup_printf ("%u", j);

        store_baskets_add (baskets, basket, item);
      }
  store_baskets_finish (baskets);
  return baskets;
}
