/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers to call are written in many ways: +86 138-0013-8000, 138 0013 8000, 008613800138000.
 * For the search the index holds each number, beside its words as written, as bare digits: whole,
 * without the country code of China (the one code that is known by the length of what follows), its
 * last eight digits, which are the same with and without any country code, and its last four, which
 * people remember.
 */
#include "config.h"

#include "store-number-words.h"

#include <string.h>

#include "store-fold.h"

/* Fewer digits than these are no number to call: they may be a year, a price, a postcode. */
#define LEAST_DIGITS 7
#define TAIL_DIGITS 8
#define SHORT_TAIL_DIGITS 4

#define CHINA_CODE "86"
#define CHINA_DIGITS 13

static char *
dup_ascii_digits (const char *text)
{
  g_autofree char *digits = g_malloc (strlen (text) + 1);
  gsize n = 0;

  for (; *text; text++)
    {
      if (g_ascii_isdigit (*text))
        digits[n++] = *text;
      else if (strchr ("+-()./ ", *text) == NULL)
        return NULL;
    }
  digits[n] = 0;
  return n > 0 ? g_steal_pointer (&digits) : NULL;
}

/**
 * store_number_words_dup_digits:
 * @text: what was written
 *
 * Returns: (transfer full) (nullable): the digits of @text where it holds nothing else but what
 *   stands between digits. Any thread.
 */
char *
store_number_words_dup_digits (const char *text)
{
  g_autofree char *folded = NULL;

  if (g_ascii_isalpha (*text))
    return NULL;
  if (g_str_is_ascii (text))
    return dup_ascii_digits (text);
  folded = store_fold_text (text, -1);
  return dup_ascii_digits (folded);
}

static void
append_digits (GString    *text,
               const char *digits)
{
  if (digits == NULL)
    return;
  g_string_append_c (text, ' ');
  g_string_append (text, digits);
}

/**
 * store_number_words_skip_zeros:
 * @digits: digits alone
 *
 * Returns: (transfer none): what follows the zeros that an exchange wants. Any thread.
 */
const char *
store_number_words_skip_zeros (const char *digits)
{
  return digits + strspn (digits, "0");
}

/**
 * store_number_words_is_number:
 * @digits: digits alone
 *
 * Returns: whether they are enough for a number to call. Any thread.
 */
gboolean
store_number_words_is_number (const char *digits)
{
  return strlen (digits) >= LEAST_DIGITS && *store_number_words_skip_zeros (digits) != 0;
}

/**
 * store_number_words_skip_code:
 * @digits: digits alone, no zeros before them
 *
 * Returns: (transfer none) (nullable): what follows the country code, where one is known to be
 *   there. Any thread.
 */
const char *
store_number_words_skip_code (const char *digits)
{
  if (strlen (digits) == CHINA_DIGITS && g_str_has_prefix (digits, CHINA_CODE))
    return digits + strlen (CHINA_CODE);
  return NULL;
}

static const char *
find_tail (const char *digits,
           gsize       length)
{
  gsize all = strlen (digits);

  return all > length ? digits + all - length : NULL;
}

/**
 * store_number_words_get_tail:
 * @digits: digits alone
 *
 * Returns: (transfer none) (nullable): the last of them, which are the same with and without a
 *   country code. Any thread.
 */
const char *
store_number_words_get_tail (const char *digits)
{
  return find_tail (digits, TAIL_DIGITS);
}

/**
 * store_number_words_add:
 * @text: an indexed text in the making
 * @number: a number to call, as written
 *
 * Adds the digits by which the number shall be found. Any thread.
 */
void
store_number_words_add (GString    *text,
                        const char *number)
{
  g_autofree char *all = store_number_words_dup_digits (number);
  const char *digits;

  if (all == NULL || !store_number_words_is_number (all))
    return;

  digits = store_number_words_skip_zeros (all);
  append_digits (text, digits);
  append_digits (text, store_number_words_skip_code (digits));
  append_digits (text, find_tail (digits, TAIL_DIGITS));
  append_digits (text, find_tail (digits, SHORT_TAIL_DIGITS));
}
