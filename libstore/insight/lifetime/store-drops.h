/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "store-nbd.h"
#include "store-purchase-table.h"

G_BEGIN_DECLS

/**
 * StoreDropsOptions:
 * @window_days: the last days, which are compared with what came before
 * @false_alarms: share of the alarms that may be false
 * @min_repeaters: with fewer customers who came back before the window there is no answer
 * @model: (nullable): an NBD model of the customers' rates; %NULL to fit them to the time before the window
 *
 * Start from %STORE_DROPS_OPTIONS_INIT.
 */
typedef struct
{
  guint window_days;
  double false_alarms;
  guint min_repeaters;
  const StorePurchaseModel *model;
} StoreDropsOptions;

#define STORE_DROPS_OPTIONS_INIT { 84, 0.1, 50, NULL }

/**
 * StoreDrop:
 * @row: row of the customer in the table
 * @x: repeat purchases before the window
 * @T: weeks from the first purchase to the window
 * @purchases: purchases in the window
 * @expected: purchases that were to be expected
 * @p_value: probability of so few or fewer
 * @p_adjusted: the same after Benjamini and Hochberg, over all customers
 * @alarm: whether @p_adjusted is at most the share of false alarms allowed
 */
typedef struct
{
  guint row;
  double x;
  double T;
  guint purchases;
  double expected;
  double p_value;
  double p_adjusted;
  gboolean alarm;
} StoreDrop;

/**
 * StoreDropsValidation:
 * @done: whether there was an earlier window to judge by
 * @n_alarms: alarms that a window earlier would have raised
 * @n_silent: of them, customers who bought nothing in the window that followed
 * @n_naive: alarms by the rule "silent for twice as long as usual"
 * @n_naive_silent: of them, customers who bought nothing
 */
typedef struct
{
  gboolean done;
  guint n_alarms;
  guint n_silent;
  guint n_naive;
  guint n_naive_silent;
} StoreDropsValidation;

/**
 * StoreDrops:
 * @table: the purchases
 * @options: as asked
 * @model: the rates that were used
 * @enough: whether there was enough data; if not, nobody is judged
 * @notes: (array zero-terminated=1): what the person must know about the answer, in sentences
 * @drops: (element-type StoreDrop): all who were customers before the window, most unusual first
 * @n_alarms: how many of them are alarms
 * @validation: the same a window earlier, against what came
 *
 * Customers who bought less of late than they themselves would lead one to expect.
 */
typedef struct
{
  StorePurchaseTable *table;
  StoreDropsOptions options;
  StorePurchaseModel model;
  gboolean enough;
  char **notes;
  GArray *drops;
  guint n_alarms;
  StoreDropsValidation validation;
} StoreDrops;

StoreDrops      *store_drops_new        (StorePurchaseTable       *table,
                                         const StoreDropsOptions  *options,
                                         GCancellable             *cancellable,
                                         GError                  **error);
void             store_drops_free       (StoreDrops               *self);
const StoreDrop *store_drops_get        (const StoreDrops         *self,
                                         guint                     which);
const StoreDrop *store_drops_find       (const StoreDrops         *self,
                                         guint                     row);
char            *store_drops_dup_reason (const StoreDrops         *self,
                                         guint                     row);
JsonNode        *store_drops_to_json    (const StoreDrops         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreDrops, store_drops_free)

G_END_DECLS
