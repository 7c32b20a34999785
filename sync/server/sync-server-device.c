/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-server-device.h"

#include <string.h>

/**
 * sync_server_device_find:
 * @database: a connection
 * @account: the account's row
 * @stream: the device's stream id
 * @device: (out caller-allocates): its row, where it is found
 * @found: (out): whether the account has such a device
 * @error: why not
 *
 * Returns: whether the database answered
 */
gboolean
sync_server_device_find (SyncServerDatabase  *database,
                         gint64               account,
                         const guint8         stream[SYNC_STREAM_ID_SIZE],
                         SyncServerDevice    *device,
                         gboolean            *found,
                         GError             **error)
{
  static const char sql[] =
    "SELECT number, key, revoked, last, hash FROM device WHERE account = ? AND stream = ?";
  sqlite3_stmt *statement = sync_server_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, account);
  sqlite3_bind_blob (statement, 2, stream, SYNC_STREAM_ID_SIZE, SQLITE_STATIC);
  if (!sync_server_database_step (database, statement, found, error))
    return FALSE;

  if (*found)
    {
      device->number = sqlite3_column_int64 (statement, 0);
      memcpy (device->key, sqlite3_column_blob (statement, 1), SYNC_PUBLIC_KEY_SIZE);
      device->revoked = sqlite3_column_int (statement, 2) != 0;
      device->last = sqlite3_column_int64 (statement, 3);
      memcpy (device->hash, sqlite3_column_blob (statement, 4), SYNC_HASH_SIZE);
      sync_server_database_release (statement);
    }

  return TRUE;
}

static gboolean
count (SyncServerDatabase  *database,
       gint64               account,
       guint               *devices,
       GError             **error)
{
  static const char sql[] = "SELECT count(*) FROM device WHERE account = ?";
  sqlite3_stmt *statement = sync_server_database_prepare (database, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, account);
  if (!sync_server_database_step (database, statement, &has_row, error))
    return FALSE;

  *devices = sqlite3_column_int (statement, 0);
  sync_server_database_release (statement);
  return TRUE;
}

static gboolean
insert (SyncServerDatabase  *database,
        gint64               account,
        const guint8         stream[SYNC_STREAM_ID_SIZE],
        const guint8         key[SYNC_PUBLIC_KEY_SIZE],
        GError             **error)
{
  static const char sql[] =
    "INSERT INTO device (account, stream, key, created) VALUES (?, ?, ?, ?)";
  sqlite3_stmt *statement = sync_server_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, account);
  sqlite3_bind_blob (statement, 2, stream, SYNC_STREAM_ID_SIZE, SQLITE_STATIC);
  sqlite3_bind_blob (statement, 3, key, SYNC_PUBLIC_KEY_SIZE, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 4, g_get_real_time () / 1000);
  return sync_server_database_run (database, statement, error);
}

/**
 * sync_server_device_enrol:
 * @database: the writing connection, inside a transaction
 * @account: the account's row
 * @key: the device's public key; the stream's id follows from it
 * @max_devices: how many devices an account may have
 * @enrolment: (out): what became of it
 * @error: why not
 *
 * Returns: whether the database did its part
 */
gboolean
sync_server_device_enrol (SyncServerDatabase   *database,
                          gint64                account,
                          const guint8          key[SYNC_PUBLIC_KEY_SIZE],
                          guint                 max_devices,
                          SyncServerEnrolment  *enrolment,
                          GError              **error)
{
  guint8 stream[SYNC_STREAM_ID_SIZE];
  SyncServerDevice device;
  gboolean found;
  guint devices;

  sync_stream_id_from_public_key (stream, key);
  if (!sync_server_device_find (database, account, stream, &device, &found, error) ||
      !count (database, account, &devices, error))
    return FALSE;

  if (found)
    {
      *enrolment = device.revoked ? SYNC_SERVER_ENROLMENT_REVOKED : SYNC_SERVER_ENROLMENT_SAME;
      return TRUE;
    }

  *enrolment = devices < max_devices ? SYNC_SERVER_ENROLMENT_MADE : SYNC_SERVER_ENROLMENT_FULL;
  return *enrolment == SYNC_SERVER_ENROLMENT_FULL ||
         insert (database, account, stream, key, error);
}

/**
 * sync_server_device_revoke:
 * @database: the writing connection, inside a transaction
 * @account: the account's row
 * @stream: the device's stream id
 * @found: (out): whether there is such a device
 * @error: why not
 *
 * Shuts a device out: its requests and further batches of its stream are refused. What its
 * stream holds stays.
 *
 * Returns: whether the database did its part
 */
gboolean
sync_server_device_revoke (SyncServerDatabase  *database,
                           gint64               account,
                           const guint8         stream[SYNC_STREAM_ID_SIZE],
                           gboolean            *found,
                           GError             **error)
{
  static const char sql[] = "UPDATE device SET revoked = 1 WHERE account = ? AND stream = ?";
  sqlite3_stmt *statement = sync_server_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, account);
  sqlite3_bind_blob (statement, 2, stream, SYNC_STREAM_ID_SIZE, SQLITE_STATIC);
  if (!sync_server_database_run (database, statement, error))
    return FALSE;

  *found = sync_server_database_changes (database) == 1;
  return TRUE;
}
