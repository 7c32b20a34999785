/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The simplex search of Nelder and Mead ("A simplex method for function minimization", Computer
 * Journal 7, 1965) in the order of steps of Nash ("Compact Numerical Methods for Computers", 2nd
 * edition, algorithm 19): reflection 1, contraction 1/2, expansion 2, and a first simplex whose
 * edges are a tenth of the largest parameter. Models of the exponential smoothing family are fitted
 * with just these steps elsewhere, and their likelihoods are so flat that another search stops
 * somewhere else: the same steps give comparable models. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "store-nelder-mead.h"

#define NOT_ALLOWED 1e35
#define EDGE 0.1

typedef struct
{
  StoreNelderMead *search;
  StoreNelderMeadFunc func;
  gpointer data;
  guint n;
  double *corners;
  double *values;
  double *middle;
  double *trial;
  double *second;
  guint low;
  guint high;
} Simplex;

static double *
get_corner (const Simplex *simplex,
            guint          j)
{
  return simplex->corners + (gsize) j * simplex->n;
}

static double
evaluate (Simplex      *simplex,
          const double *point)
{
  double value = simplex->func (point, simplex->data);

  simplex->search->evaluations++;
  return isfinite (value) ? value : NOT_ALLOWED;
}

/* The first corner is the start; each other one steps along one axis. */
static double
place_corners (Simplex      *simplex,
               const double *start)
{
  const guint n = simplex->n;
  double step = 0.0;
  double size = 0.0;

  for (guint i = 0; i < n; i++)
    step = MAX (step, EDGE * fabs (start[i]));
  if (step == 0.0)
    step = EDGE;
  for (guint j = 0; j <= n; j++)
    {
      double tried = step;

      memcpy (get_corner (simplex, j), start, n * sizeof *start);
      if (j == 0)
        continue;
      while (get_corner (simplex, j)[j - 1] == start[j - 1])
        {
          get_corner (simplex, j)[j - 1] = start[j - 1] + tried;
          tried *= 10.0;
        }
      size += tried;
    }
  return size;
}

static void
evaluate_corners (Simplex *simplex)
{
  for (guint j = 0; j <= simplex->n; j++)
    if (j != simplex->low)
      simplex->values[j] = evaluate (simplex, get_corner (simplex, j));
}

static void
find_low_and_high (Simplex *simplex)
{
  const guint former = simplex->low;

  simplex->high = former;
  for (guint j = 0; j <= simplex->n; j++)
    {
      if (j == former)
        continue;
      if (simplex->values[j] < simplex->values[simplex->low])
        simplex->low = j;
      if (simplex->values[j] > simplex->values[simplex->high])
        simplex->high = j;
    }
}

static gboolean
corners_agree (const Simplex *simplex,
               double         tolerance)
{
  return simplex->values[simplex->high] <= simplex->values[simplex->low] + tolerance;
}

static void
replace_high (Simplex      *simplex,
              const double *point,
              double        value)
{
  memcpy (get_corner (simplex, simplex->high), point, simplex->n * sizeof *point);
  simplex->values[simplex->high] = value;
}

/* The middle of all corners but the highest, and its mirror image in it. */
static void
reflect (Simplex *simplex)
{
  const double *high = get_corner (simplex, simplex->high);

  for (guint i = 0; i < simplex->n; i++)
    {
      double sum = -high[i];

      for (guint j = 0; j <= simplex->n; j++)
        sum += get_corner (simplex, j)[i];
      simplex->middle[i] = sum / simplex->n;
      simplex->trial[i] = 2.0 * simplex->middle[i] - high[i];
    }
}

static void
expand (Simplex *simplex,
        double   reflected)
{
  double value;

  for (guint i = 0; i < simplex->n; i++)
    simplex->second[i] = 2.0 * simplex->trial[i] - simplex->middle[i];
  value = evaluate (simplex, simplex->second);
  if (value < reflected)
    replace_high (simplex, simplex->second, value);
  else
    replace_high (simplex, simplex->trial, reflected);
}

/* Returns the size of what is left. */
static double
shrink (Simplex *simplex)
{
  const double *low = get_corner (simplex, simplex->low);
  double size = 0.0;

  for (guint j = 0; j <= simplex->n; j++)
    {
      double *corner = get_corner (simplex, j);

      if (j == simplex->low)
        continue;
      for (guint i = 0; i < simplex->n; i++)
        {
          corner[i] = 0.5 * (corner[i] - low[i]) + low[i];
          size += fabs (corner[i] - low[i]);
        }
    }
  return size;
}

/* Returns whether the highest corner could be moved; the simplex shall shrink where not. */
static gboolean
contract (Simplex *simplex,
          double   reflected)
{
  const double highest = simplex->values[simplex->high];
  const double *high;
  double value;

  if (reflected < highest)
    replace_high (simplex, simplex->trial, reflected);
  high = get_corner (simplex, simplex->high);
  for (guint i = 0; i < simplex->n; i++)
    simplex->second[i] = 0.5 * high[i] + 0.5 * simplex->middle[i];
  value = evaluate (simplex, simplex->second);
  if (value < simplex->values[simplex->high])
    {
      replace_high (simplex, simplex->second, value);
      return TRUE;
    }
  return reflected < highest;
}

static void
search (Simplex *simplex,
        double   size,
        double   tolerance)
{
  evaluate_corners (simplex);
  for (;;)
    {
      double reflected;

      find_low_and_high (simplex);
      if (corners_agree (simplex, tolerance))
        break;
      reflect (simplex);
      reflected = evaluate (simplex, simplex->trial);
      if (reflected < simplex->values[simplex->low])
        expand (simplex, reflected);
      else if (!contract (simplex, reflected))
        {
          double left = shrink (simplex);

          if (left >= size)
            return;
          size = left;
          evaluate_corners (simplex);
        }
      if (simplex->search->evaluations > simplex->search->max_evaluations)
        return;
    }
  simplex->search->converged = TRUE;
}

/**
 * store_nelder_mead_minimise:
 * @self: number of parameters, tolerance and limit set
 * @point: (inout): where to start; the best point found
 * @func: (scope call): to be made small; must be finite at the start
 * @data: for @func
 *
 * On any thread. A start that is not allowed is given back with the value INFINITY.
 */
void
store_nelder_mead_minimise (StoreNelderMead     *self,
                            double              *point,
                            StoreNelderMeadFunc  func,
                            gpointer             data)
{
  const guint n = self->n;
  g_autofree double *corners = g_new (double, (gsize) n * (n + 1));
  g_autofree double *values = g_new0 (double, n + 1);
  g_autofree double *middle = g_new (double, n);
  g_autofree double *trial = g_new (double, n);
  g_autofree double *second = g_new (double, n);
  Simplex simplex = {
    .search = self, .func = func, .data = data, .n = n, .corners = corners, .values = values,
    .middle = middle, .trial = trial, .second = second,
  };

  g_return_if_fail (n > 0);

  self->evaluations = 1;
  self->converged = FALSE;
  self->value = func (point, data);
  if (!isfinite (self->value))
    {
      self->value = INFINITY;
      return;
    }
  values[0] = self->value;
  search (&simplex, place_corners (&simplex, point),
          self->tolerance * (fabs (self->value) + self->tolerance));
  find_low_and_high (&simplex);
  memcpy (point, get_corner (&simplex, simplex.low), n * sizeof *point);
  self->value = values[simplex.low];
}
