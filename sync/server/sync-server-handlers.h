/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync-server-exchange.h"

G_BEGIN_DECLS

void sync_server_handle_greeting      (SyncServerExchange *exchange);
void sync_server_handle_health        (SyncServerExchange *exchange);

void sync_server_handle_register      (SyncServerExchange *exchange);
void sync_server_handle_enrol         (SyncServerExchange *exchange);
void sync_server_handle_revoke        (SyncServerExchange *exchange);

void sync_server_handle_put_batch     (SyncServerExchange *exchange);
void sync_server_handle_get_stream    (SyncServerExchange *exchange);
void sync_server_handle_get_log       (SyncServerExchange *exchange);
void sync_server_handle_get_heads     (SyncServerExchange *exchange);

void sync_server_handle_get_roster    (SyncServerExchange *exchange);
void sync_server_handle_append_roster (SyncServerExchange *exchange);
void sync_server_handle_put_state     (SyncServerExchange *exchange);
void sync_server_handle_get_state     (SyncServerExchange *exchange);

G_END_DECLS
