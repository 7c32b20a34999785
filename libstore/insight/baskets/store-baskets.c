/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "store-baskets-private.h"

/**
 * store_baskets_new:
 *
 * Returns: (transfer full): baskets to be filled
 */
StoreBaskets *
store_baskets_new (void)
{
  StoreBaskets *self = g_new0 (StoreBaskets, 1);

  store_basket_keys_init (&self->baskets);
  store_basket_keys_init (&self->items);
  store_basket_keys_init (&self->customers);
  self->names = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->lines = g_array_new (FALSE, FALSE, sizeof (StoreBasketPair));
  self->days = g_array_new (FALSE, FALSE, sizeof (gint32));
  self->buyers = g_array_new (FALSE, FALSE, sizeof (guint32));
  return self;
}

static const StoreBaskets *
get_named (const StoreBaskets *self)
{
  return self->whole != NULL ? self->whole : self;
}

/* The pairs of the groups; @places (nullable) gives items other numbers. */
static GArray *
collect_pairs (const StoreBaskets *whole,
               const guint32      *groups,
               const guint32      *places)
{
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (StoreBasketPair));

  for (guint basket = 0; basket < whole->rows.n; basket++)
    {
      guint n;
      const guint32 *items = store_baskets_get_items (whole, basket, &n);
      guint32 group = groups != NULL ? groups[basket] : basket;

      for (guint i = 0; i < n && group != STORE_BASKETS_LEFT_OUT; i++)
        {
          StoreBasketPair pair = { group, places != NULL ? places[items[i]] : items[i] };

          if (pair.item != STORE_BASKETS_LEFT_OUT)
            g_array_append_val (pairs, pair);
        }
    }
  return pairs;
}

/**
 * store_baskets_new_grouped:
 * @whole: closed baskets; they must outlive this
 * @groups: the group of each basket, or %STORE_BASKETS_LEFT_OUT
 * @n_groups: how many there are
 *
 * Puts all that is in the baskets of one group into one, such as all that a customer bought. Items
 * keep their numbers and names; the groups have no days and no customers.
 *
 * Returns: (transfer full): closed baskets, one a group
 */
StoreBaskets *
store_baskets_new_grouped (const StoreBaskets *whole,
                           const guint32      *groups,
                           guint               n_groups)
{
  g_autoptr (GArray) pairs = NULL;
  StoreBaskets *self;

  g_return_val_if_fail (whole != NULL && whole->finished && groups != NULL, NULL);

  pairs = collect_pairs (whole, groups, NULL);
  self = g_new0 (StoreBaskets, 1);
  self->whole = get_named (whole);
  self->finished = TRUE;
  store_baskets_fill_rows (self, (StoreBasketPair *) (gpointer) pairs->data, pairs->len, n_groups,
                           whole->holders.n);
  return self;
}

/**
 * store_baskets_new_translated:
 * @whole: closed baskets
 * @places: the number of each item among other ones, or %STORE_BASKETS_LEFT_OUT
 * @n_items: how many of these there are
 *
 * The same baskets with the items of another list, such as those of a model. They have no names,
 * days or customers.
 *
 * Returns: (transfer full): closed baskets, as many as before
 */
StoreBaskets *
store_baskets_new_translated (const StoreBaskets *whole,
                              const guint32      *places,
                              guint               n_items)
{
  g_autoptr (GArray) pairs = NULL;
  StoreBaskets *self;

  g_return_val_if_fail (whole != NULL && whole->finished && places != NULL, NULL);

  pairs = collect_pairs (whole, NULL, places);
  self = g_new0 (StoreBaskets, 1);
  self->finished = TRUE;
  store_baskets_fill_rows (self, (StoreBasketPair *) (gpointer) pairs->data, pairs->len,
                           whole->rows.n, n_items);
  return self;
}

void
store_baskets_free (StoreBaskets *self)
{
  if (self == NULL)
    return;
  store_basket_keys_clear (&self->baskets);
  store_basket_keys_clear (&self->items);
  store_basket_keys_clear (&self->customers);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_clear_pointer (&self->lines, g_array_unref);
  g_clear_pointer (&self->days, g_array_unref);
  g_clear_pointer (&self->buyers, g_array_unref);
  g_free (self->rows.numbers);
  g_free (self->rows.ends);
  g_free (self->holders.numbers);
  g_free (self->holders.ends);
  g_free (self);
}

/**
 * store_baskets_add:
 * @self: baskets that are being filled
 * @basket: what was bought together, such as the number of an order or a customer
 * @item: what was bought
 *
 * Adds one line. An item that is added to a basket twice is in it once.
 */
