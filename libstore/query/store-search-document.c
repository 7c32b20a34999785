/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the search knows of a record: the text of its searched fields, with a boundary between each
 * two. How a customer can be reached and where they live is part of the customer: one finds the
 * person by name and number together, and a search ends at the person. So contact points and
 * addresses have no document of their own.
 *
 * Trashed records keep their documents; they are left out when the hits are read. A record that
 * comes back from the trash along with another one would otherwise be missing here.
 */
#include "config.h"

#include "store-search-document.h"

#include <string.h>

#include "store-catalog-private.h"
#include "store-catalog.h"
#include "store-number-words.h"
#include "store-words.h"

static const StoreKind *const parts[] = {
  &store_kind_contact_point,
  &store_kind_address,
};

static gboolean
is_searched (const StoreKind *kind)
{
  for (guint i = 0; i < kind->n_fields; i++)
    if (kind->fields[i].search > 0)
      return TRUE;
  return FALSE;
}

/**
 * store_search_document_get_whole:
 * @kind: a kind
 *
 * Returns: (nullable): the reference to the record whose document holds the text of this kind,
 *   %NULL where it is no part of another. Any thread.
 */
const StoreField *
store_search_document_get_whole (const StoreKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] == kind)
      return store_kind_get_field (kind, "party");
  return NULL;
}

/**
 * store_search_document_exists:
 * @kind: a kind
 *
 * Returns: whether its records have documents of their own. Any thread.
 */
gboolean
store_search_document_exists (const StoreKind *kind)
{
  return is_searched (kind) && store_search_document_get_whole (kind) == NULL;
}

static void
add_boundary (GString *text)
{
  if (text->len > 0)
    g_string_append_c (text, STORE_WORDS_BOUNDARY);
}

static char *
dup_column (StoreStatement *statement,
            int             column)
{
  StoreValue value = store_statement_get_value (statement, column);

  return value.length > 0 && value.type == STORE_VALUE_TEXT ? store_value_dup_text (&value) : NULL;
}

static gboolean
says_the_same (const char *written,
               const char *normalised)
{
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  if (g_str_equal (written, normalised))
    return TRUE;
  a = store_fold_text (written, -1);
  b = store_fold_text (normalised, -1);
  return g_str_equal (a, b);
}

/* The normal form of a number is in its digits; of an address it often says nothing new. */
static void
add_contact (GString    *text,
             const char *written,
             const char *normalised)
{
  gsize length;

  if (written)
    {
      add_boundary (text);
      g_string_append (text, written);
    }
  length = text->len;
  store_number_words_add (text, normalised ? normalised : written ? written : "");
  if (text->len == length && normalised && !(written && says_the_same (written, normalised)))
    {
      add_boundary (text);
      g_string_append (text, normalised);
    }
}

static void
add_columns (GString         *text,
             const StoreKind *kind,
             StoreStatement  *statement)
{
  int column = 0;

  if (kind == &store_kind_contact_point)
    {
      g_autofree char *written = dup_column (statement, 0);
      g_autofree char *normalised = dup_column (statement, 1);

      add_contact (text, written, normalised);
      return;
    }
  for (guint i = 0; i < kind->n_fields; i++)
    if (kind->fields[i].search > 0)
      {
        g_autofree char *value = dup_column (statement, column++);

        if (value == NULL)
          continue;
        add_boundary (text);
        g_string_append (text, value);
      }
}

static char *
make_select (const StoreKind *kind)
{
  const StoreField *whole = store_search_document_get_whole (kind);
  g_autoptr (GString) sql = g_string_new ("SELECT ");

  for (guint i = 0; i < kind->n_fields; i++)
    if (kind->fields[i].search > 0)
      g_string_append_printf (sql, "\"%s\", ", kind->fields[i].name);
  g_string_append_printf (sql, "id FROM \"%s\" WHERE ", kind->name);
  if (whole)
    g_string_append_printf (sql, "\"%s\" = ? AND trashed = 0 ORDER BY n", whole->name);
  else
    g_string_append (sql, "n = ?");
  return g_strdup (sql->str);
}

/* The rows of a kind by their own number or, where they are parts, by the whole's id. The texts are
 * made once for good: a rebuild asks for them millions of times. */
static const char *
get_select (const StoreKind *kind)
{
  static char *selects[STORE_SEARCH_LAST_KIND + 1];
  char *select = g_atomic_pointer_get (&selects[kind->id]);

  if (select == NULL)
    {
      select = make_select (kind);
      if (!g_atomic_pointer_compare_and_exchange (&selects[kind->id], NULL, select))
        {
          g_free (select);
          select = g_atomic_pointer_get (&selects[kind->id]);
        }
    }
  return select;
}

static gboolean
add_parts (GString          *text,
           StoreConnection  *connection,
           const StoreKind  *kind,
           const StoreId    *id,
           GError          **error)
{
  g_autoptr (StoreStatement) statement =
    store_connection_prepare (connection, get_select (kind), error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  store_statement_bind_id (statement, 1, id);
  for (;;)
    {
      if (!store_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      add_columns (text, kind, statement);
    }
}

static int
count_searched (const StoreKind *kind)
{
  int n = 0;

  for (guint i = 0; i < kind->n_fields; i++)
    n += kind->fields[i].search > 0;
  return n;
}

/**
 * store_search_document_make:
 * @connection: a connection
 * @kind: a kind whose records have documents
 * @row: the local number of a record
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the text by which the record shall be found, empty where the
 *   record is gone. The thread of the connection.
 */
char *
store_search_document_make (StoreConnection  *connection,
                            const StoreKind  *kind,
                            gint64            row,
                            GError          **error)
{
  g_autoptr (StoreStatement) statement =
    store_connection_prepare (connection, get_select (kind), error);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean found;
  StoreId id;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement->handle, 1, row);
  if (!store_statement_step (statement, &found, error))
    return NULL;
  if (!found || !store_statement_get_id (statement, count_searched (kind), &id))
    return g_strdup ("");

  add_columns (text, kind, statement);
  for (guint i = 0; i < G_N_ELEMENTS (parts) && kind == &store_kind_party; i++)
    if (!add_parts (text, connection, parts[i], &id, error))
      return NULL;
  return g_strdup (text->str);
}

/**
 * store_search_document_number:
 * @kind: a kind
 * @row: the local number of a record
 *
 * Returns: the number of its document. Any thread.
 */
gint64
store_search_document_number (const StoreKind *kind,
                              gint64           row)
{
  return ((gint64) (STORE_SEARCH_LAST_KIND - kind->id) << STORE_SEARCH_KIND_BITS) + row;
}

/**
 * store_search_document_get_kind:
 * @number: the number of a document
 *
 * Returns: (nullable): the kind of its record. Any thread.
 */
const StoreKind *
store_search_document_get_kind (gint64 number)
{
  gint64 kind = STORE_SEARCH_LAST_KIND - (number >> STORE_SEARCH_KIND_BITS);

  return kind > 0 ? store_catalog_find_by_id ((guint) kind) : NULL;
}

/**
 * store_search_document_get_row:
 * @number: the number of a document
 *
 * Returns: the local number of its record. Any thread.
 */
gint64
store_search_document_get_row (gint64 number)
{
  return number & ((G_GINT64_CONSTANT (1) << STORE_SEARCH_KIND_BITS) - 1);
}
