/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers as people write them in messages:
 *
 *   1,200   3.5   2万   50k   １２           digits, perhaps with a scale behind them
 *   十二  两百  一千零五  三万五  一百二      Chinese numerals; a last digit behind a unit without 零
 *                                            stands for the next smaller unit (一百二 is 120)
 *   两三  五六                               two neighbours: from the one to the other
 *   二〇二六  一三八                         more digits without a unit: read one by one
 *   半                                       a half
 *   twelve   two hundred and five   a dozen  English words
 *
 * A number that would begin in the middle of another is none, so that a scan of a text takes time
 * by its length alone.
 */
#include "config.h"

#include "store-text-number.h"

#include <math.h>
#include <string.h>

#define MOST_DIGITS 18

typedef struct
{
  const char *word;
  double value;
} NumberWord;

static const NumberWord english_words[] = {
  { "two", 2 },        { "three", 3 },     { "four", 4 },      { "five", 5 },     { "six", 6 },
  { "seven", 7 },      { "eight", 8 },     { "nine", 9 },      { "ten", 10 },     { "eleven", 11 },
  { "twelve", 12 },    { "thirteen", 13 }, { "fourteen", 14 }, { "fifteen", 15 },
  { "sixteen", 16 },   { "seventeen", 17 }, { "eighteen", 18 }, { "nineteen", 19 },
  { "twenty", 20 },    { "thirty", 30 },   { "forty", 40 },    { "fifty", 50 },   { "sixty", 60 },
  { "seventy", 70 },   { "eighty", 80 },   { "ninety", 90 },   { "one", 1 },
  { "half a dozen", 6 }, { "a dozen", 12 }, { "a couple of", 2 }, { "a couple", 2 },
  { "a hundred", 100 }, { "a thousand", 1000 },
};

static const NumberWord english_units[] = {
  { "hundred", 100 }, { "thousand", 1000 }, { "dozen", 12 }, { "million", 1e6 },
};

static int
get_han_digit (gunichar c)
{
  static const gunichar digits[] = { 0x96f6, 0x4e00, 0x4e8c, 0x4e09, 0x56db,
                                     0x4e94, 0x516d, 0x4e03, 0x516b, 0x4e5d };

  if (c == 0x3007)
    return 0;
  if (c == 0x4e24 || c == 0x4fe9)
    return 2;
  if (c == 0x4ee8)
    return 3;
  for (guint i = 0; i < G_N_ELEMENTS (digits); i++)
    if (digits[i] == c)
      return (int) i;
  return -1;
}

/* 十 百 千 万 亿; 0 for what is none. */
static double
get_han_unit (gunichar c)
{
  switch (c)
    {
    case 0x5341:
      return 10;
    case 0x767e:
      return 100;
    case 0x5343:
      return 1000;
    case 0x4e07:
      return 1e4;
    case 0x4ebf:
      return 1e8;
    default:
      return 0;
    }
}

static gboolean
is_han_number (gunichar c)
{
  return get_han_digit (c) >= 0 || get_han_unit (c) > 0;
}

/* Digits one by one; of two neighbours, from the one to the other. */
static void
read_han_digits (const StoreFoldedText *text,
                 guint                  at,
                 StoreTextNumber       *number)
{
  int first = get_han_digit (text->chars[at]);

  if (number->end - at == 2 && first > 0 && get_han_digit (text->chars[at + 1]) == first + 1)
    {
      number->value = first;
      number->most = first + 1;
      return;
    }
  number->value = 0;
  for (guint i = at; i < number->end; i++)
    number->value = number->value * 10 + get_han_digit (text->chars[i]);
  number->most = number->value;
}

/* sum holds what is above the last 万 or 亿, section what is below it. */
static void
read_han_units (const StoreFoldedText *text,
                guint                  at,
                StoreTextNumber       *number)
{
  double sum = 0, section = 0, last_unit = 1;
  int digit = -1;
  gboolean after_zero = FALSE;

  for (guint i = at; i < number->end; i++)
    {
      double unit = get_han_unit (text->chars[i]);

      if (unit == 0)
        {
          digit = get_han_digit (text->chars[i]);
          after_zero = after_zero || digit == 0;
          continue;
        }
      if (unit < 1e4)
        section += (digit > 0 ? digit : 1) * unit;
      else if (unit > last_unit && sum > 0)
        {
          sum = (sum + section + MAX (digit, 0)) * unit;
          section = 0;
        }
      else
        {
          sum += MAX (section + MAX (digit, 0), 1) * unit;
          section = 0;
        }
      last_unit = unit;
      digit = -1;
      after_zero = FALSE;
    }
  if (digit > 0)
    section += digit * (after_zero || last_unit <= 10 ? 1 : last_unit / 10);
  number->value = number->most = sum + section;
}

static gboolean
scan_han (const StoreFoldedText *text,
          guint                  at,
          StoreTextNumber       *number)
{
  gboolean has_unit = FALSE;
  guint i = at;

  if (at > 0 && is_han_number (text->chars[at - 1]))
    return FALSE;
  for (; i < text->n && i - at < MOST_DIGITS && is_han_number (text->chars[i]); i++)
    has_unit = has_unit || get_han_unit (text->chars[i]) > 0;
  if (i == at || (i < text->n && is_han_number (text->chars[i])))
    return FALSE;
  /* 万 and 千 alone are words (万一, 千万), 十 and 百 are numbers. */
  if (get_han_unit (text->chars[at]) > 100)
    return FALSE;

  number->end = i;
  number->is_words = TRUE;
  if (has_unit)
    read_han_units (text, at, number);
  else
    read_han_digits (text, at, number);
  return TRUE;
}

