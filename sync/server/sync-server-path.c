/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-server-path.h"

#include <string.h>

/* The server's paths, all of them:
 *
 *     /v1                                             what the server is
 *     /v1/health                                      whether it works
 *     /v1/accounts                                    make one
 *     /v1/ACCOUNT/devices/STREAM                      enrol, shut out
 *     /v1/ACCOUNT/heads                               how far each stream goes
 *     /v1/ACCOUNT/log?after=&max=&wait=               batches by arrival
 *     /v1/ACCOUNT/streams/STREAM?after=&max=          batches of one stream
 *     /v1/ACCOUNT/streams/STREAM/FIRST-LAST           one batch
 *     /v1/ACCOUNT/roster?expected=                    who belongs to the account
 *     /v1/ACCOUNT/state/STREAM                        a device's small object
 *
 * ACCOUNT and STREAM are lower-case hexadecimal of exactly their length, numbers are decimal
 * without leading zeros. Nothing is decoded: a path has one spelling, and any other is not found
 * (the parser of URIs has folded dots and needless escapes before). No part of a path ever names a file.
 */

#define NUMBER_MAX_LENGTH 15
#define SEGMENTS_MAX 6

static gboolean
parse_id (const char *text,
          guint8     *id,
          gsize       size)
{
  return strspn (text, "0123456789abcdef") == strlen (text) &&
         sync_identity_from_hex (text, id, size);
}

/**
 * sync_server_number_parse:
 * @text: foreign text
 * @number: (out): what it says
 *
 * Returns: whether @text is a decimal number of at most fifteen digits, spelt the usual way
 */
gboolean
sync_server_number_parse (const char *text,
                          guint64    *number)
{
  gsize length = strlen (text);

  if (length == 0 || length > NUMBER_MAX_LENGTH || strspn (text, "0123456789") != length ||
      (length > 1 && text[0] == '0'))
    return FALSE;

  *number = g_ascii_strtoull (text, NULL, 10);
  return TRUE;
}

static gboolean
parse_range (const char     *text,
             SyncServerPath *path)
{
  g_auto (GStrv) ends = g_strsplit (text, "-", 3);

  return g_strv_length (ends) == 2 &&
         sync_server_number_parse (ends[0], &path->first) &&
         sync_server_number_parse (ends[1], &path->last) &&
         path->first >= 1 && path->first <= path->last;
}

static SyncServerRoute
get_account_route (char           **segments,
                   guint            n_segments,
                   SyncServerPath  *path)
{
  if (n_segments == 1 && strcmp (segments[0], "heads") == 0)
    return SYNC_SERVER_ROUTE_HEADS;
  if (n_segments == 1 && strcmp (segments[0], "log") == 0)
    return SYNC_SERVER_ROUTE_LOG;
  if (n_segments == 1 && strcmp (segments[0], "roster") == 0)
    return SYNC_SERVER_ROUTE_ROSTER;

  if (n_segments < 2 || !parse_id (segments[1], path->stream, sizeof path->stream))
    return SYNC_SERVER_ROUTE_NONE;

  if (n_segments == 2 && strcmp (segments[0], "devices") == 0)
    return SYNC_SERVER_ROUTE_DEVICE;
  if (n_segments == 2 && strcmp (segments[0], "state") == 0)
    return SYNC_SERVER_ROUTE_STATE;
  if (n_segments == 2 && strcmp (segments[0], "streams") == 0)
    return SYNC_SERVER_ROUTE_STREAM;
  if (n_segments == 3 && strcmp (segments[0], "streams") == 0 && parse_range (segments[2], path))
    return SYNC_SERVER_ROUTE_BATCH;

  return SYNC_SERVER_ROUTE_NONE;
}

static SyncServerRoute
get_route (char           **segments,
           guint            n_segments,
           SyncServerPath  *path)
{
  if (n_segments == 0)
    return SYNC_SERVER_ROUTE_GREETING;
  if (n_segments == 1 && strcmp (segments[0], "health") == 0)
    return SYNC_SERVER_ROUTE_HEALTH;
  if (n_segments == 1 && strcmp (segments[0], "accounts") == 0)
    return SYNC_SERVER_ROUTE_ACCOUNTS;

  if (!parse_id (segments[0], path->account, sizeof path->account))
    return SYNC_SERVER_ROUTE_NONE;

  return get_account_route (segments + 1, n_segments - 1, path);
}

/**
 * sync_server_path_parse:
 * @text: a path as it travelled, foreign text
 * @path: (out caller-allocates): what it says
 *
 * Returns: whether the server has such a path
 */
gboolean
sync_server_path_parse (const char     *text,
                        SyncServerPath *path)
{
  g_auto (GStrv) segments = NULL;
  guint n_segments;

  memset (path, 0, sizeof *path);
  segments = g_strsplit (text, "/", SEGMENTS_MAX + 1);
  n_segments = g_strv_length (segments);
  if (n_segments < 2 || segments[0][0] != '\0' || strcmp (segments[1], "v1") != 0)
    return FALSE;

  path->route = get_route (segments + 2, n_segments - 2, path);
  return path->route != SYNC_SERVER_ROUTE_NONE;
}

/**
 * sync_server_path_get_name:
 * @path: a path
 *
 * Returns: the name of its route, for the log
 */
const char *
sync_server_path_get_name (const SyncServerPath *path)
{
  static const char *names[] = { "none",  "greeting", "health", "accounts", "device", "heads",
                                 "log",   "stream",   "batch",  "roster",   "state" };

  return names[path->route];
}

static gboolean
take_value (const char         *pair,
            const char * const *names,
            guint64            *values,
            guint              *seen)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      gsize length = strlen (names[i]);

      if (strncmp (pair, names[i], length) != 0 || pair[length] != '=')
        continue;

      if (*seen & 1u << i)
        return FALSE;
      *seen |= 1u << i;
      return sync_server_number_parse (pair + length + 1, &values[i]);
    }

  return FALSE;
}

/**
 * sync_server_query_parse:
 * @query: (nullable): a query as it travelled, foreign text
 * @names: (array zero-terminated=1): the numbers that the path knows
 * @values: (inout): one for each; those that are not in the query stay
 *
 * Returns: whether the query holds known names only, each once, with a number
 */
gboolean
sync_server_query_parse (const char         *query,
                         const char * const *names,
                         guint64            *values)
{
  g_auto (GStrv) pairs = NULL;
  guint seen = 0;

  if (query == NULL || *query == '\0')
    return TRUE;

  pairs = g_strsplit (query, "&", (int) g_strv_length ((char **) names) + 1);
  for (guint i = 0; pairs[i] != NULL; i++)
    if (!take_value (pairs[i], names, values, &seen))
      return FALSE;

  return TRUE;
}
