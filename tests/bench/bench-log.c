/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the log costs: writes through the store against the same writes on plain SQLite, with the
 * same tables, indexes and clock column, in the same run, in turn. Prints ratios of processor time
 * (raw / logged, so 1.00 is free); asserts nothing.
 *
 * CLIENTELE_BENCH_ROWS sets the size of the table (default 200,000).
 */
#include "store-database-private.h"
#include "store-log.h"
#include "store-schema.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <time.h>

#define ROUNDS 7

typedef struct
{
  char *folder;
  StoreDatabase *store;
  StoreConnection *raw;
  GArray *ids;
  guint n_rows;
  guint next;
} Bench;

/* Processor time of the process: these machines are shared, and only one thread works at a time. */
static double
seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static int
compare (const void *a,
         const void *b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return left < right ? -1 : left > right;
}

static void
print_ratio (const char *what,
             double     *ratios,
             guint       n,
             double      wanted)
{
  qsort (ratios, n, sizeof *ratios, compare);
  g_print ("%-48s %5.2f of raw   (wanted >= %.2f, spread %.2f-%.2f)\n", what, ratios[n / 2], wanted,
           ratios[0], ratios[n - 1]);
}

typedef struct
{
  Bench *bench;
  guint n;
  guint first;
} Job;

static StoreRecord *
make_party (guint i)
{
  StoreRecord *record = store_record_new (STORE_KIND ("party"));
  g_autofree char *name = g_strdup_printf ("Customer %u of many", i);

  store_record_set_text (record, "kind", "person");
  store_record_set_text (record, "display_name", name);
  store_record_set_text (record, "lifecycle", "customer");
  store_record_set_text (record, "source", "fair");
  store_record_set_text (record, "language", "zh");
  return record;
}

static gboolean
insert_logged (StoreTransaction *transaction,
               gpointer          data,
               GError          **error)
{
  Job *job = data;

  for (guint i = 0; i < job->n; i++)
    {
      g_autoptr (StoreRecord) record = make_party (job->first + i);

      if (!store_transaction_save (transaction, record, error))
        return FALSE;
      g_array_append_val (job->bench->ids, *store_record_get_id (record));
    }
  return TRUE;
}

static void
insert_raw (Bench *bench,
            guint  first,
            guint  n)
{
  g_autoptr (StoreStatement) insert = NULL;
  static const guint8 clock[15];

  store_connection_execute (bench->raw, "BEGIN IMMEDIATE", NULL);
  insert = store_connection_prepare (bench->raw,
                                     "INSERT INTO party (id, clock, kind, display_name, lifecycle,"
                                     " source, language) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                                     NULL);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (StoreRecord) record = make_party (first + i);

      store_statement_bind_id (insert, 1, store_record_get_id (record));
      sqlite3_bind_blob (insert->handle, 2, clock, sizeof clock, SQLITE_STATIC);
      store_statement_bind_value (insert, 3, store_record_get_value (record, "kind"));
      store_statement_bind_value (insert, 4, store_record_get_value (record, "display_name"));
      store_statement_bind_value (insert, 5, store_record_get_value (record, "lifecycle"));
      store_statement_bind_value (insert, 6, store_record_get_value (record, "source"));
      store_statement_bind_value (insert, 7, store_record_get_value (record, "language"));
      store_statement_run (insert, NULL);
    }
  store_statement_release (g_steal_pointer (&insert));
  store_connection_execute (bench->raw, "COMMIT", NULL);
}

/* Rows far from each other, as edits come. */
static gint64
pick_row (Bench *bench,
          guint  i)
{
  return 1 + (gint64) (((guint64) i * 2654435761u) % bench->n_rows);
}

typedef struct
{
  Bench *bench;
  guint first;
  guint n;
  GPtrArray *records;
} EditJob;

/* The records as a form would hold them; what is measured is the write. */
static GPtrArray *
load_records (Bench *bench,
              guint  first,
              guint  n)
{
  GPtrArray *records = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      const StoreId *id = &g_array_index (bench->ids, StoreId, pick_row (bench, first + i) - 1);

      g_ptr_array_add (records, store_database_load (bench->store, STORE_KIND ("party"), id, NULL));
    }
  return records;
}

