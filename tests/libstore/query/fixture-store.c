/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-store.h"

#include <glib/gstdio.h>

void
store_fixture_set_up (StoreFixture  *fixture,
                      gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("clientele-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "store.db", NULL);
  fixture->database = store_database_open (fixture->path, STORE_OPEN_CREATE, &error);
  g_assert_no_error (error);
}

void
store_fixture_tear_down (StoreFixture  *fixture,
                         gconstpointer  data)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;

  store_database_close (fixture->database);
  g_assert_finalize_object (fixture->database);
  folder = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (folder)))
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
save (StoreFixture *fixture,
      StoreRecord  *record)
{
  g_autoptr (GError) error = NULL;

  store_database_save (fixture->database, "Edit", record, NULL, &error);
  g_assert_no_error (error);
}

StoreRecord *
store_fixture_add (StoreFixture *fixture,
                   const char   *kind,
                   ...)
{
  StoreRecord *record = store_record_new (store_catalog_find (kind));
  const char *field;
  va_list arguments;

  va_start (arguments, kind);
  while ((field = va_arg (arguments, const char *)))
    {
      g_autoptr (GError) error = NULL;

      store_record_set_from_text (record, field, va_arg (arguments, const char *), &error);
      g_assert_no_error (error);
    }
  va_end (arguments);
  save (fixture, record);
  return record;
}

void
store_fixture_set (StoreFixture *fixture,
                   StoreRecord  *record,
                   const char   *field,
                   const char   *text)
{
  g_autoptr (GError) error = NULL;

  store_record_set_from_text (record, field, text, &error);
  g_assert_no_error (error);
  save (fixture, record);
}

static gboolean
delete_record (StoreTransaction *transaction,
               gpointer          record,
               GError          **error)
{
  return store_transaction_delete (transaction, store_record_get_kind (record),
                                   store_record_get_id (record), error);
}

static gboolean
restore_record (StoreTransaction *transaction,
                gpointer          record,
                GError          **error)
{
  return store_transaction_restore (transaction, store_record_get_kind (record),
                                    store_record_get_id (record), error);
}

void
store_fixture_delete (StoreFixture *fixture,
                      StoreRecord  *record)
{
  g_autoptr (GError) error = NULL;

  store_database_write (fixture->database, "Delete", NULL, delete_record, record, NULL, &error);
  g_assert_no_error (error);
}

void
store_fixture_restore (StoreFixture *fixture,
                       StoreRecord  *record)
{
  g_autoptr (GError) error = NULL;

  store_database_write (fixture->database, "Restore", NULL, restore_record, record, NULL, &error);
  g_assert_no_error (error);
}

char *
store_fixture_dup_id (StoreRecord *record)
{
  return store_id_to_string (store_record_get_id (record));
}
