/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The nearest past customers: a forecast that needs no model. The standing of a customer at a day is
 * how long ago they bought last, how often, for how long they have been one, and what a purchase of
 * theirs was worth; logarithms, because a week more counts more after one week than after fifty,
 * each divided by its standard deviation over the customers of the earlier day. The distance is
 * Euclid's; of equal distances the first row comes first. What the nearest did in the days from
 * then to now is known. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "store-insight-json.h"
#include "store-neighbours.h"

#define N_FIGURES 4

/* The purchases up to a day; 0 if there is none. */
static guint
count_until (const StorePurchase *purchases,
             guint                n,
             gint32               day)
{
  while (n > 0 && purchases[n - 1].day > day)
    n--;
  return n;
}

static void
find_standing (const StorePurchaseTable *table,
               const StorePurchase      *purchases,
               guint                     n,
               gint32                    day,
               double                   *standing)
{
  double value = 0.0;

  for (guint i = 0; i < n; i++)
    value += purchases[i].value;
  value = store_purchase_table_to_major (table, value / n);
  standing[0] = log1p (day - purchases[n - 1].day);
  standing[1] = log (n);
  standing[2] = log1p (day - purchases[0].day);
  standing[3] = log1p (MAX (value, 0.0));
}

static void
find_scale (StoreNeighbours *self)
{
  for (guint j = 0; j < N_FIGURES; j++)
    {
      double squares = 0.0;

      for (guint i = 0; i < self->n; i++)
        self->mean[j] += self->standing[(gsize) i * N_FIGURES + j] / self->n;
      for (guint i = 0; i < self->n; i++)
        {
          double away = self->standing[(gsize) i * N_FIGURES + j] - self->mean[j];

          squares += away * away;
        }
      self->deviation[j] = self->n > 0 ? sqrt (squares / self->n) : 0.0;
    }
}

/**
 * store_neighbours_new:
 * @table: a finished table with single purchases
 * @days: how long before its cut the earlier day is
 *
 * Returns: (transfer full): the customers as they stood at the earlier day; none, where there were
 *   no orders yet
 */
StoreNeighbours *
store_neighbours_new (StorePurchaseTable *table,
                      guint               days)
{
  const StorePurchaseColumns *columns;
  StoreNeighbours *self;

  g_return_val_if_fail (table != NULL && days <= 36500, NULL);
  g_return_val_if_fail (store_purchase_table_has_purchases (table), NULL);

  columns = store_purchase_table_get_columns (table);
  self = g_new0 (StoreNeighbours, 1);
  self->table = store_purchase_table_ref (table);
  self->days = days;
  self->cut = columns->until - (gint32) days;
  self->rows = g_new (guint, columns->n_rows);
  self->later = g_new (guint, columns->n_rows);
  self->standing = g_new (double, (gsize) columns->n_rows * N_FIGURES);
  for (guint row = 0; row < columns->n_rows; row++)
    {
      guint n;
      g_autofree StorePurchase *purchases = store_purchase_table_dup_purchases (table, row, &n);
      guint before = count_until (purchases, n, self->cut);

      if (before == 0)
        continue;
      find_standing (table, purchases, before, self->cut,
                     self->standing + (gsize) self->n * N_FIGURES);
      self->later[self->n] = n - before;
      self->rows[self->n++] = row;
    }
  find_scale (self);
  return self;
}

void
store_neighbours_free (StoreNeighbours *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->table, store_purchase_table_unref);
  g_free (self->rows);
  g_free (self->later);
  g_free (self->standing);
  g_free (self);
}

static double
get_distance (const StoreNeighbours *self,
              const double          *a,
              const double          *b)
{
  double sum = 0.0;

  for (guint j = 0; j < N_FIGURES; j++)
    if (self->deviation[j] > 0.0)
      sum += (a[j] - b[j]) * (a[j] - b[j]) / (self->deviation[j] * self->deviation[j]);
  return sqrt (sum);
}

/* Puts a candidate into its place among the nearest so far. */
static guint
insert (StoreNeighbour       *found,
        guint                 n_found,
        guint                 n,
        const StoreNeighbour *candidate)
{
  guint at = n_found;

  while (at > 0 && found[at - 1].distance > candidate->distance)
    at--;
  if (at == n)
    return n_found;
  n_found = MIN (n_found + 1, n);
  memmove (found + at + 1, found + at, (n_found - at - 1) * sizeof (StoreNeighbour));
  found[at] = *candidate;
  return n_found;
}

