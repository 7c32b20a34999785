/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "sync-account.h"
#include "sync-device.h"

G_BEGIN_DECLS

#define SYNC_DEVICE_NAME_MAX 200

/**
 * SyncRoster:
 *
 * Who belongs to an account: the signed entries and what they come to. Not
 * thread-safe.
 */
typedef struct _SyncRoster SyncRoster;

SyncRoster       *sync_roster_new          (const SyncAccount  *account);
void              sync_roster_free         (SyncRoster         *self);

gboolean          sync_roster_add          (SyncRoster         *self,
                                            GBytes             *entry,
                                            GError            **error);
GPtrArray        *sync_roster_get_entries  (SyncRoster         *self);
gboolean          sync_roster_contains     (SyncRoster         *self,
                                            GBytes             *entry);

GPtrArray        *sync_roster_get_devices  (SyncRoster         *self);
const SyncDevice *sync_roster_find_stream  (SyncRoster         *self,
                                            const guint8        stream[SYNC_STREAM_ID_SIZE]);

GBytes           *sync_roster_write_enrol  (SyncRoster         *self,
                                            const guint8        device[SYNC_PUBLIC_KEY_SIZE],
                                            const guint8        exchange_key[SYNC_PUBLIC_KEY_SIZE],
                                            const char         *name,
                                            gint64              time);
GBytes           *sync_roster_write_rename (SyncRoster         *self,
                                            const guint8        device[SYNC_PUBLIC_KEY_SIZE],
                                            const char         *name,
                                            gint64              time);
gboolean          sync_roster_is_named     (SyncRoster         *self,
                                            const guint8        device[SYNC_PUBLIC_KEY_SIZE],
                                            const char         *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyncRoster, sync_roster_free)

G_END_DECLS
