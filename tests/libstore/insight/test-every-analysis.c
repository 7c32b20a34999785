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

/* Some digits of the text are others, so that it mostly stays JSON. */
static void
score_changed (const char *text,
               guint64     seed)
{
  static const char others[] = "0123456789-.e";
  g_autofree char *changed = g_strdup (text);
  gsize length = strlen (text);

  for (guint i = 0; i < 40; i++)
    {
      gsize at = store_counter_random_bits (9, seed, 2 * i) % length;

      if (g_ascii_isdigit (changed[at]))
        changed[at] = others[store_counter_random_bits (9, seed, 2 * i + 1) % 13];
    }
  every_analysis_score (changed, length);
}

static void
test_changed_models_are_refused_or_score (void)
{
  static const char *const names[] = { "again", "clv", "offers", "rules", "segments" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "fuzz", "fuzz-model",
                                                     names[i], NULL);
      g_autofree char *text = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (path, &text, &length, NULL));
      every_analysis_score (text, length);
      for (guint seed = 0; seed < 8; seed++)
        score_changed (text, i * 100 + seed);
    }
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
  g_test_add_func ("/every-analysis/changed-models-are-refused-or-score",
                   test_changed_models_are_refused_or_score);
  return g_test_run ();
}
