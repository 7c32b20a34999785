/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "store-kind.h"

G_BEGIN_DECLS

/* Of json-glib, for those who keep filters; others need not know it. */
typedef struct _JsonNode JsonNode;

/**
 * StoreOperator: how a field is compared.
 */
typedef enum
{
  STORE_OPERATOR_EQUAL,
  STORE_OPERATOR_NOT_EQUAL,
  STORE_OPERATOR_LESS,
  STORE_OPERATOR_LESS_EQUAL,
  STORE_OPERATOR_GREATER,
  STORE_OPERATOR_GREATER_EQUAL,
  STORE_OPERATOR_CONTAINS,
} StoreOperator;

/**
 * StoreFilter:
 *
 * A condition on records of one kind, as an immutable tree; reference counted.
 */
typedef struct _StoreFilter StoreFilter;

#define STORE_TYPE_FILTER (store_filter_get_type ())
GType         store_filter_get_type  (void);
StoreFilter  *store_filter_ref       (StoreFilter      *self);
void          store_filter_unref     (StoreFilter      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreFilter, store_filter_unref)

StoreFilter  *store_filter_new       (const StoreKind  *kind,
                                      const char       *field,
                                      StoreOperator     op,
                                      const StoreValue *value);
/* Takes both; either may be NULL, then the other is returned. */
StoreFilter  *store_filter_new_and   (StoreFilter      *a,
                                      StoreFilter      *b);
StoreFilter  *store_filter_new_or    (StoreFilter      *a,
                                      StoreFilter      *b);
StoreFilter  *store_filter_new_not   (StoreFilter      *a);
/* Parties that carry the tag. */
StoreFilter  *store_filter_new_tagged (const StoreId   *tag);
/* Records whose id is one of @ids (element-type StoreId). */
StoreFilter  *store_filter_new_ids   (const StoreKind  *kind,
                                      GArray           *ids);
/* `FIELD OP VALUE [and FIELD OP VALUE …]`, OP one of = != < <= > >= ~ ; values may be quoted. */
StoreFilter  *store_filter_parse     (const StoreKind  *kind,
                                      const char       *text,
                                      GError          **error);
JsonNode     *store_filter_to_json   (StoreFilter      *self);
StoreFilter  *store_filter_from_json (const StoreKind  *kind,
                                      JsonNode         *node,
                                      GError          **error);

G_END_DECLS
