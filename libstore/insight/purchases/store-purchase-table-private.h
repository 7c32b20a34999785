/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-key-index.h"
#include "store-purchase-events.h"
#include "store-purchase-table.h"

G_BEGIN_DECLS

#define UUID_BYTES 16

/* Columns by row; @order is the number of each row's customer in @keys and @events. A table has
 * either @events or, while it is filled, @figures. */
struct _StorePurchaseTable
{
  gatomicrefcount refs;
  gboolean finished;
  gboolean uuids;

  StoreKeyIndex *keys;
  guint32 *order;
  StorePurchaseEvents *events;
  GArray *figures;

  StorePurchaseColumns columns;
  gint32 *first_day;
  gint32 *last_day;
  guint32 *n_purchases;
  guint32 *orders;
  gint64 *value;
  gint64 *first_value;
  double log_gaps;
};

G_END_DECLS
