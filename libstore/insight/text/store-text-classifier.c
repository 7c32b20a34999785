/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The log odds of a label are @sharpness times the margin of its support vector machine, and @trust
 * times what the list of words says; over labels of which one is right they become probabilities by
 * softmax, else each by the logistic function. Both numbers are fitted to messages held back
 * (Platt, "Probabilistic outputs for support vector machines", 1999).
 *
 * Of a decision, each piece has its share: @sharpness x its weight for the label, less the mean of
 * its weights for all labels, x how much it counts in the message. A share is spread over the
 * characters of the piece, so that words can be told by what their characters got.
 */
#include "config.h"

#include "store-text-classifier-private.h"

#include <math.h>

#include "store-text-grams.h"

void
store_text_classifier_free (StoreTextClassifier *self)
{
  g_strfreev (self->labels);
  g_clear_pointer (&self->vocabulary, store_text_vocabulary_free);
  g_clear_pointer (&self->weights, store_text_weights_free);
  g_free (self);
}

/* A message as the weights want it. */
typedef struct
{
  GArray *grams;
  guint32 *pieces;
  float *counts;
  float *scaled;
  guint n;
  float norm;
} Message;

static int
compare_pieces (gconstpointer a,
                gconstpointer b)
{
  guint32 left = *(const guint32 *) a;
  guint32 right = *(const guint32 *) b;

  return (left > right) - (left < right);
}

static void
message_clear (Message *message)
{
  g_array_unref (message->grams);
  g_free (message->pieces);
  g_free (message->counts);
  g_free (message->scaled);
}

static void
message_init (Message                   *message,
              const StoreTextClassifier *self,
              const StoreFoldedText     *text)
{
  guint n = 0, n_known = 0;

  *message = (Message){ .grams = store_text_grams_find (text, NULL) };
  message->pieces = g_new (guint32, message->grams->len + 1);
  message->counts = g_new (float, message->grams->len + 1);
  message->scaled = g_new (float, message->grams->len + 1);
  for (guint i = 0; i < message->grams->len; i++)
    {
      guint32 hash = g_array_index (message->grams, StoreTextGram, i).hash;

      message->pieces[n] = store_text_vocabulary_find (self->vocabulary, hash);
      n += message->pieces[n] != STORE_TEXT_VOCABULARY_NONE;
    }
  qsort (message->pieces, n, sizeof *message->pieces, compare_pieces);
  for (guint i = 0; i < n;)
    {
      guint same = i;

      while (same < n && message->pieces[same] == message->pieces[i])
        same++;
      message->counts[n_known] = (float) (1.0 + log (same - i));
      message->pieces[n_known++] = message->pieces[i];
      i = same;
    }
  message->n = n_known;
  message->norm = store_text_weights_norm (self->weights, message->pieces, message->counts, n_known,
                                           message->scaled);
}

/**
 * store_text_classifier_to_p:
 * @margins: for each label
 * @prior: (nullable): for each label, log odds from elsewhere
 * @p: (out): for each label its probability; where only one is right they add up to 1
 *
 * Any thread.
 */
void
store_text_classifier_to_p (const StoreTextClassifier *self,
                            const float               *margins,
                            const float               *prior,
                            double                    *p)
{
  double largest = -G_MAXDOUBLE;
  double sum = 0;

  for (guint k = 0; k < self->n_labels; k++)
    {
      p[k] = self->sharpness * margins[k] + (prior != NULL ? self->trust * prior[k] : 0);
      largest = MAX (largest, p[k]);
    }
  for (guint k = 0; k < self->n_labels; k++)
    {
      p[k] = self->several ? 1.0 / (1.0 + exp (-p[k] - self->offset)) : exp (p[k] - largest);
      sum += p[k];
    }
  for (guint k = 0; !self->several && k < self->n_labels; k++)
    p[k] /= sum;
}

/**
 * store_text_classifier_ask:
 * @text: a message
 * @prior: (nullable): for each label, what a list of words says for it, in log odds
 * @p: (out): for each label its probability
 *
 * Any thread.
 */
void
store_text_classifier_ask (const StoreTextClassifier *self,
                           const StoreFoldedText     *text,
                           const float               *prior,
                           double                    *p)
{
  g_return_if_fail (self != NULL && text != NULL && p != NULL);

  g_autofree float *margins = g_new (float, self->weights->stride);
  Message message;

  message_init (&message, self, text);
  store_text_weights_score (self->weights, message.pieces, message.scaled, message.n, margins);
  store_text_classifier_to_p (self, margins, prior, p);
  message_clear (&message);
}

static double
get_share (const StoreTextClassifier *self,
           guint32                    piece,
           guint                      label)
{
  const float *values = self->weights->values + (gsize) piece * self->weights->stride;
  double mean = 0;

  for (guint k = 0; k < self->n_labels; k++)
    mean += values[k];
  mean = self->several ? 0 : mean / self->n_labels;
  return self->sharpness * (values[label] - mean);
}

static void
spread (const StoreFoldedText *text,
        const StoreTextGram   *gram,
        double                 share,
        double                *shares)
{
  guint n = 0;

  for (guint i = gram->start; i < gram->end; i++)
    n += text->classes[i] != STORE_FOLD_SEPARATOR;
  for (guint i = gram->start; i < gram->end; i++)
    if (text->classes[i] != STORE_FOLD_SEPARATOR)
      shares[i] += share / n;
}

/**
 * store_text_classifier_explain:
 * @text: a message
 * @label: which label
 * @shares: (inout): for each folded character, to which its share in the log odds of @label is
 *   added
 *
 * Any thread.
 */
void
store_text_classifier_explain (const StoreTextClassifier *self,
                               const StoreFoldedText     *text,
                               guint                      label,
                               double                    *shares)
{
  g_return_if_fail (self != NULL && text != NULL && label < self->n_labels);

  g_autofree float *by_piece = g_new0 (float, self->vocabulary->n + 1);
  g_autofree guint *times = g_new0 (guint, self->vocabulary->n + 1);
  Message message;

  message_init (&message, self, text);
  for (guint i = 0; i < message.n; i++)
    by_piece[message.pieces[i]] = message.scaled[i];
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < message.grams->len; i++)
      {
        const StoreTextGram *gram = &g_array_index (message.grams, StoreTextGram, i);
        guint32 piece = store_text_vocabulary_find (self->vocabulary, gram->hash);

        if (piece == STORE_TEXT_VOCABULARY_NONE)
          continue;
        if (pass == 0)
          times[piece]++;
        else
          spread (text, gram, get_share (self, piece, label) * by_piece[piece] / times[piece],
                  shares);
      }
  message_clear (&message);
}
