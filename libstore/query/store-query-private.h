/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-connection.h"
#include "store-query.h"
#include "store-row-set.h"
#include "store-sql.h"

G_BEGIN_DECLS

/**
 * StoreQueryPart:
 * @STORE_QUERY_RECORDS: all columns, in order, as many as are wanted
 * @STORE_QUERY_ROWS: the row numbers, in order, with trashed ones and without limit
 * @STORE_QUERY_COUNT: how many there are
 */
typedef enum
{
  STORE_QUERY_RECORDS,
  STORE_QUERY_ROWS,
  STORE_QUERY_COUNT,
} StoreQueryPart;

struct _StoreQuery
{
  GObject parent_instance;

  const StoreKind *kind;
  const StoreAlias *alias;
  StoreFilter *filter;
  char *words;
  char *sort;
  gboolean descending;
  guint limit;
  gboolean only_trashed;
  const StoreField *related_field;
  StoreId related_id;
};

gboolean        store_query_has_words      (StoreQuery       *self);
guint64         store_query_get_fields     (StoreQuery       *self);
gboolean        store_query_looks_beyond   (StoreQuery       *self);
gboolean        store_query_find_matches   (StoreQuery       *self,
                                            StoreConnection  *connection,
                                            StoreRowSet     **matches,
                                            GError          **error);
gboolean        store_query_add_sql        (StoreQuery       *self,
                                            StoreQueryPart    part,
                                            StoreRowSet      *matches,
                                            StoreSql         *sql,
                                            GError          **error);
StoreStatement *store_query_prepare        (StoreQuery       *self,
                                            StoreQueryPart    part,
                                            StoreConnection  *connection,
                                            StoreRowSet      *matches,
                                            StoreSql         *sql,
                                            GError          **error);

G_END_DECLS
