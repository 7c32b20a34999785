/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The model knows of each acknowledged write who wrote it, its number, and how far its writer had
 * applied every other stream then. At the end a write must be what the record shows, or be among
 * the values of a clash, or have been replaced by a later write of the same field whose writer had
 * seen it. A record in the trash must have been deleted by somebody who had seen all its writes.
 */
#include "sim-world.h"

#include <string.h>

#include "store-clash.h"

static const char *const fields[] = {
  "display_name", "nickname", "source", "notes", "job_title", "given_name", "family_name",
};

static const char *const site_names[SIM_MAX_SITES] = { "laptop", "desktop", "phone", "shop" };

static void
sim_write_free (SimWrite *write)
{
  g_free (write->value);
  g_free (write);
}

SimWorld *
sim_world_new (guint32 seed,
               guint   n_sites)
{
  SimWorld *world = g_new0 (SimWorld, 1);

  g_assert_cmpuint (n_sites, <=, SIM_MAX_SITES);
  world->seed = seed;
  world->rand = g_rand_new_with_seed (seed);
  world->vault = sync_memory_vault_new ();
  world->sites = g_ptr_array_new_with_free_func ((GDestroyNotify) sim_site_free);
  world->records = g_array_new (FALSE, FALSE, sizeof (StoreId));
  world->writes = g_ptr_array_new_with_free_func ((GDestroyNotify) sim_write_free);

  for (guint i = 0; i < n_sites; i++)
    {
      SimSite *site = sim_site_new (world->vault, site_names[i]);

      sim_site_open (site);
      g_ptr_array_add (world->sites, site);
      if (i == 0)
        sim_site_create (site);
      else
        sim_site_join (site, g_ptr_array_index (world->sites, 0));
    }

  return world;
}

void
sim_world_free (SimWorld *world)
{
  if (world == NULL)
    return;

  g_ptr_array_unref (world->sites);
  g_ptr_array_unref (world->writes);
  g_array_unref (world->records);
  sync_memory_vault_unref (world->vault);
  g_rand_free (world->rand);
  g_free (world);
}

SimSite *
sim_world_get_site (SimWorld *world,
                    guint     index)
{
  return g_ptr_array_index (world->sites, index);
}

static guint
choose (SimWorld *world,
        guint     below)
{
  return g_rand_int_range (world->rand, 0, below);
}

static char *
make_value (SimWorld *world)
{
  return g_strdup_printf ("值 %u", ++world->counter);
}

static void
note_seen (SimWorld *world,
           guint     site,
           guint64   seen[SIM_MAX_SITES])
{
  for (guint i = 0; i < world->sites->len; i++)
    {
      g_autofree char *stream = sim_site_dup_stream (sim_world_get_site (world, i));

      seen[i] = sim_site_get_number (sim_world_get_site (world, site), stream);
    }
}

/* Remembers a write before it is made; @number is known afterwards. */
static SimWrite *
remember (SimWorld   *world,
          guint       site,
          guint       record,
          const char *field,
          const char *value)
{
  SimWrite *write = g_new0 (SimWrite, 1);

  write->record = record;
  write->field = field;
  write->value = g_strdup (value);
  write->site = site;
  note_seen (world, site, write->seen);
  g_ptr_array_add (world->writes, write);

  return write;
}

static void
number_writes (SimWorld *world,
               guint     site,
               guint     from)
{
  g_autofree char *stream = sim_site_dup_stream (sim_world_get_site (world, site));
  guint64 number = sim_site_get_number (sim_world_get_site (world, site), stream);

  for (guint i = from; i < world->writes->len; i++)
    ((SimWrite *) g_ptr_array_index (world->writes, i))->number = number;
}

static StoreRecord *
load (SimWorld *world,
      guint     site,
      guint     record)
{
  return store_database_load (sim_world_get_site (world, site)->store,
                              STORE_KIND ("party"),
                              &g_array_index (world->records, StoreId, record),
                              NULL);
}

