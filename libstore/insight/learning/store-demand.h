/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "store-encoding.h"
#include "store-linear-regression.h"
#include "store-model.h"
#include "store-rows.h"

G_BEGIN_DECLS

/**
 * StoreDemandOptions:
 * @until: the last day of the data, or %STORE_PURCHASE_UNTIL_LAST
 * @leave_out: (nullable) (array zero-terminated=1): columns that are not to be used
 * @naive: (nullable): the column whose value is what the rule without a model expects; %NULL for the
 *   mean of what was learnt
 * @by_time: whether rows follow in time, so that the last are held back; else some drawn by chance
 * @in_logs: whether the line is over log (1 + outcome), for amounts that grow by shares; the columns
 *   of numbers are then such logarithms already
 * @seed: of random draws
 *
 * Start from %STORE_DEMAND_OPTIONS_INIT.
 */
typedef struct
{
  gint32 until;
  const char *const *leave_out;
  const char *naive;
  gboolean by_time;
  gboolean in_logs;
  guint64 seed;
} StoreDemandOptions;

#define STORE_DEMAND_OPTIONS_INIT { G_MAXINT32, NULL, NULL, FALSE, FALSE, 1 }

/**
 * StoreDemandErrors:
 * @n: number of rows held back
 * @mae: mean absolute error
 * @rmse: root of the mean square error
 * @naive_mae: the same of the rule without a model
 * @naive_rmse: the same of the rule without a model
 *
 * How well rows held back were foretold.
 */
typedef struct
{
  guint n;
  double mae;
  double rmse;
  double naive_mae;
  double naive_rmse;
} StoreDemandErrors;

/**
 * StoreDemand:
 * @options: as asked
 * @enough: whether there was enough data; if not, nothing is expected
 * @notes: (array zero-terminated=1): what the person must know, in sentences
 * @rows: the rows
 * @encoding: how rows become numbers
 * @z: these numbers
 * @n_used: how many of the encoded columns are used: those that say something new
 * @used: which ones
 * @fit: (nullable): the line, over the standardised columns that are used
 * @inverse: (nullable): @n_used + 1 times @n_used + 1 numbers, the inverse of its triangle
 * @y: for each row what there was, NAN where it is not known
 * @expected: for each row
 * @low: lower end of the 80 % interval of a single value
 * @high: its upper end
 * @errors: on rows held back
 * @helps: whether the line did better there than the rule without a model
 * @said: notes while they are gathered
 *
 * What is likely to be sold, by a straight line over the columns of a table.
 */
typedef struct
{
  StoreDemandOptions options;
  gboolean enough;
  char **notes;
  StoreRows *rows;
  StoreEncoding *encoding;
  double *z;
  guint n_used;
  guint *used;
  StoreLinearRegression *fit;
  double *inverse;
  double *y;
  double *expected;
  double *low;
  double *high;
  StoreDemandErrors errors;
  gboolean helps;
  GStrvBuilder *said;
} StoreDemand;

StoreDemand *store_demand_new            (StoreRows                 *rows,
                                          const StoreDemandOptions  *options,
                                          GError                   **error);
StoreDemand *store_demand_new_from_model (StoreModel                *model,
                                          StoreRows                 *rows,
                                          const StoreDemandOptions  *options,
                                          GError                   **error);
StoreModel  *store_demand_to_model       (const StoreDemand         *self);
void         store_demand_free           (StoreDemand               *self);
char        *store_demand_dup_reason     (const StoreDemand         *self,
                                          guint                      row);
JsonNode    *store_demand_find_nearest   (const StoreDemand         *self,
                                          guint                      row);
JsonNode    *store_demand_to_json        (const StoreDemand         *self);

StoreRows   *store_demand_rows_new       (const double              *values,
                                          guint                      n,
                                          guint                      n_lags,
                                          gboolean                   in_logs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreDemand, store_demand_free)

G_END_DECLS
