/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading separated values against looking at every byte, and whether an import's time grows with
 * its rows alone: a row of the second half against one of the first.
 */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "store-import.h"

#define READ_ROWS 1000000
#define IMPORT_ROWS 40000

static double
seconds_since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
}

static GString *
make_people (guint from,
             guint n)
{
  GString *text = g_string_new ("name,email,phone,company,city,birthday\n");

  for (guint i = from; i < from + n; i++)
    g_string_append_printf (text,
                            "Ann%u Lee,ann%u@b.example,+49 151 %07u,Company %u,\"City, %u\","
                            "%02u.%02u.1980\n",
                            i, i, i, i % 500, i % 100, i % 28 + 1, i % 12 + 1);
  return text;
}

static GString *
make_orders (guint n)
{
  GString *text = g_string_new ("customer,date,amount\n");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "K%u,2024-%02u-%02u,%u.50\n", i % (n / 4), i % 12 + 1, i % 28 + 1,
                            i % 900);
  return text;
}

static void
bench_reader (void)
{
  g_autoptr (GString) text = make_people (0, READ_ROWS);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text->str,
                                                                         (gssize) text->len, NULL);
  g_autoptr (StoreCsvReader) reader = NULL;
  volatile guint64 sum = 0;
  gint64 start = g_get_monotonic_time ();
  double plain, read;
  guint64 n = 0;

  for (gsize i = 0; i < text->len; i++)
    sum += text->str[i] == '\n';
  plain = seconds_since (start);

  start = g_get_monotonic_time ();
  reader = store_csv_reader_new (stream, NULL, NULL, NULL);
  while (store_csv_reader_next (reader, NULL, NULL))
    n++;
  read = seconds_since (start);
  g_print ("read %" G_GUINT64_FORMAT " records, %.0f MB: %.2f s; byte by byte %.2f s; ratio %.2f\n",
           n, (double) text->len / 1e6, read, plain, plain / read);
}

static double
import (StoreDatabase *database,
        const char    *folder,
        GString       *text,
        const char    *kind)
{
  g_autofree char *path = g_build_filename (folder, "import.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (StoreImportReport) report = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start;

  g_assert_true (g_file_set_contents (path, text->str, (gssize) text->len, NULL));
  g_string_free (text, TRUE);
  start = g_get_monotonic_time ();
  report = store_import_file (database, file, kind, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (report->complete);
  return seconds_since (start);
}

static void
remove_files (const char *folder)
{
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  const char *name;

  while (files != NULL && (name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
}

int
main (void)
{
  g_autofree char *folder = g_dir_make_tmp ("clientele-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "store.db", NULL);
  g_autoptr (StoreDatabase) database = store_database_open (path, STORE_OPEN_CREATE, NULL);
  double first, second, again, orders;

  bench_reader ();
  first = import (database, folder, make_people (0, IMPORT_ROWS), "party");
  second = import (database, folder, make_people (IMPORT_ROWS, IMPORT_ROWS), "party");
  again = import (database, folder, make_people (0, IMPORT_ROWS), "party");
  orders = import (database, folder, make_orders (IMPORT_ROWS), "order");
  g_print ("customers: %.0f rows/s, then %.0f rows/s; ratio %.2f\n", IMPORT_ROWS / first,
           IMPORT_ROWS / second, first / second);
  g_print ("the same again: %.0f rows/s\n", IMPORT_ROWS / again);
  g_print ("orders with their customers: %.0f rows/s\n", IMPORT_ROWS / orders);

  store_database_close (database);
  g_clear_object (&database);
  remove_files (folder);
  return 0;
}
