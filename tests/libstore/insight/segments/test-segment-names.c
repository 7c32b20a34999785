/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <math.h>

#include "store-counter-random.h"
#include "store-segment-names.h"

#define N_ROUNDS 400

/* Runs in the given language, or skips the test where the machine lacks it. */
static gboolean
use_language (const char *locale,
              const char *catalogue)
{
  g_autofree char *path = g_build_filename (CLIENTELE_BUILD_LOCALEDIR, catalogue, "LC_MESSAGES",
                                            GETTEXT_PACKAGE ".mo", NULL);

  if (setlocale (LC_ALL, locale) == NULL || (*catalogue != '\0' &&
                                             !g_file_test (path, G_FILE_TEST_EXISTS)))
    {
      g_test_skip_printf ("the language %s is not here", locale);
      return FALSE;
    }
  bindtextdomain (GETTEXT_PACKAGE, CLIENTELE_BUILD_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  return TRUE;
}

static double
draw (guint64 round,
      guint64 which)
{
  return store_counter_random (71, round, which);
}

/* Segments as chance makes them: a frequency of one purchase, a day or many years of silence. */
static guint
make_segments (StoreSegment *segments,
               guint64       round)
{
  guint n = 2 + (guint) (draw (round, 0) * 7.0);

  for (guint i = 0; i < n; i++)
    {
      StoreSegment *segment = &segments[i];

      *segment = (StoreSegment) {
        .recency = expm1 (8.0 * draw (round, 100 * i + 1)),
        .frequency = draw (round, 100 * i + 3) > 0.3 ? exp (4.0 * draw (round, 100 * i + 2)) : 1.0,
        .money = expm1 (14.0 * draw (round, 100 * i + 4)),
      };
      for (guint j = 0; j < STORE_SEGMENTS_N_FIGURES; j++)
        segment->levels[j] = (int) (5.0 * draw (round, 100 * i + 5 + j)) - 2;
    }
  return n;
}

static void
clear_names (StoreSegment *segments,
             guint         n)
{
  for (guint i = 0; i < n; i++)
    g_clear_pointer (&segments[i].name, g_free);
}

static void
assert_names (GRegex *form)
{
  for (guint64 round = 0; round < N_ROUNDS; round++)
    {
      StoreSegment segments[8];
      guint n = make_segments (segments, round);

      store_segment_names_give (segments, n);
      for (guint i = 0; i < n; i++)
        {
          if (!g_regex_match (form, segments[i].name, 0, NULL))
            g_test_message ("“%s” does not read well", segments[i].name);
          g_assert_true (g_regex_match (form, segments[i].name, 0, NULL));
          for (guint j = 0; j < i; j++)
            g_assert_cmpstr (segments[i].name, !=, segments[j].name);
        }
      clear_names (segments, n);
    }
}

static void
test_every_combination_reads_well_in_english (void)
{
  g_autoptr (GRegex) form = g_regex_new (
    "^(very low|low|medium|high|very high) value, "
    "(bought once|very seldom|seldom|now and then|frequent|very frequent), "
    "(just active|active|quiet lately|silent for (1 day|\\d+ days|1 month|\\d+ months))"
    "( \\(purchases \\d+, sum \\d+, days since the last \\d+\\)( – [1-8])?)?$",
    0, 0, NULL);

  if (use_language ("en_US.UTF-8", ""))
    assert_names (form);
}

/* No word of English may be left before the figures. */
static void
test_every_combination_reads_well_in_chinese (void)
{
  g_autoptr (GRegex) form = g_regex_new (
    "^价值(很低|较低|中等|较高|很高)[，、][^A-Za-z,()]*?(购买|买过一次|购买频繁)[，、]"
    "[^A-Za-z,()]*?(活跃|安静|天|个月)( \\(.*\\)( – [1-8])?|（.*）( – [1-8])?)?$",
    0, 0, NULL);

  if (use_language ("zh_CN.UTF-8", "zh_CN"))
    assert_names (form);
}

/* Two groups that agree in every word and every rounded figure still get two names. */
static void
test_twin_groups_are_told_apart (void)
{
  StoreSegment twins[3] = {
    { .recency = 100.0, .frequency = 3.0, .money = 50.0, .levels = { 1, 0, 0 } },
    { .recency = 100.1, .frequency = 3.1, .money = 50.2, .levels = { 1, 0, 0 } },
    { .recency = 10.0, .frequency = 3.0, .money = 50.0, .levels = { -1, 0, 0 } },
  };

  store_segment_names_give (twins, 3);
  g_assert_cmpstr (twins[0].name, !=, twins[1].name);
  g_assert_cmpstr (twins[0].name, !=, twins[2].name);
  clear_names (twins, 3);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/segment-names/twin-groups-are-told-apart", test_twin_groups_are_told_apart);
  g_test_add_func ("/segment-names/every-combination-reads-well-in-english",
                   test_every_combination_reads_well_in_english);
  g_test_add_func ("/segment-names/every-combination-reads-well-in-chinese",
                   test_every_combination_reads_well_in_chinese);
  return g_test_run ();
}