static void
save (SimWorld    *world,
      guint        site,
      StoreRecord *record)
{
  g_autoptr (GError) error = NULL;

  store_database_save (sim_world_get_site (world, site)->store, "Edit", record, NULL, &error);
  g_assert_no_error (error);
}

guint
sim_world_add (SimWorld *world,
               guint     site)
{
  g_autoptr (StoreRecord) record = store_record_new (STORE_KIND ("party"));
  g_autofree char *value = make_value (world);
  guint index = world->records->len;
  guint from = world->writes->len;

  store_record_set_text (record, "kind", "person");
  store_record_set_text (record, "display_name", value);
  g_array_append_vals (world->records, store_record_get_id (record), 1);
  remember (world, site, index, "display_name", value);
  save (world, site, record);
  number_writes (world, site, from);

  return index;
}

void
sim_world_edit (SimWorld   *world,
                guint       site,
                guint       record,
                const char *field)
{
  g_autoptr (StoreRecord) loaded = load (world, site, record);
  g_autofree char *value = NULL;
  guint from = world->writes->len;

  if (loaded == NULL || store_record_is_trashed (loaded))
    return;

  value = make_value (world);
  store_record_set_text (loaded, field, value);
  remember (world, site, record, field, value);
  save (world, site, loaded);
  number_writes (world, site, from);
}

static gboolean
delete_record (StoreTransaction  *transaction,
               gpointer           data,
               GError           **error)
{
  return store_transaction_delete (transaction, STORE_KIND ("party"), data, error);
}

static gboolean
restore_record (StoreTransaction  *transaction,
                gpointer           data,
                GError           **error)
{
  return store_transaction_restore (transaction, STORE_KIND ("party"), data, error);
}

static void
write_to (SimWorld       *world,
          guint           site,
          guint           record,
          const char     *label,
          StoreWriteFunc  func)
{
  g_autoptr (GError) error = NULL;

  store_database_write (sim_world_get_site (world, site)->store,
                        label,
                        NULL,
                        func,
                        &g_array_index (world->records, StoreId, record),
                        NULL,
                        &error);
  g_assert_no_error (error);
}

void
sim_world_delete (SimWorld *world,
                  guint     site,
                  guint     record)
{
  g_autoptr (StoreRecord) loaded = load (world, site, record);
  guint from = world->writes->len;

  if (loaded == NULL || store_record_is_trashed (loaded))
    return;

  remember (world, site, record, NULL, NULL);
  write_to (world, site, record, "Delete", delete_record);
  number_writes (world, site, from);
}

static void
restore (SimWorld *world,
         guint     site,
         guint     record)
{
  g_autoptr (StoreRecord) loaded = load (world, site, record);

  if (loaded != NULL && store_record_is_trashed (loaded))
    write_to (world, site, record, "Restore", restore_record);
}

static gboolean
find_record (SimWorld      *world,
             const StoreId *id,
             guint         *record)
{
  for (guint i = 0; i < world->records->len; i++)
    if (store_id_equal (&g_array_index (world->records, StoreId, i), id))
      {
        *record = i;
        return TRUE;
      }

  return FALSE;
}

static const char *
find_field (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (fields[i], name))
      return fields[i];

  return NULL;
}

static char *
dup_side_value (const StoreClash *clash,
                guint             side,
                guint             field)
{
  const StoreClashSide *chosen = g_ptr_array_index (clash->sides, side);

  return store_value_dup_text (&g_array_index (chosen->values, StoreValue, field));
}

