/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The generator is SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
 * generators", 2014), begun from an FNV-1a hash of a name. Each thing in the sample business has a
 * generator of its own, so one more draw for one customer changes nothing for another. */

#include "app-demo-random.h"

#include <math.h>

void
app_demo_random_init (AppDemoRandom *self,
                      const char    *name)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (const char *byte = name; *byte != '\0'; byte++)
    hash = (hash ^ (guint8) *byte) * G_GUINT64_CONSTANT (0x100000001b3);
  self->state = hash;
}

static guint64
next (AppDemoRandom *self)
{
  guint64 z = (self->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/* Evenly from 0 to @bound - 1; the high half of a product keeps the bias below 2^-32. */
guint32
app_demo_random_below (AppDemoRandom *self,
                       guint32        bound)
{
  g_return_val_if_fail (bound > 0, 0);

  return (guint32) (((next (self) >> 32) * bound) >> 32);
}

/* Evenly from @first to @last, both included. */
int
app_demo_random_between (AppDemoRandom *self,
                         int            first,
                         int            last)
{
  g_return_val_if_fail (first <= last, first);

  return first + (int) app_demo_random_below (self, (guint32) (last - first) + 1);
}

/* Evenly in (0, 1), both ends excluded. */
double
app_demo_random_unit (AppDemoRandom *self)
{
  return ((double) (next (self) >> 12) + .5) / 4503599627370496.0;
}

gboolean
app_demo_random_chance (AppDemoRandom *self,
                        double         probability)
{
  return app_demo_random_unit (self) < probability;
}

/* The standard normal distribution, by Box and Muller. */
double
app_demo_random_normal (AppDemoRandom *self)
{
  double radius = sqrt (-2 * log (app_demo_random_unit (self)));

  return radius * cos (2 * G_PI * app_demo_random_unit (self));
}

/* Log-normal: half of the draws lie below @median; @spread is the deviation of the logarithm. */
double
app_demo_random_around (AppDemoRandom *self,
                        double         median,
                        double         spread)
{
  return median * exp (spread * app_demo_random_normal (self));
}
