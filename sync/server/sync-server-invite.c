/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-server-invite.h"

#include <sodium.h>
#include <string.h>

/* Invite codes: 80 random bits as sixteen characters of Crockford's base 32 (no I, L, O, U), in
 * groups of four. The database keeps BLAKE2b of the characters, so whoever reads the file
 * cannot register; looking a hash up tells nothing by its time.
 */

#define CODE_LENGTH 16
#define GROUP_LENGTH 4

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static char
get_plain_character (char c)
{
  c = g_ascii_toupper (c);
  if (c == 'O')
    return '0';
  if (c == 'I' || c == 'L')
    return '1';
  return c;
}

static void
hash_code (const char *code,
           guint8      hash[SYNC_HASH_SIZE])
{
  g_autoptr (GString) plain = g_string_new (NULL);

  for (const char *c = code; *c != '\0' && plain->len <= CODE_LENGTH; c++)
    if (*c != '-' && !g_ascii_isspace (*c))
      g_string_append_c (plain, get_plain_character (*c));

  crypto_generichash (hash, SYNC_HASH_SIZE, (const guint8 *) plain->str, plain->len, NULL, 0);
}

static char *
make_code (void)
{
  GString *code = g_string_new (NULL);

  for (guint i = 0; i < CODE_LENGTH; i++)
    {
      if (i > 0 && i % GROUP_LENGTH == 0)
        g_string_append_c (code, '-');
      g_string_append_c (code, alphabet[randombytes_uniform (strlen (alphabet))]);
    }

  return g_string_free (code, FALSE);
}

/**
 * sync_server_invite_make:
 * @database: a writing connection
 * @days: how long the code is good
 * @error: why not
 *
 * Returns: (transfer full): a code that makes one account
 */
char *
sync_server_invite_make (SyncServerDatabase  *database,
                         guint                days,
                         GError             **error)
{
  static const char sql[] = "INSERT INTO invite (hash, created, expires) VALUES (?, ?, ?)";
  sqlite3_stmt *statement = sync_server_database_prepare (database, sql, error);
  g_autofree char *code = make_code ();
  gint64 now = g_get_real_time () / 1000;
  guint8 hash[SYNC_HASH_SIZE];

  if (statement == NULL)
    return NULL;

  hash_code (code, hash);
  sqlite3_bind_blob (statement, 1, hash, sizeof hash, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 2, now);
  sqlite3_bind_int64 (statement, 3, now + (gint64) days * 24 * 60 * 60 * 1000);
  if (!sync_server_database_run (database, statement, error))
    return NULL;

  return g_steal_pointer (&code);
}

/**
 * sync_server_invite_spend:
 * @database: the writing connection, inside a transaction
 * @code: the code as a person typed it
 * @account: for whom
 * @is_good: (out): whether it was an unspent code that is still good
 * @error: why not
 *
 * Returns: whether the database did its part
 */
gboolean
sync_server_invite_spend (SyncServerDatabase  *database,
                          const char          *code,
                          const guint8         account[SYNC_ACCOUNT_ID_SIZE],
                          gboolean            *is_good,
                          GError             **error)
{
  static const char sql[] =
    "UPDATE invite SET account = ? WHERE hash = ? AND account IS NULL AND expires > ?";
  sqlite3_stmt *statement = sync_server_database_prepare (database, sql, error);
  guint8 hash[SYNC_HASH_SIZE];

  if (statement == NULL)
    return FALSE;

  hash_code (code, hash);
  sqlite3_bind_blob (statement, 1, account, SYNC_ACCOUNT_ID_SIZE, SQLITE_STATIC);
  sqlite3_bind_blob (statement, 2, hash, sizeof hash, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 3, g_get_real_time () / 1000);
  if (!sync_server_database_run (database, statement, error))
    return FALSE;

  *is_good = sync_server_database_changes (database) == 1;
  return TRUE;
}
