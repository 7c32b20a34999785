/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "store-folded-text.h"

G_BEGIN_DECLS

/* Labels with a meaning of their own; all others are intents. */
#define STORE_LEXICON_GOOD "good"
#define STORE_LEXICON_BAD "bad"

/**
 * StoreLexiconHit:
 * @start: its first folded character
 * @end: the folded character behind its last
 * @label: (transfer none): what it speaks for
 * @weight: log odds; below 0 after a negation
 *
 * A word of the list that stands in a message.
 */
typedef struct
{
  guint start;
  guint end;
  const char *label;
  double weight;
} StoreLexiconHit;

/**
 * StoreLexicon:
 *
 * A list of words with what they speak for; words/lexicon.txt explains its form. To be changed by
 * one thread before others read it.
 */
typedef struct _StoreLexicon StoreLexicon;

StoreLexicon *store_lexicon_new            (void);
StoreLexicon *store_lexicon_ref            (StoreLexicon           *self);
void          store_lexicon_unref          (StoreLexicon           *self);
gboolean      store_lexicon_add_lines      (StoreLexicon           *self,
                                            const char             *lines,
                                            GError                **error);
gboolean      store_lexicon_set            (StoreLexicon           *self,
                                            const char             *word,
                                            const char             *value,
                                            GError                **error);
char         *store_lexicon_dup_own        (const StoreLexicon     *self);
GArray       *store_lexicon_find           (const StoreLexicon     *self,
                                            const StoreFoldedText  *text);
gboolean      store_lexicon_find_optout    (const StoreLexicon     *self,
                                            const StoreFoldedText  *text,
                                            StoreLexiconHit        *hit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreLexicon, store_lexicon_unref)

G_END_DECLS
