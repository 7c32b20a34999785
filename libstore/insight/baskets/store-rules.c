/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The search for rules as a person asks for it. A search that would not fit into memory is made
 * smaller, and says so: first combinations become shorter, then more frequent. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "store-error.h"
#include "store-rules-private.h"

/* A combination that was seen once is no rule. */
#define MIN_COUNT 2.0

static int
compare_rules (gconstpointer a,
               gconstpointer b)
{
  const StoreRule *left = a;
  const StoreRule *right = b;

  if (left->lift != right->lift)
    return left->lift > right->lift ? -1 : 1;
  if (left->count != right->count)
    return left->count > right->count ? -1 : 1;
  if (left->right != right->right)
    return left->right < right->right ? -1 : 1;
  if (left->n_left != right->n_left)
    return left->n_left < right->n_left ? -1 : 1;
  return memcmp (left->left, right->left, left->n_left * sizeof (guint32));
}

void
store_rules_sort (GArray *rules)
{
  g_array_sort (rules, compare_rules);
}

/* Makes what is asked for smaller. Returns FALSE where that is not possible any more. */
static gboolean
ask_for_less (StoreRulesOptions *options)
{
  if (options->largest > 4)
    options->largest = 4;
  else if (options->largest > 2)
    options->largest--;
  else if (options->support < 1.0)
    options->support = MIN (1.0, 2.0 * options->support);
  else
    return FALSE;
  return TRUE;
}

/* Sets are sorted by their size. */
static guint
count_items (const StoreItemSets *sets)
{
  guint n = 0;

  while (n < store_item_sets_get_n (sets) && store_item_sets_get (sets, n)->n == 1)
    n++;
  return n;
}

static gboolean
find_rules (StoreRules          *self,
            const StoreBaskets  *baskets,
            StoreRulesOptions   *options,
            GCancellable        *cancellable,
            GError             **error)
{
  g_autoptr (StoreItemSets) sets =
    store_item_sets_new (baskets, options->support, options->largest, options->method,
                         options->budget, cancellable, error);

  if (sets == NULL)
    return FALSE;
  self->rules = store_rules_find (sets, options->confidence, options->budget);
  self->n_sets = store_item_sets_get_n (sets);
  self->n_frequent = count_items (sets);
  self->min_count = sets->min_count;
  if (self->rules == NULL)
    g_set_error (error, STORE_ERROR, STORE_ERROR_FULL,
                 _("Rules that weak need more than %u MB. Ask for a higher confidence."),
                 options->budget);
  return self->rules != NULL;
}

static gboolean
find_what_fits (StoreRules          *self,
                const StoreBaskets  *baskets,
                StoreRulesOptions   *options,
                GCancellable        *cancellable,
                GError             **error)
{
  for (;;)
    {
      g_autoptr (GError) local = NULL;

      if (find_rules (self, baskets, options, cancellable, &local))
        return TRUE;
      if (!g_error_matches (local, STORE_ERROR, STORE_ERROR_FULL) || !ask_for_less (options))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
}

/* The last fifth of the baskets by day or, without days, every fifth one. */
static void
hold_back (const StoreBaskets  *baskets,
           gboolean             by_day,
           StoreBaskets       **earlier,
           StoreBaskets       **later)
{
  guint n = store_baskets_get_n (baskets);
  g_autofree guint32 *order = store_baskets_dup_by_day (baskets);
  g_autofree guint32 *first = g_new (guint32, (gsize) n + 1);
  g_autofree guint32 *last = g_new (guint32, (gsize) n + 1);
  guint n_first = 0;
  guint n_last = 0;

  for (guint i = 0; i < n; i++)
    {
      gboolean held = by_day ? i >= (guint64) n * 4 / 5 : i % 5 == 4;

      first[order[i]] = held ? STORE_BASKETS_LEFT_OUT : n_first++;
      last[order[i]] = held ? n_last++ : STORE_BASKETS_LEFT_OUT;
    }
  *earlier = store_baskets_new_grouped (baskets, first, n_first);
  *later = store_baskets_new_grouped (baskets, last, n_last);
}

/* The rules of the earlier baskets in the later ones. */
static gboolean
validate (StoreRules          *self,
          const StoreBaskets  *baskets,
          GCancellable        *cancellable,
          GError             **error)
{
  g_autoptr (StoreRules) early = g_new0 (StoreRules, 1);
  g_autoptr (StoreBaskets) earlier = NULL;
  g_autoptr (StoreBaskets) later = NULL;
  StoreRulesOptions options = self->used;

  self->validation.by_day = store_baskets_has_days (baskets);
  hold_back (baskets, self->validation.by_day, &earlier, &later);
  options.support = MAX (options.support, MIN_COUNT / store_baskets_get_n (earlier));
  if (!find_what_fits (early, earlier, &options, cancellable, error))
    return FALSE;
  store_rules_sort (early->rules);
  return store_rules_validate (&self->validation, early->rules, later, cancellable, error);
}

static gboolean
check_options (const StoreRulesOptions  *options,
               GError                  **error)
{
  if (!(options->support > 0.0 && options->support <= 1.0))
    g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID,
                         _("The support must be above 0 and at most 1."));
  else if (!(options->confidence >= 0.0 && options->confidence <= 1.0))
    g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID,
                         _("The confidence must be from 0 to 1."));
  else
    return TRUE;
  return FALSE;
}

