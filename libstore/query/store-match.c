/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From what a person types to what the full-text index is asked.
 *
 * Each typed word must occur. It is looked for as the start of a word, and where it falls apart
 * into several (an e-mail address, a run of Han characters) as a phrase whose last word may be
 * incomplete.
 *
 * Numbers to call are typed in many ways, so neighbouring typed words of digits are also looked for
 * as one number; see store-number-words.c.
 *
 * The index finds the beginning of a word at once where it is short enough to be kept there; for a
 * longer one FTS5 first gathers every word that begins so, which takes long where they are many
 * ("anna" of anna1@…, anna2@…). So there are two expressions: the exact one, and a coarse one in
 * which beginnings are cut to the length that is kept. What the coarse one finds comes without any
 * delay, and is compared with what was typed.
 */
#include "config.h"

#include "store-match.h"

#include <string.h>

#include "store-number-words.h"
#include "store-words.h"

/* Words in a row, the last of which may be the beginning of a longer one. */
typedef struct
{
  GPtrArray *words;
  gboolean open;
} Phrase;

/* @alternatives: arrays of phrases, all phrases of one of which must occur. */
typedef struct
{
  GPtrArray *alternatives;
} Clause;

struct _StoreMatch
{
  GPtrArray *clauses;
};

static void
phrase_free (gpointer data)
{
  Phrase *phrase = data;

  g_ptr_array_unref (phrase->words);
  g_free (phrase);
}

static void
clause_free (gpointer data)
{
  Clause *clause = data;

  g_ptr_array_unref (clause->alternatives);
  g_free (clause);
}

static gboolean
append_word (const char *word,
             gsize       length,
             gsize       start,
             gsize       end,
             gpointer    words)
{
  if (!store_words_boundary (word, length))
    g_ptr_array_add (words, g_strndup (word, length));
  return TRUE;
}

static GPtrArray *
split_text (const char *text)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  store_words_foreach (text, strlen (text), append_word, words);
  return words;
}

/* A single Han character is a whole word already; as a beginning it would only cost more. */
static gboolean
may_be_incomplete (const char *word)
{
  gunichar folded[STORE_FOLD_MAX];
  guint n;

  return store_fold_char (g_utf8_get_char (word), folded, &n) != STORE_FOLD_SINGLE;
}

/* NULL where @text holds no word. */
static Phrase *
phrase_new (const char *text,
            gboolean    open)
{
  g_autoptr (GPtrArray) words = split_text (text);
  Phrase *phrase;

  if (words->len == 0)
    return NULL;
  phrase = g_new0 (Phrase, 1);
  phrase->open = open && may_be_incomplete (words->pdata[words->len - 1]);
  phrase->words = g_steal_pointer (&words);
  return phrase;
}

static GPtrArray *
add_alternative (Clause *clause)
{
  GPtrArray *phrases = g_ptr_array_new_with_free_func (phrase_free);

  g_ptr_array_add (clause->alternatives, phrases);
  return phrases;
}

static void
add_phrase (GPtrArray  *phrases,
            const char *text,
            gboolean    open)
{
  Phrase *phrase = phrase_new (text, open);

  if (phrase)
    g_ptr_array_add (phrases, phrase);
}

static Clause *
clause_new (void)
{
  Clause *clause = g_new0 (Clause, 1);

  clause->alternatives = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  return clause;
}

static void
add_word_clause (StoreMatch *self,
                 const char *word)
{
  Clause *clause = clause_new ();
  GPtrArray *phrases = add_alternative (clause);

  add_phrase (phrases, word, TRUE);
  if (phrases->len > 0)
    g_ptr_array_add (self->clauses, clause);
  else
    clause_free (clause);
}

/* The typed words @first to @last - 1, all of digits, as words or as one number. */
static void
add_number_clause (StoreMatch         *self,
                   const char *const  *words,
                   guint               first,
                   guint               last,
                   const char         *number)
{
  Clause *clause = clause_new ();
  GPtrArray *phrases = add_alternative (clause);
  const char *digits = store_number_words_skip_zeros (number);
  const char *home = store_number_words_skip_code (digits);
  const char *tail = store_number_words_get_tail (digits);

  for (guint i = first; i < last; i++)
    add_phrase (phrases, words[i], TRUE);
  add_phrase (add_alternative (clause), digits, TRUE);
  if (home)
    add_phrase (add_alternative (clause), home, FALSE);
  if (tail)
    add_phrase (add_alternative (clause), tail, FALSE);
  g_ptr_array_add (self->clauses, clause);
}

/* How many words from @first on are of digits alone; together in @number. */
static guint
count_digit_words (const char *const *words,
                   guint              first,
                   GString           *number)
{
  guint i = first;

  for (; words[i]; i++)
    {
      g_autofree char *digits = store_number_words_dup_digits (words[i]);

      if (digits == NULL)
        break;
      g_string_append (number, digits);
    }
  return i - first;
}

