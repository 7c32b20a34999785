/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Customers lie in blocks of 4,096, so that an order is one word:
 *
 *   12 bits  which customer of the block
 *   19 bits  the day, from STORE_PURCHASE_FIRST_DAY
 *    1 bit   whether the value stands elsewhere
 *   32 bits  the value + 2^31, or, where it does not fit, its place among the wide values
 *
 * Sorting a block's words sorts its orders by customer and day. The words of a block lie in pages
 * of their own, which grow without being copied (mremap) and of which only those written to cost
 * memory; hundreds of growing blocks would leave the heap in pieces.
 */
#include "config.h"

#include "store-purchase-events.h"

#include "store-purchase-sort.h"

#include <sys/mman.h>

#define BLOCK_BITS 12
#define BLOCK_SIZE (1u << BLOCK_BITS)
#define DAY_BITS 19
#define VALUE_BITS 33
#define WIDE (G_GUINT64_CONSTANT (1) << 32)
#define BIAS (G_GINT64_CONSTANT (1) << 31)
#define FIRST_CAPACITY 512

typedef struct
{
  guint64 *words;
  gsize n;
  gsize capacity;
  guint32 *ends;
} Block;

struct _StorePurchaseEvents
{
  GArray *blocks;
  GArray *wide;
  gsize n;
  gint32 last_day;
};

StorePurchaseEvents *
store_purchase_events_new (void)
{
  StorePurchaseEvents *self = g_new0 (StorePurchaseEvents, 1);

  self->blocks = g_array_new (FALSE, TRUE, sizeof (Block));
  self->wide = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->last_day = STORE_PURCHASE_FIRST_DAY;
  return self;
}

void
store_purchase_events_free (StorePurchaseEvents *self)
{
  for (guint i = 0; i < self->blocks->len; i++)
    {
      Block *block = &g_array_index (self->blocks, Block, i);

      if (block->words != NULL)
        munmap (block->words, block->capacity * sizeof *block->words);
      g_free (block->ends);
    }
  g_array_unref (self->blocks);
  g_array_unref (self->wide);
  g_free (self);
}

static void
grow (Block *block)
{
  gsize capacity = block->words ? block->capacity * 2 : FIRST_CAPACITY;
  void *words = block->words
                  ? mremap (block->words, block->capacity * sizeof *block->words,
                            capacity * sizeof *block->words, MREMAP_MAYMOVE)
                  : mmap (NULL, capacity * sizeof *block->words, PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (words == MAP_FAILED)
    g_error ("No memory for %" G_GSIZE_FORMAT " orders", capacity);
  block->words = words;
  block->capacity = capacity;
}

static guint64
pack_value (StorePurchaseEvents *self,
            gint64               value)
{
  if (value >= -BIAS && value < BIAS)
    return (guint64) (value + BIAS);
  g_array_append_val (self->wide, value);
  return WIDE | (self->wide->len - 1);
}

static gint64
get_value (const StorePurchaseEvents *self,
           guint64                    word)
{
  guint32 low = (guint32) word;

  return word & WIDE ? g_array_index (self->wide, gint64, low) : (gint64) low - BIAS;
}

static gint32
get_day (guint64 word)
{
  return (gint32) (word >> VALUE_BITS & ((1u << DAY_BITS) - 1)) + STORE_PURCHASE_FIRST_DAY;
}

/**
 * store_purchase_events_add:
 * @customer: their number
 * @day: in the years that a table takes
 * @value: in minor units
 */
void
store_purchase_events_add (StorePurchaseEvents *self,
                           guint32              customer,
                           gint32               day,
                           gint64               value)
{
  guint64 of_block = customer & (BLOCK_SIZE - 1);
  guint64 from_first = (guint64) (day - STORE_PURCHASE_FIRST_DAY);
  Block *block;

  if (customer >> BLOCK_BITS >= self->blocks->len)
    g_array_set_size (self->blocks, (customer >> BLOCK_BITS) + 1);
  block = &g_array_index (self->blocks, Block, customer >> BLOCK_BITS);
  if (block->n == block->capacity)
    grow (block);
  block->words[block->n++] = of_block << (DAY_BITS + VALUE_BITS) | from_first << VALUE_BITS |
                             pack_value (self, value);
  self->n++;
  self->last_day = MAX (self->last_day, day);
}

gsize
store_purchase_events_get_n (const StorePurchaseEvents *self)
{
  return self->n;
}

/* The last day that was added; the first that can be where there is none. */
gint32
store_purchase_events_get_last (const StorePurchaseEvents *self)
{
  return self->last_day;
}

/**
 * store_purchase_events_close:
 *
 * Says that no order will be added any more; they can be read from now on.
 */
void
store_purchase_events_close (StorePurchaseEvents *self)
{
  for (guint i = 0; i < self->blocks->len; i++)
    {
      Block *block = &g_array_index (self->blocks, Block, i);
      guint32 at = 0;

      store_purchase_sort (block->words, block->n);
      block->ends = g_new (guint32, BLOCK_SIZE);
      for (guint customer = 0; customer < BLOCK_SIZE; customer++)
        {
          while (at < block->n && block->words[at] >> (DAY_BITS + VALUE_BITS) == customer)
            at++;
          block->ends[customer] = at;
        }
    }
}

static const guint64 *
find (const StorePurchaseEvents *self,
      guint32                    customer,
      guint                     *n)
{
  const Block *block = &g_array_index (self->blocks, Block, customer >> BLOCK_BITS);
  guint of_block = customer & (BLOCK_SIZE - 1);
  guint32 start = of_block > 0 ? block->ends[of_block - 1] : 0;

  *n = block->ends[of_block] - start;
  return block->words + start;
}

/**
 * store_purchase_events_count:
 *
 * Returns: how many orders a customer has
 */
guint
store_purchase_events_count (const StorePurchaseEvents *self,
                             guint32                    customer)
{
  guint n;

  find (self, customer, &n);
  return n;
}

static gint64
clamp (__int128 sum)
{
  return (gint64) CLAMP (sum, (__int128) G_MININT64, (__int128) G_MAXINT64);
}

/**
 * store_purchase_events_read:
 * @purchases: (out): room for as many as store_purchase_events_count() says
 *
 * The orders of a customer by day, those of a day as one purchase. Money that does not fit stays at
 * the limit: a wrapped sum would change its sign.
 *
 * Returns: how many purchases
 */
guint
store_purchase_events_read (const StorePurchaseEvents *self,
                            guint32                    customer,
                            StorePurchase             *purchases)
{
  guint n;
  const guint64 *words = find (self, customer, &n);
  guint written = 0;
  guint i = 0;

  while (i < n)
    {
      StorePurchase purchase = { 0, get_day (words[i]), 0 };
      __int128 sum = 0;

      for (; i < n && get_day (words[i]) == purchase.day; i++)
        {
          purchase.orders++;
          sum += get_value (self, words[i]);
        }
      purchase.value = clamp (sum);
      purchases[written++] = purchase;
    }
  return written;
}
