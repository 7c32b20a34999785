/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What counts as the same letter, in the search and in "contains": capital and small letters, with
 * and without accents (Müller, muller), full-width and half-width forms (ＡＢＣ１２３, ABC123),
 * ligatures (Straße, strasse), and traditional and simplified Han characters (陳, 陈). It is the
 * compatibility decomposition of Unicode without the accents of U+0300 to U+036F, in small letters;
 * scripts whose vowel signs are marks keep them, Kana keep their voicing and Hangul its syllables.
 *
 * One character is folded by looking it up in a page of 256 that is made when first needed, so that
 * the common case is one load from memory. Pages are shared by all threads and never freed.
 */
#include "config.h"

#include "store-fold.h"

#include <string.h>

#include "store-han-table.h"

#define PAGE_SIZE 256
#define N_PAGES (0x10000 / PAGE_SIZE)

/* An entry of a page: the folded character, its class above it, a bit for what folds to several. */
#define ENTRY_CHAR(entry) ((entry) & 0x1fffff)
#define ENTRY_CLASS(entry) ((StoreFoldClass) ((entry) >> 24 & 7))
#define ENTRY_SEVERAL (1u << 28)
#define ENTRY_NEW(c, class) ((c) | (guint32) (class) << 24)

static guint32 *pages[N_PAGES];

static gunichar
simplify_han (gunichar c)
{
  gsize low = 0;
  gsize high = G_N_ELEMENTS (han_table);

  while (low < high)
    {
      gsize middle = (low + high) / 2;

      if (han_table[middle].traditional == c)
        return han_table[middle].simplified;
      if (han_table[middle].traditional < c)
        low = middle + 1;
      else
        high = middle;
    }
  return c;
}

/* Letters that Unicode does not take apart, and the habit of those who have no key for them. */
static const char *
spell_out (gunichar c)
{
  switch (c)
    {
    case 0x00df:
      return "ss";
    case 0x00e6:
      return "ae";
    case 0x0153:
      return "oe";
    case 0x00f8:
      return "o";
    case 0x00f0:
    case 0x0111:
      return "d";
    case 0x0142:
      return "l";
    case 0x0131:
      return "i";
    case 0x00fe:
      return "th";
    default:
      return NULL;
    }
}

static gboolean
is_kana_or_hangul (gunichar c)
{
  return (c >= 0x3040 && c <= 0x30ff) || (c >= 0xac00 && c <= 0xd7a3);
}

static StoreFoldClass
classify (gunichar c)
{
  /* The mark of a long vowel in Katakana belongs to no script of its own. */
  if (c == 0x30fc)
    return STORE_FOLD_SINGLE;

  switch (g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_HANGUL:
    case G_UNICODE_SCRIPT_BOPOMOFO:
      return STORE_FOLD_SINGLE;
    default:
      break;
    }
  if (g_unichar_isalnum (c) || g_unichar_ismark (c))
    return STORE_FOLD_WORD;
  return c >= 0x1f000 ? STORE_FOLD_SINGLE : STORE_FOLD_SEPARATOR;
}

static gboolean
is_folded_away (gunichar c)
{
  /* Accents, and the two invisible characters that pictures are joined with. */
  return (c >= 0x0300 && c <= 0x036f) || c == 0xfe0f || c == 0x200d;
}

static guint
append_folded (gunichar  c,
               gunichar *folded,
               guint     n)
{
  gunichar small = g_unichar_tolower (c);
  const char *spelled = spell_out (small);

  if (is_folded_away (c) || n == STORE_FOLD_MAX)
    return n;
  if (spelled == NULL)
    {
      folded[n++] = simplify_han (small);
      return n;
    }
  for (; *spelled && n < STORE_FOLD_MAX; spelled++)
    folded[n++] = (gunichar) *spelled;
  return n;
}

static StoreFoldClass
fold_slowly (gunichar  c,
             gunichar  folded[STORE_FOLD_MAX],
             guint    *n_folded)
{
  gunichar parts[STORE_FOLD_MAX];
  gsize n_parts = 1;
  guint n = 0;

  if (is_kana_or_hangul (c))
    parts[0] = c;
  else
    n_parts = g_unichar_fully_decompose (c, TRUE, parts, G_N_ELEMENTS (parts));

  for (gsize i = 0; i < MIN (n_parts, G_N_ELEMENTS (parts)); i++)
    n = append_folded (parts[i], folded, n);
  *n_folded = n;
  return n == 0 ? STORE_FOLD_MARK : classify (folded[0]);
}

