/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What each customer will want again, by the customer's own rhythm. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-again-private.h"
#include "store-error.h"

/* After so many gaps of silence a thing is not awaited any more. */
#define LAPSED 3.0

static StoreAgainItem
foretell (const StoreAgain       *self,
          const StoreAgainRhythm *rhythm)
{
  StoreAgainHabit habit = { self->shape, self->gap, self->gaps };
  StoreAgainItem item = { rhythm->customer, rhythm->item, rhythm->n_gaps, rhythm->first,
                          rhythm->last, 0.0, 0, 0.0 };

  item.gap = store_again_expect (&habit, rhythm->item, rhythm->n_gaps,
                                 (double) rhythm->last - rhythm->first);
  item.due = rhythm->last + (gint32) lround (MIN (item.gap, 1e6));
  item.silence = ((double) self->until - rhythm->last) / item.gap;
  return item;
}

/* How far from its day, in gaps. */
static double
get_distance (const StoreAgainItem *item)
{
  return fabs (item->silence - 1.0);
}

static int
compare_due (gconstpointer a,
             gconstpointer b)
{
  const StoreAgainItem *left = a;
  const StoreAgainItem *right = b;

  if (get_distance (left) != get_distance (right))
    return get_distance (left) < get_distance (right) ? -1 : 1;
  if (left->customer != right->customer)
    return left->customer < right->customer ? -1 : 1;
  return (left->item > right->item) - (left->item < right->item);
}

static void
list_due (StoreAgain   *self,
          const GArray *rhythms,
          guint32       only)
{
  for (guint i = 0; i < rhythms->len; i++)
    {
      const StoreAgainRhythm *rhythm = &g_array_index (rhythms, StoreAgainRhythm, i);
      StoreAgainItem item;

      if (only != STORE_BASKETS_NOBODY && rhythm->customer != only)
        continue;
      item = foretell (self, rhythm);
      if (item.silence > LAPSED)
        self->n_lapsed++;
      else if ((gint64) item.due <= (gint64) self->until + self->options.horizon)
        g_array_append_val (self->due, item);
    }
  g_array_sort (self->due, compare_due);
}

/* Foretells each last gap by all that came before the last gaps. */
static void
validate (StoreAgain   *self,
          const GArray *rhythms,
          guint         n_items)
{
  StoreAgainHabit early = { 0 };

  store_again_learn (&early, rhythms, n_items, TRUE);
  for (guint i = 0; i < rhythms->len; i++)
    {
      const StoreAgainRhythm *rhythm = &g_array_index (rhythms, StoreAgainRhythm, i);
      double span = (double) rhythm->last - rhythm->first - rhythm->last_gap;

      if (rhythm->n_gaps < 2)
        continue;
      self->n_tested++;
      self->error += fabs (store_again_expect (&early, rhythm->item, rhythm->n_gaps - 1.0, span) -
                           rhythm->last_gap);
      self->naive_error += fabs ((double) rhythm->before_last - rhythm->last_gap);
    }
  if (self->n_tested > 0)
    {
      self->error /= self->n_tested;
      self->naive_error /= self->n_tested;
    }
  g_free (early.gaps);
}

static void
take_names (StoreAgain         *self,
            const StoreBaskets *baskets)
{
  guint n_customers = store_baskets_get_n_customers (baskets);

  self->customers = g_new0 (char *, (gsize) n_customers + 1);
  for (guint i = 0; i < n_customers; i++)
    self->customers[i] = store_baskets_dup_customer (baskets, i);
  store_baskets_dup_names (baskets, &self->items, &self->names);
  self->fingerprint = store_baskets_dup_fingerprint (baskets);
}

static gboolean
find_only (const StoreBaskets  *baskets,
           const char          *customer,
           guint32             *only,
           GError             **error)
{
  *only = STORE_BASKETS_NOBODY;
  if (customer == NULL || store_baskets_find_customer (baskets, customer, only))
    return TRUE;
  g_set_error (error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
               _("“%s” has bought nothing up to that day. Take an id from the list."), customer);
  return FALSE;
}

