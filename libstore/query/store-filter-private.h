/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-filter.h"
#include "store-sql.h"

G_BEGIN_DECLS

typedef enum
{
  STORE_FILTER_COMPARE,
  STORE_FILTER_IDS,
  STORE_FILTER_AND,
  STORE_FILTER_OR,
  STORE_FILTER_NOT,
} StoreFilterType;

/**
 * StoreFilterSubject:
 * @STORE_FILTER_FIELD: a field of the kind
 * @STORE_FILTER_ID: the record's id, written `id`
 * @STORE_FILTER_TAG: what a customer is filed under, written `tag`
 */
typedef enum
{
  STORE_FILTER_FIELD,
  STORE_FILTER_ID,
  STORE_FILTER_TAG,
} StoreFilterSubject;

/*
 * A comparison keeps its operand as text, in the form that a person writes, and reads it anew for
 * each query: "today" in a saved view is the day it is looked at. Nothing changes after the making,
 * so that threads may share a filter.
 */
struct _StoreFilter
{
  gatomicrefcount references;
  const StoreKind *kind;
  StoreFilterType type;

  StoreFilterSubject subject;
  const StoreField *field;
  StoreOperator op;
  char *operand;

  GArray *ids;
  StoreFilter *a;
  StoreFilter *b;
};

StoreFilter *store_filter_new_from_text  (const StoreKind    *kind,
                                          const char         *name,
                                          StoreOperator       op,
                                          const char         *operand,
                                          GError            **error);
const char  *store_filter_get_name       (StoreFilter        *self);
gboolean     store_filter_add_sql        (StoreFilter        *self,
                                          StoreSql           *sql,
                                          GError            **error);
gboolean     store_filter_add_comparison (StoreFilter        *self,
                                          StoreSql           *sql,
                                          GError            **error);
gboolean     store_filter_add_money      (StoreFilter        *self,
                                          StoreSql           *sql,
                                          GError            **error);
gboolean     store_filter_add_date       (StoreFilter        *self,
                                          StoreSql           *sql,
                                          GError            **error);
gboolean     store_filter_add_time       (StoreFilter        *self,
                                          StoreSql           *sql,
                                          GError            **error);
gboolean     store_filter_add_contains   (StoreFilter        *self,
                                          StoreSql           *sql);
gboolean     store_filter_refuse         (StoreFilter        *self,
                                          GError            **error,
                                          const char         *what_to_write);
gboolean     store_filter_refuse_operator (StoreFilter       *self,
                                          GError            **error,
                                          const char         *possible);
guint64      store_filter_get_fields     (StoreFilter        *self);
gboolean     store_filter_looks_beyond   (StoreFilter        *self);

const char  *store_operator_to_text      (StoreOperator       op);
gboolean     store_operator_from_text    (const char         *text,
                                          StoreOperator      *op);

G_END_DECLS
