/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One layer of long short-term memory (Hochreiter, Schmidhuber, Neural Computation 9, 1997, with
 * the forgetting gate of Gers, Schmidhuber, Cummins, 2000) that reads one number a step and answers
 * one number at the end; and how the square of its error changes with every weight, by going back
 * through the steps.
 *
 * Weights: for each of the 4 x units gates (input, forgetting, candidate, output) one for the
 * number, one for each unit's former answer and a constant; then one a unit and a constant for the
 * answer. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "store-lstm-private.h"

#define UNITS STORE_LSTM_UNITS
#define GATES STORE_LSTM_GATES
#define WIDTH (UNITS + 2)
#define ANSWER (GATES * WIDTH)

/* What a step needs to be gone through backwards. */
typedef struct
{
  double input;
  double gates[GATES];
  double memory[UNITS];
  double shown[UNITS];
  double out[UNITS];
} Step;

static double
squeeze (double x)
{
  return 1.0 / (1.0 + exp (-x));
}

static void
step_forward (const double *weights,
              const Step   *before,
              Step         *now,
              double        input)
{
  now->input = input;
  for (guint g = 0; g < GATES; g++)
    {
      const double *of_gate = weights + g * WIDTH;
      double sum = of_gate[0] * input + of_gate[WIDTH - 1];

      for (guint u = 0; u < UNITS; u++)
        sum += of_gate[1 + u] * before->out[u];
      now->gates[g] = g / UNITS == 2 ? tanh (sum) : squeeze (sum);
    }
  for (guint u = 0; u < UNITS; u++)
    {
      now->memory[u] = now->gates[UNITS + u] * before->memory[u] +
                       now->gates[u] * now->gates[2 * UNITS + u];
      now->shown[u] = tanh (now->memory[u]);
      now->out[u] = now->gates[3 * UNITS + u] * now->shown[u];
    }
}

static double
answer (const double *weights,
        const Step   *last)
{
  double sum = weights[ANSWER + UNITS];

  for (guint u = 0; u < UNITS; u++)
    sum += weights[ANSWER + u] * last->out[u];
  return sum;
}

static double
run_forward (const double *weights,
             const double *inputs,
             guint         n,
             Step         *steps)
{
  memset (&steps[0], 0, sizeof steps[0]);
  for (guint t = 0; t < n; t++)
    step_forward (weights, &steps[t], &steps[t + 1], inputs[t]);
  return answer (weights, &steps[n]);
}

/* What the network answers to @n numbers, at most %STORE_LSTM_LONGEST_WINDOW. */
double
store_lstm_run (const double *weights,
                const double *inputs,
                guint         n)
{
  Step steps[STORE_LSTM_LONGEST_WINDOW + 1];

  return run_forward (weights, inputs, n, steps);
}

/* @by_out and @by_memory: how the error changes with what the step left; they become those of the
 * step before. */
static void
step_back (const double *weights,
           const Step   *before,
           const Step   *now,
           double       *by_out,
           double       *by_memory,
           double       *gradient)
{
  double by_gates[GATES];
  double by_former[UNITS] = { 0 };

  for (guint u = 0; u < UNITS; u++)
    {
      double in = now->gates[u];
      double forget = now->gates[UNITS + u];
      double candidate = now->gates[2 * UNITS + u];
      double out = now->gates[3 * UNITS + u];
      double memory = by_memory[u] + by_out[u] * out * (1.0 - now->shown[u] * now->shown[u]);

      by_gates[u] = memory * candidate * in * (1.0 - in);
      by_gates[UNITS + u] = memory * before->memory[u] * forget * (1.0 - forget);
      by_gates[2 * UNITS + u] = memory * in * (1.0 - candidate * candidate);
      by_gates[3 * UNITS + u] = by_out[u] * now->shown[u] * out * (1.0 - out);
      by_memory[u] = memory * forget;
    }
  for (guint g = 0; g < GATES; g++)
    {
      double *of_gate = gradient + g * WIDTH;

      of_gate[0] += by_gates[g] * now->input;
      of_gate[WIDTH - 1] += by_gates[g];
      for (guint u = 0; u < UNITS; u++)
        {
          of_gate[1 + u] += by_gates[g] * before->out[u];
          by_former[u] += by_gates[g] * weights[g * WIDTH + 1 + u];
        }
    }
  memcpy (by_out, by_former, sizeof by_former);
}

/* Adds to @gradient how half of the squared error changes with each weight; returns the error. */
double
store_lstm_learn (const double *weights,
                  const double *inputs,
                  guint         n,
                  double        target,
                  double       *gradient)
{
  Step steps[STORE_LSTM_LONGEST_WINDOW + 1];
  double error = run_forward (weights, inputs, n, steps) - target;
  double by_out[UNITS];
  double by_memory[UNITS] = { 0 };

  for (guint u = 0; u < UNITS; u++)
    {
      gradient[ANSWER + u] += error * steps[n].out[u];
      by_out[u] = error * weights[ANSWER + u];
    }
  gradient[ANSWER + UNITS] += error;
  for (guint t = n; t > 0; t--)
    step_back (weights, &steps[t - 1], &steps[t], by_out, by_memory, gradient);
  return error;
}
