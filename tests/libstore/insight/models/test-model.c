/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <float.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "shared-data.h"
#include "store-counter-random.h"
#include "store-error.h"
#include "store-fingerprint.h"
#include "store-model-body.h"
#include "store-model.h"

#define N_RANDOM 2000

static JsonNode *
make_body (const double *values,
           guint         n)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  store_model_body_add_numbers (builder, "values", values, n);
  json_builder_set_member_name (builder, "kind");
  json_builder_add_string_value (builder, "模型");
  json_builder_set_member_name (builder, "count");
  json_builder_add_int_value (builder, G_MAXINT64);
  json_builder_set_member_name (builder, "whole");
  json_builder_add_boolean_value (builder, TRUE);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static StoreModel *
make_model (const double *values,
            guint         n)
{
  StoreModelHead head = { "clv", "mbgnbd", 3, 1700000000123, 10134, "00ff", 2357 };

  return store_model_new (&head, make_body (values, n));
}

static double
make_double (guint i)
{
  guint64 bits = store_counter_random_bits (7, 0, i);
  double value;

  memcpy (&value, &bits, sizeof value);
  return isfinite (value) ? value : store_counter_random (7, 1, i);
}

static void
test_text_keeps_every_bit (void)
{
  const double edges[] = { 0.0, -0.0, 1.0, -1.0, 0.1, 1.0 / 3.0, 1e22, 1e23, DBL_MIN, DBL_MAX,
                           DBL_EPSILON, 4.9e-324, -4.9e-324, 9007199254740993.0, 1e300, 123456.0 };
  double values[N_RANDOM];
  double back[N_RANDOM];
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreModel) model = NULL;
  g_autoptr (StoreModel) read = NULL;
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;
  const StoreModelHead *head;
  const char *kind;
  gboolean whole;
  gint64 count;

  for (guint i = 0; i < N_RANDOM; i++)
    values[i] = i < G_N_ELEMENTS (edges) ? edges[i] : make_double (i);
  model = make_model (values, N_RANDOM);
  text = store_model_to_text (model);
  read = store_model_new_from_text (text, -1, &error);
  g_assert_no_error (error);
  again = store_model_to_text (read);
  g_assert_cmpstr (again, ==, text);

  g_assert_true (store_model_body_read_numbers (store_model_get_body (read), "values", back,
                                                N_RANDOM, &error));
  g_assert_cmpmem (back, sizeof back, values, sizeof values);
  g_assert_true (store_model_body_read_text (store_model_get_body (read), "kind", &kind, &error));
  g_assert_cmpstr (kind, ==, "模型");
  g_assert_true (store_model_body_read_count (store_model_get_body (read), "count", 0, G_MAXINT64,
                                              &count, &error));
  g_assert_cmpint (count, ==, G_MAXINT64);
  g_assert_true (store_model_body_read_truth (store_model_get_body (read), "whole", &whole,
                                              &error));
  g_assert_true (whole);

  head = store_model_get_head (read);
  g_assert_cmpstr (head->analysis, ==, "clv");
  g_assert_cmpstr (head->method, ==, "mbgnbd");
  g_assert_cmpuint (head->version, ==, 3);
  g_assert_cmpint (head->made, ==, 1700000000123);
  g_assert_cmpint (head->until, ==, 10134);
  g_assert_cmpstr (head->fingerprint, ==, "00ff");
  g_assert_cmpint (head->n_rows, ==, 2357);
}

static void
test_what_is_absent_stays_absent (void)
{
  StoreModelHead head = { "intent", NULL, 1, 0, STORE_PURCHASE_UNTIL_LAST, "a", 0 };
  double values[] = { NAN, INFINITY, 1.0 };
  double back[3];
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreModel) model = store_model_new (&head, make_body (values, 3));
  g_autofree char *text = store_model_to_text (model);
  g_autoptr (StoreModel) read = store_model_new_from_text (text, -1, &error);

  g_assert_no_error (error);
  g_assert_null (store_model_get_head (read)->method);
  g_assert_cmpint (store_model_get_head (read)->until, ==, STORE_PURCHASE_UNTIL_LAST);
  g_assert_cmpint (store_model_get_head (read)->made, >, 1600000000000);
  g_assert_true (store_model_body_read_numbers (store_model_get_body (read), "values", back, 3,
                                                &error));
  g_assert_true (isnan (back[0]) && isnan (back[1]));
  g_assert_cmpfloat (back[2], ==, 1.0);
}

