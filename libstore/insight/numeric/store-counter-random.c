/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Random numbers by counter: the n-th number of a stream is a function of (seed, stream, n) and
 * of nothing else. So an answer does not depend on how many threads asked, nor in which order.
 * The mixing is the finaliser of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom
 * number generators", 2014), once for each of the three words. */

#include "config.h"

#include "store-counter-random.h"

#define GOLDEN_GAMMA G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)

static guint64
mix (guint64 z)
{
  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/**
 * store_counter_random_bits:
 * @seed: which sequence of streams
 * @stream: which stream
 * @counter: which number of it
 *
 * Returns: 64 random bits, always the same for the same arguments
 */
guint64
store_counter_random_bits (guint64 seed,
                           guint64 stream,
                           guint64 counter)
{
  guint64 mixed = mix (mix (seed + GOLDEN_GAMMA) + stream * GOLDEN_GAMMA);

  return mix (mixed + (counter + 1) * GOLDEN_GAMMA);
}

/**
 * store_counter_random:
 * @seed: which sequence of streams
 * @stream: which stream
 * @counter: which number of it
 *
 * Returns: a number above 0 and below 1, always the same for the same arguments
 */
double
store_counter_random (guint64 seed,
                      guint64 stream,
                      guint64 counter)
{
  return ((store_counter_random_bits (seed, stream, counter) >> 12) + 0.5) * 0x1p-52;
}
