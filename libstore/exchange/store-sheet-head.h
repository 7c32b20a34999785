/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-csv-reader.h"

G_BEGIN_DECLS

/**
 * StoreSheetHead:
 * @width: cells of most records
 * @names_line: the line with the names of the columns, 0 where there is none
 * @first_line: the line where the rows begin
 *
 * Where the table in a file begins.
 */
typedef struct
{
  guint width;
  guint64 names_line;
  guint64 first_line;
} StoreSheetHead;

gboolean store_sheet_head_find (StoreCsvReader  *reader,
                                StoreSheetHead  *head,
                                GCancellable    *cancellable,
                                GError         **error);

G_END_DECLS
