/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a text falls apart into words for the search: a run of letters and digits is one word; each
 * Han, Kana, Hangul or Bopomofo character is a word of its own, for nothing marks where Chinese
 * words end, and a run of such characters is looked for as a phrase. Everything is folded as
 * store-fold.c says.
 */
#include "config.h"

#include "store-words.h"

typedef struct
{
  char bytes[STORE_WORDS_MAX_BYTES + STORE_FOLD_MAX * 6];
  gsize length;
  gsize start;
  gsize end;
  StoreWordFunc func;
  gpointer data;
} Word;

static gboolean
finish_word (Word *word)
{
  gsize length = word->length;

  word->length = 0;
  return length == 0 || word->func (word->bytes, length, word->start, word->end, word->data);
}

static void
add_to_word (Word           *word,
             const gunichar *folded,
             guint           n,
             gsize           start,
             gsize           end)
{
  if (word->length == 0)
    word->start = start;
  word->end = end;
  if (word->length >= STORE_WORDS_MAX_BYTES)
    return;
  for (guint i = 0; i < n; i++)
    word->length += (gsize) g_unichar_to_utf8 (folded[i], word->bytes + word->length);
}

static gboolean
add_boundary (Word *word,
              gsize at)
{
  const gunichar boundary = STORE_WORDS_BOUNDARY;

  if (!finish_word (word))
    return FALSE;
  add_to_word (word, &boundary, 1, at, at + 1);
  return finish_word (word);
}

static gboolean
add_char (Word     *word,
          gunichar  c,
          gsize     start,
          gsize     end)
{
  gunichar folded[STORE_FOLD_MAX];
  guint n;

  switch (store_fold_char (c, folded, &n))
    {
    case STORE_FOLD_WORD:
      add_to_word (word, folded, n, start, end);
      return TRUE;
    case STORE_FOLD_SINGLE:
      if (!finish_word (word))
        return FALSE;
      add_to_word (word, folded, n, start, end);
      return finish_word (word);
    case STORE_FOLD_MARK:
      return TRUE;
    case STORE_FOLD_SEPARATOR:
    default:
      return finish_word (word);
    }
}

/**
 * store_words_foreach:
 * @text: UTF-8; bytes that are none stand between words
 * @length: its bytes
 * @func: (scope call): called with each word in turn
 * @data: for @func
 *
 * Returns: whether all words were seen. Any thread.
 */
gboolean
store_words_foreach (const char    *text,
                     gsize          length,
                     StoreWordFunc  func,
                     gpointer       data)
{
  Word word = { .func = func, .data = data };
  gsize at = 0;

  while (at < length)
    {
      gunichar c = (guchar) text[at];
      gsize next = at + 1;

      if (c >= 0x80)
        {
          c = g_utf8_get_char_validated (text + at, (gssize) (length - at));
          if (c >= 0x110000)
            c = ' ';
          else
            next = at + (gsize) g_utf8_skip[(guchar) text[at]];
        }
      if (c == STORE_WORDS_BOUNDARY ? !add_boundary (&word, at) : !add_char (&word, c, at, next))
        return FALSE;
      at = next;
    }
  return finish_word (&word);
}

/**
 * store_words_boundary:
 * @word: a word
 * @length: its bytes
 *
 * Returns: whether it is no word but a boundary between parts. Any thread.
 */
gboolean
store_words_boundary (const char *word,
                      gsize       length)
{
  return length == 1 && word[0] == STORE_WORDS_BOUNDARY;
}
