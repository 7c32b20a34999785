/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "sync-error.h"
#include "sync-keys.h"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture    *fixture,
        const void *data)
{
  g_autofree char *store = NULL;

  fixture->folder = g_dir_make_tmp ("clientele-keys-XXXXXX", NULL);
  store = g_build_filename (fixture->folder, "business.db", NULL);
  fixture->path = sync_keys_dup_path_for_store (store);
}

static void
tear_down (Fixture    *fixture,
           const void *data)
{
  g_unlink (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static SyncKeys *
open_keys (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  SyncKeys *keys = sync_keys_open (fixture->path, &error);

  g_assert_no_error (error);
  return keys;
}

static void
save_keys (SyncKeys *keys)
{
  g_autoptr (GError) error = NULL;

  sync_keys_save (keys, &error);
  g_assert_no_error (error);
}

static void
test_all_comes_back (Fixture    *fixture,
                     const void *data)
{
  g_autoptr (SyncKeys) keys = open_keys (fixture);
  g_autoptr (SyncKeys) back = NULL;
  guint8 exchange[SYNC_EXCHANGE_KEY_SIZE];
  guint8 back_exchange[SYNC_EXCHANGE_KEY_SIZE];

  g_assert_null (sync_keys_get_account (keys));
  sync_keys_set_device_name (keys, "书房电脑; [desk] = 1");
  sync_keys_take_account (keys, sync_account_new ());
  sync_keys_set_remote (keys, "http://127.0.0.1:8080/");
  sync_keys_set_confirmed (keys, TRUE);
  sync_keys_set_sent (keys, (guint64) G_MAXINT64);
  save_keys (keys);

  back = open_keys (fixture);
  sync_keys_get_exchange_key (keys, exchange);
  sync_keys_get_exchange_key (back, back_exchange);
  g_assert_cmpmem (sync_keys_get_device (back),
                   sizeof (SyncSigningKey),
                   sync_keys_get_device (keys),
                   sizeof (SyncSigningKey));
  g_assert_cmpmem (sync_keys_get_stream (back), 8, sync_keys_get_stream (keys), 8);
  g_assert_cmpmem (back_exchange, 32, exchange, 32);
  g_assert_cmpstr (sync_keys_get_device_name (back), ==, "书房电脑; [desk] = 1");
  g_assert_cmpmem (sync_keys_get_account (back)->root, 32, sync_keys_get_account (keys)->root, 32);
  g_assert_cmpstr (sync_keys_get_remote (back), ==, "http://127.0.0.1:8080/");
  g_assert_true (sync_keys_get_confirmed (back));
  g_assert_cmpuint (sync_keys_get_sent (back), ==, G_MAXINT64);
}

static void
test_blank_name_is_the_computers (Fixture    *fixture,
                                  const void *data)
{
  g_autoptr (SyncKeys) keys = open_keys (fixture);
  g_autoptr (SyncKeys) back = NULL;

  g_assert_cmpstr (sync_keys_get_device_name (keys), ==, g_get_host_name ());
  sync_keys_set_device_name (keys, " laptop\n");
  g_assert_cmpstr (sync_keys_get_device_name (keys), ==, "laptop");
  save_keys (keys);
  sync_keys_set_device_name (keys, "  ");
  save_keys (keys);
  back = open_keys (fixture);
  g_assert_cmpstr (sync_keys_get_device_name (back), ==, g_get_host_name ());
}

static void
test_nobody_else_may_read (Fixture    *fixture,
                           const void *data)
{
  g_autoptr (SyncKeys) keys = open_keys (fixture);
  struct stat info;

  save_keys (keys);
  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_assert_cmphex (info.st_mode & 0777, ==, 0600);

  g_chmod (fixture->path, 0644);
  save_keys (keys);
  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_assert_cmphex (info.st_mode & 0777, ==, 0600);
}

static void
test_new_devices_differ (Fixture    *fixture,
                         const void *data)
{
  g_autoptr (SyncKeys) keys = open_keys (fixture);
  guint8 before[SYNC_STREAM_ID_SIZE];

  memcpy (before, sync_keys_get_stream (keys), sizeof before);
  sync_keys_set_sent (keys, 12);
  sync_keys_renew_device (keys);
  g_assert_cmpint (memcmp (before, sync_keys_get_stream (keys), sizeof before), !=, 0);
  g_assert_cmpuint (sync_keys_get_sent (keys), ==, 0);
}

static void
assert_refused (Fixture    *fixture,
                const char *content,
                int         code)
{
  g_autoptr (SyncKeys) keys = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->path, content, -1, NULL));
  keys = sync_keys_open (fixture->path, &error);
  g_assert_null (keys);
  g_assert_error (error, SYNC_ERROR, code);
}

static void
test_damage_is_told_and_never_replaced (Fixture    *fixture,
                                        const void *data)
{
  assert_refused (fixture, "", SYNC_ERROR_DAMAGED);
  assert_refused (fixture, "no key file", SYNC_ERROR_DAMAGED);
  assert_refused (fixture, "[clientele-keys]\nversion=1\n", SYNC_ERROR_DAMAGED);
  assert_refused (fixture,
                  "[clientele-keys]\nversion=1\n[device]\nsigning=00\nexchange=00\n",
                  SYNC_ERROR_DAMAGED);
  assert_refused (fixture, "[clientele-keys]\nversion=2\n", SYNC_ERROR_TOO_NEW);
}

static void
test_what_later_versions_add_is_kept (Fixture    *fixture,
                                      const void *data)
{
  g_autoptr (SyncKeys) keys = open_keys (fixture);
  g_autofree char *content = NULL;
  g_autofree char *more = NULL;

  save_keys (keys);
  g_assert_true (g_file_get_contents (fixture->path, &content, NULL, NULL));
  more = g_strconcat (content, "[epochs]\n2=abc\n", NULL);
  g_assert_true (g_file_set_contents (fixture->path, more, -1, NULL));

  g_clear_pointer (&keys, sync_keys_free);
  keys = open_keys (fixture);
  save_keys (keys);
  g_clear_pointer (&content, g_free);
  g_assert_true (g_file_get_contents (fixture->path, &content, NULL, NULL));
  g_assert_nonnull (strstr (content, "[epochs]\n2=abc"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/keys/all-comes-back", test_all_comes_back);
  ADD ("/keys/blank-name-is-the-computers", test_blank_name_is_the_computers);
  ADD ("/keys/nobody-else-may-read", test_nobody_else_may_read);
  ADD ("/keys/new-devices-differ", test_new_devices_differ);
  ADD ("/keys/damage-is-told-and-never-replaced", test_damage_is_told_and_never_replaced);
  ADD ("/keys/what-later-versions-add-is-kept", test_what_later_versions_add_is_kept);

  return g_test_run ();
}
