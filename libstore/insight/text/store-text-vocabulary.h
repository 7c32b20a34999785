/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define STORE_TEXT_VOCABULARY_NONE G_MAXUINT32

/**
 * StoreTextVocabulary:
 * @n: how many pieces it has
 * @hashes: them, in rising order
 *
 * The pieces that a classifier has seen. Never changes; any thread.
 */
typedef struct
{
  guint n;
  guint32 *hashes;

  /*< private >*/
  guint32 *slots;
  guint32 mask;
} StoreTextVocabulary;

StoreTextVocabulary *store_text_vocabulary_new  (guint32                   *hashes,
                                                 guint                      n);
void                 store_text_vocabulary_free (StoreTextVocabulary       *self);
guint32              store_text_vocabulary_find (const StoreTextVocabulary *self,
                                                 guint32                    hash);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreTextVocabulary, store_text_vocabulary_free)

G_END_DECLS
