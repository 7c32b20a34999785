/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Numbers in sentences. Nobody reads 1.2e+05 in a shop, so there is no exponent where there need
 * be none. */

#include "config.h"

#include <math.h>

#include "store-figure-words.h"

#define LARGEST 1e15
#define MANY_DIGITS 1e6

/**
 * store_figure_words_dup:
 * @number: that was computed
 *
 * Returns: (transfer full): it with as many digits as say something
 */
char *
store_figure_words_dup (double number)
{
  if (!(fabs (number) < LARGEST) || fabs (number) < 1.0)
    return g_strdup_printf ("%.3g", number);
  return fabs (number) >= 100.0 ? g_strdup_printf ("%.0f", number)
                                : g_strdup_printf ("%.2f", number);
}

/**
 * store_figure_words_dup_cell:
 * @number: that stands in the data
 *
 * Returns: (transfer full): it as it may stand there
 */
char *
store_figure_words_dup_cell (double number)
{
  if (!(fabs (number) < LARGEST) || fabs (number) < MANY_DIGITS)
    return g_strdup_printf ("%.6g", number);
  return number == floor (number) ? g_strdup_printf ("%.0f", number)
                                  : g_strdup_printf ("%.2f", number);
}
