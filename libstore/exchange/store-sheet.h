/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-csv-reader.h"

G_BEGIN_DECLS

/**
 * StoreSheetRow:
 * @STORE_SHEET_ROW_DATA: a row to take
 * @STORE_SHEET_ROW_TOTAL: a row that sums up others, to be left out
 * @STORE_SHEET_ROW_FAULT: a row that cannot be trusted; store_sheet_get_fault() says why
 */
typedef enum
{
  STORE_SHEET_ROW_DATA,
  STORE_SHEET_ROW_TOTAL,
  STORE_SHEET_ROW_FAULT,
} StoreSheetRow;

/**
 * StoreSheetPlace:
 * @line: a line of the table
 * @origin: the line of the file that it was made from
 * @is_whole: %FALSE where the file ended in the middle of it
 *
 * Where the rows of a table stand that was made from a file of another form.
 */
typedef struct
{
  guint64 line;
  guint64 origin;
  gboolean is_whole;
} StoreSheetPlace;

#define STORE_TYPE_SHEET (store_sheet_get_type ())

G_DECLARE_FINAL_TYPE (StoreSheet, store_sheet, STORE, SHEET, GObject)

StoreSheet      *store_sheet_open          (GFile                  *file,
                                            const StoreCsvOptions  *options,
                                            GCancellable           *cancellable,
                                            GError                **error);
StoreSheet      *store_sheet_new           (StoreCsvReader         *reader,
                                            GCancellable           *cancellable,
                                            GError                **error);
void             store_sheet_set_places    (StoreSheet             *self,
                                            GArray                 *places);
StoreCsvReader  *store_sheet_get_reader    (StoreSheet             *self);
gboolean         store_sheet_has_header    (StoreSheet             *self);
guint            store_sheet_get_n_columns (StoreSheet             *self);
const char      *store_sheet_get_name      (StoreSheet             *self,
                                            guint                   column);
int              store_sheet_find_column   (StoreSheet             *self,
                                            const char             *name);

gboolean         store_sheet_next          (StoreSheet             *self,
                                            GCancellable           *cancellable,
                                            GError                **error);
gboolean         store_sheet_rewind        (StoreSheet             *self,
                                            GCancellable           *cancellable,
                                            GError                **error);
StoreSheetRow    store_sheet_get_row       (StoreSheet             *self);
const char      *store_sheet_get_cell      (StoreSheet             *self,
                                            guint                   column);
guint            store_sheet_get_n_extra   (StoreSheet             *self);
guint64          store_sheet_get_line      (StoreSheet             *self);
const char      *store_sheet_get_fault     (StoreSheet             *self);
double           store_sheet_get_progress  (StoreSheet             *self);

G_END_DECLS
