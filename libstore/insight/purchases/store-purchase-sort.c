/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Ten million orders have to be put in the order of customer and day without a second copy of
 * them; each is a word whose leading bits are the customer and the day. This is the in-place radix
 * sort of McIlroy, Bostic and McIlroy ("Engineering Radix Sort", 1993, the American flag): count
 * the leading byte, swap each element into its bucket, go on inside the buckets with the next byte.
 * Short runs are sorted by insertion. Input that is in order already, the usual case from the
 * store, costs one look. */

#include "config.h"

#include "store-purchase-sort.h"

#define SHORT_RUN 48

static inline guint
digit_at (guint64 word,
          guint   shift)
{
  return (word >> shift) & 0xff;
}

static void
sort_short_run (guint64 *words,
                gsize    n)
{
  for (gsize i = 1; i < n; i++)
    {
      guint64 moving = words[i];
      gsize to = i;

      for (; to > 0 && words[to - 1] > moving; to--)
        words[to] = words[to - 1];
      words[to] = moving;
    }
}

static void
swap_into_buckets (guint64     *words,
                   gsize       *next,
                   const gsize *end,
                   guint        shift)
{
  for (guint bucket = 0; bucket < 256; bucket++)
    {
      while (next[bucket] < end[bucket])
        {
          guint64 *here = &words[next[bucket]];
          guint digit = digit_at (*here, shift);

          if (digit == bucket)
            {
              next[bucket]++;
              continue;
            }

          guint64 moving = *here;
          *here = words[next[digit]];
          words[next[digit]++] = moving;
        }
    }
}

static void
sort_from_digit (guint64 *words,
                 gsize    n,
                 guint    shift)
{
  gsize end[256] = { 0 };
  gsize next[256];
  gsize sum = 0;

  if (n <= SHORT_RUN)
    {
      sort_short_run (words, n);
      return;
    }

  for (gsize i = 0; i < n; i++)
    end[digit_at (words[i], shift)]++;
  for (guint bucket = 0; bucket < 256; bucket++)
    {
      next[bucket] = sum;
      sum += end[bucket];
      end[bucket] = sum;
    }

  swap_into_buckets (words, next, end, shift);

  if (shift == 0)
    return;
  for (guint bucket = 0; bucket < 256; bucket++)
    {
      gsize start = bucket > 0 ? end[bucket - 1] : 0;

      sort_from_digit (words + start, end[bucket] - start, shift - 8);
    }
}

static gboolean
is_sorted (const guint64 *words,
           gsize          n)
{
  for (gsize i = 1; i < n; i++)
    if (words[i - 1] > words[i])
      return FALSE;
  return TRUE;
}

/**
 * store_purchase_sort:
 * @words: any numbers
 * @n: how many
 *
 * Sorts them upwards, in place.
 */
void
store_purchase_sort (guint64 *words,
                     gsize    n)
{
  g_return_if_fail (words != NULL || n == 0);

  if (!is_sorted (words, n))
    sort_from_digit (words, n, 56);
}