void
store_baskets_add (StoreBaskets *self,
                   const char   *basket,
                   const char   *item)
{
  StoreBasketLine line = { basket, item, NULL, STORE_BASKETS_NO_DAY };

  store_baskets_add_line (self, &line);
}

static void
note_day (StoreBaskets *self,
          guint32       basket,
          gint32        day)
{
  gint32 *there = &g_array_index (self->days, gint32, basket);

  if (day != STORE_BASKETS_NO_DAY && (*there == STORE_BASKETS_NO_DAY || day < *there))
    *there = day;
}

/* The first by name, whichever line comes first. */
static void
note_buyer (StoreBaskets *self,
            guint32       basket,
            const char   *customer)
{
  guint32 *there = &g_array_index (self->buyers, guint32, basket);
  guint32 number;
  gsize length;
  const char *before;

  if (customer == NULL || *customer == '\0')
    return;
  number = store_basket_keys_put (&self->customers, customer);
  if (*there == STORE_BASKETS_NOBODY)
    *there = number;
  if (*there == number)
    return;
  before = store_key_index_get (self->customers.index, *there, &length);
  if (strncmp (customer, before, length) < 0)
    *there = number;
}

/**
 * store_baskets_add_line:
 * @self: baskets that are being filled
 * @line: copied
 *
 * Adds one line with its customer and day.
 */
void
store_baskets_add_line (StoreBaskets          *self,
                        const StoreBasketLine *line)
{
  StoreBasketPair pair;

  g_return_if_fail (self != NULL && !self->finished);
  g_return_if_fail (line->basket != NULL && line->item != NULL);

  pair.basket = store_basket_keys_put (&self->baskets, line->basket);
  pair.item = store_basket_keys_put (&self->items, line->item);
  g_array_append_val (self->lines, pair);
  if (pair.basket == self->days->len)
    {
      gint32 no_day = STORE_BASKETS_NO_DAY;
      guint32 nobody = STORE_BASKETS_NOBODY;

      g_array_append_val (self->days, no_day);
      g_array_append_val (self->buyers, nobody);
    }
  note_day (self, pair.basket, line->day);
  note_buyer (self, pair.basket, line->customer);
}

/**
 * store_baskets_name_item:
 * @self: baskets that are being filled
 * @item: an item as it is in the lines
 * @name: what a person calls it
 *
 * Gives an item a name where it goes by another one, such as a number.
 */
void
store_baskets_name_item (StoreBaskets *self,
                         const char   *item,
                         const char   *name)
{
  g_return_if_fail (self != NULL && !self->finished);

  g_hash_table_insert (self->names, GUINT_TO_POINTER (store_basket_keys_put (&self->items, item)),
                       g_strdup (name));
}

static GArray *
sort_column (GArray        *column,
             const guint32 *order,
             const guint32 *ranks)
{
  GArray *sorted = g_array_sized_new (FALSE, FALSE, sizeof (guint32), column->len);

  for (guint i = 0; i < column->len; i++)
    {
      guint32 value = g_array_index (column, guint32, order[i]);

      if (ranks != NULL && value != STORE_BASKETS_NOBODY)
        value = ranks[value];
      g_array_append_val (sorted, value);
    }
  g_array_unref (column);
  return sorted;
}

/**
 * store_baskets_finish:
 * @self: baskets that are being filled
 *
 * Closes the baskets; from now on they can be read.
 */
void
store_baskets_finish (StoreBaskets *self)
{
  g_autofree guint32 *basket_ranks = NULL;
  g_autofree guint32 *item_ranks = NULL;
  g_autofree guint32 *customer_ranks = NULL;
  StoreBasketPair *lines;

  g_return_if_fail (self != NULL && !self->finished);

  self->finished = TRUE;
  basket_ranks = store_basket_keys_close (&self->baskets);
  item_ranks = store_basket_keys_close (&self->items);
  customer_ranks = store_basket_keys_close (&self->customers);
  lines = (StoreBasketPair *) (gpointer) self->lines->data;
  for (guint i = 0; i < self->lines->len; i++)
    lines[i] = (StoreBasketPair) { basket_ranks[lines[i].basket], item_ranks[lines[i].item] };

  self->days = sort_column (self->days, self->baskets.order, NULL);
  self->buyers = sort_column (self->buyers, self->baskets.order, customer_ranks);
  store_baskets_fill_rows (self, lines, self->lines->len, store_basket_keys_get_n (&self->baskets),
                           store_basket_keys_get_n (&self->items));
  g_clear_pointer (&self->lines, g_array_unref);
}

guint
store_baskets_get_n (const StoreBaskets *self)
{
  return self->rows.n;
}

