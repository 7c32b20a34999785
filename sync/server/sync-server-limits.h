/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SyncServerLimits:
 * @max_batch_size: bytes of one batch
 * @max_roster_entry_size: bytes of one roster entry
 * @max_state_size: bytes of one state object
 * @max_json_size: bytes of a control message
 * @max_header_size: bytes of a request's header lines
 * @max_page_size: bytes of batches in one answer
 * @max_accounts: accounts of the server
 * @max_devices: devices of an account
 * @max_roster_entries: entries of a roster
 * @quota: bytes of batches that an account may store
 * @max_connections: open connections
 * @max_waiting: requests that wait for something new
 * @max_wait_seconds: how long one of them waits at most
 * @idle_seconds: how long a connection may be silent between requests
 * @request_seconds: how long a request may take to arrive
 * @answer_seconds: how long an answer may take to be fetched
 * @requests_per_second: of one account, lasting
 * @request_burst: of one account, at once
 *
 * What the server allows, so that nobody can take more than their share. Small in tests.
 */
typedef struct
{
  gsize max_batch_size;
  gsize max_roster_entry_size;
  gsize max_state_size;
  gsize max_json_size;
  gsize max_header_size;
  gsize max_page_size;
  guint max_accounts;
  guint max_devices;
  guint max_roster_entries;
  guint64 quota;
  guint max_connections;
  guint max_waiting;
  guint max_wait_seconds;
  guint idle_seconds;
  guint request_seconds;
  guint answer_seconds;
  guint requests_per_second;
  guint request_burst;
} SyncServerLimits;

void sync_server_limits_init (SyncServerLimits *limits);

G_END_DECLS
