/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "store-value.h"

G_BEGIN_DECLS

/**
 * StoreSqlBinding:
 * @value: what is bound, owned
 * @pointer: (nullable): what is bound instead, borrowed
 * @pointer_type: its name for SQLite
 */
typedef struct
{
  StoreValue value;
  gpointer pointer;
  const char *pointer_type;
} StoreSqlBinding;

/**
 * StoreSql:
 * @text: the statement so far, a `?` for each value
 * @bindings: (element-type StoreSqlBinding): what is bound to them, in order
 *
 * A statement in the making. What a person typed only ever becomes a bound value.
 */
typedef struct
{
  GString *text;
  GArray *bindings;
} StoreSql;

StoreSql *store_sql_new        (void);
void      store_sql_free       (StoreSql         *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreSql, store_sql_free)

void      store_sql_add        (StoreSql         *self,
                                const char       *text);
void      store_sql_add_name   (StoreSql         *self,
                                const char       *name);
void      store_sql_add_value  (StoreSql         *self,
                                const StoreValue *value);
void      store_sql_add_text   (StoreSql         *self,
                                const char       *text);
void      store_sql_add_number (StoreSql         *self,
                                gint64            number);
void      store_sql_add_bound  (StoreSql         *self,
                                const char       *column,
                                const char       *op,
                                const StoreValue *value);
void      store_sql_add_pointer (StoreSql        *self,
                                gpointer          pointer,
                                const char       *type);
void      store_sql_bind       (StoreSql         *self,
                                sqlite3_stmt     *statement);

G_END_DECLS
