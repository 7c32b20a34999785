/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine by hazard: refusals, spoiled streams, forks, accounts that are half made. */
#include "sim-world.h"

#include "sync-batch.h"
#include "sync-recovery.h"
#include "sync-roster.h"

#include <string.h>

typedef struct
{
  SimWorld *world;
  SimSite *laptop;
  SimSite *desktop;
} Fixture;

static void
set_up (Fixture    *fixture,
        const void *data)
{
  fixture->world = sim_world_new (11, 2);
  fixture->laptop = sim_world_get_site (fixture->world, 0);
  fixture->desktop = sim_world_get_site (fixture->world, 1);
  sim_world_add (fixture->world, 0);
  sim_world_heal (fixture->world);
}

static void
tear_down (Fixture    *fixture,
           const void *data)
{
  sim_world_free (fixture->world);
}

static void
assert_one_notice (const SyncResult *result,
                   SyncError         code,
                   SimSite          *about)
{
  g_autofree char *stream = sim_site_dup_stream (about);
  g_autofree char *named = NULL;
  const SyncNotice *notice;

  g_assert_cmpuint (result->notices->len, ==, 1);
  notice = g_ptr_array_index (result->notices, 0);
  named = sync_identity_to_hex (notice->stream, sizeof notice->stream);
  g_assert_cmpint (notice->code, ==, code);
  g_assert_cmpstr (named, ==, stream);
}

static void
finish (Fixture *fixture)
{
  sim_world_heal (fixture->world);
  sim_world_assert_equal (fixture->world);
  sim_world_assert_kept (fixture->world);
}

