/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The interval of a share by Wilson's score (1927), 95 %: it stays inside 0 to 1 and says something
 * for 0 of 3 and 3 of 3, where the usual one does not. */

#include "config.h"

#include <math.h>

#include "store-wilson.h"

#define Z 1.959963984540054

/**
 * store_wilson_interval:
 * @successes: how often it was so
 * @trials: of how many
 * @low: (out): lower end, 0 without trials
 * @high: (out): upper end, 1 without trials
 */
void
store_wilson_interval (double  successes,
                       double  trials,
                       double *low,
                       double *high)
{
  double share;
  double centre;
  double half;

  *low = 0.0;
  *high = 1.0;
  if (trials <= 0.0)
    return;

  share = successes / trials;
  centre = (share + Z * Z / (2.0 * trials)) / (1.0 + Z * Z / trials);
  half = Z / (1.0 + Z * Z / trials) *
         sqrt (share * (1.0 - share) / trials + Z * Z / (4.0 * trials * trials));
  *low = MAX (0.0, centre - half);
  *high = MIN (1.0, centre + half);
}