guint
store_baskets_get_n_items (const StoreBaskets *self)
{
  return self->holders.n;
}

guint
store_baskets_get_n_customers (const StoreBaskets *self)
{
  return self->whole != NULL ? 0 : store_basket_keys_get_n (&self->customers);
}

static const guint32 *
get_row (const StoreBasketRows *rows,
         guint                  which,
         guint                 *n)
{
  gsize start = which > 0 ? rows->ends[which - 1] : 0;

  *n = (guint) (rows->ends[which] - start);
  return rows->numbers + start;
}

/**
 * store_baskets_get_items:
 * @self: closed baskets
 * @basket: number of a basket
 * @n: (out): how many items
 *
 * Returns: (transfer none) (array length=n): the items of a basket, ascending
 */
const guint32 *
store_baskets_get_items (const StoreBaskets *self,
                         guint               basket,
                         guint              *n)
{
  return get_row (&self->rows, basket, n);
}

/**
 * store_baskets_get_holders:
 * @self: closed baskets
 * @item: number of an item
 * @n: (out): how many baskets
 *
 * Returns: (transfer none) (array length=n): the baskets that hold an item, ascending
 */
const guint32 *
store_baskets_get_holders (const StoreBaskets *self,
                           guint32             item,
                           guint              *n)
{
  return get_row (&self->holders, item, n);
}

/**
 * store_baskets_dup_basket:
 * @self: closed baskets, not grouped
 * @basket: number of a basket
 *
 * Returns: (transfer full): the basket as it was in the lines
 */
char *
store_baskets_dup_basket (const StoreBaskets *self,
                          guint               basket)
{
  g_return_val_if_fail (self->whole == NULL && basket < self->rows.n, NULL);

  return store_basket_keys_dup (&self->baskets, basket);
}

/**
 * store_baskets_dup_item:
 * @self: closed baskets
 * @item: number of an item
 *
 * Returns: (transfer full): the item as it was in the lines
 */
char *
store_baskets_dup_item (const StoreBaskets *self,
                        guint32             item)
{
  g_return_val_if_fail (self->finished && item < self->holders.n, NULL);

  return store_basket_keys_dup (&get_named (self)->items, item);
}

/**
 * store_baskets_dup_item_name:
 * @self: closed baskets
 * @item: number of an item
 *
 * Returns: (transfer full): what a person calls it
 */
char *
store_baskets_dup_item_name (const StoreBaskets *self,
                             guint32             item)
{
  const StoreBaskets *named = get_named (self);
  const char *name;

  g_return_val_if_fail (self->finished && item < self->holders.n, NULL);

  name = g_hash_table_lookup (named->names, GUINT_TO_POINTER (named->items.order[item]));
  return name != NULL ? g_strdup (name) : store_basket_keys_dup (&named->items, item);
}

/**
 * store_baskets_find_item:
 * @self: closed baskets
 * @item: an item as it is in the lines
 * @which: (out): its number
 *
 * Returns: whether any basket holds it
 */
gboolean
store_baskets_find_item (const StoreBaskets *self,
                         const char         *item,
                         guint32            *which)
{
  return store_basket_keys_find (&get_named (self)->items, item, which);
}

/**
 * store_baskets_dup_names:
 * @self: closed baskets
 * @items: (out) (array zero-terminated=1): the items as they were in the lines, by number
 * @names: (out) (array zero-terminated=1): what a person calls them
 */
void
store_baskets_dup_names (const StoreBaskets   *self,
                         char               ***items,
                         char               ***names)
{
  guint n = self->holders.n;

  *items = g_new0 (char *, (gsize) n + 1);
  *names = g_new0 (char *, (gsize) n + 1);
  for (guint32 item = 0; item < n; item++)
    {
      (*items)[item] = store_baskets_dup_item (self, item);
      (*names)[item] = store_baskets_dup_item_name (self, item);
    }
}

/**
 * store_baskets_dup_customer:
 * @self: closed baskets
 * @customer: number of a customer
 *
 * Returns: (transfer full): the customer as in the lines
 */
char *
store_baskets_dup_customer (const StoreBaskets *self,
                            guint32             customer)
{
  g_return_val_if_fail (customer < store_baskets_get_n_customers (self), NULL);

  return store_basket_keys_dup (&self->customers, customer);
}

/**
 * store_baskets_find_customer:
 * @self: closed baskets
 * @customer: a customer as in the lines
 * @which: (out): the number
 *
 * Returns: whether any basket is of that customer
 */
gboolean
store_baskets_find_customer (const StoreBaskets *self,
                             const char         *customer,
                             guint32            *which)
{
  return self->whole == NULL && store_basket_keys_find (&self->customers, customer, which);
}
