/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "store-rows.h"

G_BEGIN_DECLS

/**
 * StoreEncodingSource:
 * @name: title of a column of the table
 * @levels: (nullable) (array zero-terminated=1): the words it may hold, the one that all others are
 *   compared with first; %NULL for a column of numbers
 * @fill: what an empty cell of a column of numbers counts as: the mean
 * @has_empty: whether there were empty cells, which then have a column of their own
 * @first: its first encoded column
 * @n_encoded: how many it has
 *
 * How one column of a table becomes numbers.
 */
typedef struct
{
  char *name;
  char **levels;
  double fill;
  gboolean has_empty;
  guint first;
  guint n_encoded;
} StoreEncodingSource;

/**
 * StoreEncoding:
 * @n_sources: number of columns used
 * @sources: these columns
 * @p: number of encoded columns
 * @names: (array zero-terminated=1): their names, such as "tenure" and "Contract=One year"
 * @source_of: for each, the source that it comes from
 * @means: for each, the mean of the rows learnt from
 * @sds: for each, the standard deviation
 *
 * How a table becomes standardised numbers, learnt from one table so that another is taken alike.
 */
typedef struct
{
  guint n_sources;
  StoreEncodingSource *sources;
  guint p;
  char **names;
  guint *source_of;
  double *means;
  double *sds;
} StoreEncoding;

StoreEncoding *store_encoding_new           (const StoreRows      *rows,
                                             const char *const    *leave_out,
                                             GStrvBuilder         *notes);
StoreEncoding *store_encoding_new_from_json (JsonObject           *object,
                                             GError              **error);
void           store_encoding_free          (StoreEncoding        *self);
double        *store_encoding_apply         (const StoreEncoding  *self,
                                             const StoreRows      *rows,
                                             GStrvBuilder         *notes,
                                             GError              **error);
void           store_encoding_write         (const StoreEncoding  *self,
                                             JsonBuilder          *builder,
                                             const char           *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreEncoding, store_encoding_free)

G_END_DECLS
