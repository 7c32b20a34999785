/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "store-purchase-table.h"

G_BEGIN_DECLS

#define STORE_NEIGHBOURS_USUAL 3

/**
 * StoreNeighbour:
 * @row: row of the customer in the table
 * @distance: between their standing then and the other's now, in standard deviations
 * @purchases: purchases up to then
 * @silent_days: days since the last of them, then
 * @later: purchases in the time after
 */
typedef struct
{
  guint row;
  double distance;
  guint purchases;
  guint silent_days;
  guint later;
} StoreNeighbour;

/**
 * StoreNeighbours:
 * @table: the purchases
 * @cut: the earlier day
 * @days: from it to the cut of the table
 * @n: customers of that day
 *
 * Who stood, at an earlier day, where a customer stands today, and what they did then. Read it from
 * any thread.
 */
typedef struct
{
  StorePurchaseTable *table;
  gint32 cut;
  guint days;
  guint n;
  guint *rows;
  guint *later;
  double *standing;
  double mean[4];
  double deviation[4];
} StoreNeighbours;

StoreNeighbours *store_neighbours_new         (StorePurchaseTable    *table,
                                               guint                  days);
void             store_neighbours_free        (StoreNeighbours       *self);
guint            store_neighbours_find        (const StoreNeighbours *self,
                                               guint                  row,
                                               guint                  n,
                                               StoreNeighbour        *found);
char            *store_neighbours_dup_reason  (const StoreNeighbours *self,
                                               const StoreNeighbour  *neighbour);
char            *store_neighbours_dup_outcome (const StoreNeighbours *self,
                                               const StoreNeighbour  *neighbour);
JsonNode        *store_neighbours_to_json     (const StoreNeighbours *self,
                                               guint                  row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreNeighbours, store_neighbours_free)

G_END_DECLS
