/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-search.h"

#include <string.h>

#include "store-catalog-private.h"
#include "store-database-private.h"
#include "store-fold.h"
#include "store-match.h"
#include "store-record-private.h"
#include "store-search-document.h"
#include "store-search-index.h"

/* So many documents are compared one by one before the exact expression is asked. */
#define MOST_COMPARED 1000

typedef struct
{
  char *words;
  StoreMatch *match;
  guint limit;
  GPtrArray *hits;
} Search;

/* How well a hit fits what was typed; the smaller the better. */
typedef enum
{
  FIT_TITLE,
  FIT_START_OF_TITLE,
  FIT_IN_TITLE,
  FIT_ELSEWHERE,
} Fit;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_free (search->words);
  g_clear_pointer (&search->match, store_match_free);
  g_clear_pointer (&search->hits, g_ptr_array_unref);
  g_free (search);
}

/**
 * store_hit_free:
 * @hit: (nullable) (transfer full): a hit
 */
void
store_hit_free (StoreHit *hit)
{
  if (hit == NULL)
    return;
  g_clear_object (&hit->record);
  g_clear_object (&hit->owner);
  g_free (hit);
}

static StoreRecord *
load (StoreConnection  *connection,
      const StoreKind  *kind,
      const char       *condition,
      gint64            row,
      const StoreId    *id,
      GError          **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM \"%s\" WHERE trashed = 0 AND %s",
                                          store_record_get_select (kind), kind->name, condition);
  g_autoptr (StoreStatement) statement = store_connection_prepare (connection, sql, error);
  gboolean found;

  if (statement == NULL)
    return NULL;
  if (id)
    store_statement_bind_id (statement, 1, id);
  else
    sqlite3_bind_int64 (statement->handle, 1, row);
  if (!store_statement_step (statement, &found, error) || !found)
    return NULL;
  return store_record_read (kind, statement, 0);
}

/* The reference by which a record belongs to a customer. */
static const StoreField *
find_owner_field (const StoreKind *kind)
{
  for (guint i = 0; i < kind->n_fields; i++)
    if (kind->fields[i].flags & STORE_FIELD_PARENT &&
        g_strcmp0 (kind->fields[i].refers, "party") == 0)
      return &kind->fields[i];
  return NULL;
}

