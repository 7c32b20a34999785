/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A linear support vector machine for each label against all others, with squared hinge loss, by
 * dual coordinate descent (Hsieh, Chang, Lin, Keerthi and Sundararajan, "A dual coordinate descent
 * method for large-scale linear SVM", 2008, algorithm 1 with the L2 loss). All labels go through
 * the messages together: the weights of a piece for all labels lie side by side, so that the work
 * on a message is a few dense rows and not a walk for every label. Each label is its own problem
 * and comes to the same end as alone.
 *
 * A message is a vector of length 1 over its pieces, rare pieces counting more; one more entry of 1
 * stands for what is true of every message. The order of the messages is random by counter, so that
 * the same lesson gives the same bits.
 */
#include "config.h"

#include "store-text-weights.h"

#include <math.h>
#include <string.h>

#include "store-counter-random.h"

#define COST 1.0f
#define MOST_PASSES 60
#define ENOUGH 0.1f
#define LANES 4

typedef float Lane __attribute__ ((vector_size (LANES * sizeof (float)), aligned (4)));

typedef struct
{
  const StoreTextLesson *lesson;
  StoreTextWeights *weights;
  float *scaled;
  float *alpha;
  float *margins;
  float *steps;
  guint *order;
} Learning;

StoreTextWeights *
store_text_weights_new (guint n_pieces,
                        guint n_labels)
{
  StoreTextWeights *self = g_new0 (StoreTextWeights, 1);

  self->n_pieces = n_pieces;
  self->n_labels = n_labels;
  self->stride = (n_labels + LANES - 1) / LANES * LANES;
  self->rarity = g_new0 (float, n_pieces + 1);
  self->values = g_new0 (float, (gsize) (n_pieces + 1) * self->stride);
  return self;
}

void
store_text_weights_free (StoreTextWeights *self)
{
  g_free (self->rarity);
  g_free (self->values);
  g_free (self);
}

static void
measure_rarity (StoreTextWeights      *self,
                const StoreTextLesson *lesson)
{
  const StoreTextCorpus *corpus = lesson->corpus;
  g_autofree guint *n_with = g_new0 (guint, self->n_pieces + 1);

  for (guint i = 0; i < lesson->n_rows; i++)
    for (gsize j = corpus->starts[lesson->rows[i]]; j < corpus->starts[lesson->rows[i] + 1]; j++)
      n_with[corpus->pieces[j]]++;
  for (guint i = 0; i < self->n_pieces; i++)
    self->rarity[i] = (float) (log ((1.0 + lesson->n_rows) / (1.0 + n_with[i])) + 1.0);
}

/**
 * store_text_weights_norm:
 * @pieces: (array length=n): pieces of a message
 * @counts: (array length=n): as in #StoreTextCorpus
 * @scaled: (out) (array length=n): the message as a vector of length 1
 *
 * Returns: what @counts times rarity was divided by; 0 for an empty message
 */
float
store_text_weights_norm (const StoreTextWeights *self,
                         const guint32          *pieces,
                         const float            *counts,
                         gsize                   n,
                         float                  *scaled)
{
  double squares = 0;
  float norm;

  for (gsize j = 0; j < n; j++)
    {
      scaled[j] = counts[j] * self->rarity[pieces[j]];
      squares += (double) scaled[j] * scaled[j];
    }
  norm = (float) sqrt (squares);
  for (gsize j = 0; j < n; j++)
    scaled[j] /= norm;
  return norm;
}

static void
add_scaled (float       *to,
            const float *from,
            float        factor,
            guint        n)
{
  for (guint k = 0; k < n; k += LANES)
    *(Lane *) (gpointer) (to + k) += factor * *(const Lane *) (gconstpointer) (from + k);
}

/**
 * store_text_weights_score:
 * @scaled: from store_text_weights_norm()
 * @margins: (out): for each label how far the message is on its side, with room for @stride
 *
 * Any thread.
 */
void
store_text_weights_score (const StoreTextWeights *self,
                          const guint32          *pieces,
                          const float            *scaled,
                          gsize                   n,
                          float                  *margins)
{
  memcpy (margins, self->values + (gsize) self->n_pieces * self->stride,
          self->stride * sizeof *margins);
  for (gsize j = 0; j < n; j++)
    add_scaled (margins, self->values + (gsize) pieces[j] * self->stride, scaled[j], self->stride);
}

/* One message, all labels: the step of each dual variable, clipped at 0. Returns the largest
 * gradient that is not held back by the clipping. */
static float
find_steps (Learning *self,
            guint     row,
            float     length)
{
  const StoreTextLesson *lesson = self->lesson;
  const guint8 *truth = lesson->truth + (gsize) row * lesson->n_labels;
  float *alpha = self->alpha + (gsize) row * self->weights->stride;
  float ease = 0.5f / (COST * (float) lesson->importance[row]);
  float largest = 0;

  for (guint k = 0; k < lesson->n_labels; k++)
    {
      float side = truth[k] ? 1.0f : -1.0f;
      float gradient = side * self->margins[k] - 1.0f + ease * alpha[k];
      float next = MAX (alpha[k] - gradient / (length + ease), 0.0f);

      if (alpha[k] > 0 || gradient < 0)
        largest = MAX (largest, fabsf (gradient));
      self->steps[k] = (next - alpha[k]) * side;
      alpha[k] = next;
    }
  return largest;
}

static float
learn_message (Learning *self,
               guint     row)
{
  const StoreTextCorpus *corpus = self->lesson->corpus;
  StoreTextWeights *weights = self->weights;
  gsize start = corpus->starts[row];
  gsize n = corpus->starts[row + 1] - start;
  const guint32 *pieces = corpus->pieces + start;
  const float *scaled = self->scaled + start;
  gboolean moved = FALSE;
  float largest;

  store_text_weights_score (weights, pieces, scaled, n, self->margins);
  largest = find_steps (self, row, n > 0 ? 2.0f : 1.0f);
  for (guint k = 0; k < weights->n_labels; k++)
    moved = moved || self->steps[k] != 0;
  if (!moved)
    return largest;
  for (gsize j = 0; j < n; j++)
    add_scaled (weights->values + (gsize) pieces[j] * weights->stride, self->steps, scaled[j],
                weights->stride);
  add_scaled (weights->values + (gsize) weights->n_pieces * weights->stride, self->steps, 1,
              weights->stride);
  return largest;
}

static void
shuffle (Learning *self,
         guint     pass)
{
  for (guint i = self->lesson->n_rows; i > 1; i--)
    {
      guint other = (guint) (store_counter_random_bits (self->lesson->seed, pass, i) % i);
      guint moved = self->order[i - 1];

      self->order[i - 1] = self->order[other];
      self->order[other] = moved;
    }
}

static void
go_through (Learning     *self,
            GCancellable *cancellable)
{
  for (guint pass = 0; pass < MOST_PASSES && !g_cancellable_is_cancelled (cancellable); pass++)
    {
      float largest = 0;

      shuffle (self, pass);
      for (guint i = 0; i < self->lesson->n_rows; i++)
        {
          float gradient = learn_message (self, self->order[i]);

          largest = MAX (largest, gradient);
        }
      if (largest < ENOUGH)
        break;
    }
}

/**
 * store_text_weights_learn:
 * @lesson: what to learn
 * @cancellable: (nullable): looked at before each pass; the result is then of no use
 *
 * Returns: (transfer full): the weights. Any thread.
 */
StoreTextWeights *
store_text_weights_learn (const StoreTextLesson *lesson,
                          GCancellable          *cancellable)
{
  g_return_val_if_fail (lesson != NULL && lesson->n_labels > 0, NULL);

  const StoreTextCorpus *corpus = lesson->corpus;
  StoreTextWeights *weights = store_text_weights_new (corpus->vocabulary->n, lesson->n_labels);
  g_autofree float *scaled = g_new (float, corpus->starts[corpus->n] + 1);
  g_autofree float *alpha = g_new0 (float, (gsize) corpus->n * weights->stride + 1);
  g_autofree float *margins = g_new0 (float, weights->stride);
  g_autofree float *steps = g_new0 (float, weights->stride);
  g_autofree guint *order = g_memdup2 (lesson->rows, lesson->n_rows * sizeof *order);
  Learning learning = { lesson, weights, scaled, alpha, margins, steps, order };

  measure_rarity (weights, lesson);
  for (guint i = 0; i < lesson->n_rows; i++)
    {
      gsize start = corpus->starts[lesson->rows[i]];

      store_text_weights_norm (weights, corpus->pieces + start, corpus->counts + start,
                               corpus->starts[lesson->rows[i] + 1] - start, scaled + start);
    }
  go_through (&learning, cancellable);
  return weights;
}