static void
settle (SimWorld *world,
        guint     site)
{
  StoreDatabase *store = sim_world_get_site (world, site)->store;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) clashes = store_clash_list (store, &error);
  const StoreClash *clash;
  guint from = world->writes->len;
  guint record;
  guint side;

  g_assert_no_error (error);
  if (clashes->len == 0)
    return;

  clash = g_ptr_array_index (clashes, choose (world, clashes->len));
  if (!find_record (world, &clash->id, &record))
    return;

  side = choose (world, clash->sides->len);
  for (guint i = 0; i < clash->fields->len; i++)
    {
      const StoreField *field = g_ptr_array_index (clash->fields, i);
      g_autofree char *value = dup_side_value (clash, side, i);

      if (find_field (field->name) != NULL)
        remember (world, site, record, find_field (field->name), value);
    }

  store_clash_settle (store, clash->name, clash->version, side, NULL, &error);
  g_assert_no_error (error);
  number_writes (world, site, from);
}

/* Some clocks are wrong by up to two years. */
void
sim_world_skew_clocks (SimWorld *world)
{
  const gint64 day = 24 * 60 * 60 * 1000;

  for (guint i = 0; i < world->sites->len; i++)
    if (choose (world, 2) == 0)
      sim_world_get_site (world, i)->clock_offset = (gint64) choose (world, 1461) * day - 730 * day;
}

/* One thing that a person does on one device. */
void
sim_world_act (SimWorld *world,
               guint     site)
{
  guint dice = choose (world, 100);
  guint record;

  if (world->records->len == 0 || dice < 15)
    {
      sim_world_add (world, site);
      return;
    }

  record = choose (world, world->records->len);
  if (dice < 75)
    sim_world_edit (world, site, record, fields[choose (world, G_N_ELEMENTS (fields))]);
  else if (dice < 83)
    sim_world_delete (world, site, record);
  else if (dice < 88)
    restore (world, site, record);
  else
    settle (world, site);
}

/* Synchronises over a connection on which one request may go wrong. */
void
sim_world_sync_badly (SimWorld *world,
                      guint     site)
{
  SimSite *here = sim_world_get_site (world, site);
  g_autoptr (GError) error = NULL;

  if (choose (world, 3) == 0)
    sim_site_set_fault (here, 0, SYNC_MEMORY_FAULT_NONE);
  else
    sim_site_set_fault (here,
                        1 + choose (world, 14),
                        1 + choose (world, SYNC_MEMORY_FAULT_REFUSE));

  if (!sim_site_try_sync (here, NULL, &error))
    g_assert_true (g_error_matches (error, SYNC_ERROR, SYNC_ERROR_UNREACHABLE) ||
                   g_error_matches (error, SYNC_ERROR, SYNC_ERROR_BUSY));

  if (choose (world, 8) == 0)
    {
      sim_site_close (here);
      sim_site_open (here);
    }
}

/* All connections are good again. */
void
sim_world_sync_all (SimWorld *world,
                    guint     rounds)
{
  for (guint round = 0; round < rounds; round++)
    for (guint i = 0; i < world->sites->len; i++)
      {
        g_autoptr (SyncResult) result = sim_site_sync (sim_world_get_site (world, i));

        g_assert_cmpuint (result->quarantined, ==, 0);
      }
}

/* Everybody gets everything, and then has nothing more to say. */
void
sim_world_heal (SimWorld *world)
{
  sim_world_sync_all (world, 2);

  for (guint i = 0; i < world->sites->len; i++)
    {
      g_autoptr (SyncResult) result = sim_site_sync (sim_world_get_site (world, i));

      g_assert_cmpuint (result->notices->len, ==, 0);
      g_assert_cmpuint (result->received, ==, 0);
      g_assert_cmpuint (result->sent, ==, 0);
      g_assert_cmpuint (result->healed, ==, 0);
      g_assert_cmpuint (result->waiting, ==, 0);
    }
}

static gboolean
take_equal (char *a,
            char *b)
{
  gboolean equal = g_str_equal (a, b);

  g_free (a);
  g_free (b);
  return equal;
}

