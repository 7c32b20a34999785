/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How much each column of a table has to do with the probability of a row: what all numbers made of
 * it contribute, exact for logistic regression, trees, forests, boosting and the linear machine. A
 * kernel has no such parts. */

#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "store-outcomes-private.h"

/* Spreads are means over at most so many rows. */
#define ROWS_LOOKED_AT 200

/* Log odds have an end. */
#define LEAST 1e-9

static int
compare_parts (gconstpointer a,
               gconstpointer b)
{
  const StoreOutcomesPart *left = a;
  const StoreOutcomesPart *right = b;

  if (fabs (left->part) != fabs (right->part))
    return fabs (left->part) < fabs (right->part) ? 1 : -1;
  return left->source < right->source ? -1 : 1;
}

/* Columns that say nearly the same share what they contribute in an arbitrary way, one up and one
 * down; only their sum speaks. */
static void
join_themes (const StoreOutcomes *self,
             StoreOutcomesPart   *parts)
{
  const StoreEncoding *encoding = self->encoding;

  for (guint s = 0; s < encoding->n_sources; s++)
    {
      const char *theme = self->options.get_theme (encoding->sources[s].name);
      double part = parts[s].part;

      for (guint lead = 0; lead < encoding->n_sources; lead++)
        if (lead != s && g_str_equal (encoding->sources[lead].name, theme))
          {
            parts[lead].part += part;
            parts[s].part = 0.0;
          }
    }
}

/* The parts of all sources as the method gives them; FALSE where it has none. */
static gboolean
add_up_parts (const StoreOutcomes *self,
              guint                row,
              StoreOutcomesPart   *parts)
{
  const StoreEncoding *encoding = self->encoding;
  g_autofree double *contributions = g_new (double, encoding->p + 1);

  if (!store_classifier_contribute (self->classifier, self->z + (gsize) row * encoding->p,
                                    contributions, NULL))
    return FALSE;
  for (guint s = 0; s < encoding->n_sources; s++)
    parts[s] = (StoreOutcomesPart) { s, 0.0 };
  for (guint j = 0; j < encoding->p; j++)
    parts[encoding->source_of[j]].part += contributions[j];
  if (self->options.get_theme != NULL)
    join_themes (self, parts);
  return TRUE;
}

static double
to_scale (const StoreOutcomes *self,
          double               probability)
{
  double p = CLAMP (probability, LEAST, 1.0 - LEAST);

  return store_classifier_get_method (self->classifier)->adds_to_odds ? log (p / (1.0 - p)) : p;
}

/* Mean squares of the parts over some of the rows: how much each moves the answer. */
static double *
find_spreads (const StoreOutcomes *self)
{
  guint n = store_rows_get_n (self->rows);
  guint every = n / ROWS_LOOKED_AT + 1;
  g_autofree StoreOutcomesPart *parts = g_new (StoreOutcomesPart, self->encoding->n_sources + 1);
  double *spreads = g_new0 (double, self->encoding->n_sources + 1);

  for (guint i = 0; i < n && add_up_parts (self, i, parts); i += every)
    for (guint s = 0; s < self->encoding->n_sources; s++)
      spreads[s] += parts[s].part * parts[s].part;
  return spreads;
}

/* A method compares with an average row, whose probability is not the average of all: where most
 * rows are far to one side or the other, it may lie anywhere. What is between the two is shared out
 * by how much each part moves the answer, so that the parts add up to the distance from the average
 * that a person is told. */
static void
start_from_average (const StoreOutcomes *self,
                    guint                row,
                    StoreOutcomesPart   *parts)
{
  g_autofree double *spreads = find_spreads (self);
  double between = to_scale (self, self->probability[row]) -
                   to_scale (self, (double) self->n_yes / self->n_known);
  double total = 0.0;

  for (guint s = 0; s < self->encoding->n_sources; s++)
    {
      between -= parts[s].part;
      total += spreads[s];
    }
  for (guint s = 0; s < self->encoding->n_sources && total > 0.0; s++)
    parts[s].part += between * spreads[s] / total;
}

/* The parts of all sources, the largest first; NULL where the method has none. */
StoreOutcomesPart *
store_outcomes_find_parts (const StoreOutcomes *self,
                           guint                row)
{
  g_autofree StoreOutcomesPart *parts = g_new0 (StoreOutcomesPart, self->encoding->n_sources + 1);

  if (!add_up_parts (self, row, parts))
    return NULL;
  start_from_average (self, row, parts);
  qsort (parts, self->encoding->n_sources, sizeof *parts, compare_parts);
  return g_steal_pointer (&parts);
}
