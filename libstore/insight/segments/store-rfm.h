/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "store-purchase-table.h"

G_BEGIN_DECLS

/**
 * StoreRfmCell:
 *
 * The named fields of the grid of recency against frequency and money, best first.
 */
typedef enum
{
  STORE_RFM_CHAMPIONS,
  STORE_RFM_LOYAL,
  STORE_RFM_POTENTIAL,
  STORE_RFM_NEW,
  STORE_RFM_PROMISING,
  STORE_RFM_ATTENTION,
  STORE_RFM_FADING,
  STORE_RFM_AT_RISK,
  STORE_RFM_CANNOT_LOSE,
  STORE_RFM_HIBERNATING,
  STORE_RFM_LOST,
  STORE_RFM_N_CELLS,
} StoreRfmCell;

/**
 * StoreRfmFrequency:
 * @STORE_RFM_PURCHASES: count days with an order
 * @STORE_RFM_ORDERS: count orders
 *
 * What the frequency counts.
 */
typedef enum
{
  STORE_RFM_PURCHASES,
  STORE_RFM_ORDERS,
} StoreRfmFrequency;

/**
 * StoreRfmLimits:
 * @recency: as recency_limits of a #StoreRfm
 * @frequency: as frequency_limits
 * @money: as money_limits
 *
 * What the scores were told by.
 */
typedef struct
{
  double recency[4];
  double frequency[4];
  double money[4];
} StoreRfmLimits;

/**
 * StoreRfmCheck:
 * @days: the last days, held back; 0 where there was no check
 * @n_customers: scored by what came before those days
 * @auc: how well the sum of the three scores tells who bought in those days, .5 for chance; NAN
 *   where all or none did
 * @naive_auc: of recency alone
 */
typedef struct
{
  guint days;
  guint n_customers;
  double auc;
  double naive_auc;
} StoreRfmCheck;

/**
 * StoreRfm:
 * @table: the purchases
 * @frequency: what the frequency counts
 * @recency_limits: days since the last purchase at 1/5 to 4/5 of the customers
 * @frequency_limits: the same for the frequency
 * @money_limits: the same for the sum of all orders, in the currency's own unit
 * @r: for each row, 1 (long ago) to 5 (just now)
 * @f: for each row, 1 (seldom) to 5 (often)
 * @m: for each row, 1 (little) to 5 (much)
 * @cell: for each row, a #StoreRfmCell
 * @cell_sizes: for each cell, its customers
 * @cell_values: for each cell, the sum of their orders, in the currency's own unit
 *
 * Recency, frequency and money of every customer, scored by quintiles.
 */
typedef struct
{
  StorePurchaseTable *table;
  StoreRfmFrequency frequency;
  double recency_limits[4];
  double frequency_limits[4];
  double money_limits[4];
  guint8 *r;
  guint8 *f;
  guint8 *m;
  guint8 *cell;
  guint cell_sizes[STORE_RFM_N_CELLS];
  double cell_values[STORE_RFM_N_CELLS];
} StoreRfm;

StoreRfm   *store_rfm_new            (StorePurchaseTable *table,
                                      StoreRfmFrequency   frequency);
StoreRfm   *store_rfm_new_by_limits  (StorePurchaseTable   *table,
                                      StoreRfmFrequency     frequency,
                                      const StoreRfmLimits *limits);
void        store_rfm_free           (StoreRfm           *self);
void        store_rfm_check          (const StoreRfm     *self,
                                      StoreRfmCheck      *check);
double      store_rfm_get_recency    (const StoreRfm     *self,
                                      guint               row);
double      store_rfm_get_frequency  (const StoreRfm     *self,
                                      guint               row);
double      store_rfm_get_money      (const StoreRfm     *self,
                                      guint               row);
char       *store_rfm_dup_reason     (const StoreRfm     *self,
                                      guint               row);
JsonNode   *store_rfm_to_json        (const StoreRfm     *self);
const char *store_rfm_cell_get_name  (StoreRfmCell        cell);
const char *store_rfm_cell_get_label (StoreRfmCell        cell);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreRfm, store_rfm_free)

G_END_DECLS
