/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words of the list in a message. At each place the longest word counts, in each family
 * (intents, mood, opting out, negations) for itself. A negation turns round what follows it in its
 * clause: for the mood up to three words or Han characters on ("not at all happy"), for an intent
 * one, because "I have not got the refund" is about a refund. An even number of negations cancels
 * out. What the list calls "none" hides the words of mood and the negations within it ("不好意思"
 * holds neither 不 nor 好).
 *
 * Opting out: the whole message, courtesies aside, is such a word ("STOP", "please stop now", "TD
 * 谢谢"), or such a phrase stands anywhere and is not negated. So "the end of May", "nonstop" and
 * "don't unsubscribe me" are none.
 */
#include "config.h"

#include "store-lexicon-private.h"

#include <string.h>

#define MOOD_REACH 3
#define INTENT_REACH 1
#define TURNED 0.8
#define MOST_AT_ONE_PLACE 8
#define LONGEST_MESSAGE 80

/* For each character, whether a word of "none" covers it, whether a negation ends with it, and
 * whether a clause does. */
typedef struct
{
  const StoreLexicon *lexicon;
  const StoreFoldedText *text;
  guint8 *hidden;
  guint8 *negations;
  guint8 *ends;
} Finding;

typedef struct
{
  const StoreLexiconEntry *entry;
  guint start;
  guint end;
} Place;

static gboolean
is_clause_end (const StoreFoldedText *text,
               guint                  at)
{
  static const gunichar signs[] = { ',', ';', '?', '!', 0x3002, 0x3001, '\n', '(', ')', 0x2026 };
  gunichar c = text->chars[at];

  if (c == '.')
    return !store_folded_text_is_latin (text, at + 1);
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (signs[i] == c)
      return TRUE;
  return FALSE;
}

/* An open word takes the letters behind it along. */
static guint
match_entry (const StoreLexiconEntry *entry,
             const StoreFoldedText   *text,
             guint                    at)
{
  guint i = at;

  if (!entry->open)
    return store_folded_text_match (text, at, entry->word);
  if (at > 0 && store_folded_text_is_latin (text, at) && store_folded_text_is_latin (text, at - 1))
    return 0;
  for (const char *c = entry->word; *c != '\0'; c = g_utf8_next_char (c), i++)
    if (i >= text->n || text->chars[i] != g_utf8_get_char (c))
      return 0;
  while (store_folded_text_is_latin (text, i))
    i++;
  return i - at;
}

/* Returns the length of the longest words of the family at @at, and all of that length. */
guint
store_lexicon_match (const StoreLexicon       *self,
                     const StoreFoldedText    *text,
                     guint                     at,
                     StoreLexiconFamily        family,
                     const StoreLexiconEntry **found,
                     guint                     room,
                     guint                    *n_found)
{
  GPtrArray *same = g_hash_table_lookup (self->by_first, GUINT_TO_POINTER (text->chars[at]));
  guint longest = 0;

  *n_found = 0;
  for (guint i = 0; same != NULL && i < same->len; i++)
    {
      const StoreLexiconEntry *entry = g_ptr_array_index (same, i);
      guint length = entry->family == family ? match_entry (entry, text, at) : 0;

      if (length == 0 || length < longest)
        continue;
      if (length > longest)
        *n_found = 0;
      longest = length;
      if (*n_found < room)
        found[(*n_found)++] = entry;
    }
  return longest;
}

/* Marks what is hidden, where clauses end and where negations stand. */
static void
mark_control (Finding *self)
{
  const StoreLexiconEntry *found[MOST_AT_ONE_PLACE];
  guint n_found;

  for (guint at = 0; at < self->text->n;)
    {
      guint length = store_lexicon_match (self->lexicon, self->text, at, STORE_LEXICON_CONTROL,
                                          found, MOST_AT_ONE_PLACE, &n_found);

      self->ends[at] |= is_clause_end (self->text, at);
      if (n_found > 0 && g_str_equal (found[0]->label, "none"))
        memset (self->hidden + at, 1, length);
      else if (n_found > 0 && g_str_equal (found[0]->label, "but"))
        memset (self->ends + at, 1, length);
      else if (n_found > 0)
        self->negations[at + length - 1] = 1;
      at += MAX (length, 1);
    }
}

static gboolean
is_hidden (const Finding *self,
           guint          start,
           guint          end)
{
  for (guint i = start; i < end; i++)
    if (!self->hidden[i])
      return FALSE;
  return TRUE;
}

/* A negation that is part of a longer word is none to the words of its family: 不错, "not bad". */
static void
add_places (Finding            *self,
            StoreLexiconFamily  family,
            GArray             *places)
{
  const StoreLexiconEntry *found[MOST_AT_ONE_PLACE];
  guint n_found;

  for (guint at = 0; at < self->text->n;)
    {
      guint length = store_lexicon_match (self->lexicon, self->text, at, family, found,
                                          MOST_AT_ONE_PLACE, &n_found);

      for (guint i = 0; i < n_found && !(family == STORE_LEXICON_MOOD &&
                                              is_hidden (self, at, at + length)); i++)
        {
          Place place = { found[i], at, at + length };

          g_array_append_val (places, place);
          memset (self->negations + at, 0, length);
        }
      at += MAX (length, 1);
    }
}

/* How many negations reach @at from before: a step is a word of letters or one Han character. */
static guint
count_negations (const Finding *self,
                 guint          at,
                 guint          reach)
{
  const StoreFoldedText *text = self->text;
  guint steps = 0, n = 0;

  for (guint i = at; i-- > 0 && steps <= reach && !self->ends[i];)
    {
      n += self->negations[i];
      steps += text->classes[i] == STORE_FOLD_SINGLE ||
               (store_folded_text_is_latin (text, i) &&
                (i == 0 || !store_folded_text_is_latin (text, i - 1)));
    }
  return n;
}

static StoreLexiconHit
get_hit (const Finding *self,
         const Place   *place)
{
  const StoreLexiconEntry *entry = place->entry;
  guint reach = entry->family == STORE_LEXICON_MOOD ? MOOD_REACH : INTENT_REACH;
  gboolean turned = !entry->steady && count_negations (self, place->start, reach) % 2 == 1;

  return (StoreLexiconHit){ place->start, place->end, entry->label,
                            turned ? -TURNED * entry->weight : entry->weight };
}

static GArray *
find_families (const StoreLexicon       *lexicon,
               const StoreFoldedText    *text,
               const StoreLexiconFamily *families,
               guint                     n_families)
{
  gsize room = (gsize) text->n + 1;
  g_autofree guint8 *marks = g_new0 (guint8, 3 * room);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (StoreLexiconHit));
  Finding finding = { lexicon, text, marks, marks + room, marks + 2 * room };

  for (guint i = 0; i < n_families; i++)
    {
      memset (marks, 0, 3 * room);
      mark_control (&finding);
      g_array_set_size (places, 0);
      add_places (&finding, families[i], places);
      for (guint j = 0; j < places->len; j++)
        {
          StoreLexiconHit hit = get_hit (&finding, &g_array_index (places, Place, j));

          g_array_append_val (hits, hit);
        }
    }
  return hits;
}

