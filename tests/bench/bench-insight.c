/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long the analyses take, beside the programs that others use for the same. Without options the
 * peers' times are those that were measured once; `tests/run --bench --peers` runs the peers in the
 * same run, on the same data: `--write FOLDER` writes that data, peers/ reads it and adds lines to
 * FOLDER/peers.tsv (row, seconds by the clock, of the processor, name, a figure to compare),
 * `--peers FOLDER` reads those. Times are the best of some, without start and reading: by the clock
 * and, which a busy machine changes less, of the processor in all threads. A ratio above 1 means
 * faster than the peer. Nothing is asserted. */

#include "config.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "bench-insight.h"
#include "store-parallel.h"

static const struct
{
  const char *name;
  void (*run) (void);
  void (*write) (const char *folder);
} rooms[] = {
  { "lifetime", bench_lifetime, bench_lifetime_write },
  { "segments", bench_segments, bench_segments_write },
  { "baskets", bench_baskets, bench_baskets_write },
  { "learning", bench_learning, bench_learning_write },
  { "forecast", bench_forecast, bench_forecast_write },
  { "text", bench_text, bench_text_write },
};

static char **peer_lines = NULL;

/* Of what was measured last. */
static double processor_seconds;

static double
get_processor_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

/* Returns: the best time by the clock of some repeats */
double
bench_measure (BenchFunc func,
               gpointer  data,
               guint     repeats)
{
  double best = HUGE_VAL;

  processor_seconds = HUGE_VAL;
  for (guint i = 0; i < repeats; i++)
    {
      gint64 start = g_get_monotonic_time ();
      double used = get_processor_seconds ();

      func (data);
      best = MIN (best, (g_get_monotonic_time () - start) / 1e6);
      processor_seconds = MIN (processor_seconds, get_processor_seconds () - used);
    }
  return best;
}

/* @processor: NAN where it was not measured */
static void
tell_peer (const char *name,
           double      seconds,
           double      processor,
           double      ours,
           const char *figure)
{
  g_print ("    %-42s %10.4f s %8.1f times", name, seconds, seconds / ours);
  if (isfinite (processor))
    g_print ("; processor %10.4f s %8.1f times", processor, processor / processor_seconds);
  else
    g_print ("; measured earlier");
  g_print ("  %s\n", figure != NULL ? figure : "");
}

static gboolean
tell_peers (const char *key,
            double      ours)
{
  gboolean any = FALSE;

  for (guint i = 0; peer_lines != NULL && peer_lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (peer_lines[i], "\t", 5);

      if (g_strv_length (cells) < 4 || !g_str_equal (cells[0], key))
        continue;
      tell_peer (cells[3], g_ascii_strtod (cells[1], NULL), g_ascii_strtod (cells[2], NULL), ours,
                 cells[4]);
      any = TRUE;
    }
  return any;
}

/* @figure: (nullable): what shows that both did the same work, such as a likelihood */
void
bench_tell (const char      *key,
            const char      *what,
            double           seconds,
            const char      *figure,
            const BenchPeer *recorded)
{
  g_print ("%-46s %10.4f s; processor %10.4f s  %s\n", what, seconds, processor_seconds,
           figure != NULL ? figure : "");
  if (!tell_peers (key, seconds) && recorded != NULL)
    tell_peer (recorded->name, recorded->seconds, NAN, seconds, NULL);
}

void
bench_skip (const char *what)
{
  g_print ("%-48s skipped: data not here\n", what);
}

/* Returns: (transfer full) (nullable): the path of a large data file, where there is one */
char *
bench_find_data (const char *folder,
                 const char *name)
{
  const char *root = g_getenv ("CLIENTELE_SHARED_DATA");
  g_autofree char *path = root != NULL ? g_build_filename (root, folder, name, NULL) : NULL;

  if (path == NULL || !g_file_test (path, G_FILE_TEST_EXISTS))
    return NULL;
  return g_steal_pointer (&path);
}

/* Doubles as they lie in memory. */
void
bench_write_numbers (const char   *folder,
                     const char   *name,
                     const double *numbers,
                     gsize         n)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  FILE *file = fopen (path, "wb");

  if (file == NULL || fwrite (numbers, sizeof (double), n, file) != n || fclose (file) != 0)
    g_error ("%s cannot be written", path);
}

static void
read_peers (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "peers.tsv", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_file_get_contents (path, &contents, NULL, &error))
    g_error ("%s", error->message);
  peer_lines = g_strsplit (g_strchomp (contents), "\n", -1);
}

static gboolean
is_wanted (const char        *name,
           const char *const *wanted)
{
  return wanted == NULL || wanted[0] == NULL || g_strv_contains (wanted, name);
}

int
main (int   argc,
      char *argv[])
{
  const char *write = NULL;
  const char *peers = NULL;
  const char **names = NULL;
  const GOptionEntry options[] = {
    { "write", 0, 0, G_OPTION_ARG_FILENAME, &write, "Write what the peers read", "FOLDER" },
    { "peers", 0, 0, G_OPTION_ARG_FILENAME, &peers, "Compare with peers.tsv there", "FOLDER" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &names, NULL, "[ROOM...]" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  if (peers != NULL)
    read_peers (peers);
  if (write == NULL)
    g_print ("# %u threads; the best of some runs, by the clock and of the processor\n",
             store_parallel_get_n_threads ());
  for (guint i = 0; i < G_N_ELEMENTS (rooms); i++)
    if (!is_wanted (rooms[i].name, names))
      continue;
    else if (write != NULL)
      rooms[i].write (write);
    else
      rooms[i].run ();
  g_strfreev (peer_lines);
  return 0;
}
