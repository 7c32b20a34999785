/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-site.h"

#include <glib/gstdio.h>

#include "store-clash.h"
#include "store-database-private.h"

static SyncRemote *
connect_site (SyncKeys  *keys,
              gpointer   data,
              GError   **error)
{
  SimSite *site = data;
  SyncRemote *remote;

  if (site->remote != NULL)
    site->requests += sync_memory_remote_get_count (site->remote);
  g_clear_object (&site->remote);

  site->remote = sync_memory_remote_new (site->vault,
                                         sync_keys_get_account (keys)->id,
                                         sync_keys_get_device (keys)->public_key);
  if (site->fault_at > site->requests)
    sync_memory_remote_set_fault (site->remote, site->fault_at - site->requests, site->fault);

  remote = SYNC_REMOTE (g_object_ref (site->remote));
  return site->wrap != NULL ? site->wrap (remote, site->wrap_data) : remote;
}

/* No power is cut here, so a disk in memory will do where there is one. */
static char *
make_folder (void)
{
  g_autofree char *template = g_strdup ("/dev/shm/clientele-site-XXXXXX");

  if (g_mkdtemp (template) != NULL)
    return g_steal_pointer (&template);

  return g_dir_make_tmp ("clientele-site-XXXXXX", NULL);
}

/* A site with an empty folder; its store is opened, or copied there, afterwards. */
SimSite *
sim_site_new (SyncMemoryVault *vault,
              const char      *name)
{
  SimSite *site = g_new0 (SimSite, 1);

  site->name = g_strdup (name);
  site->folder = make_folder ();
  g_assert_nonnull (site->folder);
  site->path = g_build_filename (site->folder, "business.db", NULL);
  site->vault = sync_memory_vault_ref (vault);

  return site;
}

static void
empty_folder (const char *path)
{
  GDir *folder = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }

  g_dir_close (folder);
}

void
sim_site_free (SimSite *site)
{
  if (site == NULL)
    return;

  sim_site_close (site);
  empty_folder (site->folder);
  g_rmdir (site->folder);
  sync_memory_vault_unref (site->vault);
  g_free (site->name);
  g_free (site->folder);
  g_free (site->path);
  g_free (site);
}

static gint64
get_time (gpointer data)
{
  SimSite *site = data;

  return g_get_real_time () / 1000 + site->clock_offset;
}

void
sim_site_open (SimSite *site)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (site->store);
  site->store = store_database_open (site->path, STORE_OPEN_CREATE, &error);
  g_assert_no_error (error);
  store_database_set_time (site->store, get_time, site);
  if (site->part_size > 0)
    store_database_set_part_size (site->store, site->part_size);
  site->engine = sync_engine_new (site->store, connect_site, site, NULL);
}

/* Small parts are crossed by small transactions, and batches end between them. */
void
sim_site_set_part_size (SimSite *site,
                        gsize    size)
{
  site->part_size = size;
  store_database_set_part_size (site->store, size);
}

void
sim_site_close (SimSite *site)
{
  g_clear_object (&site->remote);
  g_clear_object (&site->engine);
  if (site->store != NULL)
    store_database_close (site->store);
  g_clear_object (&site->store);
}

static void
copy_file (const char *from,
           const char *to)
{
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_file_get_contents (from, &data, &size, &error);
  g_assert_no_error (error);
  g_file_set_contents (to, data, size, &error);
  g_assert_no_error (error);
}

/* Copies a closed store, and its keys where asked; names without a slash lie in its folder. */
void
sim_site_copy_files (SimSite    *site,
                     const char *from,
                     const char *to,
                     gboolean    keys)
{
  g_autofree char *from_path = g_canonicalize_filename (from, site->folder);
  g_autofree char *to_path = g_canonicalize_filename (to, site->folder);

  g_assert_null (site->store);
  copy_file (from_path, to_path);
  if (keys)
    {
      g_autofree char *from_keys = sync_keys_dup_path_for_store (from_path);
      g_autofree char *to_keys = sync_keys_dup_path_for_store (to_path);

      copy_file (from_keys, to_keys);
    }
}

void
sim_site_create (SimSite *site)
{
  g_autoptr (GError) error = NULL;

  sync_engine_create_account (site->engine, "memory:", NULL, site->name, NULL, &error);
  g_assert_no_error (error);
}

