/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Wilder histories than the model of sim-world.c can follow: undo, sets, children, whole groups of
 * fields, imports, texts of many parts; stores that are restored from a copy, or a server that
 * forgets (not both in one history: what is then lost on both sides is lost). At the end all are
 * equal, and each store is what its own log says.
 */
#include <stdlib.h>

#include "sim-world.h"

#include "store-check.h"
#include "store-history.h"
#include "sync-batch-header.h"

#define DEFAULT_RUNS 5
#define STEPS 80
#define LONG_TEXT 150000

typedef struct
{
  SimWorld *world;
  GArray *tags;
  GArray *addresses;
  gboolean kept[SIM_MAX_SITES];
} Wild;

static guint
choose (Wild  *wild,
        guint  below)
{
  return g_rand_int_range (wild->world->rand, 0, below);
}

static const StoreId *
choose_id (Wild   *wild,
           GArray *ids)
{
  return ids->len > 0 ? &g_array_index (ids, StoreId, choose (wild, ids->len)) : NULL;
}

/* What a person may try and be refused: the record is not here, is in the trash, or is there. */
static void
assert_expected (const GError *error)
{
  if (error != NULL)
    g_assert_true (g_error_matches (error, STORE_ERROR, STORE_ERROR_NOT_FOUND) ||
                   g_error_matches (error, STORE_ERROR, STORE_ERROR_EXISTS) ||
                   g_error_matches (error, STORE_ERROR, STORE_ERROR_INVALID));
}

static void
save (SimSite     *site,
      StoreRecord *record,
      const char  *label)
{
  g_autoptr (GError) error = NULL;

  store_database_save (site->store, label, record, NULL, &error);
  assert_expected (error);
}

static void
add_tag (Wild    *wild,
         SimSite *site)
{
  g_autoptr (StoreRecord) tag = store_record_new (STORE_KIND ("tag"));
  g_autofree char *name = g_strdup_printf ("tag %u", choose (wild, 5));

  store_record_set_text (tag, "name", name);
  save (site, tag, "Tag");
  g_array_append_vals (wild->tags, store_record_get_id (tag), 1);
}

static void
tag_party (Wild    *wild,
           SimSite *site)
{
  const StoreId *party = choose_id (wild, wild->world->records);
  const StoreId *tag = choose_id (wild, wild->tags);
  g_autoptr (StoreRecord) tagging = store_record_new (STORE_KIND ("tagging"));

  if (party == NULL || tag == NULL)
    return;

  store_record_set_reference (tagging, "party", party);
  store_record_set_reference (tagging, "tag", tag);
  save (site, tagging, "Tag");
}

static void
add_address (Wild    *wild,
             SimSite *site)
{
  const StoreId *party = choose_id (wild, wild->world->records);
  g_autoptr (StoreRecord) address = store_record_new (STORE_KIND ("address"));
  g_autofree char *street = g_strdup_printf ("street %u", choose (wild, 1000));

  if (party == NULL)
    return;

  store_record_set_reference (address, "party", party);
  store_record_set_text (address, "street", street);
  store_record_set_text (address, "city", "Leipzig");
  save (site, address, "Add");
  g_array_append_vals (wild->addresses, store_record_get_id (address), 1);
}

static void
move_address (Wild    *wild,
              SimSite *site)
{
  const StoreId *id = choose_id (wild, wild->addresses);
  g_autoptr (StoreRecord) address = NULL;
  g_autofree char *city = g_strdup_printf ("city %u", choose (wild, 1000));

  if (id != NULL)
    address = store_database_load (site->store, STORE_KIND ("address"), id, NULL);
  if (address == NULL || store_record_is_trashed (address))
    return;

  store_record_set_text (address, choose (wild, 2) ? "city" : "street", city);
  save (site, address, "Edit");
}

static void
write_long_text (Wild    *wild,
                 SimSite *site)
{
  const StoreId *id = choose_id (wild, wild->world->records);
  g_autoptr (StoreRecord) party = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (id != NULL)
    party = store_database_load (site->store, STORE_KIND ("party"), id, NULL);
  if (party == NULL || store_record_is_trashed (party))
    return;

  while (text->len < LONG_TEXT)
    g_string_append_printf (text, "%08x ", g_rand_int (wild->world->rand));
  store_record_set_text (party, "notes", text->str);
  save (site, party, "Edit");
}

