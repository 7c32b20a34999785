/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdlib.h>

#include "store-baskets-private.h"
#include "store-fingerprint.h"

gint32
store_baskets_get_day (const StoreBaskets *self,
                       guint               basket)
{
  return self->days != NULL ? g_array_index (self->days, gint32, basket) : STORE_BASKETS_NO_DAY;
}

guint32
store_baskets_get_customer (const StoreBaskets *self,
                            guint               basket)
{
  return self->buyers != NULL ? g_array_index (self->buyers, guint32, basket)
                              : STORE_BASKETS_NOBODY;
}

/**
 * store_baskets_get_last_day:
 * @self: closed baskets
 *
 * Returns: the last day of any of them, or %STORE_BASKETS_NO_DAY
 */
gint32
store_baskets_get_last_day (const StoreBaskets *self)
{
  gint32 last = STORE_BASKETS_NO_DAY;

  for (guint basket = 0; basket < self->rows.n; basket++)
    last = MAX (last, store_baskets_get_day (self, basket));
  return last;
}

/**
 * store_baskets_has_days:
 * @self: closed baskets
 *
 * Returns: whether all of them have a day
 */
gboolean
store_baskets_has_days (const StoreBaskets *self)
{
  for (guint basket = 0; basket < self->rows.n; basket++)
    if (store_baskets_get_day (self, basket) == STORE_BASKETS_NO_DAY)
      return FALSE;
  return TRUE;
}

typedef struct
{
  gint32 day;
  guint32 basket;
} Dated;

static int
compare_dated (gconstpointer a,
               gconstpointer b)
{
  const Dated *left = a;
  const Dated *right = b;

  if (left->day != right->day)
    return left->day < right->day ? -1 : 1;
  return (left->basket > right->basket) - (left->basket < right->basket);
}

/**
 * store_baskets_dup_by_day:
 * @self: closed baskets
 *
 * Returns: (transfer full): the numbers of all baskets, first day first, those of one day by
 *   number; free with g_free()
 */
guint32 *
store_baskets_dup_by_day (const StoreBaskets *self)
{
  guint n = self->rows.n;
  g_autofree Dated *dated = g_new (Dated, (gsize) n + 1);
  guint32 *order = g_new (guint32, (gsize) n + 1);

  for (guint basket = 0; basket < n; basket++)
    dated[basket] = (Dated) { store_baskets_get_day (self, basket), basket };
  qsort (dated, n, sizeof (Dated), compare_dated);
  for (guint i = 0; i < n; i++)
    order[i] = dated[i].basket;
  return order;
}

/**
 * store_baskets_dup_fingerprint:
 * @self: closed baskets, not grouped
 *
 * Returns: (transfer full): a hash of all that is in them, whatever the order of the lines was
 */
char *
store_baskets_dup_fingerprint (const StoreBaskets *self)
{
  StoreFingerprint *fingerprint = store_fingerprint_new ("baskets");

  for (guint32 item = 0; item < self->holders.n; item++)
    {
      g_autofree char *key = store_baskets_dup_item (self, item);

      store_fingerprint_add_text (fingerprint, key);
    }
  for (guint basket = 0; basket < self->rows.n; basket++)
    {
      guint n;
      const guint32 *items = store_baskets_get_items (self, basket, &n);

      store_fingerprint_add_count (fingerprint, store_baskets_get_day (self, basket));
      store_fingerprint_add_count (fingerprint, store_baskets_get_customer (self, basket));
      store_fingerprint_add_days (fingerprint, (const gint32 *) items, n);
    }
  return store_fingerprint_end (fingerprint);
}

/**
 * store_baskets_new_later:
 * @whole: closed baskets; they must outlive this
 * @day: a day, or %STORE_BASKETS_NO_DAY
 *
 * Returns: (transfer full) (nullable): those after that day, as store_baskets_new_grouped() makes
 *   them; %NULL where none is later, or one has no day
 */
StoreBaskets *
store_baskets_new_later (const StoreBaskets *whole,
                         gint32              day)
{
  g_autofree guint32 *places = NULL;
  guint n_later = 0;

  if (day == STORE_BASKETS_NO_DAY || !store_baskets_has_days (whole) ||
      store_baskets_get_last_day (whole) <= day)
    return NULL;
  places = g_new (guint32, (gsize) whole->rows.n + 1);
  for (guint basket = 0; basket < whole->rows.n; basket++)
    places[basket] = store_baskets_get_day (whole, basket) > day ? n_later++
                                                                 : STORE_BASKETS_LEFT_OUT;
  return store_baskets_new_grouped (whole, places, n_later);
}
