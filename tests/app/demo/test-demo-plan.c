/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app-demo-day.h"
#include "app-demo-plan.h"

#include "store-catalog.h"

static char *
print_record (StoreRecord *record)
{
  const StoreKind *kind = store_record_get_kind (record);
  g_autofree char *id = store_id_to_string (store_record_get_id (record));
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s %s", kind->name, id);
  for (guint i = 0; i < kind->n_fields; i++)
    {
      g_autofree char *value = store_record_dup_raw_text (record, kind->fields[i].name);

      g_string_append_printf (text, "|%s", value != NULL ? value : "");
    }
  return g_string_free (text, FALSE);
}

static char *
digest (AppDemoPlan *plan)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < plan->records->len; i++)
    {
      g_autofree char *text = print_record (g_ptr_array_index (plan->records, i));

      g_checksum_update (checksum, (const guchar *) text, -1);
    }
  return g_strdup (g_checksum_get_string (checksum));
}

static void
test_same_day_same_records (void)
{
  gint day = app_demo_day_of_date (2026, 3, 14);
  g_autoptr (AppDemoPlan) first = app_demo_plan_new (day);
  g_autoptr (AppDemoPlan) second = app_demo_plan_new (day);
  g_autoptr (AppDemoPlan) later = app_demo_plan_new (day + 1);
  g_autofree char *first_digest = digest (first);
  g_autofree char *second_digest = digest (second);
  g_autofree char *later_digest = digest (later);

  g_assert_cmpstr (first_digest, ==, second_digest);
  g_assert_cmpstr (first_digest, !=, later_digest);
}

static void
test_no_id_twice (void)
{
  g_autoptr (AppDemoPlan) plan = app_demo_plan_new (app_demo_day_of_date (2026, 3, 14));
  g_autoptr (GHashTable) seen = g_hash_table_new (store_id_hash, store_id_equal);

  for (guint i = 0; i < plan->records->len; i++)
    {
      const StoreId *id = store_record_get_id (g_ptr_array_index (plan->records, i));

      g_assert_false (store_id_is_nil (id));
      g_assert_true (g_hash_table_add (seen, (gpointer) id));
    }
}

/* Stages are the store's own, all else is in the plan; what is referred to comes first. */
static void
test_no_reference_leads_nowhere (void)
{
  g_autoptr (AppDemoPlan) plan = app_demo_plan_new (app_demo_day_of_date (2026, 3, 14));
  g_autoptr (GHashTable) seen = g_hash_table_new (store_id_hash, store_id_equal);

  for (guint i = 0; i < plan->records->len; i++)
    {
      StoreRecord *record = g_ptr_array_index (plan->records, i);
      const StoreKind *kind = store_record_get_kind (record);

      for (guint f = 0; f < kind->n_fields; f++)
        {
          const StoreField *field = &kind->fields[f];
          StoreId id;

          if (field->type != STORE_FIELD_REFERENCE || g_str_equal (field->refers, "stage")
              || !store_record_get_reference (record, field->name, &id))
            continue;
          g_assert_true (g_hash_table_contains (seen, &id));
        }
      g_hash_table_add (seen, (gpointer) store_record_get_id (record));
    }
}

static void
test_two_years_and_no_order_tomorrow (void)
{
  gint today = app_demo_day_of_date (2024, 2, 29);
  g_autoptr (AppDemoPlan) plan = app_demo_plan_new (today);
  gint first = today;
  gint last = 0;

  for (guint i = 0; i < plan->sales->len; i++)
    {
      const AppDemoSale *sale = &g_array_index (plan->sales, AppDemoSale, i);

      g_assert_cmpint (sale->cents, >, 0);
      first = MIN (first, sale->day);
      last = MAX (last, sale->day);
    }
  g_assert_cmpint (last, <=, today);
  g_assert_cmpint (last, >=, today - 3);
  g_assert_cmpint (first, <, today - 700);
  g_assert_cmpint (first, >=, today - 730);
}

/* What the insight pages need to have something to show. */
static void
test_business_is_believable (void)
{
  g_autoptr (AppDemoPlan) plan = app_demo_plan_new (app_demo_day_of_today ());
  guint n_repeat = 0, n_never = 0, n_lapsed = 0, n_chinese = 0;

  for (guint i = 0; i < plan->parties->len; i++)
    {
      const AppDemoParty *party = g_ptr_array_index (plan->parties, i);

      n_repeat += party->n_orders > 1;
      n_never += party->n_orders == 0 && party->employer == NULL;
      n_lapsed += g_str_equal (party->lifecycle, "lapsed");
      n_chinese += g_str_equal (party->culture->language, "zh");
    }
  g_assert_cmpuint (plan->parties->len, ==, 1200);
  g_assert_cmpuint (plan->sales->len, >, 2000);
  g_assert_cmpuint (n_repeat, >, 300);
  g_assert_cmpuint (n_never, >, 50);
  g_assert_cmpuint (n_lapsed, >, 100);
  g_assert_cmpuint (n_chinese, >, 300);
  g_assert_cmpuint (n_chinese, <, 700);
}

static void
test_days_go_there_and_back (void)
{
  for (gint day = -1000; day < 40000; day += 13)
    {
      g_autofree char *text = app_demo_day_to_text (day);

      g_assert_cmpint (app_demo_day_of_text (text), ==, day);
    }
  g_assert_cmpint (app_demo_day_of_text ("1970-01-01"), ==, 0);
  g_assert_cmpint (app_demo_day_of_text ("2026-02-29"), ==, APP_DEMO_DAY_NONE);
  g_assert_cmpint (app_demo_day_of_text ("2026-13-01"), ==, APP_DEMO_DAY_NONE);
  g_assert_cmpint (app_demo_day_of_text ("2026-05"), ==, APP_DEMO_DAY_NONE);
  g_assert_cmpint (app_demo_day_of_text (""), ==, APP_DEMO_DAY_NONE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/demo/plan/same-day-same-records", test_same_day_same_records);
  g_test_add_func ("/demo/plan/no-id-twice", test_no_id_twice);
  g_test_add_func ("/demo/plan/no-reference-leads-nowhere", test_no_reference_leads_nowhere);
  g_test_add_func ("/demo/plan/two-years-and-no-order-tomorrow",
                   test_two_years_and_no_order_tomorrow);
  g_test_add_func ("/demo/plan/business-is-believable", test_business_is_believable);
  g_test_add_func ("/demo/day/there-and-back", test_days_go_there_and_back);

  return g_test_run ();
}