static gboolean
add_hit (Search           *search,
         StoreConnection  *connection,
         gint64            number,
         GError          **error)
{
  const StoreKind *kind = store_search_document_get_kind (number);
  const StoreField *field = kind ? find_owner_field (kind) : NULL;
  GError *failure = NULL;
  StoreRecord *record;
  StoreHit *hit;
  StoreId owner;

  if (kind == NULL)
    return TRUE;
  record = load (connection, kind, "n = ?", store_search_document_get_row (number), NULL, &failure);
  if (record == NULL)
    {
      if (failure)
        g_propagate_error (error, failure);
      return failure == NULL;
    }
  hit = g_new0 (StoreHit, 1);
  hit->record = record;
  g_ptr_array_add (search->hits, hit);
  if (field == NULL || !store_record_get_reference (record, field->name, &owner))
    return TRUE;
  hit->owner = load (connection, &store_kind_party, "id = ?", 0, &owner, &failure);
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

static gboolean
is_full (const Search *search)
{
  return search->limit != 0 && search->hits->len >= search->limit;
}

/* The newest first, until there are enough. */
static gboolean
find_exact (StoreConnection  *connection,
            Search           *search,
            GError          **error)
{
  g_autofree char *expression = store_match_dup_expression (search->match);
  g_autoptr (StoreStatement) statement =
    store_connection_prepare (connection,
                              "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC",
                              error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement->handle, 1, expression, -1, SQLITE_STATIC);
  while (!is_full (search))
    {
      if (!store_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      if (!add_hit (search, connection, sqlite3_column_int64 (statement->handle, 0), error))
        return FALSE;
    }
  return TRUE;
}

/* The same from the coarse expression; @enough is FALSE where too much had to be compared. */
static gboolean
find_coarse (StoreConnection  *connection,
             Search           *search,
             gboolean         *enough,
             GError          **error)
{
  g_autofree char *expression = store_match_dup_coarse (search->match);
  g_autoptr (StoreStatement) statement =
    store_connection_prepare (connection,
                              "SELECT search.rowid, search_doc.text FROM search"
                              " JOIN search_doc ON search_doc.n = search.rowid"
                              " WHERE search MATCH ? ORDER BY search.rowid DESC", error);
  gboolean row = TRUE;

  *enough = FALSE;
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement->handle, 1, expression, -1, SQLITE_STATIC);
  for (guint i = 0; i < MOST_COMPARED && !is_full (search); i++)
    {
      const char *text;

      if (!store_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      text = (const char *) sqlite3_column_text (statement->handle, 1);
      if (text && store_match_is_met (search->match, text) &&
          !add_hit (search, connection, sqlite3_column_int64 (statement->handle, 0), error))
        return FALSE;
    }
  *enough = !row || is_full (search);
  return TRUE;
}

static gboolean
find_hits (StoreConnection  *connection,
           gpointer          data,
           GError          **error)
{
  Search *search = data;
  gboolean enough;

  if (!find_coarse (connection, search, &enough, error))
    return FALSE;
  if (enough)
    return TRUE;
  g_ptr_array_set_size (search->hits, 0);
  return find_exact (connection, search, error);
}

static Fit
get_fit (const StoreHit *hit,
         const char     *words)
{
  const char *title = store_record_get_title (hit->record);
  g_autofree char *folded = title ? store_fold_text (title, -1) : NULL;

  if (folded == NULL)
    return FIT_ELSEWHERE;
  if (g_str_equal (folded, words))
    return FIT_TITLE;
  if (g_str_has_prefix (folded, words))
    return FIT_START_OF_TITLE;
  return strstr (folded, words) ? FIT_IN_TITLE : FIT_ELSEWHERE;
}

static int
compare_fit (gconstpointer a,
             gconstpointer b,
             gpointer      words)
{
  return (int) get_fit (*(StoreHit **) a, words) - (int) get_fit (*(StoreHit **) b, words);
}

/* Where all hits are at hand the best come first, else the newest stay first; the sort is stable.
 * */
static void
order_hits (Search *search)
{
  g_autofree char *words = g_strstrip (store_fold_text (search->words, -1));

  if (search->limit != 0 && !is_full (search))
    g_ptr_array_sort_with_data (search->hits, compare_fit, words);
}

/**
 * store_search:
 * @database: a store
 * @words: what was typed
 * @limit: the most hits wanted, 0 for all
 * @error: return location
 *
 * Looks over every kind that has searched fields: each typed word must occur as the start of a
 * word, Chinese as a run of characters from one character on, numbers to call however they are
 * written. Customers come first, then the newest; where there are fewer hits than @limit, those
 * whose title fits best. What leads to a customer (a number, an address) finds the customer.
 * Blocks; any thread that may.
 *
 * Returns: (transfer full) (element-type StoreHit): the hits
 */
GPtrArray *
store_search (StoreDatabase  *database,
              const char     *words,
              guint           limit,
              GError        **error)
{
  Search search = { 0 };
  gboolean ok = TRUE;

  g_return_val_if_fail (STORE_IS_DATABASE (database) && words != NULL, NULL);

  search.words = (char *) words;
  search.limit = limit;
  search.hits = g_ptr_array_new_with_free_func ((GDestroyNotify) store_hit_free);
  search.match = store_match_new (words);
  if (search.match)
    ok = store_search_index_catch_up (database, STORE_SEARCH_NO_LIMIT, NULL, error) &&
         store_database_read (database, find_hits, &search, error);
  if (ok)
    order_hits (&search);
  else
    g_clear_pointer (&search.hits, g_ptr_array_unref);
  store_match_free (search.match);
  return search.hits;
}

static void
search_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      data,
                  GCancellable *cancellable)
{
  Search *search = data;
  GError *error = NULL;
  GPtrArray *hits = store_search (source, search->words, search->limit, &error);

  if (hits)
    g_task_return_pointer (task, hits, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * store_search_async:
 * @database: a store
 * @words: what was typed
 * @limit: the most hits wanted, 0 for all
 * @cancellable: (nullable): to stop waiting
 * @callback: called on the caller's main context
 * @user_data: for @callback
 *
 * See store_search().
 */
void
store_search_async (StoreDatabase       *database,
                    const char          *words,
                    guint                limit,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Search *search;

  g_return_if_fail (STORE_IS_DATABASE (database) && words != NULL);

  search = g_new0 (Search, 1);
  search->words = g_strdup (words);
  search->limit = limit;
  task = g_task_new (database, cancellable, callback, user_data);
  g_task_set_source_tag (task, store_search_async);
  g_task_set_task_data (task, search, search_free);
  g_task_run_in_thread (task, search_in_thread);
}

/**
 * store_search_finish:
 * @database: a store
 * @result: what the callback got
 * @error: as of store_search()
 *
 * Returns: (transfer full) (element-type StoreHit): the hits
 */
GPtrArray *
store_search_finish (StoreDatabase  *database,
                     GAsyncResult   *result,
                     GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, database), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
