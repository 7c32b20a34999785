/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tokenizer of the full-text index (https://www.sqlite.org/fts5.html, section 7): it hands the
 * words of store-words.c to FTS5. It keeps nothing between calls. */
#include "config.h"

#include "store-tokenizer.h"

#include <glib/gi18n-lib.h>

#include "store-error.h"
#include "store-words.h"

typedef int (*TokenFunc) (void       *context,
                          int         flags,
                          const char *token,
                          int         length,
                          int         start,
                          int         end);

typedef struct
{
  TokenFunc func;
  void *context;
  int code;
} Receiver;

static gboolean
pass_on (const char *word,
         gsize       length,
         gsize       start,
         gsize       end,
         gpointer    data)
{
  Receiver *receiver = data;

  receiver->code =
    receiver->func (receiver->context, 0, word, (int) length, (int) start, (int) end);
  return receiver->code == SQLITE_OK;
}

static int
create_tokenizer (void          *context,
                  const char   **arguments,
                  int            n_arguments,
                  Fts5Tokenizer **tokenizer)
{
  static char nothing;

  *tokenizer = (Fts5Tokenizer *) &nothing;
  return SQLITE_OK;
}

static void
delete_tokenizer (Fts5Tokenizer *tokenizer)
{
}

static int
tokenize (Fts5Tokenizer *tokenizer,
          void          *context,
          int            flags,
          const char    *text,
          int            length,
          TokenFunc      func)
{
  Receiver receiver = { func, context, SQLITE_OK };

  if (text)
    store_words_foreach (text, (gsize) length, pass_on, &receiver);
  return receiver.code;
}

/* FTS5 hands out its interface through a query with a pointer bound to it. */
static fts5_api *
find_interface (sqlite3 *handle)
{
  fts5_api *interface = NULL;
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (handle, "SELECT fts5(?1)", -1, &statement, NULL) != SQLITE_OK)
    return NULL;
  sqlite3_bind_pointer (statement, 1, &interface, "fts5_api_ptr", NULL);
  sqlite3_step (statement);
  sqlite3_finalize (statement);
  return interface;
}

/**
 * store_tokenizer_attach:
 * @handle: a connection
 * @error: return location
 *
 * Makes %STORE_TOKENIZER known to the connection. It needs no table.
 *
 * Returns: whether it worked. The thread of the connection.
 */
gboolean
store_tokenizer_attach (sqlite3  *handle,
                        GError  **error)
{
  static fts5_tokenizer methods = { create_tokenizer, delete_tokenizer, tokenize };
  fts5_api *interface = find_interface (handle);

  if (interface && interface->xCreateTokenizer (interface, STORE_TOKENIZER, NULL, &methods, NULL)
                     == SQLITE_OK)
    return TRUE;

  g_set_error_literal (error, STORE_ERROR, STORE_ERROR_FAILED,
                       _("The search cannot be used: install a SQLite that has FTS5."));
  return FALSE;
}