static double
scan_scale (const StoreFoldedText *text,
            guint                 *at)
{
  double unit = *at < text->n ? get_han_unit (text->chars[*at]) : 0;

  if (unit >= 100)
    {
      ++*at;
      return unit;
    }
  if ((text->chars[*at] == 'k' || text->chars[*at] == 'w') &&
      !store_folded_text_is_latin (text, *at + 1))
    return text->chars[(*at)++] == 'k' ? 1e3 : 1e4;
  return 1;
}

/* A comma stands before exactly three digits; a point before any. */
static gboolean
is_inner_sign (const StoreFoldedText *text,
               guint                  at,
               gboolean               in_decimals)
{
  if (text->chars[at] == '.')
    return !in_decimals && store_folded_text_is_digit (text, at + 1);
  return text->chars[at] == ',' && !in_decimals && store_folded_text_is_digit (text, at + 1) &&
         store_folded_text_is_digit (text, at + 2) && store_folded_text_is_digit (text, at + 3) &&
         !store_folded_text_is_digit (text, at + 4);
}

static gboolean
scan_digits (const StoreFoldedText *text,
             guint                  at,
             StoreTextNumber       *number)
{
  char digits[MOST_DIGITS + 2] = "";
  gboolean in_decimals = FALSE;
  guint n = 0;
  guint i = at;

  if (!store_folded_text_is_digit (text, at) ||
      (at > 0 && store_folded_text_is_digit (text, at - 1)) ||
      (at > 1 && (text->chars[at - 1] == '.' || text->chars[at - 1] == ',') &&
       store_folded_text_is_digit (text, at - 2)))
    return FALSE;
  while (i < text->n && n < MOST_DIGITS)
    {
      if (store_folded_text_is_digit (text, i))
        digits[n++] = (char) text->chars[i++];
      else if (is_inner_sign (text, i, in_decimals))
        {
          if (text->chars[i] == '.')
            {
              digits[n++] = '.';
              in_decimals = TRUE;
            }
          i++;
        }
      else
        break;
    }
  if (store_folded_text_is_digit (text, i))
    return FALSE;
  number->value = g_ascii_strtod (digits, NULL) * scan_scale (text, &i);
  number->most = number->value;
  number->end = i;
  number->is_words = FALSE;
  return TRUE;
}

static guint
match_number_word (const StoreFoldedText *text,
                   guint                  at,
                   const NumberWord      *words,
                   guint                  n_words,
                   double                *value)
{
  for (guint i = 0; i < n_words; i++)
    {
      guint length = store_folded_text_match (text, at, words[i].word);

      if (length > 0)
        {
          *value = words[i].value;
          return length;
        }
    }
  return 0;
}

static guint
skip_joint (const StoreFoldedText *text,
            guint                  at)
{
  guint length;

  if (at < text->n && (text->chars[at] == ' ' || text->chars[at] == '-'))
    at++;
  length = store_folded_text_match (text, at, "and ");
  return at + length;
}

/* "two hundred and five": words add up, a unit multiplies what stands before it. */
static gboolean
scan_english (const StoreFoldedText *text,
              guint                  at,
              StoreTextNumber       *number)
{
  double value, total = 0, section = 0, last = G_MAXDOUBLE;
  guint i = at;
  guint length;

  if (at > 0 && store_folded_text_is_latin (text, at - 1))
    return FALSE;
  for (guint next = at; next < text->n; next = skip_joint (text, i))
    {
      length = match_number_word (text, next, english_words, G_N_ELEMENTS (english_words), &value);
      if (length > 0 && (last < G_MAXDOUBLE ? value >= last || value >= 100 : FALSE))
        break;
      if (length > 0)
        section += value;
      else if (i > at)
        {
          length = match_number_word (text, next, english_units, G_N_ELEMENTS (english_units),
                                      &value);
          section *= length > 0 ? value : 1;
          if (length > 0 && value >= 1000)
            {
              total += section;
              section = 0;
            }
        }
      if (length == 0)
        break;
      last = value < 20 && value != 12 ? 0.5 : value;
      i = next + length;
    }
  if (i == at)
    return FALSE;
  number->end = i;
  number->value = number->most = total + section;
  number->is_words = TRUE;
  return TRUE;
}

/**
 * store_text_number_scan:
 * @at: where it would begin
 * @number: (out): what stands there
 *
 * Returns: whether a number begins at @at. Any thread.
 */
gboolean
store_text_number_scan (const StoreFoldedText *text,
                        guint                  at,
                        StoreTextNumber       *number)
{
  g_return_val_if_fail (text != NULL && number != NULL, FALSE);

  if (at >= text->n)
    return FALSE;
  if (text->chars[at] == 0x534a)
    {
      *number = (StoreTextNumber){ at + 1, 0.5, 0.5, TRUE };
      return TRUE;
    }
  return scan_digits (text, at, number) || scan_han (text, at, number) ||
         scan_english (text, at, number);
}
