/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-customers.h"

#include <glib/gstdio.h>
#include <string.h>
#include <time.h>

#include "store-counter-random.h"
#include "store-database-private.h"

#define ROWS_A_TRANSACTION 10000

static const char *const given_names[] = {
  "Anna",  "John",   "Maria", "Peter", "Laura",  "Michael", "Sophie", "Thomas", "Julia", "Robert",
  "Emma",  "Daniel", "Clara", "David", "Sarah",  "James",   "Lena",   "Paul",   "Irene", "Felix",
  "Marta", "Viktor", "Elena", "Hugo",  "Nadine", "Oscar",   "Ruth",   "Simon",  "Vera",  "Walter",
};

static const char *const family_names[] = {
  "Smith",  "Johnson", "Müller",  "Schmidt",  "Garcia", "Martin", "Brown",   "Wilson",  "Rossi",
  "Novak",  "Dubois",  "Larsen",  "Kowalski", "Silva",  "Costa",  "Weber",   "Fischer", "Keller",
  "Moreau", "Nguyen",  "Andersson", "Bauer",  "Conti",  "Dvorak", "Eriksen", "Fontana", "Gruber",
  "Haas",   "Ivanov",  "Jansen",  "Kaya",     "Lopez",  "Meyer",  "Nowak",   "Oliveira",
};

static const char chinese_family[] = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅";
static const char chinese_given[] =
  "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国文辉力志永健世广海山仁波宁福生龙元全胜学"
  "祥才发武新利清飞彬富顺信子昌成康星光天达安岩中茂进林有坚和彪博诚先敬震振壮会思群豪心邦承乐绍功松";

static const char *const hosts[] = {
  "gmail.com", "qq.com", "163.com", "gmail.com", "qq.com", "outlook.com", "example.com",
};

static guint
draw (guint   i,
      guint64 counter,
      guint   below)
{
  return (guint) (store_counter_random_bits (7, i, counter) % below);
}

static void
append_character (GString    *text,
                  const char *characters,
                  guint       which)
{
  g_string_append_unichar (text,
                           g_utf8_get_char (g_utf8_offset_to_pointer (characters, (glong) which)));
}

double
bench_seconds (void)
{
  return (double) g_get_monotonic_time () / 1e6;
}

double
bench_cpu_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

/* CLIENTELE_BENCH_ROWS tells how many, for a short look. */
guint
bench_customers_count (guint usual)
{
  const char *wanted = g_getenv ("CLIENTELE_BENCH_ROWS");

  return wanted ? (guint) g_ascii_strtoull (wanted, NULL, 10) : usual;
}

char *
bench_customers_name (guint i)
{
  g_autoptr (GString) name = g_string_new (NULL);

  if (i % 2 == 0)
    return g_strdup_printf ("%s %s", given_names[draw (i, 0, G_N_ELEMENTS (given_names))],
                            family_names[draw (i, 1, G_N_ELEMENTS (family_names))]);
  append_character (name, chinese_family,
                    draw (i, 0, (guint) g_utf8_strlen (chinese_family, -1)));
  for (guint k = 0; k < 1 + (draw (i, 1, 3) > 0); k++)
    append_character (name, chinese_given,
                      draw (i, 2 + k, (guint) g_utf8_strlen (chinese_given, -1)));
  return g_strdup (name->str);
}

char *
bench_customers_phone (guint i)
{
  return g_strdup_printf ("1%u%09u", 3 + draw (i, 10, 7), draw (i, 11, 1000000000));
}

char *
bench_customers_email (guint i)
{
  const char *name = given_names[draw (i, 0, G_N_ELEMENTS (given_names))];
  g_autofree char *given = g_ascii_strdown (name, -1);

  return g_strdup_printf ("%s%u@%s", given, draw (i, 12, 100000),
                          hosts[draw (i, 13, G_N_ELEMENTS (hosts))]);
}

