/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Days are integers, so a pattern packs into one 64-bit key: 20 bits for each of x, t_x and T
 * (the years that a table takes are 365,243 days, below 2^19). The keys of all rows are sorted by
 * least-significant-digit radix together with their row; a run of equal keys is a pattern. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "store-purchase-patterns.h"

#define FIELD_BITS 20
#define FIELD_MASK ((1u << FIELD_BITS) - 1)
#define DIGIT_BITS 12
#define N_DIGITS (1u << DIGIT_BITS)
#define DAYS_A_WEEK 7.0

typedef struct
{
  guint64 key;
  guint32 row;
} KeyedRow;

static guint64
pack_key (const StorePurchaseColumns *columns,
          guint                       row)
{
  guint64 x = columns->purchases[row] - 1;
  guint64 t_x = columns->last_day[row] - columns->first_day[row];
  guint64 T = columns->until - columns->first_day[row];

  return x << (2 * FIELD_BITS) | t_x << FIELD_BITS | T;
}

static void
sort_by_digit (const KeyedRow *from,
               KeyedRow       *to,
               guint           n,
               guint           shift)
{
  g_autofree guint32 *next = g_new0 (guint32, N_DIGITS);
  guint32 sum = 0;

  for (guint i = 0; i < n; i++)
    next[(from[i].key >> shift) & (N_DIGITS - 1)]++;
  for (guint digit = 0; digit < N_DIGITS; digit++)
    {
      guint32 count = next[digit];

      next[digit] = sum;
      sum += count;
    }
  for (guint i = 0; i < n; i++)
    to[next[(from[i].key >> shift) & (N_DIGITS - 1)]++] = from[i];
}

static KeyedRow *
sort_rows (const StorePurchaseColumns *columns)
{
  guint n = columns->n_rows;
  KeyedRow *rows = g_new (KeyedRow, n);
  g_autofree KeyedRow *other = g_new (KeyedRow, n);
  guint64 all_bits = 0;

  for (guint row = 0; row < n; row++)
    {
      rows[row] = (KeyedRow) { pack_key (columns, row), row };
      all_bits |= rows[row].key;
    }

  for (guint shift = 0; shift < 3 * FIELD_BITS; shift += DIGIT_BITS)
    {
      KeyedRow *swap = other;

      if ((all_bits >> shift & (N_DIGITS - 1)) == 0)
        continue;
      sort_by_digit (rows, other, n, shift);
      other = rows;
      rows = swap;
    }
  return rows;
}

static guint
count_distinct (const KeyedRow *rows,
                guint           n)
{
  guint distinct = n > 0;

  for (guint i = 1; i < n; i++)
    distinct += rows[i].key != rows[i - 1].key;
  return distinct;
}

static void
sum_patterns (StorePurchasePatterns *self)
{
  double total_T = 0.0;

  for (guint i = 0; i < self->n; i++)
    {
      self->n_customers += self->weight[i];
      total_T += self->weight[i] * self->T[i];
      self->n_repeats += self->weight[i] * self->x[i];
      if (self->x[i] > 0.0)
        self->n_repeaters += (guint) lround (self->weight[i]);
    }
  self->mean_T = self->n_customers > 0.0 ? total_T / self->n_customers : 0.0;
}

/**
 * store_purchase_patterns_take:
 * @n: number of patterns
 * @x: (transfer full): repeat purchases
 * @t_x: (transfer full): weeks from the first purchase to the last
 * @T: (transfer full): weeks from the first purchase to the cut
 * @weight: (transfer full): customers of each pattern
 *
 * Patterns from arrays that are distinct and sorted already, with no table behind them.
 *
 * Returns: (transfer full): the patterns
 */
StorePurchasePatterns *
store_purchase_patterns_take (guint   n,
                              double *x,
                              double *t_x,
                              double *T,
                              double *weight)
{
  StorePurchasePatterns *self = g_new0 (StorePurchasePatterns, 1);

  self->n = n;
  self->x = x;
  self->t_x = t_x;
  self->T = T;
  self->weight = weight;
  sum_patterns (self);
  return self;
}

/**
 * store_purchase_patterns_new:
 * @table: a finished table
 *
 * Returns: (transfer full): the distinct patterns of its customers
 */