static char **
split_words (const char *words)
{
  g_autofree char *valid = g_utf8_make_valid (words, -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *c = valid;

  while (*c)
    {
      g_autofree char *word = NULL;
      const char *start;

      while (*c && g_unichar_isspace (g_utf8_get_char (c)))
        c = g_utf8_next_char (c);
      start = c;
      while (*c && !g_unichar_isspace (g_utf8_get_char (c)))
        c = g_utf8_next_char (c);
      if (c == start)
        break;
      word = g_strndup (start, (gsize) (c - start));
      g_strv_builder_add (builder, word);
    }
  return g_strv_builder_end (builder);
}

/**
 * store_match_new:
 * @words: what was typed
 *
 * Returns: (transfer full) (nullable): what is looked for, %NULL where nothing that can be looked
 *   for was typed. Any thread.
 */
StoreMatch *
store_match_new (const char *words)
{
  g_auto (GStrv) typed = split_words (words);
  g_autoptr (StoreMatch) self = g_new0 (StoreMatch, 1);

  self->clauses = g_ptr_array_new_with_free_func (clause_free);
  for (guint i = 0; typed[i];)
    {
      g_autoptr (GString) number = g_string_new (NULL);
      guint n = count_digit_words ((const char *const *) typed, i, number);

      if (store_number_words_is_number (number->str))
        {
          add_number_clause (self, (const char *const *) typed, i, i + n, number->str);
          i += n;
        }
      else
        add_word_clause (self, typed[i++]);
    }
  return self->clauses->len > 0 ? g_steal_pointer (&self) : NULL;
}

/**
 * store_match_free:
 * @self: (nullable) (transfer full): what is looked for
 */
void
store_match_free (StoreMatch *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->clauses);
  g_free (self);
}

static gboolean
is_long (const Phrase *phrase)
{
  return phrase->open && g_utf8_strlen (phrase->words->pdata[phrase->words->len - 1], -1) >
                           STORE_MATCH_KEPT_PREFIX;
}

/* Words hold neither quotes nor anything else that FTS5 would take for syntax. */
static void
print_phrase (GString      *text,
              const Phrase *phrase,
              gboolean      coarse)
{
  guint last = phrase->words->len - 1;

  g_string_append_c (text, '"');
  for (guint i = 0; i < last; i++)
    g_string_append_printf (text, "%s ", (const char *) phrase->words->pdata[i]);
  if (coarse && is_long (phrase))
    {
      const char *word = phrase->words->pdata[last];

      g_string_append_len (text, word,
                           g_utf8_offset_to_pointer (word, STORE_MATCH_KEPT_PREFIX) - word);
    }
  else
    g_string_append (text, phrase->words->pdata[last]);
  g_string_append (text, phrase->open ? "\"*" : "\"");
}

static void
print_alternative (GString   *text,
                   GPtrArray *phrases,
                   gboolean   coarse)
{
  g_string_append_c (text, '(');
  for (guint i = 0; i < phrases->len; i++)
    {
      g_string_append (text, i > 0 ? " AND " : "");
      print_phrase (text, phrases->pdata[i], coarse);
    }
  g_string_append_c (text, ')');
}

static char *
print (StoreMatch *self,
       gboolean    coarse)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->clauses->len; i++)
    {
      const Clause *clause = self->clauses->pdata[i];

      g_string_append (text, i > 0 ? " AND (" : "(");
      for (guint k = 0; k < clause->alternatives->len; k++)
        {
          g_string_append (text, k > 0 ? " OR " : "");
          print_alternative (text, clause->alternatives->pdata[k], coarse);
        }
      g_string_append_c (text, ')');
    }
  return g_strdup (text->str);
}

/**
 * store_match_dup_expression:
 * @self: what is looked for
 *
 * Returns: (transfer full): the expression that finds it and nothing else
 */
char *
store_match_dup_expression (StoreMatch *self)
{
  return print (self, FALSE);
}

/**
 * store_match_dup_coarse:
 * @self: what is looked for
 *
 * Returns: (transfer full): an expression that finds it and more, without delay; the same as the
 *   exact one where that has no long beginnings
 */
char *
store_match_dup_coarse (StoreMatch *self)
{
  return print (self, TRUE);
}

static gboolean
stands_at (GPtrArray    *words,
           guint         at,
           const Phrase *phrase)
{
  guint last = phrase->words->len - 1;

  for (guint i = 0; i <= last; i++)
    {
      const char *wanted = phrase->words->pdata[i];
      const char *word = words->pdata[at + i];

      if (i == last && phrase->open)
        return g_str_has_prefix (word, wanted);
      if (!g_str_equal (word, wanted))
        return FALSE;
    }
  return TRUE;
}

static gboolean
phrase_is_met (GPtrArray    *words,
               const Phrase *phrase)
{
  for (guint i = 0; i + phrase->words->len <= words->len; i++)
    if (stands_at (words, i, phrase))
      return TRUE;
  return FALSE;
}

static gboolean
clause_is_met (GPtrArray    *words,
               const Clause *clause)
{
  for (guint i = 0; i < clause->alternatives->len; i++)
    {
      GPtrArray *phrases = clause->alternatives->pdata[i];
      gboolean met = TRUE;

      for (guint k = 0; k < phrases->len && met; k++)
        met = phrase_is_met (words, phrases->pdata[k]);
      if (met)
        return TRUE;
    }
  return FALSE;
}

static gboolean
append_word_or_boundary (const char *word,
                         gsize       length,
                         gsize       start,
                         gsize       end,
                         gpointer    words)
{
  g_ptr_array_add (words, g_strndup (word, length));
  return TRUE;
}

/**
 * store_match_is_met:
 * @self: what is looked for
 * @text: an indexed text
 *
 * Returns: whether it is in the text, by the same rules as the index has
 */
gboolean
store_match_is_met (StoreMatch *self,
                    const char *text)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  store_words_foreach (text, strlen (text), append_word_or_boundary, words);
  for (guint i = 0; i < self->clauses->len; i++)
    if (!clause_is_met (words, self->clauses->pdata[i]))
      return FALSE;
  return TRUE;
}
