/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Least squares over more rows than the processor's cache holds, by orthogonal reflections all the
 * same: rows are folded, a few hundred at a time, into the triangle R that those before them left
 * (Demmel, Grigori, Hoemmen and Langou, "Communication-optimal parallel and sequential QR and LU
 * factorizations", 2012, section 3; the reflection of a triangle over a block is LAPACK's tpqrt).
 * The condition of the problem is not squared, as normal equations would do, and two triangles of
 * different rows merge in the same way, so blocks may be done on several threads.
 *
 * The last column is the right-hand side. A triangle is p by p numbers, row by row, and starts as
 * zeroes; a column of zeroes keeps a zero on the diagonal and gets 0 in the solution. */

#include "config.h"

#include <math.h>

#include "store-tall-qr.h"

/* Wider registers where the processor has them; four numbers at a time in either case, and no fused
 * products, so the bits are the same. Not under clang, which is for fuzzing: it instruments the choice
 * itself, which runs before the library can call anything. */
#if defined (__x86_64__) && !defined (__SANITIZE_ADDRESS__) && !defined (__clang__)
#define ON_WIDE_REGISTERS __attribute__ ((target_clones ("avx2", "default")))
#else
#define ON_WIDE_REGISTERS
#endif

/* Four sums at once, in an order that is always the same. */
typedef double Four __attribute__ ((vector_size (32), aligned (8), may_alias));

static inline double
dot (const double *a,
     const double *b,
     guint         n)
{
  Four sums = { 0.0 };
  double rest = 0.0;
  guint i = 0;

  for (; i + 4 <= n; i += 4)
    sums += *(const Four *) (a + i) * *(const Four *) (b + i);
  for (; i < n; i++)
    rest += a[i] * b[i];
  return (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest;
}

static inline void
subtract (double       *restrict from,
          const double *restrict what,
          double                 times,
          guint                  n)
{
  for (guint i = 0; i < n; i++)
    from[i] -= times * what[i];
}

/**
 * store_tall_qr_fold:
 * @r: the triangle, @p times @p
 * @p: columns, the right-hand side included
 * @rows: @n rows, column by column; destroyed
 * @n: how many
 *
 * Makes @r the triangle of its former rows and the new ones.
 */
ON_WIDE_REGISTERS void
store_tall_qr_fold (double *r,
                    guint   p,
                    double *rows,
                    guint   n)
{
  for (guint k = 0; k < p; k++)
    {
      const double *column = rows + (gsize) k * n;
      double squares = dot (column, column, n);
      double diagonal = r[k * p + k];
      double length;
      double head;

      if (!(squares > 0.0))
        continue;
      length = sqrt (diagonal * diagonal + squares);
      head = diagonal > 0.0 ? diagonal + length : diagonal - length;
      r[k * p + k] = diagonal > 0.0 ? -length : length;
      for (guint j = k + 1; j < p; j++)
        {
          double *other = rows + (gsize) j * n;
          double along = head * r[k * p + j] + dot (column, other, n);
          double times = 2.0 * along / (head * head + squares);

          r[k * p + j] -= times * head;
          subtract (other, column, times, n);
        }
    }
}

/**
 * store_tall_qr_merge:
 * @r: a triangle
 * @p: its columns
 * @other: the triangle of other rows
 *
 * Makes @r the triangle of the rows of both.
 */
void
store_tall_qr_merge (double       *r,
                     guint         p,
                     const double *other)
{
  g_autofree double *rows = g_new (double, (gsize) p * p);

  for (guint i = 0; i < p; i++)
    for (guint j = 0; j < p; j++)
      rows[j * p + i] = other[i * p + j];
  store_tall_qr_fold (r, p, rows, p);
}

/**
 * store_tall_qr_solve:
 * @r: a triangle
 * @p: its columns, the last being the right-hand side
 * @solution: (out): @p - 1 numbers; 0 for a column of zeroes
 *
 * Returns: %FALSE where the numbers have no finite solution
 */
gboolean
store_tall_qr_solve (const double *r,
                     guint         p,
                     double       *solution)
{
  gboolean finite = TRUE;

  for (guint row = p - 1; row-- > 0;)
    {
      double sum = r[row * p + p - 1];

      for (guint k = row + 1; k < p - 1; k++)
        sum -= r[row * p + k] * solution[k];
      solution[row] = r[row * p + row] != 0.0 ? sum / r[row * p + row] : 0.0;
      finite &= isfinite (solution[row]) != 0;
    }
  return finite;
}

/**
 * store_tall_qr_invert:
 * @r: a triangle
 * @p: its columns, the last being the right-hand side
 *
 * Returns: (transfer full): the inverse of the triangle without its last column, @p - 1 times
 *   @p - 1 numbers; rows and columns of zeroes where @r has a zero on the diagonal
 */
double *
store_tall_qr_invert (const double *r,
                      guint         p)
{
  guint n = p - 1;
  double *inverse = g_new0 (double, (gsize) n * n);

  for (guint column = 0; column < n; column++)
    for (guint row = column + 1; row-- > 0 && r[column * p + column] != 0.0;)
      {
        double sum = row == column ? 1.0 : 0.0;

        for (guint k = row + 1; k <= column; k++)
          sum -= r[row * p + k] * inverse[k * n + column];
        inverse[row * n + column] = r[row * p + row] != 0.0 ? sum / r[row * p + row] : 0.0;
      }
  return inverse;
}
