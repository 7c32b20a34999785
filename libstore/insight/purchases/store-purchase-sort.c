/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Ten million orders have to be put in the order of customer and day without a second copy of
 * them. This is the in-place radix sort of McIlroy, Bostic and McIlroy ("Engineering Radix Sort",
 * 1993, the American flag): count the leading byte, swap each element into its bucket, go on
 * inside the buckets with the next byte. Short runs are sorted by insertion. Input that is in
 * order already, the usual case from the store, costs one look. */

#include "config.h"

#include "store-purchase-sort.h"

#define SHORT_RUN 48

/* While a table is built, `orders` holds the row of the customer. */
static inline guint64
sort_key (const StorePurchase *event)
{
  return (guint64) event->orders << 32 | ((guint32) event->day ^ 0x80000000u);
}

static inline guint
digit_at (const StorePurchase *event,
          guint                shift)
{
  return (sort_key (event) >> shift) & 0xff;
}

static void
sort_short_run (StorePurchase *events,
                gsize          n)
{
  for (gsize i = 1; i < n; i++)
    {
      StorePurchase moving = events[i];
      guint64 key = sort_key (&moving);
      gsize to = i;

      for (; to > 0 && sort_key (&events[to - 1]) > key; to--)
        events[to] = events[to - 1];
      events[to] = moving;
    }
}

static void
swap_into_buckets (StorePurchase *events,
                   gsize         *next,
                   const gsize   *end,
                   guint          shift)
{
  for (guint bucket = 0; bucket < 256; bucket++)
    {
      while (next[bucket] < end[bucket])
        {
          StorePurchase *here = &events[next[bucket]];
          guint digit = digit_at (here, shift);

          if (digit == bucket)
            {
              next[bucket]++;
              continue;
            }

          StorePurchase moving = *here;
          *here = events[next[digit]];
          events[next[digit]++] = moving;
        }
    }
}

static void
sort_from_digit (StorePurchase *events,
                 gsize          n,
                 guint          shift)
{
  gsize end[256] = { 0 };
  gsize next[256];
  gsize sum = 0;

  if (n <= SHORT_RUN)
    {
      sort_short_run (events, n);
      return;
    }

  for (gsize i = 0; i < n; i++)
    end[digit_at (&events[i], shift)]++;
  for (guint bucket = 0; bucket < 256; bucket++)
    {
      next[bucket] = sum;
      sum += end[bucket];
      end[bucket] = sum;
    }

  swap_into_buckets (events, next, end, shift);

  if (shift == 0)
    return;
  for (guint bucket = 0; bucket < 256; bucket++)
    {
      gsize start = bucket > 0 ? end[bucket - 1] : 0;

      sort_from_digit (events + start, end[bucket] - start, shift - 8);
    }
}

static gboolean
is_sorted (const StorePurchase *events,
           gsize                n)
{
  for (gsize i = 1; i < n; i++)
    if (sort_key (&events[i - 1]) > sort_key (&events[i]))
      return FALSE;
  return TRUE;
}

/**
 * store_purchase_sort:
 * @events: events that hold the row of their customer in `orders`
 * @n: how many
 *
 * Sorts by row and day, in place. Events of one row and day keep no particular order.
 */
void
store_purchase_sort (StorePurchase *events,
                     gsize          n)
{
  g_return_if_fail (events != NULL || n == 0);

  if (!is_sorted (events, n))
    sort_from_digit (events, n, 56);
}
