/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the hash of a piece to its number, by a table with open addressing that is half empty. */
#include "config.h"

#include "store-text-vocabulary.h"

/**
 * store_text_vocabulary_new:
 * @hashes: (transfer full): rising, no two alike
 * @n: how many
 *
 * Returns: (transfer full): a vocabulary. Any thread.
 */
StoreTextVocabulary *
store_text_vocabulary_new (guint32 *hashes,
                           guint    n)
{
  StoreTextVocabulary *self = g_new0 (StoreTextVocabulary, 1);
  guint32 size = 16;

  while (size / 2 < n)
    size *= 2;
  self->hashes = hashes;
  self->n = n;
  self->mask = size - 1;
  self->slots = g_new (guint32, size);
  for (guint32 i = 0; i < size; i++)
    self->slots[i] = STORE_TEXT_VOCABULARY_NONE;
  for (guint32 i = 0; i < n; i++)
    {
      guint32 slot = hashes[i] & self->mask;

      while (self->slots[slot] != STORE_TEXT_VOCABULARY_NONE)
        slot = (slot + 1) & self->mask;
      self->slots[slot] = i;
    }
  return self;
}

void
store_text_vocabulary_free (StoreTextVocabulary *self)
{
  g_free (self->hashes);
  g_free (self->slots);
  g_free (self);
}

/**
 * store_text_vocabulary_find:
 *
 * Returns: the number of the piece, or %STORE_TEXT_VOCABULARY_NONE where it was never seen. Any
 *   thread.
 */
guint32
store_text_vocabulary_find (const StoreTextVocabulary *self,
                            guint32                    hash)
{
  guint32 slot = hash & self->mask;

  while (self->slots[slot] != STORE_TEXT_VOCABULARY_NONE &&
         self->hashes[self->slots[slot]] != hash)
    slot = (slot + 1) & self->mask;
  return self->slots[slot];
}