static char **
write_notes (const StoreAgain   *self,
             const StoreBaskets *baskets)
{
  g_autoptr (GStrvBuilder) notes = g_strv_builder_new ();
  g_autofree char *few = NULL;

  if (store_baskets_get_n_customers (baskets) == 0 || self->until == STORE_BASKETS_NO_DAY)
    g_strv_builder_add (notes, _("Rhythms need the customer and the day of each order."));
  else if (!self->enough)
    {
      few = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                          "Only %u thing was bought again by the same customer; to "
                                          "learn what is usual needs at least %u. Each gap is the "
                                          "mean of the customer's own.",
                                          "Only %u things were bought again by the same customer; "
                                          "to learn what is usual needs at least %u. Each gap is "
                                          "the mean of the customer's own.", self->n_repeats),
                             self->n_repeats, STORE_AGAIN_MIN_REPEATS);
      g_strv_builder_add (notes, few);
    }
  if (self->due->len == 0 && self->n_lapsed > 0)
    g_strv_builder_add (notes, _("Everything has been silent for more than three times its usual "
                                 "gap, so nothing is awaited."));
  return g_strv_builder_end (notes);
}

/* Without any day of an order there is nothing to count from. */
static gint32
find_until (const StoreBaskets      *baskets,
            const StoreAgainOptions *options)
{
  gint32 last = store_baskets_get_last_day (baskets);

  return last == STORE_BASKETS_NO_DAY ? last : MAX (last, options->until);
}

StoreAgain *
store_again_make (const StoreBaskets       *baskets,
                  const StoreAgainOptions  *options,
                  const GArray             *rhythms,
                  StoreAgainHabit          *habit,
                  GError                  **error)
{
  g_autoptr (StoreAgain) self = g_new0 (StoreAgain, 1);
  guint32 only;

  self->shape = habit->shape;
  self->gap = habit->gap;
  self->gaps = g_steal_pointer (&habit->gaps);
  self->options = *options;
  self->options.customer = self->customer = g_strdup (options->customer);
  self->until = find_until (baskets, options);
  self->n_repeats = rhythms->len;
  self->enough = self->shape > 0.0;
  self->due = g_array_new (FALSE, FALSE, sizeof (StoreAgainItem));
  take_names (self, baskets);
  if (!find_only (baskets, options->customer, &only, error))
    return NULL;
  list_due (self, rhythms, only);
  self->notes = write_notes (self, baskets);
  return g_steal_pointer (&self);
}

/**
 * store_again_new:
 * @baskets: closed baskets, with customers and days
 * @options: what is wanted
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Too little data is an answer: the means of the customers' own gaps, or nothing, and a note.
 *
 * Returns: (transfer full): what is due, or %NULL with %STORE_ERROR_NOT_FOUND (no such customer) or
 *   %STORE_ERROR_CANCELLED. Any thread.
 */
StoreAgain *
store_again_new (const StoreBaskets       *baskets,
                 const StoreAgainOptions  *options,
                 GCancellable             *cancellable,
                 GError                  **error)
{
  g_autoptr (GArray) rhythms = NULL;
  g_autoptr (StoreAgain) self = NULL;
  StoreAgainHabit habit = { 0 };
  guint n_items;

  g_return_val_if_fail (baskets != NULL && options != NULL, NULL);

  n_items = store_baskets_get_n_items (baskets);
  rhythms = store_again_find_rhythms (baskets);
  store_again_learn (&habit, rhythms, n_items, FALSE);
  self = store_again_make (baskets, options, rhythms, &habit, error);
  if (self == NULL)
    return NULL;
  if (self->enough)
    validate (self, rhythms, n_items);
  if (!g_cancellable_is_cancelled (cancellable))
    return g_steal_pointer (&self);
  g_set_error_literal (error, STORE_ERROR, STORE_ERROR_CANCELLED, _("Stopped before the end."));
  return NULL;
}

void
store_again_free (StoreAgain *self)
{
  if (self == NULL)
    return;
  g_strfreev (self->notes);
  g_strfreev (self->customers);
  g_strfreev (self->items);
  g_strfreev (self->names);
  g_clear_pointer (&self->due, g_array_unref);
  g_free (self->gaps);
  g_free (self->customer);
  g_free (self->fingerprint);
  g_free (self);
}
