/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A query as SQL. Two things make it fast over a million records:
 *
 * Words are looked up first, in the full-text index, and become a set of row numbers, a bit each;
 * the statement then asks for each row whether it is in the set. Only few rows are better fetched and
 * sorted, as SQLite would do with all.
 *
 * A list wants the row numbers in order and nothing else. That statement does not look at the mark
 * of the trash, so that the index of the ordering answers it alone, and no row is visited; who runs
 * it takes the few trashed rows away.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "store-filter-private.h"
#include "store-match.h"
#include "store-query-private.h"
#include "store-record-private.h"
#include "store-search-document.h"

/* So many rows are fetched one by one; a walk through a million takes as long as some thousands. */
#define FEW_MATCHES 2000

/**
 * store_query_has_words:
 * @self: a query
 *
 * Returns: whether it looks for words. Any thread.
 */
gboolean
store_query_has_words (StoreQuery *self)
{
  g_autoptr (StoreMatch) match = self->words ? store_match_new (self->words) : NULL;

  return match != NULL;
}

/**
 * store_query_get_fields:
 * @self: a query
 *
 * Returns: the bits of the fields that decide whether and where a record is listed. Any thread.
 */
guint64
store_query_get_fields (StoreQuery *self)
{
  const StoreField *sort = self->sort ? store_kind_get_field (self->kind, self->sort) : NULL;
  guint64 fields = store_filter_get_fields (self->filter);

  if (sort)
    fields |= G_GUINT64_CONSTANT (1) << sort->id;
  if (sort && sort->fallback)
    fields |= G_GUINT64_CONSTANT (1) << store_kind_get_field (self->kind, sort->fallback)->id;
  if (self->related_field)
    fields |= G_GUINT64_CONSTANT (1) << self->related_field->id;
  if (self->alias)
    fields |= G_GUINT64_CONSTANT (1) << store_kind_get_field (self->kind, self->alias->field)->id;
  return fields;
}

/**
 * store_query_looks_beyond:
 * @self: a query
 *
 * Returns: whether records of other kinds decide too what is listed. Any thread.
 */
gboolean
store_query_looks_beyond (StoreQuery *self)
{
  return store_query_has_words (self) || store_filter_looks_beyond (self->filter);
}

/* The rows of the query's kind that hold the words. */
static gboolean
collect_matches (StoreStatement  *statement,
                 StoreRowSet     *matches,
                 GError         **error)
{
  gboolean row;

  for (;;)
    {
      if (!store_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      store_row_set_add (matches, store_search_document_get_row (
                                    sqlite3_column_int64 (statement->handle, 0)));
    }
}

/**
 * store_query_find_matches:
 * @self: a query
 * @connection: a connection
 * @matches: (out) (transfer full) (nullable): the rows that hold the words, %NULL where the query
 *   has none
 * @error: return location
 *
 * Returns: whether the index could be read. The thread of the connection.
 */
gboolean
store_query_find_matches (StoreQuery       *self,
                          StoreConnection  *connection,
                          StoreRowSet     **matches,
                          GError          **error)
{
  g_autoptr (StoreMatch) match = self->words ? store_match_new (self->words) : NULL;
  g_autofree char *expression = NULL;
  g_autoptr (StoreStatement) statement = NULL;
  g_autoptr (StoreRowSet) set = NULL;

  *matches = NULL;
  if (match == NULL)
    return TRUE;

  set = store_row_set_new ();
  expression = store_match_dup_expression (match);
  if (store_search_document_exists (self->kind))
    {
      statement = store_connection_prepare (connection,
                                            "SELECT rowid FROM search WHERE search MATCH ?"
                                            " AND rowid BETWEEN ? AND ?", error);
      if (statement == NULL)
        return FALSE;
      sqlite3_bind_text (statement->handle, 1, expression, -1, SQLITE_STATIC);
      sqlite3_bind_int64 (statement->handle, 2, store_search_document_number (self->kind, 0));
      sqlite3_bind_int64 (statement->handle, 3,
                          store_search_document_number (self->kind, 0) +
                            ((G_GINT64_CONSTANT (1) << STORE_SEARCH_KIND_BITS) - 1));
      if (!collect_matches (statement, set, error))
        return FALSE;
    }
  *matches = g_steal_pointer (&set);
  return TRUE;
}

static void
add_condition (StoreSql   *sql,
               gboolean   *any,
               const char *text)
{
  store_sql_add (sql, *any ? " AND " : " WHERE ");
  store_sql_add (sql, text);
  *any = TRUE;
}

/* A few rows are fetched; many are left of a walk through all, which keeps the order. */
static void
add_matches (StoreSql    *sql,
             gboolean    *any,
             StoreRowSet *matches)
{
  g_autofree char *rows = NULL;

  if (store_row_set_get_size (matches) > FEW_MATCHES)
    {
      add_condition (sql, any, "store_in_set (n, ");
      store_sql_add_pointer (sql, matches, STORE_ROW_SET_POINTER);
      store_sql_add (sql, ")");
      return;
    }
  rows = store_row_set_dup_json (matches);
  add_condition (sql, any, "n IN (SELECT value FROM json_each (");
  store_sql_add_text (sql, rows);
  store_sql_add (sql, "))");
}

static gboolean
add_conditions (StoreQuery   *self,
                gboolean      with_trashed,
                StoreRowSet  *matches,
                StoreSql     *sql,
                GError      **error)
{
  gboolean any = FALSE;

  if (self->only_trashed || !with_trashed)
    add_condition (sql, &any, self->only_trashed ? "trashed = 1" : "trashed = 0");
  if (self->alias)
    {
      add_condition (sql, &any, "");
      store_sql_add_name (sql, self->alias->field);
      store_sql_add (sql, " = ");
      store_sql_add_text (sql, self->alias->value);
    }
  if (self->related_field)
    {
      StoreValue value = store_value_id (&self->related_id);

      add_condition (sql, &any, "");
      store_sql_add_name (sql, self->related_field->name);
      store_sql_add (sql, " = ");
      store_sql_add_value (sql, &value);
    }
  if (matches)
    add_matches (sql, &any, matches);
  if (self->filter == NULL)
    return TRUE;
  add_condition (sql, &any, "");
  return store_filter_add_sql (self->filter, sql, error);
}

/* Between equals both fields decide, as they stand in the index behind the expression. */
static void
add_fallback_order (StoreSql         *sql,
                    const StoreField *field,
                    const char       *direction)
{
  g_string_append_printf (sql->text, "coalesce(\"%s\", \"%s\") COLLATE NOCASE%s NULLS LAST, ",
                          field->name, field->fallback, direction);
  g_string_append_printf (sql->text, "\"%s\"%s, \"%s\"%s, ", field->name, direction,
                          field->fallback, direction);
}

/* The index of a field, or of a field and the one that stands in for it, gives this order. */
static gboolean
add_order (StoreQuery   *self,
           gboolean      newest_first,
           StoreSql     *sql,
           GError      **error)
{
  const StoreField *field = self->sort ? store_kind_get_field (self->kind, self->sort) : NULL;

  if (self->sort && field == NULL)
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
                   _("There is no field “%s” to sort by."), self->sort);
      return FALSE;
    }
  store_sql_add (sql, " ORDER BY ");
  if (field && field->fallback)
    add_fallback_order (sql, field, self->descending ? " DESC" : "");
  else if (field)
    g_string_append_printf (sql->text, "\"%s\"%s NULLS LAST, ", field->name,
                            self->descending ? " DESC" : "");
  store_sql_add (sql, (field ? self->descending : newest_first) ? "n DESC" : "n");
  return TRUE;
}

