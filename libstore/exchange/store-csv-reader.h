/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "store-text-encoding.h"

G_BEGIN_DECLS

/**
 * StoreCsvOptions:
 * @encoding: %STORE_TEXT_ENCODING_UNKNOWN to find it out
 * @delimiter: 0 to find it out
 * @max_cell: most bytes in one cell, 0 for the default
 *
 * What a person may know better than the guess.
 */
typedef struct
{
  StoreTextEncoding encoding;
  char delimiter;
  gsize max_cell;
} StoreCsvOptions;

#define STORE_TYPE_CSV_READER (store_csv_reader_get_type ())

G_DECLARE_FINAL_TYPE (StoreCsvReader, store_csv_reader, STORE, CSV_READER, GObject)

StoreCsvReader    *store_csv_reader_open          (GFile                  *file,
                                                   const StoreCsvOptions  *options,
                                                   GCancellable           *cancellable,
                                                   GError                **error);
StoreCsvReader    *store_csv_reader_new           (GInputStream           *stream,
                                                   const StoreCsvOptions  *options,
                                                   GCancellable           *cancellable,
                                                   GError                **error);
gboolean           store_csv_reader_next          (StoreCsvReader         *self,
                                                   GCancellable           *cancellable,
                                                   GError                **error);
gboolean           store_csv_reader_rewind        (StoreCsvReader         *self,
                                                   GCancellable           *cancellable,
                                                   GError                **error);
guint              store_csv_reader_get_n_cells   (StoreCsvReader         *self);
const char        *store_csv_reader_get_cell      (StoreCsvReader         *self,
                                                   guint                   column);
guint64            store_csv_reader_get_line      (StoreCsvReader         *self);
const char        *store_csv_reader_get_fault     (StoreCsvReader         *self);
StoreTextEncoding  store_csv_reader_get_encoding  (StoreCsvReader         *self);
char               store_csv_reader_get_delimiter (StoreCsvReader         *self);
double             store_csv_reader_get_progress  (StoreCsvReader         *self);

G_END_DECLS
