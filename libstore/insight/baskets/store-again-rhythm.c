/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rhythm of each customer with each thing. Days between two times are taken as exponential with
 * a rate of the customer's own; rates vary between customers as Gamma (shape, shape * usual gap of
 * the thing), so after n gaps over a span of days the expected gap is (shape * usual + span) /
 * (shape + n): few gaps lean on what is usual, many stand for themselves (empirical Bayes, as in
 * Gelman et al., Bayesian Data Analysis, section 2.6). The usual gap of a thing is in turn shrunk
 * to that of all. The shape maximises the marginal likelihood of all gaps,
 *
 *   sum log Gamma (shape + n) - log Gamma (shape) + shape log b - (shape + n) log (b + span)
 *
 * with b = shape * usual gap, by golden section over its logarithm. */

#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "store-again-private.h"

/* So many gaps of a thing weigh as much as what is usual of all things. */
#define ITEM_PRIOR 5.0
#define LOWEST_SHAPE -3.0
#define HIGHEST_SHAPE 7.0
#define STEPS 60

typedef struct
{
  guint32 customer;
  guint32 item;
  gint32 day;
} Visit;

static int
compare_visits (gconstpointer a,
                gconstpointer b)
{
  const Visit *left = a;
  const Visit *right = b;

  if (left->customer != right->customer)
    return left->customer < right->customer ? -1 : 1;
  if (left->item != right->item)
    return left->item < right->item ? -1 : 1;
  return (left->day > right->day) - (left->day < right->day);
}

static GArray *
list_visits (const StoreBaskets *baskets)
{
  GArray *visits = g_array_new (FALSE, FALSE, sizeof (Visit));

  for (guint basket = 0; basket < store_baskets_get_n (baskets); basket++)
    {
      Visit visit = { .customer = store_baskets_get_customer (baskets, basket),
                      .day = store_baskets_get_day (baskets, basket) };
      guint n;
      const guint32 *items = store_baskets_get_items (baskets, basket, &n);

      if (visit.customer == STORE_BASKETS_NOBODY || visit.day == STORE_BASKETS_NO_DAY)
        continue;
      for (guint i = 0; i < n; i++)
        {
          visit.item = items[i];
          g_array_append_val (visits, visit);
        }
    }
  if (visits->len > 0)
    qsort (visits->data, visits->len, sizeof (Visit), compare_visits);
  return visits;
}

static void
add_visit (GArray      *rhythms,
           const Visit *visit)
{
  StoreAgainRhythm *last = rhythms->len > 0
                             ? &g_array_index (rhythms, StoreAgainRhythm, rhythms->len - 1)
                             : NULL;
  StoreAgainRhythm added = { visit->customer, visit->item, 0, visit->day, visit->day, 0, 0 };

  if (last == NULL || last->customer != visit->customer || last->item != visit->item)
    {
      /* What was bought on one day only has no rhythm. */
      if (last != NULL && last->n_gaps == 0)
        *last = added;
      else
        g_array_append_val (rhythms, added);
      return;
    }
  if (visit->day == last->last)
    return;
  last->before_last = last->last_gap;
  last->last_gap = (guint) (visit->day - last->last);
  last->last = visit->day;
  last->n_gaps++;
}

/* By customer and item, whatever the order of the baskets was. */
GArray *
store_again_find_rhythms (const StoreBaskets *baskets)
{
  g_autoptr (GArray) visits = list_visits (baskets);
  GArray *rhythms = g_array_new (FALSE, FALSE, sizeof (StoreAgainRhythm));

  for (guint i = 0; i < visits->len; i++)
    add_visit (rhythms, &g_array_index (visits, Visit, i));
  if (rhythms->len > 0 &&
      g_array_index (rhythms, StoreAgainRhythm, rhythms->len - 1).n_gaps == 0)
    g_array_set_size (rhythms, rhythms->len - 1);
  return rhythms;
}

typedef struct
{
  double n_gaps;
  double span;
} Known;

