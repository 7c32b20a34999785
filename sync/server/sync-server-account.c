/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-server-account.h"

#include <sodium.h>
#include <string.h>

#include "sync-server-invite.h"

/* The epoch is a random number below 2^53 (a JSON number that every reader keeps exactly),
 * so that an account that is made anew after a loss does not repeat an old one.
 */

#define EPOCH_BITS 53

static gint64
make_epoch (void)
{
  guint64 bits;

  randombytes_buf (&bits, sizeof bits);
  return (gint64) (bits >> (64 - EPOCH_BITS)) | 1;
}

static void
read_row (sqlite3_stmt      *statement,
          SyncServerAccount *account)
{
  account->number = sqlite3_column_int64 (statement, 0);
  memcpy (account->key, sqlite3_column_blob (statement, 1), SYNC_PUBLIC_KEY_SIZE);
  account->epoch = sqlite3_column_int64 (statement, 2);
  account->arrival = sqlite3_column_int64 (statement, 3);
  account->size = sqlite3_column_int64 (statement, 4);
  account->roster = sqlite3_column_int64 (statement, 5);
}

/**
 * sync_server_account_find:
 * @database: a connection
 * @id: the account's id
 * @account: (out caller-allocates): its row, where it is found
 * @found: (out): whether there is such an account
 * @error: why not
 *
 * Returns: whether the database answered
 */
gboolean
sync_server_account_find (SyncServerDatabase  *database,
                          const guint8         id[SYNC_ACCOUNT_ID_SIZE],
                          SyncServerAccount   *account,
                          gboolean            *found,
                          GError             **error)
{
  static const char sql[] =
    "SELECT number, key, epoch, arrival, size, roster FROM account WHERE id = ?";
  sqlite3_stmt *statement = sync_server_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_blob (statement, 1, id, SYNC_ACCOUNT_ID_SIZE, SQLITE_STATIC);
  if (!sync_server_database_step (database, statement, found, error))
    return FALSE;

  if (*found)
    {
      read_row (statement, account);
      sync_server_database_release (statement);
    }

  return TRUE;
}

static gboolean
insert (SyncServerDatabase  *database,
        const guint8         id[SYNC_ACCOUNT_ID_SIZE],
        const guint8         key[SYNC_PUBLIC_KEY_SIZE],
        GError             **error)
{
  static const char sql[] = "INSERT INTO account (id, key, created, epoch) VALUES (?, ?, ?, ?)";
  sqlite3_stmt *statement = sync_server_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_blob (statement, 1, id, SYNC_ACCOUNT_ID_SIZE, SQLITE_STATIC);
  sqlite3_bind_blob (statement, 2, key, SYNC_PUBLIC_KEY_SIZE, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 3, g_get_real_time () / 1000);
  sqlite3_bind_int64 (statement, 4, make_epoch ());
  return sync_server_database_run (database, statement, error);
}

static gboolean
count (SyncServerDatabase  *database,
       guint               *accounts,
       GError             **error)
{
  sqlite3_stmt *statement = sync_server_database_prepare (database,
                                                          "SELECT count(*) FROM account",
                                                          error);
  gboolean has_row;

  if (statement == NULL || !sync_server_database_step (database, statement, &has_row, error))
    return FALSE;

  *accounts = sqlite3_column_int (statement, 0);
  sync_server_database_release (statement);
  return TRUE;
}

/**
 * sync_server_account_register:
 * @database: the writing connection, inside a transaction
 * @key: the account's public key; the id follows from it
 * @invite: (nullable): the code that came with the request
 * @is_open: whether no code is needed
 * @max_accounts: how many accounts the server takes
 * @registration: (out): what became of it
 * @error: why not
 *
 * Makes an account and spends the code in the same transaction. An account that is there
 * already spends nothing, so a request whose answer was lost can be repeated.
 *
 * Returns: whether the database did its part
 */
gboolean
sync_server_account_register (SyncServerDatabase      *database,
                              const guint8             key[SYNC_PUBLIC_KEY_SIZE],
                              const char              *invite,
                              gboolean                 is_open,
                              guint                    max_accounts,
                              SyncServerRegistration  *registration,
                              GError                 **error)
{
  guint8 id[SYNC_ACCOUNT_ID_SIZE];
  SyncServerAccount account;
  gboolean found;
  gboolean is_invited = is_open;
  guint accounts;

  sync_account_id_from_public_key (id, key);
  if (!sync_server_account_find (database, id, &account, &found, error) ||
      !count (database, &accounts, error))
    return FALSE;

  *registration = found ? SYNC_SERVER_REGISTRATION_SAME : SYNC_SERVER_REGISTRATION_FULL;
  if (found || accounts >= max_accounts)
    return TRUE;

  if (!is_open && invite != NULL &&
      !sync_server_invite_spend (database, invite, id, &is_invited, error))
    return FALSE;

  *registration = is_invited ? SYNC_SERVER_REGISTRATION_MADE : SYNC_SERVER_REGISTRATION_CLOSED;
  return !is_invited || insert (database, id, key, error);
}

/**
 * sync_server_account_renew_epoch:
 * @database: the writing connection, inside a transaction
 * @id: the account's id
 * @seen_arrival: an arrival that a device has seen here
 * @error: why not
 *
 * Gives the account a new epoch if its arrivals end before @seen_arrival: then the
 * database is older than what it once answered, and cursors into it mean nothing.
 *
 * Returns: whether the database did its part
 */
gboolean
sync_server_account_renew_epoch (SyncServerDatabase  *database,
                                 const guint8         id[SYNC_ACCOUNT_ID_SIZE],
                                 guint64              seen_arrival,
                                 GError             **error)
{
  static const char sql[] =
    "UPDATE account SET epoch = ?, arrival = ? WHERE id = ? AND arrival < ?";
  sqlite3_stmt *statement = sync_server_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, make_epoch ());
  sqlite3_bind_int64 (statement, 2, seen_arrival);
  sqlite3_bind_blob (statement, 3, id, SYNC_ACCOUNT_ID_SIZE, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 4, seen_arrival);
  return sync_server_database_run (database, statement, error);
}
