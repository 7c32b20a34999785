/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What held-back messages say of a classifier: how far its margins can be trusted, and how often it
 * is right where always giving the most frequent answer would be. */
#include "config.h"

#include "store-text-classifier-private.h"

#include <math.h>
#include <string.h>

#include "store-newton.h"

#define LOWEST_SHARPNESS 0.2
#define HIGHEST_SHARPNESS 20.0
#define LOWEST_TRUST 0.5
#define HIGHEST_TRUST 1.0
#define HIGHEST_OFFSET 6.0
#define MOST_STEPS 60

typedef struct
{
  const StoreTextClassifier *classifier;
  const StoreTextHeldBack *held_back;
  gboolean with_priors;
} Calibration;

static const float *
get_margins (const StoreTextHeldBack *held_back,
             guint                    row)
{
  return held_back->margins + (gsize) row * held_back->stride;
}

static const float *
get_priors (const StoreTextHeldBack *held_back,
            guint                    row,
            guint                    n_labels)
{
  const float *priors = held_back->examples->priors;

  return priors != NULL ? priors + (gsize) row * n_labels : NULL;
}

/* Log likelihood of softmax (s m + t q), its gradient and Hessian in s and t: the covariance of m
 * and q under the probabilities. */
static double
add_row_of_one (const Calibration *self,
                guint              row,
                const double      *point,
                double            *gradient,
                double            *hessian)
{
  guint n = self->classifier->n_labels;
  const guint8 *truth = self->held_back->truth + (gsize) row * n;
  const float *m = get_margins (self->held_back, row);
  const float *q = get_priors (self->held_back, row, n);
  double trust = self->with_priors ? point[1] : 0;
  double largest = -G_MAXDOUBLE, sum = 0, mm = 0, mq = 0, m2 = 0, mxq = 0, q2 = 0, value = 0;

  for (guint k = 0; k < n; k++)
    largest = MAX (largest, point[0] * m[k] + (trust > 0 ? trust * q[k] : 0));
  for (guint k = 0; k < n; k++)
    {
      double qk = trust > 0 ? q[k] : 0;
      double score = point[0] * m[k] + trust * qk;
      double e = exp (score - largest);

      sum += e;
      mm += e * m[k];
      mq += e * qk;
      m2 += e * m[k] * m[k];
      mxq += e * m[k] * qk;
      q2 += e * qk * qk;
      if (truth[k])
        {
          value += score - largest;
          gradient[0] += m[k];
          if (self->with_priors)
            gradient[1] += qk;
        }
    }
  mm /= sum;
  mq /= sum;
  gradient[0] -= mm;
  hessian[0] -= m2 / sum - mm * mm;
  if (self->with_priors)
    {
      gradient[1] -= mq;
      hessian[1] -= mxq / sum - mm * mq;
      hessian[2] = hessian[1];
      hessian[3] -= q2 / sum - mq * mq;
    }
  return value - log (sum);
}

/* Each label for itself: the logistic function of s m + c. */
static double
add_row_of_several (const Calibration *self,
                    guint              row,
                    const double      *point,
                    double            *gradient,
                    double            *hessian)
{
  guint n = self->classifier->n_labels;
  const guint8 *truth = self->held_back->truth + (gsize) row * n;
  const float *m = get_margins (self->held_back, row);
  double value = 0;

  for (guint k = 0; k < n; k++)
    {
      double score = point[0] * m[k] + point[1];
      double p = 1.0 / (1.0 + exp (-score));
      double rest = truth[k] - p;

      value -= truth[k] ? log1p (exp (-score)) : log1p (exp (score));
      gradient[0] += rest * m[k];
      gradient[1] += rest;
      hessian[0] -= p * (1 - p) * m[k] * m[k];
      hessian[1] -= p * (1 - p) * m[k];
      hessian[3] -= p * (1 - p);
    }
  hessian[2] = hessian[1];
  return value;
}

static double
get_likelihood (const double *point,
                double       *gradient,
                double       *hessian,
                gpointer      data)
{
  const Calibration *self = data;
  guint n_parameters = self->classifier->several || self->with_priors ? 2 : 1;
  double value = 0;

  memset (gradient, 0, n_parameters * sizeof *gradient);
  memset (hessian, 0, n_parameters * n_parameters * sizeof *hessian);
  for (guint i = 0; i < self->held_back->examples->n; i++)
    value += self->classifier->several
               ? add_row_of_several (self, i, point, gradient, hessian)
               : add_row_of_one (self, i, point, gradient, hessian);
  return value;
}