static void
make_id (guint   i,
         guint8  part,
         StoreId *id)
{
  memset (id, 0, sizeof *id);
  for (int k = 0; k < 4; k++)
    id->bytes[2 + k] = (guint8) (i >> (24 - 8 * k));
  id->bytes[6] = 0x70;
  id->bytes[7] = part;
}

static void
insert_contact (StoreConnection *connection,
                guint            i,
                guint8           part,
                const char      *channel,
                const char      *value)
{
  static const guint8 clock[20] = { 0 };
  g_autoptr (StoreStatement) statement = store_connection_prepare (
    connection, "INSERT INTO contact_point (id, party, channel, value, normalised, clock)"
                " VALUES (?, ?, ?, ?, ?, ?)", NULL);
  StoreId party, id;

  make_id (i, 0, &party);
  make_id (i, part, &id);
  store_statement_bind_id (statement, 1, &id);
  store_statement_bind_id (statement, 2, &party);
  sqlite3_bind_text (statement->handle, 3, channel, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement->handle, 4, value, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement->handle, 5, value, -1, SQLITE_STATIC);
  sqlite3_bind_blob (statement->handle, 6, clock, sizeof clock, SQLITE_STATIC);
  g_assert_true (store_statement_run (statement, NULL));
}

static void
insert_customer (StoreConnection *connection,
                 guint            i)
{
  static const guint8 clock[20] = { 0 };
  g_autoptr (StoreStatement) statement = store_connection_prepare (
    connection, "INSERT INTO party (id, kind, display_name, lifecycle, external_id, clock)"
                " VALUES (?, 'person', ?, ?, ?, ?)", NULL);
  g_autofree char *name = bench_customers_name (i);
  g_autofree char *phone = bench_customers_phone (i);
  g_autofree char *email = bench_customers_email (i);
  g_autofree char *number = g_strdup_printf ("K%07u", i);
  StoreId id;

  make_id (i, 0, &id);
  store_statement_bind_id (statement, 1, &id);
  sqlite3_bind_text (statement->handle, 2, name, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement->handle, 3, i % 3 ? "customer" : "lead", -1, SQLITE_STATIC);
  sqlite3_bind_text (statement->handle, 4, number, -1, SQLITE_STATIC);
  sqlite3_bind_blob (statement->handle, 5, clock, sizeof clock, SQLITE_STATIC);
  g_assert_true (store_statement_run (statement, NULL));
  insert_contact (connection, i, 1, "phone", phone);
  insert_contact (connection, i, 2, "email", email);
}

typedef struct
{
  guint first;
  guint last;
} Range;

static gboolean
insert_customers (StoreConnection  *connection,
                  gpointer          data,
                  GError          **error)
{
  Range *range = data;

  for (guint i = range->first; i < range->last; i++)
    insert_customer (connection, i);
  return TRUE;
}

void
bench_customers_make (BenchCustomers *self,
                      guint           n)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  double start, cpu;

  self->n = n;
  self->folder = g_dir_make_tmp ("clientele-bench-XXXXXX", NULL);
  path = g_build_filename (self->folder, "store.db", NULL);
  self->database = store_database_open (path, STORE_OPEN_CREATE, &error);
  g_assert_no_error (error);

  start = bench_seconds ();
  cpu = bench_cpu_seconds ();
  for (guint i = 0; i < n; i += ROWS_A_TRANSACTION / 3)
    {
      Range range = { i, MIN (n, i + ROWS_A_TRANSACTION / 3) };

      store_database_write_local (self->database, insert_customers, &range, &error);
      g_assert_no_error (error);
    }
  self->raw_seconds = bench_seconds () - start;
  self->raw_cpu_seconds = bench_cpu_seconds () - cpu;
}

void
bench_customers_free (BenchCustomers *self)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;

  store_database_close (self->database);
  g_clear_object (&self->database);
  folder = g_dir_open (self->folder, 0, NULL);
  while (folder && (name = g_dir_read_name (folder)))
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
}
