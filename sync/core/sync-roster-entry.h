/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "sync-identity.h"

G_BEGIN_DECLS

/**
 * SyncRosterType:
 * @SYNC_ROSTER_ENROL: the subject is a device of the account
 * @SYNC_ROSTER_RENAME: the subject has another name
 * @SYNC_ROSTER_REVOKE: the subject is shut out from a number on
 * @SYNC_ROSTER_ROTATE: a new sealing key
 * @SYNC_ROSTER_PREFIX: the subject's prefix of document numbers
 * @SYNC_ROSTER_AUTHORITY: who does what only one may do
 * @SYNC_ROSTER_BARRIER: what every device has acknowledged
 *
 * What an entry says. The numbers are for life; entries of a type that this
 * version does not know are kept and passed by.
 */
typedef enum
{
  SYNC_ROSTER_ENROL = 1,
  SYNC_ROSTER_RENAME = 2,
  SYNC_ROSTER_REVOKE = 3,
  SYNC_ROSTER_ROTATE = 4,
  SYNC_ROSTER_PREFIX = 5,
  SYNC_ROSTER_AUTHORITY = 6,
  SYNC_ROSTER_BARRIER = 7,
} SyncRosterType;

/**
 * SyncRosterEntry:
 * @id: hash of the whole entry
 * @type: a #SyncRosterType, or one of a later version
 * @account: whose roster
 * @time: when it was written, UTC milliseconds by the writer's clock; for people only
 * @signer: public key of the account or of a device
 * @subject: public key of the device that it speaks of, or zeros
 * @seen: ids, 32 bytes each, of the entries that the writer knew and no other known entry named
 * @payload: what the type needs
 *
 * One signed entry of the roster; see the head of sync-roster-entry.c.
 */
typedef struct
{
  guint8 id[SYNC_HASH_SIZE];
  guint type;
  guint8 account[SYNC_ACCOUNT_ID_SIZE];
  gint64 time;
  guint8 signer[SYNC_PUBLIC_KEY_SIZE];
  guint8 subject[SYNC_PUBLIC_KEY_SIZE];
  GBytes *seen;
  GBytes *payload;
} SyncRosterEntry;

SyncRosterEntry *sync_roster_entry_parse (GBytes                 *bytes,
                                          GError                **error);
GBytes          *sync_roster_entry_write (const SyncRosterEntry  *entry,
                                          const SyncSigningKey   *signer);
void             sync_roster_entry_free  (SyncRosterEntry        *entry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyncRosterEntry, sync_roster_entry_free)

G_END_DECLS
