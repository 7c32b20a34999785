/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A segment is called by what sets it apart from the median customer: "high value, frequent,
 * active". Three levels of each word are tried first; segments that would share a name get the
 * finer five levels, then their typical figures, and at last a number. So no two are alike.
 *
 * Each word is one message and the words are joined by a message, so that a language can choose
 * its own words and its own comma. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-segment-names.h"

enum { RECENCY, FREQUENCY, MONEY };
enum { COARSE, FINE, FIGURES, NUMBERED };

#define MANY_DAYS 60

/* From far below the median to far above; the middle of five is the middle of three. */
static const char *const money_words[5] = {
  NC_("segment", "very low value"), NC_("segment", "low value"), NC_("segment", "medium value"),
  NC_("segment", "high value"), NC_("segment", "very high value"),
};
static const char *const frequency_words[5] = {
  NC_("segment", "very seldom"), NC_("segment", "seldom"), NC_("segment", "now and then"),
  NC_("segment", "frequent"), NC_("segment", "very frequent"),
};
static const char *const recency_words[3] = {
  NC_("segment", "just active"), NC_("segment", "active"), NC_("segment", "quiet lately"),
};

static int
coarsen (int level,
         int detail)
{
  return detail == COARSE ? CLAMP (level, -1, 1) : level;
}

static char *
describe_silence (double days)
{
  guint months = MAX (1, (guint) lround (days / 30.4375));
  guint whole_days = MAX (1, (guint) lround (days));

  if (days < MANY_DAYS)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "silent for %u day", "silent for %u days",
                                         whole_days),
                            whole_days);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "silent for %u month",
                                       "silent for %u months", months),
                          months);
}

static char *
describe_recency (const StoreSegment *segment,
                  int                 detail)
{
  int level = coarsen (segment->levels[RECENCY], detail);

  if (level > 0)
    return describe_silence (segment->recency);
  return g_strdup (g_dpgettext2 (GETTEXT_PACKAGE, "segment", recency_words[level + 2]));
}

static char *
describe_frequency (const StoreSegment *segment,
                    int                 detail)
{
  int level = coarsen (segment->levels[FREQUENCY], detail);

  if (segment->frequency < 1.3)
    return g_strdup (C_("segment", "bought once"));
  return g_strdup (g_dpgettext2 (GETTEXT_PACKAGE, "segment", frequency_words[level + 2]));
}

static char *
describe_figures (const StoreSegment *segment)
{
  guint purchases = MAX (1, (guint) lround (segment->frequency));
  guint days = (guint) lround (segment->recency);

  /* Translators: typical number of purchases, sum of money, days since the last purchase. */
  return g_strdup_printf (C_("segment", "purchases %u, sum %.0f, days since the last %u"),
                          purchases, segment->money, days);
}

static char *
compose_name (const StoreSegment *segment,
              int                 detail,
              guint               number)
{
  int level = coarsen (segment->levels[MONEY], detail);
  const char *money = g_dpgettext2 (GETTEXT_PACKAGE, "segment", money_words[level + 2]);
  g_autofree char *frequency = describe_frequency (segment, detail);
  g_autofree char *recency = describe_recency (segment, detail);
  g_autofree char *words = NULL;
  g_autofree char *figures = NULL;

  /* Translators: what a group of customers spends, how often they buy, how long they are silent. */
  words = g_strdup_printf (C_("segment", "%s, %s, %s"), money, frequency, recency);
  if (detail < FIGURES)
    return g_steal_pointer (&words);

  figures = describe_figures (segment);
  if (detail == FIGURES)
    return g_strdup_printf (C_("segment", "%s (%s)"), words, figures);
  return g_strdup_printf (C_("segment", "%s (%s) – %u"), words, figures, number);
}

static gboolean
is_shared (const StoreSegment *segments,
           guint               n,
           guint               which)
{
  for (guint i = 0; i < n; i++)
    if (i != which && g_str_equal (segments[i].name, segments[which].name))
      return TRUE;
  return FALSE;
}

static void
refine_shared (StoreSegment *segments,
               guint         n,
               int           detail)
{
  g_autofree gboolean *shared = g_new (gboolean, n);

  for (guint i = 0; i < n; i++)
    shared[i] = is_shared (segments, n, i);
  for (guint i = 0; i < n; i++)
    if (shared[i])
      {
        g_free (segments[i].name);
        segments[i].name = compose_name (&segments[i], detail, i + 1);
      }
}

/**
 * store_segment_names_give:
 * @segments: segments with their figures and levels, without names
 * @n: how many
 *
 * Gives each segment a name in the person's language, no two alike.
 */
void
store_segment_names_give (StoreSegment *segments,
                          guint         n)
{
  g_return_if_fail (segments != NULL || n == 0);

  for (guint i = 0; i < n; i++)
    segments[i].name = compose_name (&segments[i], COARSE, i + 1);
  for (int detail = FINE; detail <= NUMBERED; detail++)
    refine_shared (segments, n, detail);
}
