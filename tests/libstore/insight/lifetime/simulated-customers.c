/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "simulated-customers.h"
#include "store-counter-random.h"

enum { R, ALPHA, A, B };

/* A stream of random numbers of one customer. */
typedef struct
{
  guint64 seed;
  guint64 customer;
  guint64 counter;
} Stream;

static double
draw (Stream *self)
{
  return store_counter_random (self->seed, self->customer, self->counter++);
}

static double
draw_exponential (Stream *self,
                  double  rate)
{
  return -log (draw (self)) / rate;
}

/* By the inverse of the distribution: slow, and right for any shape. */
static double
draw_gamma (Stream *self,
            double  shape,
            double  inverse_scale)
{
  return gsl_cdf_gamma_Pinv (draw (self), shape, 1.0) / inverse_scale;
}

static double
draw_beta (Stream *self,
           double  a,
           double  b)
{
  double x = draw_gamma (self, a, 1.0);
  double y = draw_gamma (self, b, 1.0);

  return x / (x + y);
}

/* Weeks of the repeat purchases within @weeks after the first. */
static GArray *
live (const StorePurchaseModel *model,
      double                    weeks,
      Stream                   *stream)
{
  GArray *times = g_array_new (FALSE, FALSE, sizeof (double));
  const double *parameters = model->parameters;
  gboolean by_rate = model->kind == STORE_PARETO_NBD;
  gboolean by_purchase = !by_rate && model->kind != STORE_NBD;
  gboolean from_first = model->kind == STORE_MBGNBD || model->kind == STORE_MBGCNBD;
  double rate = draw_gamma (stream, parameters[R], parameters[ALPHA]);
  double end = by_rate ? draw_exponential (stream, draw_gamma (stream, parameters[A], parameters[B]))
                       : HUGE_VAL;
  double p = by_purchase ? draw_beta (stream, parameters[A], parameters[B]) : 0.0;
  double now = 0.0;

  if (from_first && draw (stream) < p)
    return times;
  for (;;)
    {
      for (guint i = 0; i < model->k; i++)
        now += draw_exponential (stream, rate);
      if (now > MIN (weeks, end))
        return times;
      g_array_append_val (times, now);
      if (by_purchase && draw (stream) < p)
        return times;
    }
}

static GArray *
live_by_occasion (const StorePurchaseModel *model,
                  guint                     occasions,
                  Stream                   *stream)
{
  GArray *times = g_array_new (FALSE, FALSE, sizeof (double));
  double buys = draw_beta (stream, model->parameters[0], model->parameters[1]);
  double leaves = draw_beta (stream, model->parameters[2], model->parameters[3]);

  for (guint i = 1; i <= occasions; i++)
    {
      double at = i;

      if (draw (stream) < leaves)
        break;
      if (draw (stream) < buys)
        g_array_append_val (times, at);
    }
  return times;
}

static int
compare_patterns (gconstpointer a,
                  gconstpointer b)
{
  const double *left = a;
  const double *right = b;

  for (guint i = 0; i < 3; i++)
    if (left[i] != right[i])
      return left[i] < right[i] ? -1 : 1;
  return 0;
}

StorePurchasePatterns *
simulate_patterns (const StorePurchaseModel *model,
                   guint                     n_customers,
                   double                    weeks,
                   guint64                   seed)
{
  double *columns[4];
  g_autofree double *rows = g_new (double, n_customers * 3);

  for (guint i = 0; i < n_customers; i++)
    {
      Stream stream = { seed, i, 0 };
      double T = weeks * (0.5 + 0.5 * draw (&stream));
      g_autoptr (GArray) times = NULL;

      if (model->kind == STORE_BGBB)
        T = floor (T);
      times = model->kind == STORE_BGBB ? live_by_occasion (model, (guint) T, &stream)
                                        : live (model, T, &stream);
      rows[i * 3] = times->len;
      rows[i * 3 + 1] = times->len > 0 ? g_array_index (times, double, times->len - 1) : 0.0;
      rows[i * 3 + 2] = T;
    }
  qsort (rows, n_customers, 3 * sizeof (double), compare_patterns);
  for (guint j = 0; j < 4; j++)
    {
      columns[j] = g_new (double, n_customers);
      for (guint i = 0; i < n_customers; i++)
        columns[j][i] = j < 3 ? rows[i * 3 + j] : 1.0;
    }
  return store_purchase_patterns_take (n_customers, columns[0], columns[1], columns[2], columns[3]);
}

StorePurchaseTable *
simulate_customers (const StorePurchaseModel *model,
                    guint                     n_customers,
                    guint                     spread_days,
                    guint                     days,
                    guint64                   seed)
{
  StorePurchaseTable *table = store_purchase_table_new ((gint32) days, 2);

  for (guint i = 0; i < n_customers; i++)
    {
      g_autofree char *id = g_strdup_printf ("%06u", i);
      Stream stream = { seed, i, 0 };
      gint32 first = (gint32) (i % spread_days);
      g_autoptr (GArray) times = live (model, ((gint32) days - first) / 7.0, &stream);

      store_purchase_table_add (table, id, first, 1000);
      for (guint j = 0; j < times->len; j++)
        store_purchase_table_add (table, id,
                                  first + (gint32) ceil (7.0 * g_array_index (times, double, j)),
                                  1000);
    }
  store_purchase_table_finish (table);
  return table;
}

StorePurchaseTable *
simulate_values (double  p,
                 double  q,
                 double  v,
                 guint   n_customers,
                 guint64 seed)
{
  StorePurchaseTable *table = store_purchase_table_new (1000, 2);

  for (guint i = 0; i < n_customers; i++)
    {
      g_autofree char *id = g_strdup_printf ("%06u", i);
      Stream stream = { seed, i, 0 };
      double scale = draw_gamma (&stream, q, v);
      gint32 day = 0;

      store_purchase_table_add (table, id, day, 100);
      do
        store_purchase_table_add (table, id, ++day,
                                  llround (100.0 * draw_gamma (&stream, p, scale)));
      while (draw (&stream) < 0.7 && day < 900);
    }
  store_purchase_table_finish (table);
  return table;
}