static void
test_refused_push_does_not_block_the_pull (Fixture    *fixture,
                                           const void *data)
{
  const struct
  {
    SyncPutStatus answer;
    SyncError code;
  } refusals[] = {
    { SYNC_PUT_QUOTA, SYNC_ERROR_QUOTA },
    { SYNC_PUT_REVOKED, SYNC_ERROR_REVOKED },
    { SYNC_PUT_LATER, SYNC_ERROR_BUSY },
    { SYNC_PUT_TOO_LARGE, SYNC_ERROR_TOO_LARGE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (SyncResult) sent = NULL;
      g_autoptr (SyncResult) refused = NULL;

      sim_world_edit (fixture->world, 0, 0, "notes");
      sim_world_edit (fixture->world, 1, 0, "source");
      sent = sim_site_sync (fixture->laptop);

      sync_memory_vault_set_answer (fixture->world->vault, refusals[i].answer);
      refused = sim_site_sync (fixture->desktop);
      g_assert_cmpuint (refused->received, ==, 1);
      g_assert_cmpuint (refused->sent, ==, 0);
      assert_one_notice (refused, refusals[i].code, fixture->desktop);

      sync_memory_vault_set_answer (fixture->world->vault, SYNC_PUT_TAKEN);
      finish (fixture);
    }
}

static void
test_spoiled_stream_stops_alone (Fixture    *fixture,
                                 const void *data)
{
  SimSite *shop = sim_site_new (fixture->world->vault, "shop");
  g_auto (SyncRemoteHeads) heads;
  g_autoptr (SyncResult) result = NULL;

  sim_site_open (shop);
  sim_site_join (shop, fixture->laptop);
  g_ptr_array_add (fixture->world->sites, shop);
  sim_world_heal (fixture->world);

  sim_world_edit (fixture->world, 0, 0, "notes");
  sync_result_free (sim_site_sync (fixture->laptop));
  sync_remote_heads_init (&heads);
  sync_memory_vault_get_heads (fixture->world->vault, &heads);
  sync_memory_vault_spoil (fixture->world->vault, heads.cursor);
  sim_world_edit (fixture->world, 1, 0, "source");
  sync_result_free (sim_site_sync (fixture->desktop));

  result = sim_site_sync (shop);
  g_assert_cmpuint (result->received, ==, 1);
  assert_one_notice (result, SYNC_ERROR_DAMAGED, fixture->laptop);

  sync_memory_vault_spoil (fixture->world->vault, heads.cursor);
  finish (fixture);
}

/* One device's stream has two branches, at two servers; who knows one does not take the other. */
static void
test_second_branch_is_told_and_not_taken (Fixture    *fixture,
                                          const void *data)
{
  SimSite *copy = sim_site_new (fixture->world->vault, "copy");
  g_autoptr (SyncMemoryVault) other = sync_memory_vault_new ();
  g_autofree char *target = g_build_filename (copy->folder, "business.db", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (SyncResult) result = NULL;

  sim_site_close (fixture->laptop);
  sim_site_copy_files (fixture->laptop, "business.db", target, TRUE);
  sim_site_open (fixture->laptop);
  sim_world_edit (fixture->world, 0, 0, "notes");
  sim_world_sync_all (fixture->world, 2);

  sim_site_open (copy);
  g_ptr_array_insert (fixture->world->sites, 0, copy);
  sim_world_edit (fixture->world, 0, 0, "source");
  sim_world_edit (fixture->world, 0, 0, "source");
  g_ptr_array_steal_index (fixture->world->sites, 0);
  sync_memory_vault_unref (copy->vault);
  copy->vault = sync_memory_vault_ref (other);
  sync_result_free (sim_site_sync (copy));

  before = sim_site_dup_digest (fixture->desktop);
  sync_memory_vault_unref (fixture->desktop->vault);
  fixture->desktop->vault = sync_memory_vault_ref (other);
  result = sim_site_sync (fixture->desktop);
  after = sim_site_dup_digest (fixture->desktop);
  assert_one_notice (result, SYNC_ERROR_FORGED, fixture->laptop);
  g_assert_cmpstr (before, ==, after);

  sim_site_free (copy);
}

static SyncAccount *
dup_account (SimSite *site)
{
  g_autofree char *words = sync_engine_dup_recovery (site->engine, NULL);
  guint8 root[SYNC_ROOT_KEY_SIZE];

  g_assert_true (sync_recovery_from_words (words, root, NULL));
  return sync_account_new_root (root);
}

/* A device that only a later version could be: enrolled, with one record of format 2. */
static void
put_record_of_a_later_format (Fixture    *fixture,
                              const char *content)
{
  SyncMemoryVault *vault = fixture->world->vault;
  g_autoptr (SyncAccount) account = dup_account (fixture->laptop);
  g_autoptr (SyncRoster) roster = sync_roster_new (account);
  g_autoptr (GPtrArray) entries = sync_memory_vault_dup_roster (vault);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GBytes) entry = NULL;
  g_autoptr (GBytes) batch = NULL;
  SyncBatchHeader header = { .first = 1, .last = 1 };
  SyncSigningKey device;
  StoreStreamId stream;
  SyncPutReply reply;

  sync_signing_key_generate (&device);
  for (guint i = 0; i < entries->len; i++)
    g_assert_true (sync_roster_add (roster, g_ptr_array_index (entries, i), NULL));
  entry = sync_roster_write_enrol (roster, device.public_key, device.public_key, "later", 1);
  g_assert_true (sync_memory_vault_append_roster (vault, entry, entries->len, NULL));
  g_assert_true (sync_memory_vault_enrol (vault,
                                          account->signing.public_key,
                                          device.public_key,
                                          NULL));

  g_ptr_array_add (records, g_bytes_new (content, strlen (content)));
  sync_stream_id_from_public_key (stream.bytes, device.public_key);
  store_entry_chain_start (account->chain, &stream, header.hash_before);
  g_assert_true (store_entry_chain (account->chain,
                                    header.hash_before,
                                    g_ptr_array_index (records, 0),
                                    header.hash_after,
                                    NULL));
  memcpy (header.account, account->id, sizeof header.account);
  memcpy (header.stream, stream.bytes, sizeof header.stream);
  sync_batch_header_sign (&header, &device);
  batch = sync_batch_seal (&header, records, &account->first_seal, NULL);
  g_assert_true (sync_memory_vault_put_batch (vault, batch, &reply, NULL));
  g_assert_cmpint (reply.status, ==, SYNC_PUT_TAKEN);
}

static void
sync_past_one_record (SimSite *site)
{
  g_autoptr (SyncResult) first = sim_site_sync (site);
  g_autoptr (SyncResult) again = sim_site_sync (site);

  g_assert_cmpuint (first->quarantined, ==, 1);
  g_assert_cmpuint (first->notices->len, ==, 0);
  g_assert_cmpuint (again->quarantined, ==, 0);
  g_assert_cmpuint (again->received, ==, 0);
}

/* It is kept whole, passed by, and handed on to whoever lacks it. */
static void
test_record_of_a_later_format_is_passed (Fixture    *fixture,
                                         const void *data)
{
  g_autofree char *before = sim_site_dup_digest (fixture->desktop);
  g_autofree char *after = NULL;
  g_autoptr (SyncResult) healing = NULL;

  put_record_of_a_later_format (fixture, "\x02 what a later version writes");
  sync_past_one_record (fixture->desktop);
  after = sim_site_dup_digest (fixture->desktop);
  g_assert_cmpstr (before, ==, after);

  sync_memory_vault_forget_after (fixture->world->vault, 0, 0);
  healing = sim_site_sync (fixture->desktop);
  g_assert_cmpuint (healing->healed, >=, 1);
  sync_past_one_record (fixture->laptop);
  finish (fixture);
}

static void
test_emptied_server_is_filled_again (Fixture    *fixture,
                                     const void *data)
{
  g_autoptr (SyncMemoryVault) empty = sync_memory_vault_new ();

  sim_world_edit (fixture->world, 1, 0, "notes");
  sim_world_heal (fixture->world);
  for (guint i = 0; i < fixture->world->sites->len; i++)
    {
      SimSite *site = sim_world_get_site (fixture->world, i);

      sync_memory_vault_unref (site->vault);
      site->vault = sync_memory_vault_ref (empty);
    }

  sim_world_edit (fixture->world, 0, 0, "source");
  finish (fixture);
}

static void
test_larger_batches_than_taken_are_halved (Fixture    *fixture,
                                           const void *data)
{
  sync_memory_vault_set_limit (fixture->world->vault, 1024 * 1024, 2048);
  for (guint i = 0; i < 40; i++)
    sim_world_add (fixture->world, 0);

  finish (fixture);
}

static void
set_notes (SimSite       *site,
           const StoreId *id,
           const char    *text,
           gsize          length,
           GError       **error)
{
  g_autoptr (StoreRecord) party = store_database_load (site->store, STORE_KIND ("party"), id, NULL);
  g_autofree char *cut = g_strndup (text, length);

  store_record_set_text (party, "notes", cut);
  store_database_save (site->store, "Edit", party, NULL, error);
}

/* What the store takes must fit into a batch, as old and new value; else it blocks its stream. */
static void
test_longest_text_travels (Fixture    *fixture,
                           const void *data)
{
  const StoreId *id = &g_array_index (fixture->world->records, StoreId, 0);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  gsize length = 1024 * 1024;

  while (text->len < length)
    g_string_append_printf (text, "%08x", g_random_int ());

  do
    {
      g_clear_error (&error);
      length -= 8 * 1024;
      set_notes (fixture->laptop, id, text->str, length, &error);
    }
  while (g_error_matches (error, STORE_ERROR, STORE_ERROR_INVALID));

  g_assert_no_error (error);
  g_assert_cmpuint (length, >=, 200 * 1024);
  set_notes (fixture->laptop, id, text->str + 1, length, &error);
  g_assert_no_error (error);
  sim_world_heal (fixture->world);
  sim_world_assert_equal (fixture->world);
}

static void
test_wrong_words_join_nothing (Fixture    *fixture,
                               const void *data)
{
  SimSite *shop = sim_site_new (fixture->world->vault, "shop");
  guint8 root[SYNC_ROOT_KEY_SIZE] = { 0 };
  g_autofree char *words = sync_recovery_to_words (root);
  g_autoptr (SyncStatus) status = NULL;
  g_autoptr (GError) error = NULL;

  sim_site_open (shop);
  g_assert_false (sync_engine_join_account (shop->engine, "memory:", words, NULL, NULL, &error));
  g_assert_error (error, SYNC_ERROR, SYNC_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_false (sync_engine_run (shop->engine, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, SYNC_ERROR, SYNC_ERROR_NO_ACCOUNT);
  g_clear_error (&error);

  status = sync_engine_load_status (shop->engine, &error);
  g_assert_no_error (error);
  g_assert_false (status->has_account);

  sim_site_join (shop, fixture->laptop);
  sync_result_free (sim_site_sync (shop));
  sim_site_free (shop);
}

static void
test_second_account_is_refused (Fixture    *fixture,
                                const void *data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (sync_engine_create_account (fixture->laptop->engine,
                                              "memory:",
                                              NULL,
                                              NULL,
                                              NULL,
                                              &error));
  g_assert_error (error, SYNC_ERROR, SYNC_ERROR_EXISTS);
}

/* Request 2 makes the account, 3 enrols; whichever answer is lost, trying again ends well. */
static void
test_half_made_account_is_made_whole (Fixture    *fixture,
                                      const void *data)
{
  for (guint n = 1; n <= 3; n++)
    {
      g_autoptr (SyncMemoryVault) vault = sync_memory_vault_new ();
      g_autoptr (SimSite) site = sim_site_new (vault, "first");
      g_autoptr (GError) error = NULL;

      sim_site_open (site);
      sim_site_set_fault (site, n, SYNC_MEMORY_FAULT_LOSE_REPLY);
      g_assert_false (sync_engine_create_account (site->engine,
                                                  "memory:",
                                                  NULL,
                                                  NULL,
                                                  NULL,
                                                  &error));
      g_assert_error (error, SYNC_ERROR, SYNC_ERROR_UNREACHABLE);

      sim_site_set_fault (site, 0, SYNC_MEMORY_FAULT_NONE);
      sim_site_create (site);
      sync_result_free (sim_site_sync (site));
    }
}

static void
test_cancelled_run_stops (Fixture    *fixture,
                          const void *data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  sim_world_edit (fixture->world, 0, 0, "notes");
  g_cancellable_cancel (cancellable);
  g_assert_false (sync_engine_run (fixture->laptop->engine,
                                   cancellable,
                                   NULL,
                                   NULL,
                                   NULL,
                                   &error));
  g_assert_error (error, SYNC_ERROR, SYNC_ERROR_CANCELLED);
  finish (fixture);
}

static void
count_progress (SyncPhase phase,
                guint64   done,
                guint64   total,
                gpointer  data)
{
  guint *seen = data;

  g_assert_cmpuint (done, <=, total);
  *seen |= 1u << phase;
}

static void
note_finished (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  GAsyncResult **finished = data;

  *finished = g_object_ref (result);
}

static void
test_async_run_tells_how_far_it_is (Fixture    *fixture,
                                    const void *data)
{
  g_autoptr (GAsyncResult) finished = NULL;
  g_autoptr (SyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint seen = 0;

  sim_world_edit (fixture->world, 0, 0, "notes");
  sync_engine_run_async (fixture->laptop->engine,
                         NULL,
                         count_progress,
                         &seen,
                         note_finished,
                         &finished);
  while (finished == NULL)
    g_main_context_iteration (NULL, TRUE);

  g_assert_true (sync_engine_run_finish (fixture->laptop->engine, finished, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (result->sent, ==, 1);
  g_assert_true (seen & 1u << SYNC_PHASE_CONNECT);
  g_assert_true (seen & 1u << SYNC_PHASE_PUSH);
  g_assert_true (seen & 1u << SYNC_PHASE_COMPARE);
}

static void
test_devices_are_listed_by_name (Fixture    *fixture,
                                 const void *data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) devices = NULL;
  guint own = 0;

  devices = sync_engine_list_devices (fixture->desktop->engine, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (devices->len, ==, 2);
  for (guint i = 0; i < devices->len; i++)
    {
      const SyncDevice *device = g_ptr_array_index (devices, i);

      g_assert_cmpstr (device->name, ==, device->own ? "desktop" : "laptop");
      own += device->own ? 1 : 0;
    }

  g_assert_cmpuint (own, ==, 1);
}

static void
test_new_name_reaches_the_others_once (Fixture    *fixture,
                                       const void *data)
{
  g_autoptr (GPtrArray) roster = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (SyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  sync_engine_rename_device (fixture->laptop->engine, "手提电脑", &error);
  g_assert_no_error (error);
  sim_world_heal (fixture->world);
  result = sim_site_sync (fixture->desktop);
  g_assert_cmpstr (g_ptr_array_index (result->identical, 0), ==, "手提电脑");

  roster = sync_memory_vault_dup_roster (fixture->world->vault);
  sim_world_heal (fixture->world);
  after = sync_memory_vault_dup_roster (fixture->world->vault);
  g_assert_cmpuint (roster->len, ==, 3);
  g_assert_cmpuint (after->len, ==, 3);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/engine/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("refused-push-does-not-block-the-pull", test_refused_push_does_not_block_the_pull);
  ADD ("spoiled-stream-stops-alone", test_spoiled_stream_stops_alone);
  ADD ("second-branch-is-told-and-not-taken", test_second_branch_is_told_and_not_taken);
  ADD ("record-of-a-later-format-is-passed", test_record_of_a_later_format_is_passed);
  ADD ("emptied-server-is-filled-again", test_emptied_server_is_filled_again);
  ADD ("larger-batches-than-taken-are-halved", test_larger_batches_than_taken_are_halved);
  ADD ("longest-text-travels", test_longest_text_travels);
  ADD ("wrong-words-join-nothing", test_wrong_words_join_nothing);
  ADD ("second-account-is-refused", test_second_account_is_refused);
  ADD ("half-made-account-is-made-whole", test_half_made_account_is_made_whole);
  ADD ("cancelled-run-stops", test_cancelled_run_stops);
  ADD ("async-run-tells-how-far-it-is", test_async_run_tells_how_far_it_is);
  ADD ("devices-are-listed-by-name", test_devices_are_listed_by_name);
  ADD ("new-name-reaches-the-others-once", test_new_name_reaches_the_others_once);

  return g_test_run ();
}
