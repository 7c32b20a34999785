/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The search over a million customers: what the index costs beside the raw writing of the same
 * rows, and how long the first fifty hits take while people type: each query is the beginning of
 * what some customer is found by. Nothing is asserted. */

#include <string.h>

#include "bench-customers.h"

#include "store-search-index.h"
#include "store-search.h"

#define USUAL_ROWS 1000000
#define QUERIES 400
#define HITS 50

#define GOAL_COST 1.7
#define GOAL_MS 15.0

typedef struct
{
  const char *label;
  char *(*make) (guint customer,
                 GRand *rand);
} Habit;

/* The first characters, at least one. */
static char *
cut (char  *text,
     GRand *rand)
{
  glong length = g_utf8_strlen (text, -1);

  *g_utf8_offset_to_pointer (text, g_rand_int_range (rand, 1, (gint32) length + 1)) = 0;
  return text;
}

static char *
type_chinese (guint  customer,
              GRand *rand)
{
  return cut (bench_customers_name (customer | 1), rand);
}

static char *
type_latin (guint  customer,
            GRand *rand)
{
  return cut (bench_customers_name (customer & ~1u), rand);
}

static char *
type_email (guint  customer,
            GRand *rand)
{
  return cut (bench_customers_email (customer), rand);
}

static char *
type_phone (guint  customer,
            GRand *rand)
{
  g_autofree char *phone = bench_customers_phone (customer);

  if (g_rand_boolean (rand))
    return g_strdup (phone + strlen (phone) - 4);
  return cut (g_steal_pointer (&phone), rand);
}

static char *
type_host (guint  customer,
           GRand *rand)
{
  g_autofree char *email = bench_customers_email (customer);

  return cut (g_strdup (strchr (email, '@') + 1), rand);
}

static char *
type_name_and_number (guint  customer,
                      GRand *rand)
{
  g_autofree char *name = bench_customers_name (customer);
  g_autofree char *phone = bench_customers_phone (customer);

  return g_strdup_printf ("%s %.4s", name, phone);
}

static const Habit habits[] = {
  { "Chinese name", type_chinese }, { "Latin name", type_latin },
  { "e-mail address", type_email }, { "phone number", type_phone },
  { "host of e-mail", type_host },  { "name and number", type_name_and_number },
};

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double first = *(const double *) a;
  double second = *(const double *) b;

  return first < second ? -1 : first > second;
}

static double
get_part (GArray *times,
          guint   percent)
{
  g_array_sort (times, compare_doubles);
  return g_array_index (times, double, (times->len - 1) * percent / 100);
}

static void
report (const char *label,
        GArray     *times,
        GArray     *cpu_times)
{
  double p99 = get_part (times, 99);

  g_print ("search by %-16s p50 %6.2f ms  p99 %6.2f ms  max %6.2f ms  %.2f of the goal of %.0f ms"
           "  (processor p99 %6.2f ms)\n",
           label, get_part (times, 50), p99, get_part (times, 100), p99 / GOAL_MS, GOAL_MS,
           get_part (cpu_times, 99));
}

static void
time_search (StoreDatabase *database,
             const char    *words,
             double        *took,
             double        *cpu)
{
  double start = bench_seconds ();
  double cpu_start = bench_cpu_seconds ();
  g_autoptr (GPtrArray) hits = store_search (database, words, HITS, NULL);

  *took = (bench_seconds () - start) * 1000;
  *cpu = (bench_cpu_seconds () - cpu_start) * 1000;
  g_assert_nonnull (hits);
  if (*took > GOAL_MS && g_getenv ("CLIENTELE_BENCH_VERBOSE"))
    g_print ("  %s: %u hits in %.2f ms (%.2f)\n", words, hits->len, *took, *cpu);
}

static void
bench_habits (BenchCustomers *customers)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) all_cpu = g_array_new (FALSE, FALSE, sizeof (double));
  GRand *rand = g_rand_new_with_seed (11);

  for (guint h = 0; h < G_N_ELEMENTS (habits); h++)
    {
      g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
      g_autoptr (GArray) cpu_times = g_array_new (FALSE, FALSE, sizeof (double));

      for (guint i = 0; i < QUERIES; i++)
        {
          guint customer = (guint) g_rand_int_range (rand, 0, (gint32) customers->n);
          g_autofree char *words = habits[h].make (customer, rand);
          double took, cpu;

          time_search (customers->database, words, &took, &cpu);
          g_array_append_val (times, took);
          g_array_append_val (cpu_times, cpu);
          g_array_append_val (all, took);
          g_array_append_val (all_cpu, cpu);
        }
      report (habits[h].label, times, cpu_times);
    }
  report ("anything", all, all_cpu);
  g_rand_free (rand);
}

int
main (void)
{
  BenchCustomers customers = { 0 };
  double start, cpu, index_seconds;
  GError *error = NULL;

  bench_customers_make (&customers, bench_customers_count (USUAL_ROWS));
  start = bench_seconds ();
  cpu = bench_cpu_seconds ();
  store_search_index_catch_up (customers.database, STORE_SEARCH_NO_LIMIT, NULL, &error);
  g_assert_no_error (error);
  index_seconds = bench_seconds () - start;
  cpu = bench_cpu_seconds () - cpu;
  g_print ("%u customers: raw %.1f s (processor %.1f s), index %.1f s (%.1f s)\n", customers.n,
           customers.raw_seconds, customers.raw_cpu_seconds, index_seconds, cpu);
  g_print ("cost of writing with the index: %.2f of raw, by processor time %.2f (goal %.1f)\n",
           1 + index_seconds / customers.raw_seconds, 1 + cpu / customers.raw_cpu_seconds,
           GOAL_COST);
  bench_habits (&customers);
  bench_customers_free (&customers);
  return 0;
}
