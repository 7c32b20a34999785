/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync-identity.h"
#include "sync-server-database.h"

G_BEGIN_DECLS

/**
 * SyncServerAccount:
 * @number: its row
 * @key: the account's public key
 * @epoch: of its cursors; another one after anything was lost
 * @arrival: number of the last batch that arrived
 * @size: bytes it takes
 * @roster: version of its roster
 */
typedef struct
{
  gint64 number;
  guint8 key[SYNC_PUBLIC_KEY_SIZE];
  guint64 epoch;
  guint64 arrival;
  guint64 size;
  guint64 roster;
} SyncServerAccount;

/**
 * SyncServerRegistration:
 * @SYNC_SERVER_REGISTRATION_MADE: the account is new
 * @SYNC_SERVER_REGISTRATION_SAME: it was there already
 * @SYNC_SERVER_REGISTRATION_CLOSED: a code is needed, and this is none or a spent one
 * @SYNC_SERVER_REGISTRATION_FULL: the server takes no further accounts
 */
typedef enum
{
  SYNC_SERVER_REGISTRATION_MADE,
  SYNC_SERVER_REGISTRATION_SAME,
  SYNC_SERVER_REGISTRATION_CLOSED,
  SYNC_SERVER_REGISTRATION_FULL,
} SyncServerRegistration;

gboolean sync_server_account_find        (SyncServerDatabase      *database,
                                          const guint8             id[SYNC_ACCOUNT_ID_SIZE],
                                          SyncServerAccount       *account,
                                          gboolean                *found,
                                          GError                 **error);
gboolean sync_server_account_register    (SyncServerDatabase      *database,
                                          const guint8             key[SYNC_PUBLIC_KEY_SIZE],
                                          const char              *invite,
                                          gboolean                 is_open,
                                          guint                    max_accounts,
                                          SyncServerRegistration  *registration,
                                          GError                 **error);
gboolean sync_server_account_renew_epoch (SyncServerDatabase      *database,
                                          const guint8             id[SYNC_ACCOUNT_ID_SIZE],
                                          guint64                  seen_arrival,
                                          GError                 **error);

G_END_DECLS
