/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange-fixture.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

/* Small, so that a file of a few rows crosses the edges of chunks. */
#define CHUNK_ROWS 7

void
exchange_fixture_set_up (ExchangeFixture *fixture,
                         gconstpointer    data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  fixture->folder = g_dir_make_tmp ("clientele-XXXXXX", NULL);
  path = g_build_filename (fixture->folder, "store.db", NULL);
  fixture->database = store_database_open (path, STORE_OPEN_CREATE, &error);
  g_assert_no_error (error);
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_all (child);
    }
  g_remove (path);
}

void
exchange_fixture_tear_down (ExchangeFixture *fixture,
                            gconstpointer    data)
{
  store_database_close (fixture->database);
  g_clear_object (&fixture->database);
  remove_all (fixture->folder);
  g_free (fixture->folder);
}

/* The first column of the first row, looked at as another program would. */
char *
exchange_fixture_get_text (ExchangeFixture *fixture,
                           const char      *sql)
{
  sqlite3_stmt *statement = NULL;
  sqlite3 *handle = NULL;
  char *text = NULL;

  g_assert_cmpint (sqlite3_open_v2 (store_database_get_path (fixture->database), &handle,
                                    SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  if (sqlite3_step (statement) == SQLITE_ROW)
    text = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  sqlite3_close (handle);
  return text;
}

gint64
exchange_fixture_count (ExchangeFixture *fixture,
                        const char      *sql)
{
  g_autofree char *text = exchange_fixture_get_text (fixture, sql);

  g_assert_nonnull (text);
  return g_ascii_strtoll (text, NULL, 10);
}

typedef struct
{
  const StoreKind *kind;
  const StoreId *id;
} Deletion;

static gboolean
delete_record (StoreTransaction  *transaction,
               gpointer           data,
               GError           **error)
{
  Deletion *deletion = data;

  return store_transaction_delete (transaction, deletion->kind, deletion->id, error);
}

gboolean
exchange_fixture_delete (ExchangeFixture *fixture,
                         const StoreKind *kind,
                         const StoreId   *id)
{
  Deletion deletion = { kind, id };

  return store_database_write (fixture->database, "Delete", NULL, delete_record, &deletion, NULL,
                               NULL);
}

static StoreImportReport *
import_file (ExchangeFixture   *fixture,
             GFile             *file,
             const char        *kind,
             const char *const *rules,
             gboolean           rehearse)
{
  StoreImportOptions options = { rehearse, "CNY", CHUNK_ROWS };
  g_autoptr (GError) error = NULL;
  StoreImportReport *report;

  report = store_import_file (fixture->database, file, kind, rules, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (report->complete);
  return report;
}

StoreImportReport *
exchange_fixture_import (ExchangeFixture   *fixture,
                         const char        *text,
                         const char        *kind,
                         const char *const *rules,
                         gboolean           rehearse)
{
  g_autofree char *path = g_build_filename (fixture->folder, "import.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return import_file (fixture, file, kind, rules, rehearse);
}

StoreImportReport *
exchange_fixture_import_file (ExchangeFixture *fixture,
                              const char      *name,
                              gboolean         rehearse)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "contacts", name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return import_file (fixture, file, "party", NULL, rehearse);
}

void
exchange_assert_counts (StoreImportReport *report,
                        guint64            taken,
                        guint64            updated,
                        guint64            unchanged,
                        guint64            refused)
{
  for (guint i = 0; i < report->refusals->len; i++)
    {
      const StoreImportRemark *remark = report->refusals->pdata[i];

      g_test_message ("line %" G_GUINT64_FORMAT ": %s", remark->line, remark->reason);
    }
  g_assert_cmpuint (report->taken, ==, taken);
  g_assert_cmpuint (report->updated, ==, updated);
  g_assert_cmpuint (report->unchanged, ==, unchanged);
  g_assert_cmpuint (report->refused, ==, refused);
}
