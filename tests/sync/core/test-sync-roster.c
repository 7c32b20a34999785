/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "sync-error.h"
#include "sync-roster-entry.h"
#include "sync-roster.h"

typedef struct
{
  SyncAccount *account;
  SyncRoster *roster;
  SyncSigningKey laptop;
  SyncSigningKey desktop;
} Fixture;

static void
set_up (Fixture    *fixture,
        const void *data)
{
  fixture->account = sync_account_new ();
  fixture->roster = sync_roster_new (fixture->account);
  sync_signing_key_generate (&fixture->laptop);
  sync_signing_key_generate (&fixture->desktop);
}

static void
tear_down (Fixture    *fixture,
           const void *data)
{
  sync_roster_free (fixture->roster);
  sync_account_free (fixture->account);
}

static GBytes *
enrol (SyncRoster           *roster,
       const SyncSigningKey *device,
       const char           *name,
       gint64                time)
{
  guint8 exchange[SYNC_PUBLIC_KEY_SIZE];

  memset (exchange, 0x77, sizeof exchange);
  return sync_roster_write_enrol (roster, device->public_key, exchange, name, time);
}

static void
add (SyncRoster *roster,
     GBytes     *entry)
{
  g_autoptr (GError) error = NULL;

  sync_roster_add (roster, entry, &error);
  g_assert_no_error (error);
}

static const SyncDevice *
find (SyncRoster           *roster,
      const SyncSigningKey *key)
{
  guint8 stream[SYNC_STREAM_ID_SIZE];

  sync_stream_id_from_public_key (stream, key->public_key);
  return sync_roster_find_stream (roster, stream);
}

static void
test_enrolled_devices_are_found (Fixture    *fixture,
                                 const void *data)
{
  g_autoptr (GBytes) entry = enrol (fixture->roster, &fixture->laptop, "手提电脑", 5);
  const SyncDevice *device;

  g_assert_null (find (fixture->roster, &fixture->laptop));
  add (fixture->roster, entry);
  add (fixture->roster, entry);

  device = find (fixture->roster, &fixture->laptop);
  g_assert_nonnull (device);
  g_assert_cmpstr (device->name, ==, "手提电脑");
  g_assert_cmpint (device->enrolled_at, ==, 5);
  g_assert_cmphex (device->exchange_key[31], ==, 0x77);
  g_assert_cmpmem (device->public_key, 32, fixture->laptop.public_key, 32);
  g_assert_cmpuint (sync_roster_get_devices (fixture->roster)->len, ==, 1);
  g_assert_cmpuint (sync_roster_get_entries (fixture->roster)->len, ==, 1);
  g_assert_null (find (fixture->roster, &fixture->desktop));
}

static void
test_names_are_sealed (Fixture    *fixture,
                       const void *data)
{
  g_autoptr (GBytes) entry = enrol (fixture->roster, &fixture->laptop, "Lucy's laptop", 5);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (entry, &size);

  g_assert_null (memmem (bytes, size, "Lucy", 4));
}

static void
test_any_order_comes_to_the_same (Fixture    *fixture,
                                  const void *data)
{
  const guint orders[][3] = {
    { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 }, { 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 },
  };
  GBytes *entries[3];

  entries[0] = enrol (fixture->roster, &fixture->laptop, "laptop", 5);
  add (fixture->roster, entries[0]);
  entries[1] = enrol (fixture->roster, &fixture->desktop, "desktop", 6);
  add (fixture->roster, entries[1]);
  entries[2] = sync_roster_write_rename (fixture->roster, fixture->laptop.public_key, "old", 7);

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autoptr (SyncRoster) roster = sync_roster_new (fixture->account);

      for (guint j = 0; j < 3; j++)
        add (roster, entries[orders[i][j]]);

      g_assert_cmpuint (sync_roster_get_devices (roster)->len, ==, 2);
      g_assert_cmpuint (sync_roster_get_entries (roster)->len, ==, 3);
      g_assert_cmpstr (find (roster, &fixture->laptop)->name, ==, "old");
      g_assert_cmpstr (find (roster, &fixture->desktop)->name, ==, "desktop");
    }

  for (guint i = 0; i < 3; i++)
    g_bytes_unref (entries[i]);
}

/* The clock stands a year back; the new name counts all the same, and is cut between characters. */
static void
test_wrong_clock_does_not_keep_the_old_name (Fixture    *fixture,
                                             const void *data)
{
  g_autoptr (GBytes) entry = enrol (fixture->roster, &fixture->laptop, "laptop", 500);
  g_autoptr (GBytes) rename = NULL;
  g_autoptr (GString) name = g_string_new (NULL);

  for (guint i = 0; i < SYNC_DEVICE_NAME_MAX; i++)
    g_string_append (name, "名");

  add (fixture->roster, entry);
  rename = sync_roster_write_rename (fixture->roster, fixture->laptop.public_key, name->str, 3);
  add (fixture->roster, rename);
  g_assert_true (sync_roster_is_named (fixture->roster, fixture->laptop.public_key, name->str));
  g_assert_true (g_utf8_validate (find (fixture->roster, &fixture->laptop)->name, -1, NULL));
  g_assert_cmpuint (strlen (find (fixture->roster, &fixture->laptop)->name), ==, 198);
}

static void
test_what_a_server_leaves_out_is_missed (Fixture    *fixture,
                                         const void *data)
{
  g_autoptr (SyncRoster) reader = sync_roster_new (fixture->account);
  g_autoptr (GBytes) first = enrol (fixture->roster, &fixture->laptop, "laptop", 5);
  g_autoptr (GBytes) second = NULL;

  add (fixture->roster, first);
  second = enrol (fixture->roster, &fixture->desktop, "desktop", 6);

  add (reader, second);
  g_assert_null (find (reader, &fixture->desktop));
  add (reader, first);
  g_assert_nonnull (find (reader, &fixture->desktop));
}

