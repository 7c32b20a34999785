/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "learning-data.h"
#include "shared-data.h"
#include "store-encoding.h"
#include "store-error.h"

static StoreRows *
make_one (const char        *name,
          const char *const *cells)
{
  const char *const names[] = { name, NULL };
  StoreRows *rows = store_rows_new (names);

  for (guint i = 0; cells[i] != NULL; i++)
    store_rows_add (rows, NULL, NULL, &cells[i]);
  store_rows_finish (rows);
  return rows;
}

static char *
end_notes (GStrvBuilder *notes)
{
  g_auto (GStrv) all = g_strv_builder_end (notes);

  return g_strjoinv ("\n", all);
}

static void
test_words_are_columns_but_the_first (void)
{
  const char *const cells[] = { "b", "a", " c ", "a", "b", NULL };
  g_autoptr (StoreRows) rows = make_one ("plan", cells);
  g_autoptr (GStrvBuilder) notes = g_strv_builder_new ();
  g_autoptr (StoreEncoding) encoding = store_encoding_new (rows, NULL, notes);

  g_assert_cmpuint (encoding->p, ==, 2);
  g_assert_cmpstr (encoding->names[0], ==, "plan=b");
  g_assert_cmpstr (encoding->names[1], ==, "plan=c");
  assert_close (encoding->means[0], 0.4, 1e-15);
  assert_close (encoding->sds[1], 0.4, 1e-15);
}

static void
test_numbers_as_people_write_them (void)
{
  const char *const cells[] = { "1.234,50", "99,25", "10.000,00", NULL };
  g_autoptr (StoreRows) rows = make_one ("sum", cells);
  const StoreRowsColumn *column = store_rows_get_column (rows, 0);
  double sum = 0.0;

  g_assert_nonnull (column->numbers);
  for (guint i = 0; i < 3; i++)
    sum += column->numbers[i];
  assert_close (sum, 11333.75, 1e-12);
}

static void
test_a_slip_among_numbers_is_empty_and_told (void)
{
  g_autoptr (GStrvBuilder) cells = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) notes = g_strv_builder_new ();
  g_autoptr (StoreRows) rows = NULL;
  g_autoptr (StoreEncoding) encoding = NULL;
  g_auto (GStrv) all = NULL;
  g_autofree char *said = NULL;

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);

      g_strv_builder_add (cells, i == 3 ? "oops" : number);
    }
  all = g_strv_builder_end (cells);
  rows = make_one ("age", (const char *const *) all);
  encoding = store_encoding_new (rows, NULL, notes);
  said = end_notes (notes);
  g_assert_nonnull (store_rows_get_column (rows, 0)->numbers);
  g_assert_cmpuint (encoding->p, ==, 2);
  g_assert_cmpstr (encoding->names[1], ==, "age=(empty)");
  g_assert_nonnull (strstr (said, "1 cell"));
}

static void
test_what_says_nothing_is_left_out_and_told (void)
{
  g_autoptr (StoreRows) rows = rows_make (200, FALSE);
  const char *const leave_out[] = { "noise", NULL };
  g_autoptr (GStrvBuilder) notes = g_strv_builder_new ();
  g_autoptr (StoreEncoding) encoding = store_encoding_new (rows, leave_out, notes);
  g_autofree char *said = end_notes (notes);

  g_assert_nonnull (strstr (said, "“constant”"));
  for (guint j = 0; j < encoding->p; j++)
    g_assert_true (!g_str_has_prefix (encoding->names[j], "constant") &&
                   !g_str_has_prefix (encoding->names[j], "noise"));
}

static void
test_names_of_rows_are_no_column (void)
{
  g_autoptr (GStrvBuilder) cells = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) notes = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  g_autoptr (StoreRows) rows = NULL;
  g_autoptr (StoreEncoding) encoding = NULL;
  g_autofree char *said = NULL;

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *name = g_strdup_printf ("person %u", i);

      g_strv_builder_add (cells, name);
    }
  all = g_strv_builder_end (cells);
  rows = make_one ("who", (const char *const *) all);
  encoding = store_encoding_new (rows, NULL, notes);
  said = end_notes (notes);
  g_assert_cmpuint (encoding->p, ==, 0);
  g_assert_nonnull (strstr (said, "“who”"));
}