void
sim_site_join (SimSite *site,
               SimSite *first)
{
  g_autofree char *words = NULL;
  g_autoptr (GError) error = NULL;

  words = sync_engine_dup_recovery (first->engine, &error);
  g_assert_no_error (error);
  sync_engine_join_account (site->engine, "memory:", words, site->name, NULL, &error);
  g_assert_no_error (error);
}

void
sim_site_set_fault (SimSite         *site,
                    guint            request,
                    SyncMemoryFault  fault)
{
  g_clear_object (&site->remote);
  site->requests = 0;
  site->fault_at = request;
  site->fault = fault;
}

guint
sim_site_get_requests (SimSite *site)
{
  return site->requests +
         (site->remote != NULL ? sync_memory_remote_get_count (site->remote) : 0);
}

gboolean
sim_site_try_sync (SimSite     *site,
                   SyncResult **result,
                   GError     **error)
{
  return sync_engine_run (site->engine, NULL, NULL, NULL, result, error);
}

/* Synchronises without faults; all must go well. */
SyncResult *
sim_site_sync (SimSite *site)
{
  SyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  sim_site_set_fault (site, 0, SYNC_MEMORY_FAULT_NONE);
  sim_site_try_sync (site, &result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < result->notices->len; i++)
    {
      const SyncNotice *notice = g_ptr_array_index (result->notices, i);

      g_test_message ("%s: %s", site->name, notice->text);
    }

  return result;
}

char *
sim_site_dup_digest (SimSite *site)
{
  guint8 digest[STORE_DIGEST_SIZE];
  g_autoptr (GError) error = NULL;

  store_log_get_digest (site->store, digest, &error);
  g_assert_no_error (error);

  return sync_identity_to_hex (digest, sizeof digest);
}

static int
compare_lines (const void *a,
               const void *b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static char *
join_sorted (GPtrArray *lines)
{
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);

  return g_strjoinv ("\n", (char **) lines->pdata);
}

/* Every stream with its last applied number and the chain hash there. */
char *
sim_site_dup_heads (SimSite *site)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) streams = store_log_list_streams (site->store, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < streams->len; i++)
    {
      const StoreStream *stream = &g_array_index (streams, StoreStream, i);
      g_autofree char *name = store_stream_id_to_string (&stream->id);
      g_autofree char *hex = NULL;
      guint8 hash[STORE_HASH_SIZE];

      if (stream->number == 0)
        continue;

      store_log_get_hash (site->store, &stream->id, stream->number, hash, &error);
      g_assert_no_error (error);
      hex = sync_identity_to_hex (hash, sizeof hash);
      g_ptr_array_add (lines,
                       g_strdup_printf ("%s %" G_GUINT64_FORMAT " %s", name, stream->number, hex));
    }

  return join_sorted (lines);
}

static char *
clash_to_string (const StoreClash *clash)
{
  GString *line = g_string_new (clash->name);

  for (guint i = 0; i < clash->sides->len; i++)
    {
      const StoreClashSide *side = g_ptr_array_index (clash->sides, i);

      g_string_append_printf (line, " | %s", side->device);
      for (guint j = 0; j < side->values->len; j++)
        {
          g_autofree char *text = store_value_dup_text (&g_array_index (side->values,
                                                                        StoreValue,
                                                                        j));

          g_string_append_printf (line, " %s", text);
        }
    }

  return g_string_free (line, FALSE);
}

char *
sim_site_dup_clashes (SimSite *site)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) clashes = store_clash_list (site->store, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < clashes->len; i++)
    g_ptr_array_add (lines, clash_to_string (g_ptr_array_index (clashes, i)));

  return join_sorted (lines);
}

/* How far @stream, in hexadecimal, was applied here. */
guint64
sim_site_get_number (SimSite    *site,
                     const char *stream)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) streams = store_log_list_streams (site->store, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < streams->len; i++)
    {
      const StoreStream *here = &g_array_index (streams, StoreStream, i);
      g_autofree char *name = store_stream_id_to_string (&here->id);

      if (g_str_equal (name, stream))
        return here->number;
    }

  return 0;
}

char *
sim_site_dup_stream (SimSite *site)
{
  StoreStreamId own;

  store_log_get_own_stream (site->store, &own);
  return store_stream_id_to_string (&own);
}
