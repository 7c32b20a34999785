/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person is told about segments in sentences: what to know about the whole answer, and why
 * a customer is where they are. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-segments-private.h"

#define N_FIGURES STORE_SEGMENTS_N_FIGURES

/* Below this mean silhouette clusters are a matter of taste (Kaufman and Rousseeuw, 1990). */
#define WEAK_SILHOUETTE 0.25

static void
add_note (GPtrArray *notes,
          char      *note)
{
  g_ptr_array_add (notes, note);
}

static void
add_not_enough (const StoreSegments *self,
                GPtrArray           *notes)
{
  guint wanted = MAX (self->options.k, STORE_SEGMENTS_MIN_K);

  if (self->k == 0)
    add_note (notes, g_strdup (_("There are no orders up to that day. Add or import some, then ask "
                                 "again.")));
  else
    add_note (notes, g_strdup_printf (_("There are too few different customers for %u groups, so "
                                        "all of them are one."), wanted));
}

static void
add_sizes (const StoreSegments *self,
           GPtrArray           *notes)
{
  guint n = store_purchase_table_get_n_rows (self->table);

  if (self->n_heaps > 0)
    add_note (notes, g_strdup_printf (_("The %u customers were first put into %u small groups of "
                                        "nearly equal ones, and those were divided."),
                                      n, self->n_heaps));
  if (self->silhouette_rows > 0 && self->silhouette_rows < n)
    add_note (notes, g_strdup_printf (_("How well the groups part was computed on %u of the %u "
                                        "customers."), self->silhouette_rows, n));
}

static void
add_quality (const StoreSegments *self,
             GPtrArray           *notes)
{
  const StoreSegmentsCheck *check = &self->check;

  if (self->silhouettes[self->k] < WEAK_SILHOUETTE)
    add_note (notes, g_strdup (_("The groups run into each other. Take them as a rough order, not "
                                 "as kinds of customers.")));
  if (check->held_back > 0 && check->silhouette <= check->naive_silhouette)
    add_note (notes, g_strdup (_("Equal parts by money alone divide the customers as well.")));
}

/* Returns: (transfer full) (array zero-terminated=1): what to know about the answer */
char **
store_segments_dup_notes (const StoreSegments *self)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new ();

  if (!self->enough)
    add_not_enough (self, notes);
  else
    {
      add_sizes (self, notes);
      add_quality (self, notes);
    }
  g_ptr_array_add (notes, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&notes), FALSE);
}

static char *
describe_frequency (const StoreSegments *self,
                    guint                row)
{
  guint purchases = store_purchase_table_get_columns (self->table)->purchases[row];

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u purchase, the middle customer has %.0f",
                                       "%u purchases, the middle customer has %.0f", purchases),
                          purchases, self->medians[STORE_SEGMENTS_FREQUENCY]);
}

static char *
describe_money (const StoreSegments *self,
                guint                row)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (self->table);

  return g_strdup_printf (_("%.2f in sum, the middle customer %.2f"),
                          store_purchase_table_to_major (self->table, columns->value[row]),
                          self->medians[STORE_SEGMENTS_MONEY]);
}

static char *
describe_recency (const StoreSegments *self,
                  guint                row)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (self->table);
  guint days = columns->until - columns->last_day[row];

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "last bought %u day ago, the middle customer %.0f",
                                       "last bought %u days ago, the middle customer %.0f", days),
                          days, self->medians[STORE_SEGMENTS_RECENCY]);
}

/**
 * store_segments_dup_reason:
 * @self: a result
 * @row: a row of its table
 *
 * Returns: (transfer full): why this customer is in their group, in a sentence for the person
 */
char *
store_segments_dup_reason (const StoreSegments *self,
                           guint                row)
{
  g_autofree char *money = NULL;
  g_autofree char *frequency = NULL;
  g_autofree char *recency = NULL;
  g_autofree char *reason = NULL;
  double point[N_FIGURES];
  guint32 next;

  g_return_val_if_fail (row < store_purchase_table_get_n_rows (self->table), NULL);

  money = describe_money (self, row);
  frequency = describe_frequency (self, row);
  recency = describe_recency (self, row);
  /* Translators: the name of a group of customers, then three figures of one of them. */
  reason = g_strdup_printf (_("Is in “%s”: %s; %s; %s."), self->segments[self->labels[row]].name,
                            money, frequency, recency);
  if (self->k < 2)
    return g_steal_pointer (&reason);

  store_segments_find_point (self->table, &self->scale, row, point);
  next = store_segments_find_centre (self->centres, self->k, point, self->labels[row]);
  return g_strdup_printf (_("%s The next group would be “%s”."), reason,
                          self->segments[next].name);
}

static double
find_distance (const double *a,
               const double *b)
{
  double sum = 0.0;

  for (guint j = 0; j < N_FIGURES; j++)
    sum += (a[j] - b[j]) * (a[j] - b[j]);
  return sum;
}

/**
 * store_segments_find_nearest:
 * @self: a result
 * @row: a row of its table
 * @nearest: (out) (array length=3): the rows most like it, the nearest first
 *
 * Returns: how many were found, less than %STORE_SEGMENTS_N_NEAREST only where there are no more
 */
guint
store_segments_find_nearest (const StoreSegments *self,
                             guint                row,
                             guint               *nearest)
{
  guint n = store_purchase_table_get_n_rows (self->table);
  double distances[STORE_SEGMENTS_N_NEAREST];
  double own[N_FIGURES];
  guint found = 0;

  g_return_val_if_fail (row < n, 0);

  store_segments_find_point (self->table, &self->scale, row, own);
  for (guint other = 0; other < n; other++)
    {
      double point[N_FIGURES];
      double distance;
      guint place;

      if (other == row)
        continue;
      store_segments_find_point (self->table, &self->scale, other, point);
      distance = find_distance (own, point);
      if (found < STORE_SEGMENTS_N_NEAREST)
        found++;
      else if (distance >= distances[found - 1])
        continue;
      for (place = found - 1; place > 0 && distance < distances[place - 1]; place--)
        {
          distances[place] = distances[place - 1];
          nearest[place] = nearest[place - 1];
        }
      distances[place] = distance;
      nearest[place] = other;
    }
  return found;
}