/* Fits the sharpness, and the trust in the list of words or the offset, to margins held back. */
void
store_text_classifier_calibrate (StoreTextClassifier     *self,
                                 const StoreTextHeldBack *held_back)
{
  Calibration calibration = { self, held_back,
                              held_back->examples->priors != NULL && !self->several };
  gboolean two = self->several || calibration.with_priors;
  StoreNewton newton = {
    .n = two ? 2 : 1,
    .lower = { LOWEST_SHARPNESS, self->several ? -HIGHEST_OFFSET : LOWEST_TRUST },
    .upper = { HIGHEST_SHARPNESS, self->several ? HIGHEST_OFFSET : HIGHEST_TRUST },
    .max_iterations = MOST_STEPS,
  };
  double point[STORE_NEWTON_MAX_PARAMETERS] = { 2.0, self->several ? 0.0 : 1.0 };

  store_newton_maximise (&newton, point, get_likelihood, &calibration);
  self->sharpness = point[0];
  self->trust = calibration.with_priors ? point[1] : 1.0;
  self->offset = self->several ? point[1] : 0.0;
}

static guint
find_likeliest (const double *p,
                guint         n)
{
  guint best = 0;

  for (guint k = 1; k < n; k++)
    if (p[k] > p[best])
      best = k;
  return best;
}

static guint
find_largest (const float *values,
              guint        n)
{
  guint best = 0;

  for (guint k = 1; k < n; k++)
    if (values[k] > values[best])
      best = k;
  return best;
}

/* What each of the two would have said without the other. */
static void
try_parts (StoreTextClassifier     *self,
           const StoreTextHeldBack *held_back,
           guint                    row)
{
  const guint8 *truth = held_back->truth + (gsize) row * self->n_labels;
  const float *priors = get_priors (held_back, row, self->n_labels);
  guint listed = priors != NULL ? find_largest (priors, self->n_labels) : 0;

  self->trial.n_learnt += truth[find_largest (get_margins (held_back, row), self->n_labels)];
  self->trial.n_listed += priors != NULL && priors[listed] > 0 && truth[listed];
}

static void
try_row (StoreTextClassifier     *self,
         const StoreTextHeldBack *held_back,
         guint                    row,
         double                  *p)
{
  const guint8 *truth = held_back->truth + (gsize) row * self->n_labels;
  StoreTextTrial *trial = &self->trial;
  gboolean right = TRUE;
  guint best;

  store_text_classifier_to_p (self, get_margins (held_back, row),
                              get_priors (held_back, row, self->n_labels), p);
  best = find_likeliest (p, self->n_labels);
  for (guint k = 0; k < self->n_labels; k++)
    {
      gboolean given = self->several ? p[k] > 0.5 : k == best;

      right = right && given == (truth[k] != 0);
      trial->n_given += given;
      trial->n_true += truth[k];
      trial->n_found += given && truth[k];
      if (self->several || truth[k])
        trial->log_loss -= log (MAX (truth[k] ? p[k] : 1 - p[k], G_MINDOUBLE));
    }
  trial->n++;
  trial->n_right += right;
  if (!self->several)
    try_parts (self, held_back, row);
}

/* The most frequent label, or set of labels, of those tried: equal ones lie side by side. */
static guint
count_most_frequent (const StoreTextExamples *examples)
{
  guint most = 0, n = 0;

  for (guint i = 0; i < examples->n; i++)
    {
      if (i > 0 && !g_str_equal (examples->cells[i], examples->cells[i - 1]))
        n = 0;
      n += examples->tested[i];
      most = MAX (most, n);
    }
  return most;
}

/* Tries the answers on what was held back. */
void
store_text_classifier_try (StoreTextClassifier     *self,
                           const StoreTextHeldBack *held_back)
{
  g_autofree double *p = g_new (double, self->n_labels);

  self->trial = (StoreTextTrial){ 0 };
  for (guint i = 0; i < held_back->examples->n; i++)
    if (held_back->examples->tested[i])
      try_row (self, held_back, i, p);
  self->trial.n_naive = count_most_frequent (held_back->examples);
  self->trial.log_loss /= MAX (self->trial.n, 1);
}