static double
find_least_support (const StoreRules *self)
{
  return MAX (self->options.support, MIN_COUNT / MAX (self->n_baskets, 2));
}

static gboolean
is_less_than_asked (const StoreRules *self)
{
  return self->used.largest < MIN (self->options.largest, STORE_ITEM_SETS_LARGEST) ||
         self->used.support > find_least_support (self) * 1.5;
}

static char *
write_note (const StoreRules *self)
{
  if (!self->enough)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "There is only %u basket; rules need at least %u.",
                                         "There are only %u baskets; rules need at least %u.",
                                         self->n_baskets),
                            self->n_baskets, STORE_RULES_MIN_BASKETS);
  if (is_less_than_asked (self))
    return g_strdup_printf (_("All such combinations would not fit into %u MB. Only those of up to "
                              "%u things, in at least %u baskets, were looked at."),
                            self->used.budget, self->used.largest, self->min_count);
  if (self->rules->len == 0)
    return g_strdup_printf (_("No combination is that frequent and that certain. Try a lower "
                              "support than %g or a lower confidence than %g."),
                            self->options.support, self->options.confidence);
  if (self->n_explained == self->rules->len)
    return g_strdup (_("The rules found say no more than how often each thing is bought anyway, so "
                       "none is shown. Try a lower support."));
  return NULL;
}

static char **
write_notes (const StoreRules *self)
{
  g_autoptr (GStrvBuilder) notes = g_strv_builder_new ();
  g_autofree char *note = write_note (self);

  if (note != NULL)
    g_strv_builder_add (notes, note);
  if (self->validation.n_matches > 0 && !self->validation.helps)
    g_strv_builder_add (notes, _("In the baskets held back the rules said no more than how popular "
                                 "each thing is. Take them as hints."));
  return g_strv_builder_end (notes);
}

/**
 * store_rules_new:
 * @baskets: closed baskets
 * @options: what to look for
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Finds the rules, and what such rules are worth in baskets held back. A support that a single
 * basket would reach is raised to two.
 *
 * Returns: (transfer full): the rules, or %NULL with %STORE_ERROR_INVALID (impossible options),
 *   %STORE_ERROR_NOT_FOUND (no such thing to be explained), %STORE_ERROR_FULL or %STORE_ERROR_CANCELLED. Any thread.
 */
StoreRules *
store_rules_new (const StoreBaskets       *baskets,
                 const StoreRulesOptions  *options,
                 GCancellable             *cancellable,
                 GError                  **error)
{
  g_autoptr (StoreRules) self = NULL;

  g_return_val_if_fail (baskets != NULL && options != NULL, NULL);

  if (!check_options (options, error))
    return NULL;
  self = g_new0 (StoreRules, 1);
  self->options = *options;
  self->options.explain = self->explain = g_strdup (options->explain);
  self->n_baskets = store_baskets_get_n (baskets);
  self->until = store_baskets_get_last_day (baskets);
  self->enough = self->n_baskets >= STORE_RULES_MIN_BASKETS;
  self->used = self->options;
  self->used.support = find_least_support (self);
  self->n_items = store_baskets_get_n_items (baskets);
  self->fingerprint = store_baskets_dup_fingerprint (baskets);
  store_baskets_dup_names (baskets, &self->items, &self->names);
  if (!store_rules_check_explain (self, error))
    return NULL;
  if (!self->enough)
    self->rules = g_array_new (FALSE, FALSE, sizeof (StoreRule));
  else if (!find_what_fits (self, baskets, &self->used, cancellable, error) ||
           (options->validate && !validate (self, baskets, cancellable, error)))
    return NULL;

  store_rules_adjust (self->rules, self->n_frequent, self->n_baskets);
  store_rules_sort (self->rules);
  for (guint i = 0; i < self->rules->len; i++)
    self->n_explained += store_rules_get (self, i)->explained;
  self->notes = write_notes (self);
  return g_steal_pointer (&self);
}

void
store_rules_free (StoreRules *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->rules, g_array_unref);
  g_strfreev (self->notes);
  g_strfreev (self->items);
  g_strfreev (self->names);
  g_free (self->fingerprint);
  g_free (self->explain);
  g_free (self);
}

guint
store_rules_get_n (const StoreRules *self)
{
  return self->rules->len;
}

const StoreRule *
store_rules_get (const StoreRules *self,
                 guint             which)
{
  return &g_array_index (self->rules, StoreRule, which);
}