static guint32 *
make_page (guint number)
{
  guint32 *page = g_new (guint32, PAGE_SIZE);

  for (guint i = 0; i < PAGE_SIZE; i++)
    {
      gunichar folded[STORE_FOLD_MAX] = { 0 };
      guint n = 0;
      StoreFoldClass class = fold_slowly (number * PAGE_SIZE + i, folded, &n);

      page[i] = ENTRY_NEW (folded[0], class) | (n > 1 ? ENTRY_SEVERAL : 0);
    }
  return page;
}

static const guint32 *
get_page (guint number)
{
  guint32 *page = g_atomic_pointer_get (&pages[number]);

  if (page == NULL)
    {
      page = make_page (number);
      if (!g_atomic_pointer_compare_and_exchange (&pages[number], NULL, page))
        {
          g_free (page);
          page = g_atomic_pointer_get (&pages[number]);
        }
    }
  return page;
}

/**
 * store_fold_char:
 * @c: a character
 * @folded: (out caller-allocates): what it folds to
 * @n_folded: (out): how many characters that is; none for an accent
 *
 * Returns: what the character is to the search. Any thread.
 */
StoreFoldClass
store_fold_char (gunichar  c,
                 gunichar  folded[STORE_FOLD_MAX],
                 guint    *n_folded)
{
  guint32 entry;

  if (c >= 0x10000)
    return fold_slowly (c, folded, n_folded);

  entry = get_page (c / PAGE_SIZE)[c % PAGE_SIZE];
  if (entry & ENTRY_SEVERAL)
    return fold_slowly (c, folded, n_folded);
  folded[0] = ENTRY_CHAR (entry);
  *n_folded = ENTRY_CLASS (entry) == STORE_FOLD_MARK ? 0 : 1;
  return ENTRY_CLASS (entry);
}

/**
 * store_fold_text:
 * @text: UTF-8; bytes that are none are taken as separators
 * @length: in bytes, -1 where @text ends with NUL
 *
 * Returns: (transfer full): @text with each character folded. Any thread.
 */
char *
store_fold_text (const char *text,
                 gssize      length)
{
  const char *end = text + (length < 0 ? (gssize) strlen (text) : length);
  GString *result = g_string_sized_new (end - text);

  while (text < end)
    {
      gunichar folded[STORE_FOLD_MAX];
      gunichar c = (guchar) *text;
      guint n;

      if (c < 0x80)
        {
          g_string_append_c (result, g_ascii_tolower (*text++));
          continue;
        }
      c = g_utf8_get_char_validated (text, end - text);
      if (c >= 0x110000)
        {
          g_string_append_c (result, ' ');
          text++;
          continue;
        }
      store_fold_char (c, folded, &n);
      for (guint i = 0; i < n; i++)
        g_string_append_unichar (result, folded[i]);
      text = g_utf8_next_char (text);
    }
  return g_string_free (result, FALSE);
}

static gboolean
is_ascii (const char *text,
          gsize       length)
{
  guchar all = 0;

  for (gsize i = 0; i < length; i++)
    all |= (guchar) text[i];
  return all < 0x80;
}

static gboolean
ascii_contains (const char *text,
                gsize       length,
                const char *needle,
                gsize       needle_length)
{
  for (gsize i = 0; i + needle_length <= length; i++)
    {
      gsize k = 0;

      while (k < needle_length && g_ascii_tolower (text[i + k]) == needle[k])
        k++;
      if (k == needle_length)
        return TRUE;
    }
  return FALSE;
}

/**
 * store_fold_contains:
 * @text: UTF-8 as written
 * @length: its bytes
 * @needle: text from store_fold_text()
 * @needle_length: its bytes
 *
 * Returns: whether @text folded contains @needle. Any thread.
 */
gboolean
store_fold_contains (const char *text,
                     gsize       length,
                     const char *needle,
                     gsize       needle_length)
{
  g_autofree char *folded = NULL;

  if (is_ascii (text, length))
    return ascii_contains (text, length, needle, needle_length);

  folded = store_fold_text (text, (gssize) length);
  return strstr (folded, needle) != NULL;
}