/**
 * store_query_add_sql:
 * @self: a query
 * @part: what is wanted
 * @matches: (nullable): from store_query_find_matches()
 * @sql: a statement in the making
 * @error: %STORE_ERROR_NOT_FOUND, %STORE_ERROR_INVALID
 *
 * With %STORE_QUERY_ROWS the trashed rows stay in (unless they alone are wanted), and the limit
 * out: the ordering's index alone then answers, and the caller takes away what it must.
 *
 * Returns: whether the statement was made. Any thread.
 */
gboolean
store_query_add_sql (StoreQuery      *self,
                     StoreQueryPart   part,
                     StoreRowSet     *matches,
                     StoreSql        *sql,
                     GError         **error)
{
  switch (part)
    {
    case STORE_QUERY_COUNT:
      store_sql_add (sql, "SELECT count (*)");
      break;
    case STORE_QUERY_ROWS:
      store_sql_add (sql, "SELECT n");
      break;
    case STORE_QUERY_RECORDS:
    default:
      store_sql_add (sql, "SELECT ");
      store_sql_add (sql, store_record_get_select (self->kind));
      break;
    }
  store_sql_add (sql, " FROM ");
  store_sql_add_name (sql, self->kind->name);
  if (!add_conditions (self, part == STORE_QUERY_ROWS, matches, sql, error))
    return FALSE;
  if (part == STORE_QUERY_COUNT)
    return TRUE;
  if (!add_order (self, matches != NULL, sql, error))
    return FALSE;
  if (part == STORE_QUERY_RECORDS && self->limit > 0)
    {
      store_sql_add (sql, " LIMIT ");
      store_sql_add_number (sql, self->limit);
    }
  return TRUE;
}

/**
 * store_query_prepare:
 * @self: a query
 * @part: what is wanted
 * @connection: a connection
 * @matches: (nullable): from store_query_find_matches(); must outlive the statement's use
 * @sql: an empty statement in the making; must outlive the statement's use
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the statement, bound. The thread of the connection.
 */
StoreStatement *
store_query_prepare (StoreQuery       *self,
                     StoreQueryPart    part,
                     StoreConnection  *connection,
                     StoreRowSet      *matches,
                     StoreSql         *sql,
                     GError          **error)
{
  StoreStatement *statement;

  if (!store_query_add_sql (self, part, matches, sql, error))
    return NULL;
  statement = store_connection_prepare (connection, sql->text->str, error);
  if (statement)
    store_sql_bind (sql, statement->handle);
  return statement;
}
