/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The library behind the boosting: on many threads, and where it is not installed. */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "learning-data.h"
#include "store-classifier-methods.h"
#include "store-counter-random.h"
#include "store-error.h"
#include "store-outcomes.h"
#include "store-parallel.h"

#define N_MANY 3000
#define N_COLUMNS 8
#define N_SCORED 1000
#define MANY_CELLS 1000

#define NO_LIBRARY_TEST "/boosting/subprocess/no-library"
#define LIBRARY_FILE "libxgboost.so.0"

static void
fill_many (double *x,
           double *y)
{
  for (gsize i = 0; i < (gsize) N_MANY * N_COLUMNS; i++)
    x[i] = store_counter_random (3, 1, i);
  for (guint i = 0; i < N_MANY; i++)
    y[i] = store_counter_random (3, 2, i) < 0.4 + 0.2 * x[(gsize) i * N_COLUMNS];
}

static void
test_many_rows_on_threads_leave_every_bit (void)
{
  const guint threads[] = { 1, 2, 8 };
  g_autofree double *x = g_new (double, (gsize) N_MANY * N_COLUMNS);
  g_autofree double *y = g_new (double, N_MANY);
  const StoreSample sample = { N_MANY, N_COLUMNS, x, y };
  g_autofree double *first = NULL;

  fill_many (x, y);
  store_classifier_boosting_set_many_cells (MANY_CELLS);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr (GStrvBuilder) notes = g_strv_builder_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (StoreClassifier) classifier = NULL;
      g_autofree double *scores = NULL;

      store_parallel_set_n_threads (threads[i]);
      classifier = store_classifier_new (store_classifier_find_method ("boosting", NULL), &sample,
                                         1, notes, NULL, &error);
      g_assert_no_error (error);
      scores = store_classifier_score (classifier, x, N_SCORED, NULL, &error);
      g_assert_no_error (error);
      if (first == NULL)
        first = g_steal_pointer (&scores);
      else
        g_assert_true (memcmp (scores, first, N_SCORED * sizeof *scores) == 0);
    }
  store_parallel_set_n_threads (0);
  store_classifier_boosting_set_many_cells (0);
  g_assert_true (memcmp (first, first + 1, sizeof *first) != 0);
}

static StoreOutcomes *
run (const char  *method,
     GError     **error)
{
  StoreOutcomesOptions options = STORE_OUTCOMES_OPTIONS_INIT;
  g_autoptr (StoreRows) rows = rows_make (300, FALSE);

  options.method = method;
  return store_outcomes_new (rows, NULL, NULL, &options, NULL, error);
}

/* Asked for by name it is an error that says what to do; in the race it stays at home, and is told. */
static void
run_without_library (void)
{
  const char *sentence = "Boosting needs the library libxgboost0, which is not installed. Install "
                         "it, or choose another method.";
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreOutcomes) raced = NULL;

  g_assert_null (run ("boosting", &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_NOT_FOUND);
  g_assert_cmpstr (error->message, ==, sentence);
  g_clear_error (&error);
  raced = run ("auto", &error);
  g_assert_no_error (error);
  g_assert_true (raced->enough);
  g_assert_true (g_strv_contains ((const char *const *) raced->notes, sentence));
  g_assert_cmpuint (raced->contestants->len, ==, 5);
}

/* The loader reads its path when a program starts: a file that is no library comes first there. */
static void
test_a_missing_library_is_told (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("no-library-XXXXXX", &error);
  g_autofree char *file = g_build_filename (folder, LIBRARY_FILE, NULL);
  g_autofree char *before = g_strdup (g_getenv ("LD_LIBRARY_PATH"));
  g_autofree char *path = before != NULL ? g_strdup_printf ("%s:%s", folder, before)
                                         : g_strdup (folder);

  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  g_setenv ("LD_LIBRARY_PATH", path, TRUE);
  g_test_trap_subprocess (NO_LIBRARY_TEST, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  if (before != NULL)
    g_setenv ("LD_LIBRARY_PATH", before, TRUE);
  else
    g_unsetenv ("LD_LIBRARY_PATH");
  g_unlink (file);
  g_rmdir (folder);
  g_test_trap_assert_passed ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/boosting/many-rows-on-threads-leave-every-bit",
                   test_many_rows_on_threads_leave_every_bit);
  g_test_add_func ("/boosting/a-missing-library-is-told", test_a_missing_library_is_told);
  g_test_add_func (NO_LIBRARY_TEST, run_without_library);
  return g_test_run ();
}