/**
 * store_lexicon_find:
 * @text: a message
 *
 * Returns: (transfer full) (element-type StoreLexiconHit): the words that speak for an intent or
 *   the mood, intents first. Any thread.
 */
GArray *
store_lexicon_find (const StoreLexicon    *self,
                    const StoreFoldedText *text)
{
  static const StoreLexiconFamily families[] = { STORE_LEXICON_INTENT, STORE_LEXICON_MOOD };

  g_return_val_if_fail (self != NULL && text != NULL, NULL);

  return find_families (self, text, families, G_N_ELEMENTS (families));
}

/* Whether the message is one word of opting out, and courtesies. */
static gboolean
is_optout_message (const StoreLexicon    *self,
                   const StoreFoldedText *text,
                   StoreLexiconHit       *hit)
{
  const StoreLexiconEntry *found[MOST_AT_ONE_PLACE];
  gboolean seen = FALSE;
  guint n_found;

  if (text->n > LONGEST_MESSAGE)
    return FALSE;
  for (guint at = 0; at < text->n;)
    {
      guint length = store_lexicon_match (self, text, at, STORE_LEXICON_MESSAGE, found,
                                          MOST_AT_ONE_PLACE, &n_found);

      if (length == 0 && text->classes[at] != STORE_FOLD_SEPARATOR)
        return FALSE;
      if (n_found > 0 && !g_str_equal (found[0]->label, "courtesy"))
        {
          *hit = (StoreLexiconHit){ at, at + length, found[0]->label, found[0]->weight };
          seen = TRUE;
        }
      at += MAX (length, 1);
    }
  return seen;
}

/**
 * store_lexicon_find_optout:
 * @text: a message
 * @hit: (out): the word that says so
 *
 * Returns: whether the writer wants to be left alone. Any thread.
 */
gboolean
store_lexicon_find_optout (const StoreLexicon    *self,
                           const StoreFoldedText *text,
                           StoreLexiconHit       *hit)
{
  static const StoreLexiconFamily family = STORE_LEXICON_OPTOUT;
  g_autoptr (GArray) hits = NULL;

  g_return_val_if_fail (self != NULL && text != NULL && hit != NULL, FALSE);

  if (is_optout_message (self, text, hit))
    return TRUE;
  hits = find_families (self, text, &family, 1);
  for (guint i = 0; i < hits->len; i++)
    if (g_array_index (hits, StoreLexiconHit, i).weight > 0)
      {
        *hit = g_array_index (hits, StoreLexiconHit, i);
        return TRUE;
      }
  return FALSE;
}
