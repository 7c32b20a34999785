/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random orders, usual and extreme, put to every analysis. */

#include "config.h"

#include <string.h>

#include "every-analysis.h"
#include "store-counter-random.h"

#define MOST_BYTES 1800

/* @wild: how many of 16 orders have something extreme. */
static void
answer_random (guint64 seed,
               gsize   size,
               guint   wild)
{
  g_autofree guint8 *bytes = g_new (guint8, size + 1);

  for (gsize i = 0; i < size; i++)
    {
      bytes[i] = (guint8) store_counter_random_bits (7, seed, i);
      if (i % 12 == 2 && bytes[i] % 16 >= wild)
        bytes[i] = 0;
    }
  every_analysis_answer (bytes, size);
}

static void
test_usual_orders_are_answered (void)
{
  answer_random (1, MOST_BYTES, 0);
}

static void
test_extreme_orders_are_answered (void)
{
  for (guint i = 0; i < 4; i++)
    answer_random (100 + i, 12 * (1 + 29 * i), 16);
}

static void
test_one_order_is_answered (void)
{
  for (guint i = 0; i < 8; i++)
    answer_random (200 + i, i % 4 * 12, 16);
}

static void
test_odd_texts_are_no_models (void)
{
  static const char *const texts[] = {
    "", "{}", "[]", "null", "{\"clientele_model\":1}",
    "{\"clientele_model\":1,\"analysis\":\"rules\",\"method\":null,\"version\":1,\"made\":0,"
    "\"until\":null,\"fingerprint\":\"\",\"rows\":0,\"body\":{}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    every_analysis_score (texts[i], strlen (texts[i]));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/every-analysis/usual-orders-are-answered", test_usual_orders_are_answered);
  g_test_add_func ("/every-analysis/extreme-orders-are-answered",
                   test_extreme_orders_are_answered);
  g_test_add_func ("/every-analysis/one-order-is-answered", test_one_order_is_answered);
  g_test_add_func ("/every-analysis/odd-texts-are-no-models", test_odd_texts_are_no_models);
  return g_test_run ();
}
