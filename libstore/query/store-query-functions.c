/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the SQL of queries needs beyond SQLite's own: each connection gets it when it is opened. */
#include "config.h"

#include "store-query-functions.h"

#include <glib/gi18n-lib.h>

#include "store-error.h"
#include "store-fold.h"
#include "store-row-set.h"
#include "store-tokenizer.h"

/* store_contains (TEXT, NEEDLE): NEEDLE is folded already. */
static void
contains (sqlite3_context *context,
          int              n_arguments,
          sqlite3_value  **arguments)
{
  const char *text = (const char *) sqlite3_value_text (arguments[0]);
  const char *needle = (const char *) sqlite3_value_text (arguments[1]);

  sqlite3_result_int (context,
                      text && needle &&
                        store_fold_contains (text, (gsize) sqlite3_value_bytes (arguments[0]),
                                             needle, (gsize) sqlite3_value_bytes (arguments[1])));
}

/* store_in_set (N, SET): SET is a StoreRowSet, bound as a pointer. */
static void
in_set (sqlite3_context *context,
        int              n_arguments,
        sqlite3_value  **arguments)
{
  StoreRowSet *set = sqlite3_value_pointer (arguments[1], STORE_ROW_SET_POINTER);

  sqlite3_result_int (context,
                      set && store_row_set_contains (set, sqlite3_value_int64 (arguments[0])));
}

/**
 * store_query_functions_attach:
 * @handle: a connection just opened
 * @error: return location
 *
 * Makes the functions of queries and the tokenizer of the search known to the connection.
 *
 * Returns: whether it worked. The thread of the connection.
 */
gboolean
store_query_functions_attach (sqlite3  *handle,
                              GError  **error)
{
  const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;

  if (sqlite3_create_function (handle, "store_contains", 2, flags, NULL, contains, NULL, NULL)
        != SQLITE_OK ||
      sqlite3_create_function (handle, "store_in_set", 2, SQLITE_UTF8, NULL, in_set, NULL, NULL)
        != SQLITE_OK)
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_FAILED,
                   _("The store cannot be read: %s. Try again."), sqlite3_errmsg (handle));
      return FALSE;
    }
  return store_tokenizer_attach (handle, error);
}
