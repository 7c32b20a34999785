/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "sync-identity.h"

G_BEGIN_DECLS

/**
 * SyncDevice:
 * @public_key: its Ed25519 public key
 * @exchange_key: its X25519 public key
 * @stream: the stream that it writes
 * @name: what the person calls it
 * @enrolled_at: UTC milliseconds, by the clock of who enrolled it
 * @own: whether it is this device; only in lists of sync_engine_list_devices()
 *
 * A device as the roster knows it.
 */
typedef struct
{
  guint8 public_key[SYNC_PUBLIC_KEY_SIZE];
  guint8 exchange_key[SYNC_PUBLIC_KEY_SIZE];
  guint8 stream[SYNC_STREAM_ID_SIZE];
  char *name;
  gint64 enrolled_at;
  gboolean own;
} SyncDevice;

void sync_device_free (SyncDevice *device);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyncDevice, sync_device_free)

G_END_DECLS
