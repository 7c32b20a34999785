/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as an entry of the roster, as they are and with a signature that proves. */
#include <string.h>

#include "sync-roster-entry.h"
#include "sync-roster.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

/* The bytes as the payload of an entry that the account itself signed. */
static void
add_signed (SyncRoster        *roster,
            const SyncAccount *account,
            const guint8      *data,
            gsize              size)
{
  g_autoptr (SyncRosterEntry) entry = g_new0 (SyncRosterEntry, 1);
  g_autoptr (GBytes) bytes = NULL;

  if (size < 1 || size > 32768)
    return;

  entry->type = data[0];
  memcpy (entry->account, account->id, sizeof entry->account);
  entry->seen = g_bytes_new (NULL, 0);
  entry->payload = g_bytes_new_static (data + 1, size - 1);
  bytes = sync_roster_entry_write (entry, &account->signing);
  g_assert_true (sync_roster_add (roster, bytes, NULL));
  g_assert_true (sync_roster_contains (roster, bytes));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static const guint8 root[SYNC_ROOT_KEY_SIZE] = { 0 };
  g_autoptr (SyncAccount) account = sync_account_new_root (root);
  g_autoptr (SyncRoster) roster = sync_roster_new (account);
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);

  sync_roster_add (roster, bytes, NULL);
  add_signed (roster, account, data, size);
  return 0;
}
