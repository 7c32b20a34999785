/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows to be held back, drawn by chance but so many of each kind exactly: a draw row by row may
 * leave none of a rare kind to try a method on, or none at all of a dozen rows. */

#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "store-counter-random.h"
#include "store-hold-back.h"

typedef struct
{
  double kind;
  double draw;
  guint row;
} Ticket;

static int
compare_tickets (gconstpointer a,
                 gconstpointer b)
{
  const Ticket *left = a;
  const Ticket *right = b;

  if (left->kind != right->kind)
    return left->kind < right->kind ? -1 : 1;
  if (left->draw != right->draw)
    return left->draw < right->draw ? -1 : 1;
  return (left->row > right->row) - (left->row < right->row);
}

/**
 * store_hold_back:
 * @kinds: (array length=n): of each row; NAN where it has no part in it
 * @n: number of rows
 * @share: of each kind, rounded, but at least one of two
 * @seed: of the draw
 * @stream: what the draw is for
 *
 * Returns: (transfer full) (array length=n): for each row whether it is held back
 */
gboolean *
store_hold_back (const double *kinds,
                 guint         n,
                 double        share,
                 guint64       seed,
                 guint64       stream)
{
  g_autofree Ticket *tickets = g_new (Ticket, n + 1);
  gboolean *is_held = g_new0 (gboolean, n + 1);
  guint n_tickets = 0;

  for (guint i = 0; i < n; i++)
    if (isfinite (kinds[i]))
      tickets[n_tickets++] = (Ticket) { kinds[i], store_counter_random (seed, stream, i), i };
  qsort (tickets, n_tickets, sizeof *tickets, compare_tickets);
  for (guint start = 0, end = 0; start < n_tickets; start = end)
    {
      guint n_held;

      while (end < n_tickets && tickets[end].kind == tickets[start].kind)
        end++;
      n_held = MAX ((guint) lround (share * (end - start)), 1);
      for (guint k = 0; k < MIN (n_held, end - start - 1); k++)
        is_held[tickets[start + k].row] = TRUE;
    }
  return is_held;
}