static void
test_file_is_replaced_as_a_whole (void)
{
  g_autofree char *folder = g_dir_make_tmp ("model-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "名.model", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "no", "where.model", NULL);
  double values[] = { 0.25, 1.0 / 7.0 };
  g_autoptr (StoreModel) model = make_model (values, 2);
  g_autoptr (StoreModel) read = NULL;
  g_autoptr (GError) error = NULL;
  double back[2];

  g_assert_true (store_model_save (model, path, &error));
  g_assert_true (store_model_save (model, path, &error));
  read = store_model_load (path, &error);
  g_assert_no_error (error);
  g_assert_true (store_model_body_read_numbers (store_model_get_body (read), "values", back, 2,
                                                &error));
  g_assert_cmpmem (back, sizeof back, values, sizeof values);

  g_assert_false (store_model_save (model, nowhere, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_null (store_model_load (nowhere, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_null (store_model_load (folder, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_FAILED);

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  g_clear_error (&error);
  g_assert_null (store_model_load (path, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_DAMAGED);
  g_unlink (path);
  g_rmdir (folder);
}

static char *
make_deep (const char *before,
           char        bracket,
           guint       depth)
{
  g_autoptr (GString) text = g_string_new (before);

  for (guint i = 0; i < depth; i++)
    g_string_append_c (text, bracket);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_refused (const char *text,
                gssize      length,
                int         code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreModel) model = store_model_new_from_text (text, length, &error);

  g_assert_null (model);
  g_assert_error (error, STORE_ERROR, code);
  g_assert_cmpuint (strlen (error->message), >, 20);
}

static void
test_foreign_text_is_refused (void)
{
  g_autofree char *deep = make_deep ("", '[', 1000000);
  g_autofree char *objects = make_deep ("{\"clientele_model\":1,\"body\":", '[', 1000000);
  g_autofree char *after_comment = make_deep ("/*\"*/", '[', 1000000);
  g_autofree char *after_quote = make_deep ("'\"'", '[', 1000000);
  static const char *const too_large[] = { "1e309", "-1e309", "0, 1e999", "1.5e+9999" };
  static const char *const texts[] = {
    "", " ", "null", "3", "[]", "{}", "{", "{\"a\":1}", "{\"clientele_model\":\"1\"}",
    "{\"clientele_model\":1}", "{\"clientele_model\":0}", "{\"clientele_model\":1,\"body\":[]}",
    "{\"clientele_model\":1,\"analysis\":\"clv\",\"method\":3}", "\xff\xfe{",
    "{\"a\":\"\xc3\x28\"}",
    "{\"clientele_model\":1,\"analysis\":\"clv\",\"method\":null,\"version\":1,\"made\":1,"
    "\"until\":99999999,\"fingerprint\":\"\",\"rows\":1,\"body\":{}}",
    "{\"clientele_model\":1,\"analysis\":\"clv\",\"method\":null,\"version\":0,\"made\":1,"
    "\"until\":null,\"fingerprint\":\"\",\"rows\":1,\"body\":{}}",
    "{\"clientele_model\":1,\"analysis\":\"clv\",\"method\":null,\"version\":1,\"made\":1,"
    "\"until\":null,\"fingerprint\":\"\",\"rows\":1,\"body\":{}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refused (texts[i], -1, STORE_ERROR_DAMAGED);
  for (guint i = 0; i < G_N_ELEMENTS (too_large); i++)
    {
      g_autofree char *text =
        g_strdup_printf ("{\"clientele_model\":1,\"analysis\":\"clv\",\"method\":null,\"version\":1,"
                         "\"made\":1,\"until\":null,\"fingerprint\":\"\",\"rows\":1,"
                         "\"body\":{\"a\":[%s]}}",
                         too_large[i]);

      assert_refused (text, -1, STORE_ERROR_DAMAGED);
    }
  assert_refused (deep, -1, STORE_ERROR_DAMAGED);
  assert_refused (objects, -1, STORE_ERROR_DAMAGED);
  assert_refused (after_comment, -1, STORE_ERROR_DAMAGED);
  assert_refused (after_quote, -1, STORE_ERROR_DAMAGED);
  assert_refused ("{\"clientele_model\":2}", -1, STORE_ERROR_TOO_NEW);
}

/* Cut off or with one byte changed, a model is an error or a model, never a crash. */
static void
test_damage_is_an_error (void)
{
  double values[] = { 0.25, 1e-300, -7.0 };
  g_autoptr (StoreModel) model = make_model (values, 3);
  g_autofree char *text = store_model_to_text (model);
  gsize length = strlen (text);

  for (gsize i = 0; i + 1 < length; i++)
    assert_refused (text, (gssize) i, STORE_ERROR_DAMAGED);
  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *broken = g_strdup (text);
      g_autoptr (StoreModel) read = NULL;
      g_autoptr (GError) error = NULL;
      guint64 bits = store_counter_random_bits (11, 0, i);
      double back[3];

      broken[bits % length] = (char) (bits >> 40 | 1);
      read = store_model_new_from_text (broken, (gssize) length, &error);
      g_assert_true ((read != NULL) == (error == NULL));
      if (read && !store_model_body_read_numbers (store_model_get_body (read), "values", back, 3,
                                                  &error))
        g_assert_error (error, STORE_ERROR, STORE_ERROR_DAMAGED);
    }
}

static void
test_only_the_right_analysis_reads_it (void)
{
  double value = 1.0;
  g_autoptr (StoreModel) model = make_model (&value, 1);
  g_autoptr (GError) error = NULL;
  double values[2];
  gint64 count;

  g_assert_true (store_model_check (model, "clv", 3, &error));
  g_assert_no_error (error);
  g_assert_false (store_model_check (model, "churn", 3, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (store_model_check (model, "clv", 2, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_TOO_NEW);
  g_clear_error (&error);
  g_assert_false (store_model_body_read_numbers (store_model_get_body (model), "values", values, 2,
                                                 &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_false (store_model_body_read_count (store_model_get_body (model), "count", 0, 10,
                                               &count, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_DAMAGED);
}

static StorePurchaseTable *
make_table (const guint *order,
            guint        n,
            gint32       shift)
{
  StorePurchaseTable *table = store_purchase_table_new (STORE_PURCHASE_UNTIL_LAST, 2);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("c%u", order[i] % 4);

      store_purchase_table_add (table, id, 100 + 3 * (gint32) order[i] + shift, order[i]);
    }
  store_purchase_table_finish (table);
  return table;
}

static void
test_fingerprint_is_of_the_data (void)
{
  const guint forth[] = { 0, 1, 2, 3, 4, 5, 6, 7 };
  const guint back[] = { 7, 2, 0, 1, 6, 3, 5, 4 };
  g_autoptr (StorePurchaseTable) table = make_table (forth, 8, 0);
  g_autoptr (StorePurchaseTable) shuffled = make_table (back, 8, 0);
  g_autoptr (StorePurchaseTable) later = make_table (forth, 8, 1);
  g_autoptr (StorePurchaseTable) fewer = make_table (forth, 7, 0);
  g_autofree char *first = store_fingerprint_of_table (table);
  g_autofree char *second = store_fingerprint_of_table (shuffled);
  g_autofree char *third = store_fingerprint_of_table (later);
  g_autofree char *fourth = store_fingerprint_of_table (fewer);

  g_assert_cmpuint (strlen (first), ==, 32);
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpstr (first, !=, third);
  g_assert_cmpstr (first, !=, fourth);
}

static char *
hash_columns (const double *values,
              gsize         first,
              gsize         second)
{
  StoreFingerprint *fingerprint = store_fingerprint_new ("test");

  store_fingerprint_add_numbers (fingerprint, values, first);
  store_fingerprint_add_numbers (fingerprint, values + first, second);
  return store_fingerprint_end (fingerprint);
}

static void
test_columns_do_not_run_together (void)
{
  double values[1100];
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    values[i] = i / 3.0;
  one = hash_columns (values, 600, 500);
  other = hash_columns (values, 500, 600);
  g_assert_cmpstr (one, !=, other);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/insight/model/text-keeps-every-bit", test_text_keeps_every_bit);
  g_test_add_func ("/insight/model/what-is-absent-stays-absent", test_what_is_absent_stays_absent);
  g_test_add_func ("/insight/model/file-is-replaced-as-a-whole", test_file_is_replaced_as_a_whole);
  g_test_add_func ("/insight/model/foreign-text-is-refused", test_foreign_text_is_refused);
  g_test_add_func ("/insight/model/damage-is-an-error", test_damage_is_an_error);
  g_test_add_func ("/insight/model/only-the-right-analysis-reads-it",
                   test_only_the_right_analysis_reads_it);
  g_test_add_func ("/insight/model/fingerprint-is-of-the-data", test_fingerprint_is_of_the_data);
  g_test_add_func ("/insight/model/columns-do-not-run-together", test_columns_do_not_run_together);

  return g_test_run ();
}