/* What was known of a rhythm, before its last gap if that is held back. */
static Known
get_known (const StoreAgainRhythm *rhythm,
           gboolean                hold_back)
{
  Known known = { rhythm->n_gaps, (double) rhythm->last - rhythm->first };

  if (hold_back)
    {
      known.n_gaps -= 1.0;
      known.span -= rhythm->last_gap;
    }
  return known;
}

static void
find_usual_gaps (StoreAgainHabit *self,
                 const GArray    *rhythms,
                 guint            n_items,
                 gboolean         hold_back)
{
  g_autofree double *counts = g_new0 (double, (gsize) n_items + 1);
  double all_gaps = 0.0;
  double all_span = 0.0;

  self->gaps = g_new0 (double, (gsize) n_items + 1);
  for (guint i = 0; i < rhythms->len; i++)
    {
      const StoreAgainRhythm *rhythm = &g_array_index (rhythms, StoreAgainRhythm, i);
      Known known = get_known (rhythm, hold_back);

      counts[rhythm->item] += known.n_gaps;
      self->gaps[rhythm->item] += known.span;
      all_gaps += known.n_gaps;
      all_span += known.span;
    }
  self->gap = all_gaps > 0.0 ? all_span / all_gaps : 0.0;
  for (guint item = 0; item < n_items; item++)
    self->gaps[item] = (self->gaps[item] + ITEM_PRIOR * self->gap) / (counts[item] + ITEM_PRIOR);
}

static double
find_likelihood (const StoreAgainHabit *self,
                 const GArray          *rhythms,
                 gboolean               hold_back,
                 double                 log_shape)
{
  double shape = exp (log_shape);
  double log_gamma = lgamma (shape);
  double sum = 0.0;

  for (guint i = 0; i < rhythms->len; i++)
    {
      const StoreAgainRhythm *rhythm = &g_array_index (rhythms, StoreAgainRhythm, i);
      Known known = get_known (rhythm, hold_back);
      double rate = shape * self->gaps[rhythm->item];

      if (known.n_gaps > 0.0)
        sum += lgamma (shape + known.n_gaps) - log_gamma + shape * log (rate) -
               (shape + known.n_gaps) * log (rate + known.span);
    }
  return sum;
}

static double
find_shape (const StoreAgainHabit *self,
            const GArray          *rhythms,
            gboolean               hold_back)
{
  const double golden = (sqrt (5.0) - 1.0) / 2.0;
  double low = LOWEST_SHAPE;
  double high = HIGHEST_SHAPE;
  double left = high - golden * (high - low);
  double right = low + golden * (high - low);
  double at_left = find_likelihood (self, rhythms, hold_back, left);
  double at_right = find_likelihood (self, rhythms, hold_back, right);

  for (guint step = 0; step < STEPS; step++)
    if (at_left > at_right)
      {
        high = right;
        right = left;
        at_right = at_left;
        left = high - golden * (high - low);
        at_left = find_likelihood (self, rhythms, hold_back, left);
      }
    else
      {
        low = left;
        left = right;
        at_left = at_right;
        right = low + golden * (high - low);
        at_right = find_likelihood (self, rhythms, hold_back, right);
      }
  return exp ((low + high) / 2.0);
}

/* @hold_back: whether the last gap of each rhythm is not to be known. */
void
store_again_learn (StoreAgainHabit *self,
                   const GArray    *rhythms,
                   guint            n_items,
                   gboolean         hold_back)
{
  find_usual_gaps (self, rhythms, n_items, hold_back);
  self->shape = 0.0;
  if (rhythms->len >= STORE_AGAIN_MIN_REPEATS && self->gap > 0.0)
    self->shape = find_shape (self, rhythms, hold_back);
}

/* Days until the next time, after so many gaps over so many days; at least a half. */
double
store_again_expect (const StoreAgainHabit *self,
                    guint32                item,
                    double                 n_gaps,
                    double                 span)
{
  double gap = (self->shape * self->gaps[item] + span) / (self->shape + n_gaps);

  return MAX (gap, 0.5);
}
