/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A small network as one more contestant. It learns the next change over a season (or a period)
 * from the changes before it, in small batches by Adam (Kingma, Ba, 2015), and stops when the last
 * sixth of the series, which it does not learn from, is not foretold better for some rounds
 * (Prechelt, "Early stopping - but when?", 1998). All that is random follows from the seed. Its
 * limits are those of the naive rule with the network's own error up to a season ahead: errors add
 * up from one season to the next. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "store-counter-random.h"
#include "store-error.h"
#include "store-lstm-private.h"

#define MOST_ROUNDS 60
#define PATIENCE 8
#define BATCH 16
#define RATE 0.01
#define FORGETTING_1 0.9
#define FORGETTING_2 0.999
#define SMALLEST 1e-8
#define FEWEST_EXAMPLES 24
#define MOST_EXAMPLES 400
#define SHORTEST_WINDOW 6
#define HELD_BACK_SHARE 6

typedef struct
{
  StoreLstm *model;
  double *changes;
  guint n_examples;
  guint n_learnt;
  guint64 seed;
  double first[STORE_LSTM_N_WEIGHTS];
  double second[STORE_LSTM_N_WEIGHTS];
  guint n_steps;
} Training;

static double *
dup_changes (const double *values,
             guint         n,
             guint         lag)
{
  double *changes = g_new (double, n - lag);

  for (guint t = lag; t < n; t++)
    changes[t - lag] = values[t] - values[t - lag];
  return changes;
}

static gboolean
find_scale (StoreLstm    *self,
            const double *changes,
            guint         n)
{
  double squares = 0.0;

  self->mean = 0.0;
  for (guint t = 0; t < n; t++)
    self->mean += changes[t] / n;
  for (guint t = 0; t < n; t++)
    squares += (changes[t] - self->mean) * (changes[t] - self->mean) / n;
  self->deviation = sqrt (squares);
  return self->deviation > 0.0 && isfinite (self->deviation);
}

static void
draw_weights (StoreLstm *self,
              guint64    seed)
{
  const double reach = 1.0 / sqrt (STORE_LSTM_UNITS);

  for (guint i = 0; i < STORE_LSTM_N_WEIGHTS; i++)
    self->weights[i] = reach * (2.0 * store_counter_random (seed, 0, i) - 1.0);
}

static void
step_adam (Training *training,
           double   *gradient,
           guint     n)
{
  double first_seen;
  double second_seen;

  training->n_steps++;
  first_seen = 1.0 - pow (FORGETTING_1, training->n_steps);
  second_seen = 1.0 - pow (FORGETTING_2, training->n_steps);
  for (guint i = 0; i < STORE_LSTM_N_WEIGHTS; i++)
    {
      double slope = gradient[i] / n;

      training->first[i] += (1.0 - FORGETTING_1) * (slope - training->first[i]);
      training->second[i] += (1.0 - FORGETTING_2) * (slope * slope - training->second[i]);
      training->model->weights[i] -= RATE * training->first[i] / first_seen /
                                     (sqrt (training->second[i] / second_seen) + SMALLEST);
    }
}

/* One round through what is learnt from, in an order of its own. */
static void
learn_round (Training *training,
             guint     round)
{
  const StoreLstm *model = training->model;
  g_autofree guint *order = g_new (guint, training->n_learnt);
  double gradient[STORE_LSTM_N_WEIGHTS] = { 0 };
  guint in_batch = 0;

  for (guint i = 0; i < training->n_learnt; i++)
    {
      guint j = store_counter_random_bits (training->seed, round + 1, i) % (i + 1);

      order[i] = order[j];
      order[j] = i;
    }
  for (guint i = 0; i < training->n_learnt; i++)
    {
      const double *inputs = training->changes + order[i];

      store_lstm_learn (model->weights, inputs, model->window, inputs[model->window], gradient);
      if (++in_batch < BATCH && i + 1 < training->n_learnt)
        continue;
      step_adam (training, gradient, in_batch);
      memset (gradient, 0, sizeof gradient);
      in_batch = 0;
    }
}

static double
measure_held_back (const Training *training)
{
  const StoreLstm *model = training->model;
  double sum = 0.0;

  for (guint i = training->n_learnt; i < training->n_examples; i++)
    {
      const double *inputs = training->changes + i;
      double error = store_lstm_run (model->weights, inputs, model->window) - inputs[model->window];

      sum += error * error;
    }
  return sum / (training->n_examples - training->n_learnt);
}

/* The mean square of its errors when it goes on from its own answers, up to a season: as far as
 * nothing adds up. */
