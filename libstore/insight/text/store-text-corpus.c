/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages as sparse rows over the vocabulary that they make up. Of many messages, a piece that
 * stands in one alone teaches nothing and is left out. */
#include "config.h"

#include "store-text-corpus.h"

#include <math.h>
#include <stdlib.h>

#include "store-parallel.h"
#include "store-text-grams.h"

#define MESSAGES_A_BLOCK 256
#define MANY_MESSAGES 1000

/* The pieces of one message, without repeats. */
typedef struct
{
  guint n;
  guint32 *hashes;
  float *counts;
} Row;

typedef struct
{
  StoreFoldedText *const *texts;
  guint n;
  Row *rows;
} Reading;

static int
compare_grams (gconstpointer a,
               gconstpointer b)
{
  const StoreTextGram *left = a;
  const StoreTextGram *right = b;

  return (left->hash > right->hash) - (left->hash < right->hash);
}

static void
read_row (Row          *row,
          const GArray *grams)
{
  const StoreTextGram *gram = (const StoreTextGram *) (gconstpointer) grams->data;

  row->hashes = g_new (guint32, grams->len + 1);
  row->counts = g_new (float, grams->len + 1);
  for (guint i = 0; i < grams->len;)
    {
      guint same = i;

      while (same < grams->len && gram[same].hash == gram[i].hash)
        same++;
      row->hashes[row->n] = gram[i].hash;
      row->counts[row->n++] = (float) (1.0 + log (same - i));
      i = same;
    }
}

static void
read_block (guint    block,
            gpointer data)
{
  Reading *reading = data;
  guint end = MIN ((block + 1) * MESSAGES_A_BLOCK, reading->n);
  GArray *grams = NULL;

  for (guint i = block * MESSAGES_A_BLOCK; i < end; i++)
    {
      grams = store_text_grams_find (reading->texts[i], grams);
      g_array_sort (grams, compare_grams);
      read_row (&reading->rows[i], grams);
    }
  g_clear_pointer (&grams, g_array_unref);
}

static int
compare_hashes (gconstpointer a,
                gconstpointer b)
{
  guint32 left = *(const guint32 *) a;
  guint32 right = *(const guint32 *) b;

  return (left > right) - (left < right);
}

static StoreTextVocabulary *
collect_vocabulary (const Reading *reading)
{
  guint least = reading->n >= MANY_MESSAGES ? 2 : 1;
  gsize n_all = 0, n_kept = 0;
  guint32 *all;

  for (guint i = 0; i < reading->n; i++)
    n_all += reading->rows[i].n;
  all = g_new (guint32, n_all + 1);
  n_all = 0;
  for (guint i = 0; i < reading->n; i++)
    for (guint j = 0; j < reading->rows[i].n; j++)
      all[n_all++] = reading->rows[i].hashes[j];
  qsort (all, n_all, sizeof *all, compare_hashes);

  for (gsize i = 0; i < n_all;)
    {
      gsize same = i;

      while (same < n_all && all[same] == all[i])
        same++;
      if (same - i >= least)
        all[n_kept++] = all[i];
      i = same;
    }
  return store_text_vocabulary_new (g_realloc_n (all, n_kept + 1, sizeof *all), (guint) n_kept);
}

static void
join_rows (StoreTextCorpus *self,
           const Reading   *reading)
{
  gsize n_all = 0;

  for (guint i = 0; i < reading->n; i++)
    n_all += reading->rows[i].n;
  self->starts = g_new (gsize, reading->n + 1);
  self->pieces = g_new (guint32, n_all + 1);
  self->counts = g_new (float, n_all + 1);
  n_all = 0;
  for (guint i = 0; i < reading->n; i++)
    {
      const Row *row = &reading->rows[i];

      self->starts[i] = n_all;
      for (guint j = 0; j < row->n; j++)
        {
          self->pieces[n_all] = store_text_vocabulary_find (self->vocabulary, row->hashes[j]);
          self->counts[n_all] = row->counts[j];
          n_all += self->pieces[n_all] != STORE_TEXT_VOCABULARY_NONE;
        }
    }
  self->starts[reading->n] = n_all;
}

/**
 * store_text_corpus_new:
 * @texts: (array length=n): the messages
 * @cancellable: (nullable): looked at now and then
 *
 * Returns: (transfer full) (nullable): them, taken apart; %NULL if cancelled. Blocks; any thread.
 */
StoreTextCorpus *
store_text_corpus_new (StoreFoldedText *const  *texts,
                       guint                    n,
                       GCancellable            *cancellable,
                       GError                 **error)
{
  g_autoptr (StoreTextCorpus) self = g_new0 (StoreTextCorpus, 1);
  Reading reading = { texts, n, g_new0 (Row, n + 1) };
  gboolean done = store_parallel_run ((n + MESSAGES_A_BLOCK - 1) / MESSAGES_A_BLOCK, read_block,
                                      &reading, cancellable, error);

  self->n = n;
  if (done)
    {
      self->vocabulary = collect_vocabulary (&reading);
      join_rows (self, &reading);
    }
  for (guint i = 0; i < n; i++)
    {
      g_free (reading.rows[i].hashes);
      g_free (reading.rows[i].counts);
    }
  g_free (reading.rows);
  return done ? g_steal_pointer (&self) : NULL;
}

void
store_text_corpus_free (StoreTextCorpus *self)
{
  g_clear_pointer (&self->vocabulary, store_text_vocabulary_free);
  g_free (self->starts);
  g_free (self->pieces);
  g_free (self->counts);
  g_free (self);
}