static gboolean
import_many (StoreTransaction  *transaction,
             gpointer           data,
             GError           **error)
{
  SimWorld *world = data;

  for (guint i = 0; i < 40; i++)
    {
      g_autoptr (StoreRecord) record = store_record_new (STORE_KIND ("party"));
      g_autofree char *name = g_strdup_printf ("imported %u", ++world->counter);

      store_record_set_text (record, "kind", "company");
      store_record_set_text (record, "display_name", name);
      g_array_append_vals (world->records, store_record_get_id (record), 1);
      if (!store_transaction_save (transaction, record, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
delete_some (StoreTransaction  *transaction,
             gpointer           data,
             GError           **error)
{
  Wild *wild = data;

  for (guint i = 0; i < 3; i++)
    {
      const StoreId *id = choose_id (wild, wild->world->records);

      if (id != NULL)
        store_transaction_delete (transaction, STORE_KIND ("party"), id, NULL);
      id = choose_id (wild, wild->addresses);
      if (id != NULL)
        store_transaction_delete (transaction, STORE_KIND ("address"), id, NULL);
    }

  return TRUE;
}

static void
write_many (SimSite        *site,
            const char     *label,
            StoreWriteFunc  func,
            gpointer        data)
{
  g_autoptr (GError) error = NULL;

  store_database_write (site->store, label, NULL, func, data, NULL, &error);
  assert_expected (error);
}

static void
undo (SimSite *site)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreUndoReport) report = store_undo (site->store, NULL, &error);

  assert_expected (error);
}

static void
act (Wild  *wild,
     guint  index)
{
  SimSite *site = sim_world_get_site (wild->world, index);

  switch (choose (wild, 14))
    {
    case 0:
      add_tag (wild, site);
      break;
    case 1:
    case 2:
      tag_party (wild, site);
      break;
    case 3:
      add_address (wild, site);
      break;
    case 4:
      move_address (wild, site);
      break;
    case 5:
      write_long_text (wild, site);
      break;
    case 6:
      write_many (site, "Import", import_many, wild->world);
      break;
    case 7:
      write_many (site, "Delete", delete_some, wild);
      break;
    case 8:
    case 9:
      undo (site);
      break;
    default:
      sim_world_act (wild->world, index);
      break;
    }
}

/* The store is kept aside, or a copy that was kept before, of this device or of another, takes its
 * place, with its keys or without. */
static void
go_back (Wild  *wild,
         guint  index)
{
  guint from = choose (wild, 3) ? index : choose (wild, wild->world->sites->len);
  SimSite *site = sim_world_get_site (wild->world, index);
  SimSite *source = sim_world_get_site (wild->world, from);
  g_autofree char *kept = g_build_filename (source->folder, "kept.db", NULL);
  gboolean keys = choose (wild, 2) == 0;

  sim_site_close (site);
  if (wild->kept[from])
    sim_site_copy_files (site, kept, "business.db", keys);
  else
    sim_site_copy_files (site, "business.db", "kept.db", TRUE);
  if (from == index || !wild->kept[from])
    wild->kept[index] = !wild->kept[index];
  sim_site_open (site);
}

static void
forget (Wild *wild)
{
  sync_memory_vault_forget_after (wild->world->vault, choose (wild, 20), choose (wild, 4));
}

static void
assert_store_is_what_its_log_says (SimSite *site)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = store_check (site->store, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s: %s", site->name, (const char *) g_ptr_array_index (findings, i));
  g_assert_cmpuint (findings->len, ==, 0);
}

static void
step (Wild *wild)
{
  guint site = choose (wild, wild->world->sites->len);
  guint dice = choose (wild, 30);

  if (dice < 5)
    sim_world_sync_badly (wild->world, site);
  else if (dice > 5)
    act (wild, site);
  else if (wild->world->seed % 2 == 0)
    go_back (wild, site);
  else
    forget (wild);
}

static void
run_history (guint32 seed)
{
  Wild wild = { 0 };

  g_test_message ("seed %u", seed);
  wild.world = sim_world_new (seed, 2 + seed / 2 % 3);
  wild.tags = g_array_new (FALSE, FALSE, sizeof (StoreId));
  wild.addresses = g_array_new (FALSE, FALSE, sizeof (StoreId));
  sync_memory_vault_set_limit (wild.world->vault,
                               SYNC_BATCH_MAX_SIZE,
                               seed % 3 == 0 ? SYNC_BATCH_MAX_SIZE : 400 * 1024);
  sim_world_heal (wild.world);
  if (seed % 5 < 2)
    sim_world_skew_clocks (wild.world);
  for (guint i = 0; i < wild.world->sites->len && seed % 7 < 4; i++)
    sim_site_set_part_size (sim_world_get_site (wild.world, i), 200 + choose (&wild, 1000));

  for (guint i = 0; i < STEPS; i++)
    step (&wild);

  sim_world_heal (wild.world);
  sim_world_assert_equal (wild.world);
  for (guint i = 0; i < wild.world->sites->len; i++)
    assert_store_is_what_its_log_says (sim_world_get_site (wild.world, i));

  g_array_unref (wild.tags);
  g_array_unref (wild.addresses);
  sim_world_free (wild.world);
}

static guint
get_number (const char *variable,
            guint       otherwise)
{
  const char *text = g_getenv (variable);

  return text != NULL ? strtoul (text, NULL, 10) : otherwise;
}

static void
test_wild_histories_converge (void)
{
  guint one = get_number ("CLIENTELE_SIM_SEED", 0);
  guint runs = get_number ("CLIENTELE_SIM_RUNS", DEFAULT_RUNS);

  if (one != 0)
    {
      run_history (one);
      return;
    }

  for (guint i = 0; i < runs; i++)
    run_history (g_test_rand_int_range (1, G_MAXINT32));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/simulator/wild-histories-converge", test_wild_histories_converge);

  return g_test_run ();
}
