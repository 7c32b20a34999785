/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What one device is told, the other one knows. */

#include "config.h"

#include <string.h>

#include "shared-data.h"
#include "store-intent.h"
#include "store-messages-read.h"
#include "test-store.h"

#define STRANGE "飞机盒咋说"

static StoreId
add_record (TestStore  *store,
            const char *kind,
            ...)
{
  g_autoptr (StoreRecord) record = store_record_new (store_catalog_find (kind));
  g_autoptr (GError) error = NULL;
  const char *field;
  va_list fields;

  store->now++;
  va_start (fields, kind);
  while ((field = va_arg (fields, const char *)) != NULL)
    {
      store_record_set_from_text (record, field, va_arg (fields, const char *), &error);
      g_assert_no_error (error);
    }
  va_end (fields);
  store_database_save (store->database, "Add", record, NULL, &error);
  g_assert_no_error (error);
  return *store_record_get_id (record);
}

static StoreIntent *
ask (TestStore *store)
{
  StoreIntentOptions options = STORE_INTENT_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) refused = NULL;
  g_autoptr (StoreMessages) messages = store_messages_read (store->database, &error);
  g_autoptr (StoreLexicon) lexicon = store_lexicon_read (store->database, &refused, &error);
  StoreIntent *intent;

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (refused), ==, 0);
  options.lexicon = lexicon;
  intent = store_intent_new (messages, &options, NULL, &error);
  g_assert_no_error (error);
  return intent;
}

static const char *
get_answer (const StoreIntent *intent,
            const StoreId     *id)
{
  g_autofree char *text = store_id_to_string (id);
  guint row;

  g_assert_true (store_messages_find (intent->messages, text, &row));
  return store_intent_get_label (intent, row);
}

static void
test_messages_are_those_that_came_in (void)
{
  g_autoptr (TestStore) store = test_store_new ();
  g_autoptr (StoreMessages) messages = NULL;
  StoreId trashed;
  const StoreMessage *message;

  add_record (store, "activity", "kind", "mail", "subject", "Hello", "body", "where is it", "start",
              "2026-11-20T12:00:00Z", NULL);
  add_record (store, "activity", "kind", "mail", "direction", "out", "body", "on its way", NULL);
  add_record (store, "activity", "kind", "call", "body", "rang", NULL);
  add_record (store, "activity", "kind", "note", "body", "said thanks", "intent", "praise", NULL);
  trashed = add_record (store, "activity", "kind", "sms", "body", "TD", NULL);
  test_store_delete (store, "activity", &trashed);

  messages = store_messages_read (store->database, NULL);
  g_assert_cmpuint (store_messages_get_n (messages), ==, 2);
  message = store_messages_get (messages, 0);
  g_assert_cmpstr (message->text, ==, "Hello\nwhere is it");
  g_assert_null (message->label);
  g_assert_cmpint (message->day, ==, day_of ("2026-11-20"));
  g_assert_cmpstr (store_messages_get (messages, 1)->label, ==, "praise");
}

static void
test_the_other_device_learns_too (void)
{
  g_autoptr (TestStore) here = test_store_new ();
  g_autoptr (TestStore) there = test_store_new ();
  g_autoptr (StoreIntent) before = NULL;
  g_autoptr (StoreIntent) after = NULL;
  StoreId said = add_record (here, "activity", "kind", "mail", "body", STRANGE, NULL);
  StoreId same = add_record (there, "activity", "kind", "sms", "body", STRANGE "？", NULL);

  test_store_sync (here, there);
  before = ask (there);
  g_assert_cmpstr (get_answer (before, &same), !=, "stock");
  g_free (test_store_set (here, "activity", &said, "intent", "stock"));
  test_store_sync (here, there);
  after = ask (there);
  g_assert_cmpstr (get_answer (after, &same), ==, "stock");
}

static void
test_words_of_both_devices_come_together (void)
{
  g_autoptr (TestStore) here = test_store_new ();
  g_autoptr (TestStore) there = test_store_new ();
  g_autoptr (StoreIntent) one = NULL;
  g_autoptr (StoreIntent) other = NULL;
  StoreId first = add_record (here, "activity", "kind", "chat", "body", "老样子", NULL);
  StoreId second = add_record (there, "activity", "kind", "chat", "body", "gizmo", NULL);

  add_record (here, "setting", "name", "lexicon:老样子", "value", "order 9", NULL);
  add_record (there, "setting", "name", "lexicon:gizmo", "value", "price 9", NULL);
  test_store_sync (here, there);
  one = ask (here);
  other = ask (there);
  g_assert_cmpstr (get_answer (one, &first), ==, "order");
  g_assert_cmpstr (get_answer (one, &second), ==, "price");
  g_assert_cmpstr (get_answer (other, &first), ==, "order");
  g_assert_cmpstr (get_answer (other, &second), ==, "price");
  g_assert_cmpuint (test_store_count_clashes (here), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/messages-read/messages-are-those-that-came-in",
                   test_messages_are_those_that_came_in);
  g_test_add_func ("/messages-read/the-other-device-learns-too", test_the_other_device_learns_too);
  g_test_add_func ("/messages-read/words-of-both-devices-come-together",
                   test_words_of_both_devices_come_together);
  return g_test_run ();
}