static void
look_back (const StoreNeighbours *self,
           StoreNeighbour        *neighbour)
{
  guint n;
  g_autofree StorePurchase *purchases =
    store_purchase_table_dup_purchases (self->table, neighbour->row, &n);

  neighbour->purchases = count_until (purchases, n, self->cut);
  neighbour->silent_days = (guint) (self->cut - purchases[neighbour->purchases - 1].day);
}

/**
 * store_neighbours_find:
 * @self: the customers of an earlier day
 * @row: a row of the table: a customer of today
 * @n: how many to find
 * @found: (out) (array length=n): the nearest others, nearest first
 *
 * Returns: how many were found
 */
guint
store_neighbours_find (const StoreNeighbours *self,
                       guint                  row,
                       guint                  n,
                       StoreNeighbour        *found)
{
  gint32 until;
  guint n_purchases;
  g_autofree StorePurchase *purchases = NULL;
  double now[N_FIGURES];
  guint n_found = 0;

  g_return_val_if_fail (self != NULL && row < store_purchase_table_get_n_rows (self->table), 0);
  g_return_val_if_fail (found != NULL && n > 0, 0);

  until = store_purchase_table_get_columns (self->table)->until;
  purchases = store_purchase_table_dup_purchases (self->table, row, &n_purchases);
  find_standing (self->table, purchases, n_purchases, until, now);
  for (guint i = 0; i < self->n; i++)
    {
      StoreNeighbour candidate = {
        .row = self->rows[i],
        .distance = get_distance (self, self->standing + (gsize) i * N_FIGURES, now),
        .later = self->later[i],
      };

      if (self->rows[i] != row)
        n_found = insert (found, n_found, n, &candidate);
    }
  for (guint i = 0; i < n_found; i++)
    look_back (self, &found[i]);
  return n_found;
}

/**
 * store_neighbours_dup_reason:
 * @self: the customers of an earlier day
 * @neighbour: one that was found
 *
 * Returns: (transfer full): how they stood then, a translated sentence
 */
char *
store_neighbours_dup_reason (const StoreNeighbours *self,
                             const StoreNeighbour  *neighbour)
{
  g_autofree char *past = NULL;

  g_return_val_if_fail (self != NULL && neighbour != NULL, NULL);

  past = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "had bought %u time",
                                       "had bought %u times", neighbour->purchases),
                          neighbour->purchases);
  /* Translators: how a customer stood at an earlier day; %s is "had bought 4 times". */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "%u days ago %s, the last time %u day before.",
                                       "%u days ago %s, the last time %u days before.",
                                       neighbour->silent_days),
                          self->days, past, neighbour->silent_days);
}

/**
 * store_neighbours_dup_outcome:
 * @self: the customers of an earlier day
 * @neighbour: one that was found
 *
 * Returns: (transfer full): what they did then, a translated sentence
 */
char *
store_neighbours_dup_outcome (const StoreNeighbours *self,
                              const StoreNeighbour  *neighbour)
{
  g_return_val_if_fail (self != NULL && neighbour != NULL, NULL);

  if (neighbour->later == 0)
    return g_strdup (_("Did not buy since."));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Bought %u time since.",
                                       "Bought %u times since.", neighbour->later),
                          neighbour->later);
}

static void
add_neighbour (JsonBuilder           *builder,
               const StoreNeighbours *self,
               const StoreNeighbour  *neighbour)
{
  g_autofree char *reason = store_neighbours_dup_reason (self, neighbour);
  g_autofree char *outcome = store_neighbours_dup_outcome (self, neighbour);

  json_builder_begin_object (builder);
  store_insight_json_add_id (builder, self->table, neighbour->row);
  store_insight_json_add_text (builder, "reason", reason);
  store_insight_json_add_text (builder, "outcome", outcome);
  store_insight_json_add_count (builder, "later", neighbour->later);
  store_insight_json_add_number (builder, "distance", neighbour->distance);
  json_builder_end_object (builder);
}

/**
 * store_neighbours_to_json:
 * @self: the customers of an earlier day
 * @row: a row of the table
 *
 * [{"id", "reason" (how they stood then), "outcome" (what came), "later" (purchases), "distance"}],
 * nearest first, at most three.
 *
 * Returns: (transfer full): a JSON array
 */
JsonNode *
store_neighbours_to_json (const StoreNeighbours *self,
                          guint                  row)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  StoreNeighbour found[STORE_NEIGHBOURS_USUAL];
  guint n = store_neighbours_find (self, row, STORE_NEIGHBOURS_USUAL, found);

  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++)
    add_neighbour (builder, self, &found[i]);
  json_builder_end_array (builder);
  return json_builder_get_root (builder);
}