gboolean
sim_world_is_equal (SimWorld *world)
{
  SimSite *first = sim_world_get_site (world, 0);

  for (guint i = 1; i < world->sites->len; i++)
    {
      SimSite *site = sim_world_get_site (world, i);

      if (!take_equal (sim_site_dup_heads (first), sim_site_dup_heads (site)) ||
          !take_equal (sim_site_dup_clashes (first), sim_site_dup_clashes (site)) ||
          !take_equal (sim_site_dup_digest (first), sim_site_dup_digest (site)))
        return FALSE;
    }

  return TRUE;
}

void
sim_world_assert_equal (SimWorld *world)
{
  SimSite *first = sim_world_get_site (world, 0);
  g_autofree char *digest = sim_site_dup_digest (first);
  g_autofree char *heads = sim_site_dup_heads (first);
  g_autofree char *clashes = sim_site_dup_clashes (first);

  for (guint i = 1; i < world->sites->len; i++)
    {
      SimSite *site = sim_world_get_site (world, i);
      g_autofree char *their_digest = sim_site_dup_digest (site);
      g_autofree char *their_heads = sim_site_dup_heads (site);
      g_autofree char *their_clashes = sim_site_dup_clashes (site);

      g_assert_cmpstr (their_heads, ==, heads);
      g_assert_cmpstr (their_clashes, ==, clashes);
      g_assert_cmpstr (their_digest, ==, digest);
    }
}

static gboolean
has_seen (const SimWrite *write,
          const SimWrite *other)
{
  return write != other && write->seen[other->site] >= other->number;
}

static gboolean
is_replaced (SimWorld       *world,
             const SimWrite *write)
{
  for (guint i = 0; i < world->writes->len; i++)
    {
      const SimWrite *other = g_ptr_array_index (world->writes, i);

      if (other->record == write->record && other->field == write->field &&
          has_seen (other, write))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_deleted_by_one_who_saw (SimWorld       *world,
                           const SimWrite *write)
{
  for (guint i = 0; i < world->writes->len; i++)
    {
      const SimWrite *other = g_ptr_array_index (world->writes, i);

      if (other->record == write->record && other->field == NULL && has_seen (other, write))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_in_clash (GPtrArray     *clashes,
             const StoreId *id,
             const char    *value)
{
  for (guint i = 0; i < clashes->len; i++)
    {
      const StoreClash *clash = g_ptr_array_index (clashes, i);

      if (!store_id_equal (&clash->id, id))
        continue;

      for (guint side = 0; side < clash->sides->len; side++)
        for (guint field = 0; field < clash->fields->len; field++)
          {
            g_autofree char *text = dup_side_value (clash, side, field);

            if (g_strcmp0 (text, value) == 0)
              return TRUE;
          }
    }

  return FALSE;
}

static void
assert_write_is_kept (SimWorld       *world,
                      const SimWrite *write,
                      GPtrArray      *clashes)
{
  g_autoptr (StoreRecord) record = load (world, 0, write->record);
  const StoreId *id = &g_array_index (world->records, StoreId, write->record);

  g_assert_nonnull (record);
  if (write->field == NULL)
    return;

  if (store_record_is_trashed (record))
    {
      g_assert_true (is_deleted_by_one_who_saw (world, write));
      return;
    }

  if (g_strcmp0 (store_record_get_text (record, write->field), write->value) == 0 ||
      is_in_clash (clashes, id, write->value) || is_replaced (world, write))
    return;

  g_test_message ("lost: record %u, %s = %s, written on %s as number %" G_GUINT64_FORMAT,
                  write->record,
                  write->field,
                  write->value,
                  sim_world_get_site (world, write->site)->name,
                  write->number);
  g_test_fail ();
}

/* After sim_world_heal(): every write won, clashes, or was replaced by one that had seen it. */
void
sim_world_assert_kept (SimWorld *world)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) clashes = NULL;

  clashes = store_clash_list (sim_world_get_site (world, 0)->store, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < world->writes->len; i++)
    assert_write_is_kept (world, g_ptr_array_index (world->writes, i), clashes);
}
