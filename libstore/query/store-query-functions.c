/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the SQL of queries needs beyond SQLite's own: each connection gets it when it is opened. */
#include "config.h"

#include "store-query-functions.h"

#include <glib/gi18n-lib.h>

#include "store-error.h"
#include "store-fold.h"
#include "store-id.h"
#include "store-money.h"
#include "store-row-set.h"
#include "store-tokenizer.h"

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return store_id_compare (a, b);
}

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

/* store_id_in (ID, IDS): IDS is a sorted array of ids, bound as a pointer. */
static void
id_in (sqlite3_context *context,
       int              n_arguments,
       sqlite3_value  **arguments)
{
  GArray *ids = sqlite3_value_pointer (arguments[1], STORE_ID_ARRAY_POINTER);
  const void *id = sqlite3_value_blob (arguments[0]);
  gboolean found = FALSE;

  if (ids && id && sqlite3_value_bytes (arguments[0]) == STORE_ID_SIZE)
    found = g_array_binary_search (ids, id, compare_ids, NULL);
  sqlite3_result_int (context, found);
}

/* store_fold (TEXT) */
static void
fold (sqlite3_context *context,
      int              n_arguments,
      sqlite3_value  **arguments)
{
  const char *text = (const char *) sqlite3_value_text (arguments[0]);

  if (text)
    sqlite3_result_text (context, store_fold_text (text, sqlite3_value_bytes (arguments[0])), -1,
                         g_free);
}

/* store_money (AMOUNT, CURRENCY): the amount in 1/10000 of the currency's whole unit. */
static void
money (sqlite3_context *context,
       int              n_arguments,
       sqlite3_value  **arguments)
{
  static const int scales[] = { 10000, 1000, 100, 10, 1 };
  const char *currency = (const char *) sqlite3_value_text (arguments[1]);
  gint64 amount = sqlite3_value_int64 (arguments[0]);
  int scale = scales[MIN (store_money_get_digits (currency), 4)];
  gint64 result;

  if (sqlite3_value_type (arguments[0]) == SQLITE_NULL)
    return;
  if (__builtin_mul_overflow (amount, scale, &result))
    sqlite3_result_double (context, (double) amount * scale);
  else
    sqlite3_result_int64 (context, result);
}

static const struct
{
  const char *name;
  int n_arguments;
  int flags;
  void (*func) (sqlite3_context *,
                int,
                sqlite3_value **);
} functions[] = {
  { "store_contains", 2, SQLITE_DETERMINISTIC, contains },
  { "store_fold", 1, SQLITE_DETERMINISTIC, fold },
  { "store_id_in", 2, 0, id_in },
  { "store_in_set", 2, 0, in_set },
  { "store_money", 2, SQLITE_DETERMINISTIC, money },
};

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
  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    if (sqlite3_create_function (handle, functions[i].name, functions[i].n_arguments,
                                 functions[i].flags | SQLITE_UTF8, NULL, functions[i].func, NULL,
                                 NULL) != SQLITE_OK)
      {
        g_set_error (error, STORE_ERROR, STORE_ERROR_FAILED,
                     _("The store cannot be read: %s. Try again."), sqlite3_errmsg (handle));
        return FALSE;
      }
  return store_tokenizer_attach (handle, error);
}
