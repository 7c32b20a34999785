/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync-identity.h"
#include "sync-server-database.h"

G_BEGIN_DECLS

/**
 * SyncServerDevice:
 * @number: its row
 * @key: the public key that signs its requests and its stream
 * @revoked: whether it was shut out
 * @last: number of the last record of its stream
 * @hash: the chain hash there
 */
typedef struct
{
  gint64 number;
  guint8 key[SYNC_PUBLIC_KEY_SIZE];
  gboolean revoked;
  guint64 last;
  guint8 hash[SYNC_HASH_SIZE];
} SyncServerDevice;

/**
 * SyncServerEnrolment:
 * @SYNC_SERVER_ENROLMENT_MADE: the device is new
 * @SYNC_SERVER_ENROLMENT_SAME: it was enrolled already
 * @SYNC_SERVER_ENROLMENT_REVOKED: it was shut out and stays so
 * @SYNC_SERVER_ENROLMENT_FULL: the account has as many devices as the server takes
 */
typedef enum
{
  SYNC_SERVER_ENROLMENT_MADE,
  SYNC_SERVER_ENROLMENT_SAME,
  SYNC_SERVER_ENROLMENT_REVOKED,
  SYNC_SERVER_ENROLMENT_FULL,
} SyncServerEnrolment;

gboolean sync_server_device_find   (SyncServerDatabase   *database,
                                    gint64                account,
                                    const guint8          stream[SYNC_STREAM_ID_SIZE],
                                    SyncServerDevice     *device,
                                    gboolean             *found,
                                    GError              **error);
gboolean sync_server_device_enrol  (SyncServerDatabase   *database,
                                    gint64                account,
                                    const guint8          key[SYNC_PUBLIC_KEY_SIZE],
                                    guint                 max_devices,
                                    SyncServerEnrolment  *enrolment,
                                    GError              **error);
gboolean sync_server_device_revoke (SyncServerDatabase   *database,
                                    gint64                account,
                                    const guint8          stream[SYNC_STREAM_ID_SIZE],
                                    gboolean             *found,
                                    GError              **error);

G_END_DECLS