static void
test_strangers_are_refused (Fixture    *fixture,
                            const void *data)
{
  g_autoptr (SyncAccount) other = sync_account_new ();
  g_autoptr (SyncRoster) theirs = sync_roster_new (other);
  g_autoptr (GBytes) foreign = enrol (theirs, &fixture->laptop, "laptop", 5);
  g_autoptr (GBytes) forged = NULL;
  g_autoptr (GError) error = NULL;
  SyncRosterEntry entry = { 0 };

  g_assert_false (sync_roster_add (fixture->roster, foreign, &error));
  g_assert_error (error, SYNC_ERROR, SYNC_ERROR_FORGED);
  g_clear_error (&error);

  /* A device that nobody enrolled enrols itself. */
  entry.type = SYNC_ROSTER_ENROL;
  memcpy (entry.account, fixture->account->id, sizeof entry.account);
  memcpy (entry.subject, fixture->laptop.public_key, sizeof entry.subject);
  entry.seen = g_bytes_new (NULL, 0);
  entry.payload = g_bytes_new (fixture->laptop.public_key, SYNC_PUBLIC_KEY_SIZE);
  forged = sync_roster_entry_write (&entry, &fixture->laptop);
  g_bytes_unref (entry.seen);
  g_bytes_unref (entry.payload);

  g_assert_false (sync_roster_add (fixture->roster, forged, &error));
  g_assert_error (error, SYNC_ERROR, SYNC_ERROR_FORGED);
  g_assert_cmpuint (sync_roster_get_devices (fixture->roster)->len, ==, 0);
}

static void
test_any_changed_byte_is_found (Fixture    *fixture,
                                const void *data)
{
  g_autoptr (GBytes) entry = enrol (fixture->roster, &fixture->laptop, "laptop", 5);
  gsize size;
  const guint8 *good = g_bytes_get_data (entry, &size);

  for (gsize i = 0; i < size; i++)
    {
      guint8 *copy = g_memdup2 (good, size);
      g_autoptr (GBytes) changed = g_bytes_new_take (copy, size);
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (entry, 0, i);

      copy[i] ^= 1;
      g_assert_false (sync_roster_add (fixture->roster, changed, NULL));
      g_assert_false (sync_roster_add (fixture->roster, cut, NULL));
    }

  g_assert_cmpuint (sync_roster_get_entries (fixture->roster)->len, ==, 0);
}

static void
test_types_of_later_versions_are_kept (Fixture    *fixture,
                                       const void *data)
{
  g_autoptr (SyncRoster) reader = sync_roster_new (fixture->account);
  g_autoptr (GBytes) later = NULL;
  g_autoptr (GBytes) after = NULL;
  SyncRosterEntry entry = { 0 };

  entry.type = 99;
  memcpy (entry.account, fixture->account->id, sizeof entry.account);
  entry.seen = g_bytes_new (NULL, 0);
  entry.payload = g_bytes_new ("what", 4);
  later = sync_roster_entry_write (&entry, &fixture->account->signing);
  g_bytes_unref (entry.seen);
  g_bytes_unref (entry.payload);

  add (fixture->roster, later);
  after = enrol (fixture->roster, &fixture->laptop, "laptop", 5);

  add (reader, after);
  g_assert_null (find (reader, &fixture->laptop));
  add (reader, later);
  g_assert_nonnull (find (reader, &fixture->laptop));
  g_assert_true (sync_roster_contains (reader, later));
}

/* An entry written when version 1 was laid down, for every later version to read. */
static void
test_sample_of_version_1 (Fixture    *fixture,
                          const void *data)
{
  g_autoptr (SyncAccount) account = NULL;
  g_autoptr (SyncRoster) roster = NULL;
  g_autoptr (GBytes) entry = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  guint8 root[SYNC_ROOT_KEY_SIZE];
  guint8 seed[SYNC_SEED_SIZE];
  SyncSigningKey device;
  char *content;
  gsize size;

  for (guint i = 0; i < sizeof root; i++)
    root[i] = i;
  memset (seed, 0x11, sizeof seed);
  sync_signing_key_from_seed (&device, seed);
  account = sync_account_new_root (root);
  roster = sync_roster_new (account);

  path = g_test_build_filename (G_TEST_DIST, "data", "wire", "roster-entry-v1.bin", NULL);
  g_file_get_contents (path, &content, &size, &error);
  g_assert_no_error (error);
  entry = g_bytes_new_take (content, size);

  add (roster, entry);
  g_assert_cmpstr (find (roster, &device)->name, ==, "a laptop 手提");
  g_assert_cmpint (find (roster, &device)->enrolled_at, ==, 1763600000000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/roster/enrolled-devices-are-found", test_enrolled_devices_are_found);
  ADD ("/roster/names-are-sealed", test_names_are_sealed);
  ADD ("/roster/any-order-comes-to-the-same", test_any_order_comes_to_the_same);
  ADD ("/roster/wrong-clock-does-not-keep-the-old-name",
       test_wrong_clock_does_not_keep_the_old_name);
  ADD ("/roster/what-a-server-leaves-out-is-missed", test_what_a_server_leaves_out_is_missed);
  ADD ("/roster/strangers-are-refused", test_strangers_are_refused);
  ADD ("/roster/any-changed-byte-is-found", test_any_changed_byte_is_found);
  ADD ("/roster/types-of-later-versions-are-kept", test_types_of_later_versions_are_kept);
  ADD ("/roster/sample-of-version-1", test_sample_of_version_1);

  return g_test_run ();
}