static gboolean
update_logged (StoreTransaction *transaction,
               gpointer          data,
               GError          **error)
{
  EditJob *job = data;

  for (guint i = 0; i < job->n; i++)
    {
      StoreRecord *record = g_ptr_array_index (job->records, i);
      g_autofree char *text = g_strdup_printf ("s%u", job->first + i);

      store_record_set_text (record, "source", text);
      store_record_set_text (record, "nickname", text);
      if (!store_transaction_save (transaction, record, error))
        return FALSE;
    }
  return TRUE;
}

static void
update_raw (Bench *bench,
            guint  first,
            guint  n)
{
  g_autoptr (StoreStatement) update = NULL;
  static const guint8 clock[27];

  store_connection_execute (bench->raw, "BEGIN IMMEDIATE", NULL);
  update = store_connection_prepare (bench->raw,
                                     "UPDATE party SET clock = ?2, source = ?3, nickname = ?4"
                                     " WHERE n = ?1",
                                     NULL);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("s%u", first + i);

      sqlite3_bind_int64 (update->handle, 1, pick_row (bench, first + i));
      sqlite3_bind_blob (update->handle, 2, clock, sizeof clock, SQLITE_STATIC);
      sqlite3_bind_text (update->handle, 3, text, -1, SQLITE_STATIC);
      sqlite3_bind_text (update->handle, 4, text, -1, SQLITE_STATIC);
      store_statement_run (update, NULL);
    }
  store_statement_release (g_steal_pointer (&update));
  store_connection_execute (bench->raw, "COMMIT", NULL);
}

static void
fill (Bench *bench)
{
  for (guint i = 0; i < bench->n_rows; i += 10000)
    {
      Job job = { bench, MIN (10000, bench->n_rows - i), i };

      store_database_write (bench->store, "Fill", NULL, insert_logged, &job, NULL, NULL);
      insert_raw (bench, i, job.n);
    }
}

static void
bench_insert (Bench *bench)
{
  double ratios[ROUNDS];

  for (guint i = 0; i < ROUNDS; i++)
    {
      Job job = { bench, 10000, bench->n_rows + i * 10000 };
      double start = seconds ();
      double logged;

      store_database_write (bench->store, "Fill", NULL, insert_logged, &job, NULL, NULL);
      logged = seconds () - start;
      start = seconds ();
      insert_raw (bench, job.first, job.n);
      ratios[i] = (seconds () - start) / logged;
    }
  print_ratio ("logged INSERT, 10,000 a transaction", ratios, ROUNDS, .65);
}

static void
bench_update (Bench      *bench,
              guint       a_transaction,
              guint       transactions,
              const char *what,
              double      wanted)
{
  double ratios[ROUNDS];

  for (guint i = 0; i < ROUNDS; i++)
    {
      double logged = 0;
      double start;

      for (guint j = 0; j < transactions; j++)
        {
          EditJob job = { bench, bench->next + j * a_transaction, a_transaction, NULL };

          job.records = load_records (bench, job.first, job.n);
          start = seconds ();
          store_database_write (bench->store, "Edit", NULL, update_logged, &job, NULL, NULL);
          logged += seconds () - start;
          g_ptr_array_unref (job.records);
        }
      start = seconds ();
      for (guint j = 0; j < transactions; j++)
        update_raw (bench, bench->next + j * a_transaction, a_transaction);
      ratios[i] = (seconds () - start) / logged;
      bench->next += a_transaction * transactions;
    }
  print_ratio (what, ratios, ROUNDS, wanted);
}

/* A single change waits for the disk, so here it is the time on the wall that counts. */
static double
wall (void)
{
  return (double) g_get_monotonic_time () / 1e6;
}

static void
bench_single (Bench *bench)
{
  double ratios[ROUNDS * 3];

  for (guint i = 0; i < G_N_ELEMENTS (ratios); i++)
    {
      double logged = 0;
      double plain = 0;

      for (guint j = 0; j < 10; j++)
        {
          EditJob job = { bench, bench->next, 1, load_records (bench, bench->next, 1) };
          double start = wall ();

          store_database_write (bench->store, "Edit", NULL, update_logged, &job, NULL, NULL);
          logged += wall () - start;
          g_ptr_array_unref (job.records);
          start = wall ();
          update_raw (bench, bench->next++, 1);
          plain += wall () - start;
        }
      ratios[i] = plain / logged;
    }
  print_ratio ("one change a transaction, written through", ratios, G_N_ELEMENTS (ratios), .90);
}