static void
test_other_rows_are_taken_alike (void)
{
  const char *const learnt[] = { "a", "a", "b", "b", "b", NULL };
  const char *const others[] = { "b", "z", NULL };
  g_autoptr (StoreRows) rows = make_one ("plan", learnt);
  g_autoptr (StoreRows) other = make_one ("plan", others);
  g_autoptr (GStrvBuilder) notes = g_strv_builder_new ();
  g_autoptr (StoreEncoding) encoding = store_encoding_new (rows, NULL, notes);
  g_autofree double *z = store_encoding_apply (encoding, other, notes, NULL);
  g_autofree char *said = end_notes (notes);

  assert_close (z[0], (1.0 - 0.6) / sqrt (0.24), 1e-12);
  assert_close (z[1], 0.0, 1e-15);
  g_assert_nonnull (strstr (said, "such as “z”"));
}

static void
test_far_values_count_as_six (void)
{
  g_autoptr (GStrvBuilder) cells = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) notes = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  g_autoptr (StoreRows) rows = NULL;
  g_autoptr (StoreEncoding) encoding = NULL;
  g_autofree double *z = NULL;
  g_autofree char *said = NULL;
  double highest = 0.0;

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i == 7 ? 1000000 : i % 10);

      g_strv_builder_add (cells, number);
    }
  all = g_strv_builder_end (cells);
  rows = make_one ("x", (const char *const *) all);
  encoding = store_encoding_new (rows, NULL, notes);
  z = store_encoding_apply (encoding, rows, notes, NULL);
  said = end_notes (notes);
  for (guint i = 0; i < 300; i++)
    highest = MAX (highest, z[i]);
  assert_close (highest, 6.0, 1e-15);
  g_assert_nonnull (strstr (said, "six standard deviations"));
}

static void
test_an_encoding_is_read_as_it_was_written (void)
{
  g_autoptr (StoreRows) rows = rows_make (100, FALSE);
  g_autoptr (GStrvBuilder) notes = g_strv_builder_new ();
  g_autoptr (StoreEncoding) encoding = store_encoding_new (rows, NULL, notes);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (StoreEncoding) again = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *written;

  json_builder_begin_object (builder);
  store_encoding_write (encoding, builder, "encoding");
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  written = json_object_get_object_member (json_node_get_object (node), "encoding");
  again = store_encoding_new_from_json (written, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->p, ==, encoding->p);
  for (guint j = 0; j < again->p; j++)
    g_assert_cmpstr (again->names[j], ==, encoding->names[j]);
  g_assert_true (memcmp (again->means, encoding->means, again->p * sizeof (double)) == 0);
  json_object_set_string_member (written, "sds", "none");
  g_assert_null (store_encoding_new_from_json (written, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_DAMAGED);
}

static void
test_rows_are_sorted_by_id_or_content (void)
{
  g_autoptr (StoreRows) forwards = rows_make (50, FALSE);
  g_autoptr (StoreRows) backwards = rows_make (50, TRUE);
  const char *const one[] = { "3", "1", "2", NULL };
  const char *const two[] = { "2", "3", "1", NULL };
  g_autoptr (StoreRows) left = make_one ("x", one);
  g_autoptr (StoreRows) right = make_one ("x", two);

  for (guint i = 0; i < 50; i++)
    g_assert_cmpstr (store_rows_get_id (forwards, i), ==, store_rows_get_id (backwards, i));
  for (guint i = 0; i < 3; i++)
    g_assert_cmpfloat (store_rows_get_column (left, 0)->numbers[i], ==,
                       store_rows_get_column (right, 0)->numbers[i]);
  g_assert_cmpstr (store_rows_get_id (left, 0), ==, "2");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/encoding/words-are-columns-but-the-first",
                   test_words_are_columns_but_the_first);
  g_test_add_func ("/encoding/numbers-as-people-write-them", test_numbers_as_people_write_them);
  g_test_add_func ("/encoding/a-slip-among-numbers-is-empty-and-told",
                   test_a_slip_among_numbers_is_empty_and_told);
  g_test_add_func ("/encoding/what-says-nothing-is-left-out-and-told",
                   test_what_says_nothing_is_left_out_and_told);
  g_test_add_func ("/encoding/names-of-rows-are-no-column", test_names_of_rows_are_no_column);
  g_test_add_func ("/encoding/other-rows-are-taken-alike", test_other_rows_are_taken_alike);
  g_test_add_func ("/encoding/far-values-count-as-six", test_far_values_count_as_six);
  g_test_add_func ("/encoding/an-encoding-is-read-as-it-was-written",
                   test_an_encoding_is_read_as_it_was_written);
  g_test_add_func ("/encoding/rows-are-sorted-by-id-or-content",
                   test_rows_are_sorted_by_id_or_content);
  return g_test_run ();
}
