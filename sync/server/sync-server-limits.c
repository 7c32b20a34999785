/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-server-limits.h"

#include "sync-batch-header.h"
#include "sync-json.h"

/**
 * sync_server_limits_init:
 * @limits: (out caller-allocates): what suits a small machine and a few businesses
 */
void
sync_server_limits_init (SyncServerLimits *limits)
{
  *limits = (SyncServerLimits) {
    .max_batch_size = SYNC_BATCH_MAX_SIZE,
    .max_roster_entry_size = 16 * 1024,
    .max_state_size = 4 * 1024,
    .max_json_size = SYNC_JSON_MAX_SIZE / 16,
    .max_header_size = 16 * 1024,
    .max_page_size = 4 * SYNC_BATCH_MAX_SIZE,
    .max_accounts = 1000,
    .max_devices = 64,
    .max_roster_entries = 4096,
    .quota = G_GUINT64_CONSTANT (4) << 30,
    .max_connections = 1000,
    .max_waiting = 500,
    .max_wait_seconds = 55,
    .idle_seconds = 60,
    .request_seconds = 60,
    .answer_seconds = 120,
    .requests_per_second = 200,
    .request_burst = 4000,
  };
}
