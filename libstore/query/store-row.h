/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-record.h"

G_BEGIN_DECLS

/**
 * StoreRow:
 *
 * An item of a #StoreList: a place in the list whose record is loaded when it is looked at.
 * Property "record" is %NULL until then, and is told again when the record has changed. The same
 * record is the same row for as long as somebody holds it.
 */
#define STORE_TYPE_ROW (store_row_get_type ())
G_DECLARE_FINAL_TYPE (StoreRow, store_row, STORE, ROW, GObject)

StoreRow    *store_row_new        (gint64       number);
gint64       store_row_get_number (StoreRow    *self);
StoreRecord *store_row_get_record (StoreRow    *self);
void         store_row_set_record (StoreRow    *self,
                                   StoreRecord *record);

G_END_DECLS
