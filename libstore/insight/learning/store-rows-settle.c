/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A column holds numbers if at least 19 of 20 of its cells with something in them are numbers, as
 * a program writes them or as a person does ("1.234,50"); else it holds words. */

#include "config.h"

#include <math.h>

#include "store-money-text.h"
#include "store-rows-private.h"

/* Decimals kept of numbers that are written as people do. */
#define DIGITS 6

/* Of so many cells one may be no number. */
#define CELLS_A_SLIP 20
#define CELLS_LOOKED_AT 64

static gboolean
read_plain (const char *text,
            double     *number)
{
  char *end;

  *number = g_ascii_strtod (text, &end);
  return *end == '\0' && isfinite (*number);
}

static gboolean
read_written (const char            *text,
              const StoreMoneyGuess *guess,
              double                *number)
{
  gint64 scaled;

  if (store_number_text_parse (text, guess, DIGITS, &scaled, NULL) != STORE_READING_VALUE)
    return FALSE;
  *number = scaled / 1e6;
  return TRUE;
}

static void
gather_guess (const char      **texts,
              guint             n,
              StoreMoneyGuess  *guess)
{
  for (guint i = 0; i < n; i++)
    if (texts[i] != NULL)
      store_money_guess_add (guess, texts[i]);
}

/* Numbers from texts, or NULL if too many of them are none. */
static double *
read_numbers (const char            **texts,
              guint                   n,
              const StoreMoneyGuess  *guess,
              guint                  *n_odd)
{
  g_autofree double *numbers = g_new (double, n);
  guint n_there = 0;

  *n_odd = 0;
  for (guint i = 0; i < n; i++)
    {
      gboolean is_there = texts[i] != NULL;

      n_there += is_there;
      if (is_there && (guess != NULL ? read_written (texts[i], guess, &numbers[i])
                                     : read_plain (texts[i], &numbers[i])))
        continue;
      numbers[i] = NAN;
      *n_odd += is_there;
      if (*n_odd > n / CELLS_A_SLIP)
        return NULL;
    }
  if (n_there == 0 || *n_odd > n_there / CELLS_A_SLIP)
    return NULL;
  return g_steal_pointer (&numbers);
}

/* Whether reading the cells as people write numbers is worth the time: most have digits, of any
 * script. */
static gboolean
may_be_written (const char **texts,
                guint        n)
{
  guint n_seen = 0;
  guint n_good = 0;

  for (guint i = 0; i < n && n_seen < CELLS_LOOKED_AT; i++)
    {
      const char *c = texts[i];

      if (c == NULL)
        continue;
      n_seen++;
      while (*c != '\0' && !g_unichar_isdigit (g_utf8_get_char (c)))
        c = g_utf8_next_char (c);
      n_good += *c != '\0';
    }
  return 2 * n_good > n_seen;
}

/* Makes numbers of the texts of a column where they are. */
void
store_rows_column_settle (StoreRowsColumn *column,
                          guint            n)
{
  StoreMoneyGuess guess = { 0 };
  guint n_odd;
  double *numbers = read_numbers (column->texts, n, NULL, &column->n_odd);

  if ((numbers == NULL || column->n_odd > 0) && may_be_written (column->texts, n))
    {
      double *written;

      gather_guess (column->texts, n, &guess);
      written = read_numbers (column->texts, n, &guess, &n_odd);
      if (written != NULL && (numbers == NULL || n_odd < column->n_odd))
        {
          g_free (g_steal_pointer (&numbers));
          numbers = g_steal_pointer (&written);
          column->n_odd = n_odd;
        }
      g_free (written);
    }
  if (numbers == NULL)
    return;
  column->numbers = numbers;
  g_clear_pointer (&column->texts, g_free);
}
