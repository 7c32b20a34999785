/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "store-baskets.h"
#include "store-model.h"

G_BEGIN_DECLS

/* With fewer things that customers bought more than once, each rhythm stands for itself. */
#define STORE_AGAIN_MIN_REPEATS 50

/**
 * StoreAgainOptions:
 * @horizon: what is due within so many days is listed
 * @customer: (nullable): the only one whose things are wanted
 * @until: the day to count from, if the baskets end earlier; %STORE_BASKETS_NO_DAY for their last day
 *
 * Start from %STORE_AGAIN_OPTIONS_INIT.
 */
typedef struct
{
  guint horizon;
  const char *customer;
  gint32 until;
} StoreAgainOptions;

#define STORE_AGAIN_OPTIONS_INIT { 14, NULL, STORE_BASKETS_NO_DAY }

/**
 * StoreAgainItem:
 * @customer: number of the customer
 * @item: number of the item
 * @n_gaps: how often the customer bought it again
 * @first: first day, days since 1970-01-01
 * @last: last day
 * @gap: days until the next time, as expected
 * @due: when that is
 * @silence: days since the last time, as a share of @gap
 *
 * One thing that one customer bought more than once.
 */
typedef struct
{
  guint32 customer;
  guint32 item;
  guint n_gaps;
  gint32 first;
  gint32 last;
  double gap;
  gint32 due;
  double silence;
} StoreAgainItem;

/**
 * StoreAgain:
 * @options: as asked
 * @until: the day that silence and what is due are counted from, or %STORE_BASKETS_NO_DAY
 * @enough: whether there was enough data to learn what is usual
 * @notes: (array zero-terminated=1): what the person must know, in sentences
 * @customers: (array zero-terminated=1): their ids, by number
 * @items: (array zero-terminated=1): the items, by number
 * @names: (array zero-terminated=1): what a person calls them
 * @n_repeats: things that a customer bought more than once
 * @n_lapsed: of these, those silent for more than three times the gap, which are not due any more
 * @due: (element-type StoreAgainItem): what is due, that nearest to its day first
 * @shape: how alike customers are in their rhythm; 0 where that was not learnt
 * @gap: usual days between two times, of all things
 * @gaps: of each item
 * @n_tested: last gaps that were foretold from the earlier ones
 * @error: mean of how many days that was off
 * @naive_error: of saying that the last gap will be as the one before
 */
typedef struct
{
  StoreAgainOptions options;
  gint32 until;
  gboolean enough;
  char **notes;
  char **customers;
  char **items;
  char **names;
  guint n_repeats;
  guint n_lapsed;
  GArray *due;
  double shape;
  double gap;
  double *gaps;
  guint n_tested;
  double error;
  double naive_error;

  char *customer;
  char *fingerprint;
} StoreAgain;

StoreAgain *store_again_new            (const StoreBaskets       *baskets,
                                        const StoreAgainOptions  *options,
                                        GCancellable             *cancellable,
                                        GError                  **error);
StoreAgain *store_again_new_from_model (StoreModel               *model,
                                        const StoreBaskets       *baskets,
                                        const StoreAgainOptions  *options,
                                        GError                  **error);
void        store_again_free           (StoreAgain               *self);
char       *store_again_dup_reason     (const StoreAgain         *self,
                                        guint                     which);
JsonNode   *store_again_to_json        (const StoreAgain         *self);
StoreModel *store_again_to_model       (const StoreAgain         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreAgain, store_again_free)

G_END_DECLS
