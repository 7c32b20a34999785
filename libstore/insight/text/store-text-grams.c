/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pieces of a message that a classifier weighs: every one, two and three characters that follow
 * each other, every word of letters, and every two such words. Characters need no dictionary, so
 * Chinese, English and misspelt words are treated alike; words and pairs of words add about one
 * point in a hundred on English requests (77 intents of BANKING77).
 *
 * Before that, any run of separators becomes one space, but "?" and "!" stay, for they say
 * something; every digit becomes 0, so that no single order number is learnt. Pieces are known by a
 * hash of 32 bits (Weinberger et al., "Feature hashing for large scale multitask learning", 2009).
 */
#include "config.h"

#include "store-text-grams.h"

#define LONGEST_GRAM 3
#define WORD_SEED 0x57u
#define PAIR_SEED 0xa3u

/* A character of the message as it is weighed, and where it stands in the folded text. */
typedef struct
{
  gunichar c;
  guint at;
} Letter;

static guint32
mix (guint32 hash,
     guint32 value)
{
  hash ^= value * 0xcc9e2d51u;
  hash = (hash << 13 | hash >> 19) * 5 + 0xe6546b64u;
  return hash;
}

/* The last step of MurmurHash3 (Appleby), so that all bits depend on all of the piece. */
static guint32
finish (guint32 hash)
{
  hash ^= hash >> 16;
  hash *= 0x85ebca6bu;
  hash ^= hash >> 13;
  hash *= 0xc2b2ae35u;
  return hash ^ hash >> 16;
}

static gunichar
get_letter (const StoreFoldedText *text,
            guint                  at)
{
  gunichar c = text->chars[at];

  if (c >= '0' && c <= '9')
    return '0';
  if (text->classes[at] != STORE_FOLD_SEPARATOR || c == '?' || c == '!')
    return c;
  return ' ';
}

/* One space before the message and one behind it: its first and last words are told apart. */
static GArray *
collect_letters (const StoreFoldedText *text)
{
  GArray *letters = g_array_sized_new (FALSE, FALSE, sizeof (Letter), text->n + 2);
  Letter letter = { ' ', 0 };

  g_array_append_val (letters, letter);
  for (guint i = 0; i < text->n; i++)
    {
      letter = (Letter){ get_letter (text, i), i };
      if (letter.c != ' ' || g_array_index (letters, Letter, letters->len - 1).c != ' ')
        g_array_append_val (letters, letter);
    }
  letter = (Letter){ ' ', text->n };
  if (g_array_index (letters, Letter, letters->len - 1).c != ' ')
    g_array_append_val (letters, letter);
  return letters;
}

static void
add (GArray *grams,
     guint32 hash,
     guint   start,
     guint   end)
{
  StoreTextGram gram = { finish (hash), start, end };

  g_array_append_val (grams, gram);
}

static void
add_letters (GArray       *grams,
             const Letter *letters,
             guint         n,
             guint         text_end)
{
  for (guint i = 0; i < n; i++)
    {
      guint32 hash = 0;

      for (guint length = 1; length <= LONGEST_GRAM && i + length <= n; length++)
        {
          hash = mix (hash, letters[i + length - 1].c);
          if (length > 1 || letters[i].c != ' ')
            add (grams, hash + length, letters[i].at,
                 MIN (letters[i + length - 1].at + 1, text_end));
        }
    }
}

static void
add_words (GArray                *grams,
           const StoreFoldedText *text)
{
  guint32 last = 0;
  guint last_start = 0;

  for (guint i = 0; i < text->n; i++)
    {
      guint32 hash = WORD_SEED;
      guint start = i;

      if (text->classes[i] == STORE_FOLD_SINGLE)
        last = 0;
      if (text->classes[i] != STORE_FOLD_WORD)
        continue;
      for (; store_folded_text_is_latin (text, i); i++)
        hash = mix (hash, get_letter (text, i));
      add (grams, hash, start, i);
      if (last != 0)
        add (grams, mix (mix (PAIR_SEED, last), hash), last_start, i);
      last = hash;
      last_start = start;
      i--;
    }
}

/**
 * store_text_grams_find:
 * @text: a message
 * @grams: (nullable) (transfer full): an array to use again, emptied first
 *
 * Returns: (transfer full) (element-type StoreTextGram): its pieces, each as often as it stands
 *   there. Any thread.
 */
GArray *
store_text_grams_find (const StoreFoldedText *text,
                       GArray                *grams)
{
  g_autoptr (GArray) letters = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (grams == NULL)
    grams = g_array_new (FALSE, FALSE, sizeof (StoreTextGram));
  g_array_set_size (grams, 0);
  letters = collect_letters (text);
  if (letters->len > 1)
    add_letters (grams, (const Letter *) (gpointer) letters->data, letters->len, text->n);
  add_words (grams, text);
  return grams;
}
