/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The names of people, as far as telling two of them apart goes.
 *
 * A key is what is left of a name when its writing does not count: folded words without marks, in
 * alphabetical order ("Burgett, Gills" is "Gills BURGETT"), Chinese in one word and in simplified
 * characters (謝 轩嘉 is 谢轩嘉). Two keys agree when they are equal, or when all words of one are
 * among those of the other ("Ann" and "Ann Lee"); a Chinese name is one word and must be equal.
 */
#include "store-person-name.h"

#include <string.h>
#include <unicode/utrans.h>

#include "store-cell-text.h"

static gboolean
is_han (gunichar c)
{
  return g_unichar_get_script (c) == G_UNICODE_SCRIPT_HAN;
}

/**
 * store_person_name_has_han:
 * @text: valid UTF-8
 *
 * Returns: whether there is a Chinese character in it. Any thread.
 */
gboolean
store_person_name_has_han (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (is_han (g_utf8_get_char (text)))
      return TRUE;
  return FALSE;
}

/* NULL where this system's ICU has no such rules; opened once, and stateless from then on. */
static UTransliterator *
get_simplifier (void)
{
  static gsize once = 0;
  static UTransliterator *simplifier = NULL;

  if (g_once_init_enter (&once))
    {
      static const char name[] = "Traditional-Simplified";
      UErrorCode status = U_ZERO_ERROR;
      UChar id[sizeof name];

      for (gsize i = 0; i < sizeof name; i++)
        id[i] = (UChar) name[i];
      simplifier = utrans_openU (id, sizeof name - 1, UTRANS_FORWARD, NULL, 0, NULL, &status);
      if (U_FAILURE (status))
        g_debug ("no transliterator from traditional to simplified Chinese: %s",
                 u_errorName (status));
      g_once_init_leave (&once, 1);
    }
  return simplifier;
}

static char *
simplify (const char *text)
{
  UTransliterator *simplifier = store_person_name_has_han (text) ? get_simplifier () : NULL;
  g_autofree gunichar2 *wide = NULL;
  g_autofree UChar *buffer = NULL;
  UErrorCode status = U_ZERO_ERROR;
  glong length;
  int32_t n_wide, capacity, limit;
  char *simple;

  if (simplifier == NULL)
    return g_strdup (text);

  wide = g_utf8_to_utf16 (text, -1, NULL, &length, NULL);
  if (wide == NULL || length > 1000)
    return g_strdup (text);
  n_wide = limit = (int32_t) length;
  capacity = n_wide * 2 + 16;
  buffer = g_new0 (UChar, capacity);
  memcpy (buffer, wide, (gsize) n_wide * sizeof *buffer);
  utrans_transUChars (simplifier, buffer, &n_wide, capacity, 0, &limit, &status);
  if (U_FAILURE (status))
    return g_strdup (text);
  simple = g_utf16_to_utf8 (buffer, n_wide, NULL, NULL, NULL);
  return simple != NULL ? simple : g_strdup (text);
}

/**
 * store_person_name_compose:
 * @given: (nullable): the given name
 * @middle: (nullable): the names between
 * @family: (nullable): the family name
 *
 * Returns: (transfer full): the whole name as its language writes it: 张静, Ann B. Lee; "" where
 * there is none. Any thread.
 */
char *
store_person_name_compose (const char *given,
                           const char *middle,
                           const char *family)
{
  const char *parts[3] = { given, middle, family };
  gboolean given_fits = given == NULL || *given == '\0' || store_person_name_has_han (given);
  gboolean is_chinese = given_fits && family != NULL && store_person_name_has_han (family);
  GString *name = g_string_new (NULL);

  if (is_chinese)
    {
      parts[0] = family;
      parts[2] = given;
    }
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (parts[i] == NULL || *parts[i] == '\0')
        continue;
      if (name->len > 0 && !is_chinese)
        g_string_append_c (name, ' ');
      g_string_append (name, parts[i]);
    }
  return g_string_free (name, FALSE);
}

static int
compare_words (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Words end where something stands that is no letter, digit or mark; in Chinese they do not. */
static GPtrArray *
split_words (const char *text)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) word = g_string_new (NULL);
  gboolean after_han = FALSE;
  gboolean gap = FALSE;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (!g_unichar_isalnum (c) && !g_unichar_ismark (c))
        {
          gap = gap || (c != '\'' && c != 0x2019 && c != '.');
          continue;
        }
      if (gap && word->len > 0 && !(after_han && is_han (c)))
        {
          g_ptr_array_add (words, g_strdup (word->str));
          g_string_truncate (word, 0);
        }
      g_string_append_unichar (word, c);
      after_han = is_han (c);
      gap = FALSE;
    }
  if (word->len > 0)
    g_ptr_array_add (words, g_strdup (word->str));
  return words;
}

/**
 * store_person_name_key:
 * @name: a name
 *
 * Returns: (transfer full): its key, words with one space between. Any thread.
 */
char *
store_person_name_key (const char *name)
{
  g_autofree char *plain = NULL;
  g_autofree char *simple = NULL;
  g_autoptr (GPtrArray) words = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  plain = store_cell_text_plain (name);
  simple = simplify (plain);
  words = split_words (simple);
  g_ptr_array_sort (words, compare_words);
  g_ptr_array_add (words, NULL);
  return g_strjoinv (" ", (char **) words->pdata);
}

static gboolean
holds_all_words (const char *const *some,
                 const char *const *all)
{
  for (guint i = 0; some[i] != NULL; i++)
    if (!g_strv_contains (all, some[i]))
      return FALSE;
  return TRUE;
}

/**
 * store_person_name_agrees:
 * @a_key: the key of a name
 * @b_key: the key of another
 *
 * Returns: whether nothing in the names speaks against one person; no name agrees with any.
 * Any thread.
 */
gboolean
store_person_name_agrees (const char *a_key,
                          const char *b_key)
{
  g_auto (GStrv) a = NULL;
  g_auto (GStrv) b = NULL;

  g_return_val_if_fail (a_key != NULL && b_key != NULL, FALSE);

  if (*a_key == '\0' || *b_key == '\0' || g_str_equal (a_key, b_key))
    return TRUE;
  a = g_strsplit (a_key, " ", -1);
  b = g_strsplit (b_key, " ", -1);
  return holds_all_words ((const char *const *) a, (const char *const *) b) ||
         holds_all_words ((const char *const *) b, (const char *const *) a);
}
