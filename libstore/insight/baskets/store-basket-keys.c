/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "store-basket-keys.h"

void
store_basket_keys_init (StoreBasketKeys *self)
{
  self->index = store_key_index_new ();
}

void
store_basket_keys_clear (StoreBasketKeys *self)
{
  g_clear_pointer (&self->index, store_key_index_free);
  g_clear_pointer (&self->order, g_free);
}

guint32
store_basket_keys_put (StoreBasketKeys *self,
                       const char      *key)
{
  return store_key_index_put (self->index, key, strlen (key));
}

guint
store_basket_keys_get_n (const StoreBasketKeys *self)
{
  return store_key_index_get_n (self->index);
}

/* Returns the sorted number of each key by its first one. */
guint32 *
store_basket_keys_close (StoreBasketKeys *self)
{
  guint n = store_basket_keys_get_n (self);
  guint32 *ranks = g_new (guint32, n + 1);

  store_key_index_close (self->index);
  self->order = store_key_index_order (self->index);
  for (guint i = 0; i < n; i++)
    ranks[self->order[i]] = i;
  return ranks;
}

char *
store_basket_keys_dup (const StoreBasketKeys *self,
                       guint32                which)
{
  gsize length;
  const char *key = store_key_index_get (self->index, self->order[which], &length);

  return g_strndup (key, length);
}

gboolean
store_basket_keys_find (const StoreBasketKeys *self,
                        const char            *key,
                        guint32               *which)
{
  guint32 low = 0;
  guint32 high = store_basket_keys_get_n (self);

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      g_autofree char *there = store_basket_keys_dup (self, middle);
      int order = strcmp (there, key);

      if (order == 0)
        {
          *which = middle;
          return TRUE;
        }
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return FALSE;
}
