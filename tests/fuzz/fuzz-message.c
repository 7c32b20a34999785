/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a message: what is found in it lies within it, in order, and no two overlap; as an
 * entry of the list of words, it is taken or refused. */
#include "store-entities.h"
#include "store-lexicon.h"
#include "store-text-grams.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static void
check_entities (const StoreFoldedText *text)
{
  g_autoptr (GPtrArray) found = store_entities_find (text, 20777);
  guint last = 0;

  for (guint i = 0; i < found->len; i++)
    {
      const StoreEntity *entity = g_ptr_array_index (found, i);

      g_assert_true (entity->start >= last && entity->end > entity->start);
      g_assert_true (entity->end <= text->origins[text->n]);
      g_assert_true (g_utf8_validate (entity->value, -1, NULL));
      last = entity->end;
    }
}

static void
check_words (const StoreLexicon    *lexicon,
             const StoreFoldedText *text)
{
  g_autoptr (GArray) hits = store_lexicon_find (lexicon, text);
  g_autoptr (GArray) grams = store_text_grams_find (text, NULL);
  StoreLexiconHit hit;

  for (guint i = 0; i < hits->len; i++)
    {
      hit = g_array_index (hits, StoreLexiconHit, i);
      g_assert_true (hit.start < hit.end && hit.end <= text->n);
    }
  if (store_lexicon_find_optout (lexicon, text, &hit))
    g_assert_true (hit.start < hit.end && hit.end <= text->n);
  for (guint i = 0; i < grams->len; i++)
    g_assert_true (g_array_index (grams, StoreTextGram, i).end <= text->n);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static StoreLexicon *lexicon;
  g_autofree char *line = g_strndup ((const char *) data, size);
  g_autoptr (StoreFoldedText) text = store_folded_text_new ((const char *) data, (gssize) size);
  g_autoptr (StoreLexicon) own = NULL;

  if (lexicon == NULL)
    lexicon = store_lexicon_new ();
  check_entities (text);
  check_words (lexicon, text);
  if (size > 0 && data[0] == '@')
    {
      own = store_lexicon_new ();
      store_lexicon_add_lines (own, line + 1, NULL);
      check_words (own, text);
    }
  return 0;
}