StorePurchasePatterns *
store_purchase_patterns_new (const StorePurchaseTable *table)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (table);
  g_autofree KeyedRow *rows = sort_rows (columns);
  guint n = count_distinct (rows, columns->n_rows);
  double *x = g_new (double, n);
  double *t_x = g_new (double, n);
  double *T = g_new (double, n);
  double *weight = g_new0 (double, n);
  guint32 *row_pattern = g_new (guint32, columns->n_rows);
  StorePurchasePatterns *self;
  guint at = 0;

  for (guint i = 0; i < columns->n_rows; i++)
    {
      if (i > 0 && rows[i].key != rows[i - 1].key)
        at++;
      weight[at] += 1.0;
      row_pattern[rows[i].row] = at;
      x[at] = rows[i].key >> (2 * FIELD_BITS);
      t_x[at] = (rows[i].key >> FIELD_BITS & FIELD_MASK) / DAYS_A_WEEK;
      T[at] = (rows[i].key & FIELD_MASK) / DAYS_A_WEEK;
    }

  self = store_purchase_patterns_take (n, x, t_x, T, weight);
  self->n_rows = columns->n_rows;
  self->row_pattern = row_pattern;
  return self;
}

static gint
compare_cells (gconstpointer a,
               gconstpointer b)
{
  guint64 left = *(const guint64 *) a;
  guint64 right = *(const guint64 *) b;

  return (left > right) - (left < right);
}

static guint64
find_cell (const StorePurchasePatterns *self,
           guint                        i,
           double                       t_width,
           double                       T_width)
{
  guint64 x = (guint64) self->x[i];
  guint64 t_x = (guint64) (self->t_x[i] / t_width);
  guint64 T = (guint64) (self->T[i] / T_width);

  return x << 40 | t_x << 20 | T;
}

static double
find_largest (const double *values,
              guint         n)
{
  double largest = 0.0;

  for (guint i = 0; i < n; i++)
    largest = MAX (largest, values[i]);
  return largest;
}

/**
 * store_purchase_patterns_coarsen:
 * @self: patterns
 * @steps: into how many steps the range of times is divided
 *
 * Patterns of equal x whose times are close become one with their weighted mean times. A model
 * fitted to these is a few Newton steps from the model fitted to all.
 *
 * Returns: (transfer full): fewer patterns, without rows
 */
StorePurchasePatterns *
store_purchase_patterns_coarsen (const StorePurchasePatterns *self,
                                 guint                        steps)
{
  double width = MAX (find_largest (self->T, self->n), 1.0) * (1.0 + 1e-9) / steps;
  g_autofree guint64 *cells = g_new (guint64, self->n);
  g_autofree guint64 *sorted = NULL;
  guint n = 0;
  double *x;
  double *t_x;
  double *T;
  double *weight;

  for (guint i = 0; i < self->n; i++)
    cells[i] = find_cell (self, i, width, width);
  sorted = g_memdup2 (cells, self->n * sizeof (guint64));
  qsort (sorted, self->n, sizeof (guint64), compare_cells);
  for (guint i = 0; i < self->n; i++)
    if (i == 0 || sorted[i] != sorted[i - 1])
      sorted[n++] = sorted[i];

  x = g_new0 (double, n);
  t_x = g_new0 (double, n);
  T = g_new0 (double, n);
  weight = g_new0 (double, n);
  for (guint i = 0; i < self->n; i++)
    {
      guint64 *found = bsearch (&cells[i], sorted, n, sizeof (guint64), compare_cells);
      gsize to = found - sorted;

      x[to] = self->x[i];
      weight[to] += self->weight[i];
      t_x[to] += self->weight[i] * self->t_x[i];
      T[to] += self->weight[i] * self->T[i];
    }
  for (guint i = 0; i < n; i++)
    {
      t_x[i] /= weight[i];
      T[i] /= weight[i];
    }
  return store_purchase_patterns_take (n, x, t_x, T, weight);
}

/**
 * store_purchase_patterns_count_above:
 * @self: patterns
 * @n: (out): how many numbers, the largest x
 *
 * Sums over the purchases of each customer become sums over these.
 *
 * Returns: (transfer full): for each i below the largest x, how many customers have more than i
 *   repeat purchases
 */
double *
store_purchase_patterns_count_above (const StorePurchasePatterns *self,
                                     guint                       *n)
{
  double *more_than;
  double tail = 0.0;
  guint at = self->n;

  *n = self->n > 0 ? (guint) self->x[self->n - 1] : 0;
  more_than = g_new (double, *n + 1);

  /* Patterns are sorted by x, so the number of customers above i grows as i falls. */
  for (guint i = *n + 1; i-- > 0;)
    {
      while (at > 0 && self->x[at - 1] > i)
        tail += self->weight[--at];
      more_than[i] = tail;
    }
  return more_than;
}

void
store_purchase_patterns_free (StorePurchasePatterns *self)
{
  if (self == NULL)
    return;
  g_free (self->x);
  g_free (self->t_x);
  g_free (self->T);
  g_free (self->weight);
  g_free (self->row_pattern);
  g_free (self);
}
