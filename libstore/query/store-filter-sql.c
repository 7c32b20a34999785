/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A filter's tree as SQL; its leaves are in store-filter-compare.c. */
#include "config.h"

#include "store-filter-private.h"
#include "store-query-functions.h"

/* More ids than these are looked up in an array, not in the index. */
#define MANY_IDS 500

static void
add_ids (StoreFilter *self,
         StoreSql    *sql)
{
  if (self->ids->len > MANY_IDS)
    {
      store_sql_add (sql, "store_id_in (id, ");
      store_sql_add_pointer (sql, self->ids, STORE_ID_ARRAY_POINTER);
      store_sql_add (sql, ")");
      return;
    }
  store_sql_add (sql, "id IN (");
  for (guint i = 0; i < self->ids->len; i++)
    {
      StoreValue value = store_value_id (&g_array_index (self->ids, StoreId, i));

      store_sql_add (sql, i > 0 ? ", " : "");
      store_sql_add_value (sql, &value);
    }
  store_sql_add (sql, ")");
}

static gboolean
add_both (StoreFilter *self,
          StoreSql    *sql,
          const char  *between,
          GError     **error)
{
  store_sql_add (sql, "(");
  if (!store_filter_add_sql (self->a, sql, error))
    return FALSE;
  store_sql_add (sql, between);
  if (!store_filter_add_sql (self->b, sql, error))
    return FALSE;
  store_sql_add (sql, ")");
  return TRUE;
}

/**
 * store_filter_add_sql:
 * @self: a filter; must outlive the statement
 * @sql: a statement in the making
 * @error: %STORE_ERROR_INVALID where an operand cannot be understood
 *
 * Adds the condition on the columns of the kind's table.
 *
 * Returns: whether it was added. Any thread.
 */
gboolean
store_filter_add_sql (StoreFilter *self,
                      StoreSql    *sql,
                      GError     **error)
{
  switch (self->type)
    {
    case STORE_FILTER_AND:
      return add_both (self, sql, " AND ", error);
    case STORE_FILTER_OR:
      return add_both (self, sql, " OR ", error);
    case STORE_FILTER_NOT:
      store_sql_add (sql, "NOT ifnull (");
      if (!store_filter_add_sql (self->a, sql, error))
        return FALSE;
      store_sql_add (sql, ", 0)");
      return TRUE;
    case STORE_FILTER_IDS:
      add_ids (self, sql);
      return TRUE;
    case STORE_FILTER_COMPARE:
    default:
      return store_filter_add_comparison (self, sql, error);
    }
}
