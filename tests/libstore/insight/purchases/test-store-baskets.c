/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was bought together, out of a store. */
#include "store-insight-baskets.h"

#include <glib/gstdio.h>

#define DAY_2026_01_31 20484

typedef struct
{
  char *folder;
  StoreDatabase *database;
  StoreId ada;
  StoreId tea;
} Fixture;

static StoreId
save (Fixture     *fixture,
      StoreRecord *record)
{
  g_autoptr (GError) error = NULL;

  store_database_save (fixture->database, "Add", record, NULL, &error);
  g_assert_no_error (error);
  return *store_record_get_id (record);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (StoreRecord) party = store_record_new (STORE_KIND ("party"));
  g_autoptr (StoreRecord) product = store_record_new (STORE_KIND ("product"));
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  fixture->folder = g_dir_make_tmp ("insight-baskets-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (fixture->folder, "store", NULL);
  fixture->database = store_database_open (path, STORE_OPEN_CREATE, &error);
  g_assert_no_error (error);
  store_record_set_text (party, "kind", "person");
  store_record_set_text (party, "display_name", "Ada");
  fixture->ada = save (fixture, party);
  store_record_set_text (product, "name", "Green tea");
  fixture->tea = save (fixture, product);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  store_database_close (fixture->database);
  g_clear_object (&fixture->database);
  dir = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

static StoreId
add_order (Fixture    *fixture,
           const char *kind,
           const char *date)
{
  g_autoptr (StoreRecord) document = store_record_new (STORE_KIND ("document"));

  store_record_set_text (document, "kind", kind);
  store_record_set_reference (document, "party", &fixture->ada);
  if (date)
    store_record_set_text (document, "date", date);
  return save (fixture, document);
}

static void
add_line (Fixture       *fixture,
          const StoreId *document,
          const StoreId *product,
          const char    *text,
          gint64         quantity)
{
  g_autoptr (StoreRecord) line = store_record_new (STORE_KIND ("document_line"));

  store_record_set_reference (line, "document", document);
  if (product)
    store_record_set_reference (line, "product", product);
  if (text)
    store_record_set_text (line, "text", text);
  if (quantity != 0)
    store_record_set_integer (line, "quantity", quantity);
  save (fixture, line);
}

static StoreInsightBaskets *
read_baskets (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  StoreInsightBaskets *read =
    store_insight_baskets_read (fixture->database, DAY_2026_01_31, &error);

  g_assert_no_error (error);
  return read;
}

static void
test_empty_store_has_no_baskets (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autoptr (StoreInsightBaskets) read = read_baskets (fixture);

  g_assert_cmpuint (store_baskets_get_n (read->baskets), ==, 0);
}

static void
test_products_have_names_and_texts_stand_for_themselves (Fixture       *fixture,
                                                         gconstpointer  data)
{
  StoreId order = add_order (fixture, "order", "2026-01-31");
  g_autofree char *id = store_id_to_string (&fixture->tea);
  g_autofree char *ada = store_id_to_string (&fixture->ada);
  g_autofree char *name = NULL;
  g_autoptr (StoreInsightBaskets) read = NULL;
  guint32 item;
  guint32 customer;

  add_line (fixture, &order, &fixture->tea, "two packs", 20000);
  add_line (fixture, &order, &fixture->tea, NULL, 0);
  add_line (fixture, &order, NULL, "Gift wrap", 0);
  read = read_baskets (fixture);
  g_assert_cmpuint (store_baskets_get_n (read->baskets), ==, 1);
  g_assert_cmpuint (store_baskets_get_n_items (read->baskets), ==, 2);
  g_assert_cmpuint (read->n_lines, ==, 3);
  g_assert_true (store_baskets_find_item (read->baskets, id, &item));
  name = store_baskets_dup_item_name (read->baskets, item);
  g_assert_cmpstr (name, ==, "Green tea");
  g_assert_true (store_baskets_find_item (read->baskets, "Gift wrap", &item));
  g_assert_cmpint (store_baskets_get_day (read->baskets, 0), ==, DAY_2026_01_31);
  g_assert_true (store_baskets_find_customer (read->baskets, ada, &customer));
  g_assert_cmpuint (store_baskets_get_customer (read->baskets, 0), ==, customer);
}

static void
test_only_what_was_bought_counts (Fixture       *fixture,
                                  gconstpointer  data)
{
  StoreId order = add_order (fixture, "order", "2026-01-30");
  StoreId planned = add_order (fixture, "order", "2026-02-01");
  StoreId undated = add_order (fixture, "order", NULL);
  StoreId quote = add_order (fixture, "quote", "2026-01-30");
  g_autoptr (StoreInsightBaskets) read = NULL;

  add_line (fixture, &order, NULL, "Cup", 10000);
  add_line (fixture, &order, NULL, "Pot", -10000);
  add_line (fixture, &order, NULL, NULL, 10000);
  add_line (fixture, &planned, NULL, "Later", 0);
  add_line (fixture, &undated, NULL, "Never", 0);
  add_line (fixture, &quote, NULL, "Perhaps", 0);
  read = read_baskets (fixture);
  g_assert_cmpuint (store_baskets_get_n_items (read->baskets), ==, 1);
  g_assert_cmpuint (read->n_lines, ==, 1);
  g_assert_cmpuint (read->n_incomplete, ==, 2);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/store-baskets/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("empty-store-has-no-baskets", test_empty_store_has_no_baskets);
  ADD ("products-have-names-and-texts-stand-for-themselves",
       test_products_have_names_and_texts_stand_for_themselves);
  ADD ("only-what-was-bought-counts", test_only_what_was_bought_counts);
  return g_test_run ();
}