static gboolean
measure_log (StoreConnection *connection,
             gpointer         data,
             GError         **error)
{
  return store_connection_get_number (connection,
                                      "SELECT sum(length(body) + length(back)) FROM"
                                      " (SELECT body, back FROM log ORDER BY seq DESC LIMIT 20)",
                                      data, error);
}

/* What the other device wrote, merged here, against the same changes written plainly. */
static void
bench_merge (Bench *bench)
{
  g_autofree char *path = g_build_filename (bench->folder, "other.db", NULL);
  g_autoptr (StoreDatabase) other = store_database_open (path, STORE_OPEN_CREATE, NULL);
  StoreStreamId stream;
  guint64 done = 0;
  double ratios[ROUNDS];

  store_log_get_own_stream (bench->store, &stream);
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GPtrArray) batches = g_ptr_array_new ();
      guint64 after = done;
      double merged = 0;
      double start;
      guint n_changes = 0;

      if (i > 0)
        for (guint j = 0; j < 50; j++)
          {
            EditJob job = { bench, bench->next, 100, load_records (bench, bench->next, 100) };

            store_database_write (bench->store, "Edit", NULL, update_logged, &job, NULL, NULL);
            g_ptr_array_unref (job.records);
            bench->next += 100;
            n_changes += 100;
          }
      while (TRUE)
        {
          g_autoptr (GPtrArray) bodies = store_log_read (bench->store, &stream, after, 0, 1 << 20,
                                                         NULL);
          guint8 hash[STORE_HASH_SIZE];
          StoreIntake intake;

          if (bodies->len == 0)
            break;
          store_log_get_hash (bench->store, &stream, after + bodies->len, hash, NULL);
          start = seconds ();
          store_log_take (other, &stream, after + 1, bodies, hash, NULL, NULL, NULL, &intake, NULL);
          merged += seconds () - start;
          after += bodies->len;
        }
      done = after;
      start = seconds ();
      if (i > 0)
        update_raw (bench, bench->next - n_changes, n_changes);
      ratios[i] = i > 0 ? (seconds () - start) / merged : 0;
    }
  print_ratio ("merge of edits, chain and log included", ratios + 1, ROUNDS - 1, .80);
}

int
main (int    argc,
      char **argv)
{
  const char *rows = g_getenv ("CLIENTELE_BENCH_ROWS");
  Bench bench = { .n_rows = rows ? (guint) atoi (rows) : 200000 };
  g_autofree char *raw_path = NULL;
  g_autofree char *path = NULL;
  gint64 bytes = 0;
  static const char *const files[] = { "raw.db", "store.db", "other.db" };
  static const char *const endings[] = { "", "-wal", "-shm" };

  bench.folder = g_dir_make_tmp ("clientele-bench-XXXXXX", NULL);
  raw_path = g_build_filename (bench.folder, "raw.db", NULL);
  path = g_build_filename (bench.folder, "store.db", NULL);
  bench.ids = g_array_new (FALSE, FALSE, sizeof (StoreId));
  bench.store = store_database_open (path, STORE_OPEN_CREATE, NULL);
  bench.raw = store_connection_open (raw_path, STORE_CONNECTION_CREATE, NULL);
  store_schema_apply (bench.raw, NULL);

  fill (&bench);
  g_print ("%u rows\n", bench.n_rows);
  bench_insert (&bench);
  bench_update (&bench, 100, 20, "logged UPDATE of 2 fields, 100 a transaction", .75);
  store_database_read (bench.store, measure_log, &bytes, NULL);
  g_print ("%-48s %5.1f bytes     (wanted <= 90)\n", "log for a changed row (2 fields)",
           (double) bytes / 20 / 100);
  bench_single (&bench);
  bench_merge (&bench);

  g_clear_object (&bench.store);
  store_connection_free (bench.raw);
  g_array_unref (bench.ids);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    for (guint j = 0; j < G_N_ELEMENTS (endings); j++)
      {
        g_autofree char *name = g_strconcat (files[i], endings[j], NULL);
        g_autofree char *file = g_build_filename (bench.folder, name, NULL);

        g_remove (file);
      }
  g_rmdir (bench.folder);
  g_free (bench.folder);
  return 0;
}
