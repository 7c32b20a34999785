/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the list of words says, as numbers for a classifier. */
#include "config.h"

#include <string.h>

#include "store-intent-private.h"

/* A word that is repeated a thousand times says no more than when it is said a few times. */
#define MOST 12.0f

static void
add (char       **labels,
     guint        n_labels,
     const char  *label,
     double       weight,
     float       *priors)
{
  for (guint k = 0; k < n_labels; k++)
    if (g_str_equal (labels[k], label))
      priors[k] = CLAMP (priors[k] + (float) weight, -MOST, MOST);
}

/* What is not good is bad, to a degree, and the other way round. */
static const char *
get_opposite (const char *label)
{
  if (g_str_equal (label, STORE_LEXICON_GOOD))
    return STORE_LEXICON_BAD;
  return g_str_equal (label, STORE_LEXICON_BAD) ? STORE_LEXICON_GOOD : NULL;
}

void
store_intent_fill_priors (const StoreLexicon    *lexicon,
                          const StoreFoldedText *text,
                          char                 **labels,
                          guint                  n_labels,
                          float                 *priors)
{
  g_autoptr (GArray) hits = store_lexicon_find (lexicon, text);

  memset (priors, 0, n_labels * sizeof *priors);
  for (guint i = 0; i < hits->len; i++)
    {
      const StoreLexiconHit *hit = &g_array_index (hits, StoreLexiconHit, i);
      const char *opposite = get_opposite (hit->label);

      add (labels, n_labels, hit->label, hit->weight, priors);
      if (opposite != NULL && hit->weight < 0)
        add (labels, n_labels, opposite, -hit->weight, priors);
    }
}
