/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-connection.h"
#include "store-record.h"

G_BEGIN_DECLS

/* The columns that store_record_read() wants, in its order: n, id, trashed, clock, all fields. */
const char  *store_record_get_select (const StoreKind *kind);
StoreRecord *store_record_read       (const StoreKind *kind,
                                      StoreStatement  *statement,
                                      int              first_column);
/* After a save: it is what the store holds now. */
void         store_record_settle     (StoreRecord     *self,
                                      gint64           row,
                                      const StoreId   *id,
                                      StoreValue       clock);
const StoreValue *store_record_get_clock (StoreRecord *self);
const StoreValue *store_record_get_values (StoreRecord *self);

G_END_DECLS
