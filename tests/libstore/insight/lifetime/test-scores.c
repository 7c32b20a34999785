/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Scores of single customers against arithmetic of 40 digits, by tests/data/make-lifetime-scores.py:
 * integrals and sums over all that can come, not the formulas of the program. */

#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "shared-data.h"
#include "store-purchase-model.h"

static void
compare_line (char **cells)
{
  StorePurchaseModel model = { .occasion_weeks = 1.0 };
  double number[13];
  double of[3];

  g_assert_true (store_purchase_model_find_kind (cells[0], &model.kind));
  model.k = (guint) atoi (cells[1]);
  for (guint i = 2; i < 13; i++)
    number[i] = g_ascii_strtod (cells[i], NULL);
  for (guint i = 0; i < 4; i++)
    model.parameters[i] = number[2 + i];

  of[0] = store_purchase_model_get_p_alive (&model, number[6], number[7], number[8]);
  of[1] = store_purchase_model_get_expected (&model, number[6], number[7], number[8], number[9]);
  of[2] = store_purchase_model_get_p_active (&model, number[6], number[7], number[8], number[9]);
  for (guint i = 0; i < 3; i++)
    assert_close (of[i], number[10 + i], 1e-9);

  /* What is not tiny has nine digits too. */
  for (guint i = 0; i < 2; i++)
    if (number[10 + i] > 1e-6)
      assert_relative (of[i], number[10 + i], 1e-9);
}

static void
test_scores_are_exact (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "lifetime-scores.csv", NULL);
  g_autofree char *contents = NULL;
  char *rest;
  char *line;
  guint n = 0;

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  rest = contents;
  line_next (&rest);
  while ((line = line_next (&rest)) != NULL)
    {
      g_auto (GStrv) cells = g_strsplit (g_strstrip (line), ",", -1);

      g_assert_cmpuint (g_strv_length (cells), ==, 13);
      compare_line (cells);
      n++;
    }
  g_assert_cmpuint (n, ==, 300);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scores/scores-are-exact", test_scores_are_exact);
  return g_test_run ();
}
