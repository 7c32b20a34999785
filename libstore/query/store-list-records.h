/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-database.h"
#include "store-row.h"

G_BEGIN_DECLS

/**
 * StoreListRecords:
 *
 * The rows of a list that live, and the loading of their records: by the page, when they are looked
 * at, and again when they have changed. Main thread.
 */
typedef struct _StoreListRecords StoreListRecords;

/**
 * StoreListOrder:
 * @count: how many rows the list has
 * @get_number: the number of the row at a position
 * @data: for both
 */
typedef struct
{
  guint (*count) (gpointer data);
  gint64 (*get_number) (gpointer data,
                        guint    position);
  gpointer data;
} StoreListOrder;

StoreListRecords *store_list_records_new             (StoreDatabase        *database,
                                                      const StoreListOrder *order,
                                                      guint                 page,
                                                      guint                 kept);
void              store_list_records_free            (StoreListRecords     *self);
void              store_list_records_set_kind        (StoreListRecords     *self,
                                                      const StoreKind      *kind);
StoreRow         *store_list_records_get             (StoreListRecords     *self,
                                                      guint                 position);
void              store_list_records_order_changed   (StoreListRecords     *self);
void              store_list_records_take_changes    (StoreListRecords     *self,
                                                      StoreChangeSet       *changes);
gboolean          store_list_records_is_settled      (StoreListRecords     *self);
guint             store_list_records_count_living    (StoreListRecords     *self);

G_END_DECLS
