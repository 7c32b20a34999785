/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which words decided. What was learnt gives each character a share of the log odds; shares are
 * summed over words, as ICU divides the text (by a dictionary for Chinese). The list of words gives
 * its own. What is near nothing is not shown.
 */
#include "config.h"

#include "store-intent-private.h"

#include <math.h>
#include <string.h>
#include <unicode/ubrk.h>

#include "store-entities.h"

#define MOST_WORDS 5
#define LEAST_WEIGHT 0.1
#define MOST_EXPLAINED 4000

static void
add_word (GArray                *words,
          const StoreFoldedText *text,
          guint                  start,
          guint                  end,
          double                 weight,
          gboolean               listed)
{
  StoreIntentWord word = { text->origins[start], text->origins[end - 1] + 1, weight, listed };

  if (fabs (weight) >= LEAST_WEIGHT)
    g_array_append_val (words, word);
}

static void
add_listed (const StoreIntent     *self,
            const StoreFoldedText *text,
            const char            *label,
            GArray                *words)
{
  g_autoptr (GArray) hits = store_lexicon_find (self->options.lexicon, text);

  for (guint i = 0; i < hits->len; i++)
    {
      const StoreLexiconHit *hit = &g_array_index (hits, StoreLexiconHit, i);

      if (g_str_equal (hit->label, label))
        add_word (words, text, hit->start, hit->end, self->intents->trust * hit->weight, TRUE);
    }
}

/* Where words end, in folded characters; each is one or two units of UTF-16. */
static guint8 *
find_word_ends (const StoreFoldedText *text,
                guint                  n)
{
  guint8 *ends = g_new0 (guint8, n + 1);
  g_autofree UChar *units = g_new (UChar, 2 * (gsize) n + 1);
  g_autofree guint *at = g_new0 (guint, 2 * (gsize) n + 1);
  UErrorCode status = U_ZERO_ERROR;
  UBreakIterator *iterator;
  int32_t n_units = 0;

  for (guint i = 0; i < n; i++)
    {
      U16_APPEND_UNSAFE (units, n_units, (UChar32) text->chars[i]);
      at[n_units] = i + 1;
    }
  iterator = ubrk_open (UBRK_WORD, "", units, n_units, &status);
  if (U_FAILURE (status))
    return memset (ends, 1, n + 1);
  for (int32_t end = ubrk_first (iterator); end != UBRK_DONE; end = ubrk_next (iterator))
    if (at[end] > 0)
      ends[at[end]] = 1;
  ubrk_close (iterator);
  return ends;
}

static void
add_learnt (const StoreIntent     *self,
            const StoreFoldedText *text,
            guint                  label,
            GArray                *words)
{
  g_autofree double *shares = g_new0 (double, text->n + 1);
  guint n = MIN (text->n, MOST_EXPLAINED);
  g_autofree guint8 *ends = find_word_ends (text, n);
  double weight = 0;
  guint start = 0;

  store_text_classifier_explain (self->intents, text, label, shares);
  for (guint i = 0; i < n; i++)
    {
      weight += shares[i];
      if (!ends[i + 1] && i + 1 < n)
        continue;
      if (text->classes[start] != STORE_FOLD_SEPARATOR)
        add_word (words, text, start, i + 1, weight, FALSE);
      weight = 0;
      start = i + 1;
    }
}

static int
compare_words (gconstpointer a,
               gconstpointer b)
{
  const StoreIntentWord *left = a;
  const StoreIntentWord *right = b;

  if (fabs (left->weight) != fabs (right->weight))
    return fabs (left->weight) > fabs (right->weight) ? -1 : 1;
  return (left->start > right->start) - (left->start < right->start);
}

/**
 * store_intent_find_words:
 *
 * Returns: (transfer full) (element-type StoreIntentWord): the words that decided, at most five,
 *   the heaviest first; those with a weight below 0 speak against the answer. Any thread.
 */
GArray *
store_intent_find_words (const StoreIntent *self,
                         guint              row)
{
  g_return_val_if_fail (self != NULL && row < store_messages_get_n (self->messages), NULL);

  GArray *words = g_array_new (FALSE, FALSE, sizeof (StoreIntentWord));
  g_autoptr (StoreFoldedText) text =
    store_folded_text_new (store_messages_get (self->messages, row)->text, -1);
  const StoreIntentAnswer *answer = &self->answers[row];
  StoreLexiconHit hit;

  if (answer->opt_out && store_lexicon_find_optout (self->options.lexicon, text, &hit))
    {
      add_word (words, text, hit.start, hit.end, hit.weight, TRUE);
      return words;
    }
  if (self->intents == NULL || text->n == 0)
    return words;
  if (self->built_in)
    add_listed (self, text, self->intents->labels[answer->label], words);
  add_learnt (self, text, answer->label, words);
  g_array_sort (words, compare_words);
  g_array_set_size (words, MIN (words->len, MOST_WORDS));
  return words;
}

/**
 * store_intent_find_entities:
 *
 * Returns: (transfer full) (element-type StoreEntity): what a program can use in message @row. Any
 *   thread.
 */
GPtrArray *
store_intent_find_entities (const StoreIntent *self,
                            guint              row)
{
  g_return_val_if_fail (self != NULL && row < store_messages_get_n (self->messages), NULL);

  const StoreMessage *message = store_messages_get (self->messages, row);
  g_autoptr (StoreFoldedText) text = store_folded_text_new (message->text, -1);

  return store_entities_find (text, message->day != STORE_MESSAGE_NO_DAY ? message->day
                                                                         : self->options.today);
}
