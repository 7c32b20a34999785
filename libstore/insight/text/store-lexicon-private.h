/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-lexicon.h"

G_BEGIN_DECLS

/* What kind of entry it is. Words of one family hide shorter ones of the same family only. */
typedef enum
{
  STORE_LEXICON_CONTROL,
  STORE_LEXICON_INTENT,
  STORE_LEXICON_MOOD,
  STORE_LEXICON_OPTOUT,
  STORE_LEXICON_MESSAGE,
  STORE_LEXICON_N_FAMILIES,
} StoreLexiconFamily;

/**
 * StoreLexiconEntry:
 * @label: (transfer none): interned
 * @family: from @label
 * @weight: log odds
 * @steady: whether a negation leaves it alone
 * @open: whether any ending may follow
 * @own: whether the person added it
 * @word: folded
 * @n: its characters
 */
typedef struct
{
  const char *label;
  StoreLexiconFamily family;
  double weight;
  gboolean steady;
  gboolean open;
  gboolean own;
  char *word;
  guint n;
} StoreLexiconEntry;

struct _StoreLexicon
{
  gatomicrefcount refs;
  GPtrArray *entries;
  GHashTable *by_first;
};

guint store_lexicon_match (const StoreLexicon       *self,
                           const StoreFoldedText    *text,
                           guint                     at,
                           StoreLexiconFamily        family,
                           const StoreLexiconEntry **found,
                           guint                     room,
                           guint                    *n_found);

G_END_DECLS
