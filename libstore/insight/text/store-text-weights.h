/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-text-corpus.h"

G_BEGIN_DECLS

/**
 * StoreTextWeights:
 * @n_pieces: pieces of the vocabulary
 * @n_labels: labels
 * @stride: @n_labels, rounded up to a multiple of four
 * @rarity: for each piece, how much it counts: log ((1 + messages) / (1 + messages with it)) + 1
 * @values: for each piece @stride numbers, and behind them @stride that every message gets
 *
 * What a piece of a message says for each label.
 */
typedef struct
{
  guint n_pieces;
  guint n_labels;
  guint stride;
  float *rarity;
  float *values;
} StoreTextWeights;

/**
 * StoreTextLesson:
 * @corpus: messages
 * @rows: which of them to learn from, in this order but for the shuffling
 * @n_rows: how many
 * @truth: for each message of @corpus and each label, whether it has it
 * @n_labels: labels
 * @importance: for each message of @corpus, how much it counts, 1 for most
 * @seed: of the order in which they are gone through
 *
 * What to learn.
 */
typedef struct
{
  const StoreTextCorpus *corpus;
  const guint *rows;
  guint n_rows;
  const guint8 *truth;
  guint n_labels;
  const double *importance;
  guint64 seed;
} StoreTextLesson;

StoreTextWeights *store_text_weights_new   (guint                   n_pieces,
                                            guint                   n_labels);
StoreTextWeights *store_text_weights_learn (const StoreTextLesson  *lesson,
                                            GCancellable           *cancellable);
void              store_text_weights_free  (StoreTextWeights       *self);
float             store_text_weights_norm  (const StoreTextWeights *self,
                                            const guint32          *pieces,
                                            const float            *counts,
                                            gsize                   n,
                                            float                  *scaled);
void              store_text_weights_score (const StoreTextWeights *self,
                                            const guint32          *pieces,
                                            const float            *scaled,
                                            gsize                   n,
                                            float                  *margins);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreTextWeights, store_text_weights_free)

G_END_DECLS
