/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "store-folded-text.h"
#include "store-text-vocabulary.h"

G_BEGIN_DECLS

/**
 * StoreTextCorpus:
 * @n: messages
 * @vocabulary: the pieces that they are made of
 * @starts: of length @n + 1: where the pieces of each message begin in the next two
 * @pieces: their numbers, rising within a message
 * @counts: 1 + log of how often each stands in the message
 *
 * Messages as a classifier learns from them.
 */
typedef struct
{
  guint n;
  StoreTextVocabulary *vocabulary;
  gsize *starts;
  guint32 *pieces;
  float *counts;
} StoreTextCorpus;

StoreTextCorpus *store_text_corpus_new  (StoreFoldedText *const  *texts,
                                         guint                    n,
                                         GCancellable            *cancellable,
                                         GError                 **error);
void             store_text_corpus_free (StoreTextCorpus         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreTextCorpus, store_text_corpus_free)

G_END_DECLS