static double
measure_ahead (const Training *training)
{
  const StoreLstm *model = training->model;
  const guint n_steps = MIN (model->lag, training->n_examples - training->n_learnt);
  g_autofree double *path = g_new (double, model->window + n_steps);
  double sum = 0.0;
  guint n = 0;

  for (guint i = training->n_learnt; i + n_steps <= training->n_examples; i++)
    {
      memcpy (path, training->changes + i, model->window * sizeof *path);
      for (guint step = 0; step < n_steps; step++)
        {
          double error;

          path[model->window + step] = store_lstm_run (model->weights, path + step, model->window);
          error = path[model->window + step] - training->changes[i + model->window + step];
          sum += error * error;
          n++;
        }
    }
  return sum / n;
}

static void
learn (Training     *training,
       GCancellable *cancellable)
{
  StoreLstm *model = training->model;
  double best[STORE_LSTM_N_WEIGHTS];
  double least = measure_held_back (training);
  guint since = 0;

  memcpy (best, model->weights, sizeof best);
  for (guint round = 0; round < MOST_ROUNDS && since < PATIENCE; round++)
    {
      double now;

      if (g_cancellable_is_cancelled (cancellable))
        break;
      learn_round (training, round);
      now = measure_held_back (training);
      since++;
      if (now < least)
        {
          least = now;
          since = 0;
          model->n_rounds = round + 1;
          memcpy (best, model->weights, sizeof best);
        }
    }
  memcpy (model->weights, best, sizeof best);
  model->variance = measure_ahead (training) * model->deviation * model->deviation;
}

/**
 * store_lstm_new:
 * @values: the series, a value a period
 * @n: how many
 * @season: periods of a season, 1 for none
 * @seed: of the random numbers
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Returns: (transfer full): the network, or %NULL with %STORE_ERROR_TOO_LITTLE_DATA or
 *   %STORE_ERROR_CANCELLED
 */
StoreLstm *
store_lstm_new (const double  *values,
                guint          n,
                guint          season,
                guint64        seed,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr (StoreLstm) self = g_new0 (StoreLstm, 1);
  g_autofree double *changes = NULL;
  Training training = { .model = self, .seed = seed };
  guint n_changes;
  guint skipped;

  g_return_val_if_fail (values != NULL && season > 0, NULL);

  self->lag = season;
  self->window = CLAMP (season, SHORTEST_WINDOW, STORE_LSTM_LONGEST_WINDOW);
  n_changes = n > self->lag ? n - self->lag : 0;
  changes = n_changes > 0 ? dup_changes (values, n, self->lag) : NULL;
  if (n_changes < self->window + FEWEST_EXAMPLES || !find_scale (self, changes, n_changes))
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                           _("The series is too short for this model."));
      return NULL;
    }
  for (guint t = 0; t < n_changes; t++)
    changes[t] = (changes[t] - self->mean) / self->deviation;
  training.n_examples = MIN (n_changes - self->window, MOST_EXAMPLES);
  skipped = n_changes - self->window - training.n_examples;
  training.changes = changes + skipped;
  training.n_learnt = training.n_examples - training.n_examples / HELD_BACK_SHARE;
  draw_weights (self, seed);
  learn (&training, cancellable);
  if (g_cancellable_is_cancelled (cancellable))
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_CANCELLED, _("Stopped on request."));
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
store_lstm_free (StoreLstm *self)
{
  g_free (self);
}

/**
 * store_lstm_predict:
 * @self: a network that has learnt
 * @values: a series
 * @n: its length
 * @horizon: periods to forecast, 1 or more
 * @error: return location
 *
 * Returns: (transfer full): the forecast after the end of @values, or %NULL with
 *   %STORE_ERROR_TOO_LITTLE_DATA
 */
StorePrediction *
store_lstm_predict (const StoreLstm *self,
                    const double    *values,
                    guint            n,
                    guint            horizon,
                    GError         **error)
{
  const guint kept = self->window + self->lag;
  StorePrediction *prediction;
  g_autofree double *tail = NULL;
  g_autofree double *changes = NULL;

  if (n < kept)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                           _("The series is too short for this model."));
      return NULL;
    }
  tail = g_new (double, kept + horizon);
  memcpy (tail, values + n - kept, kept * sizeof *tail);
  changes = g_new (double, self->window + horizon);
  for (guint t = 0; t < self->window; t++)
    changes[t] = (tail[t + self->lag] - tail[t] - self->mean) / self->deviation;

  prediction = store_prediction_new (horizon);
  for (guint h = 0; h < horizon; h++)
    {
      double next = store_lstm_run (self->weights, changes + h, self->window);

      changes[self->window + h] = next;
      tail[kept + h] = tail[kept + h - self->lag] + self->mean + self->deviation * next;
      prediction->mean[h] = tail[kept + h];
      store_prediction_set_variance (prediction, h, self->variance * (h / self->lag + 1));
    }
  return prediction;
}
