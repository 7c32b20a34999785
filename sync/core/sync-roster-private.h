/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync-roster-entry.h"
#include "sync-roster.h"

G_BEGIN_DECLS

/* Private to the files of the roster. */

struct _SyncRoster
{
  SyncAccount *account;
  GPtrArray *entries; /* GBytes, in the order of arrival */
  GPtrArray *waiting; /* GBytes whose seen entries are not here */
  GHashTable *ids;    /* GBytes of an id -> whether no other entry names it */
  GPtrArray *devices; /* SyncDevice */
  GHashTable *named;  /* SyncDevice -> SyncRosterEntry that gave its name */
};

SyncDevice *sync_roster_find_device (SyncRoster   *self,
                                     const guint8  public_key[SYNC_PUBLIC_KEY_SIZE]);

G_END_DECLS
