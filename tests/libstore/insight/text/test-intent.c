/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#include "message-data.h"
#include "shared-data.h"
#include "store-error.h"
#include "store-intent.h"
#include "store-parallel.h"

static void
test_opting_out_comes_first (void)
{
  static const char *const texts[] = { "TD", "ＳＴＯＰ", "请退订，谢谢", "please stop sending me discounts" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (StoreMessages) messages = store_messages_new ();
      g_autoptr (StoreIntent) intent = NULL;
      g_autoptr (GArray) words = NULL;

      message_data_add (messages, texts[i], NULL);
      /* Even where a person said something else. */
      message_data_add (messages, texts[i], "order");
      intent = message_data_ask (messages);
      words = store_intent_find_words (intent, 0);
      g_assert_true (intent->answers[0].opt_out);
      g_assert_cmpstr (store_intent_get_label (intent, 0), ==, "optout");
      g_assert_cmpuint (words->len, ==, 1);
    }
}

static double
get_p (const StoreIntent *intent,
       guint              row,
       const char        *label)
{
  for (guint k = 0; k < intent->intents->n_labels; k++)
    if (g_str_equal (intent->intents->labels[k], label))
      return intent->p[row * intent->intents->n_labels + k];
  return -1;
}

static void
test_one_correction_counts_at_once (void)
{
  static const char *const alike = "你们的飞机盒现在咋说呀";
  g_autoptr (StoreMessages) messages = store_messages_new ();
  g_autoptr (StoreIntent) before = NULL;
  g_autoptr (StoreIntent) after = NULL;

  message_data_add (messages, "飞机盒咋说？", NULL);
  message_data_add (messages, alike, NULL);
  before = message_data_ask (messages);
  message_data_add (messages, "飞机盒咋说", "stock");
  after = message_data_ask (messages);

  g_assert_cmpstr (store_intent_get_label (after, 0), ==, "stock");
  g_assert_true (after->answers[0].said);
  g_assert_false (after->answers[1].said);
  g_assert_cmpstr (store_intent_get_label (after, 1), ==, "stock");
  g_assert_cmpfloat (get_p (after, 1, "stock"), >, get_p (before, 1, "stock") + 0.1);
}

/* The same words with either label: nobody can tell, and it says so. */
static void
test_no_better_than_the_simple_rule_is_said (void)
{
  g_autoptr (StoreMessages) messages = store_messages_new ();
  g_autoptr (StoreIntent) intent = NULL;

  for (guint i = 0; i < 40; i++)
    message_data_add (messages, "always the same", i % 2 ? "red" : "blue");
  intent = message_data_ask (messages);
  g_assert_true (intent->enough);
  g_assert_cmpuint (intent->intents->trial.n, ==, 40);
  g_assert_nonnull (intent->notes[0]);
  g_assert_nonnull (strstr (intent->notes[0], "did as well"));
}

static void
test_a_word_of_ones_own_decides (void)
{
  g_autoptr (StoreLexicon) lexicon = store_lexicon_new ();
  g_autoptr (StoreMessages) messages = store_messages_new ();
  g_autoptr (StoreIntent) intent = NULL;
  g_autoptr (GArray) words = NULL;
  StoreIntentOptions options = STORE_INTENT_OPTIONS_INIT;
  const StoreIntentWord *word;

  g_assert_true (store_lexicon_set (lexicon, "老样子", "order 8", NULL));
  options.lexicon = lexicon;
  message_data_add (messages, "嗨，老樣子", NULL);
  intent = store_intent_new (messages, &options, NULL, NULL);
  g_assert_cmpstr (store_intent_get_label (intent, 0), ==, "order");
  words = store_intent_find_words (intent, 0);
  word = &g_array_index (words, StoreIntentWord, 0);
  g_assert_true (word->listed);
  g_assert_cmpuint (word->start, ==, 2);
  g_assert_cmpuint (word->end, ==, 5);
}

static void
test_few_labels_of_ones_own_are_told (void)
{
  g_autoptr (StoreMessages) messages = store_messages_new ();
  g_autoptr (StoreIntent) intent = NULL;
  g_autoptr (JsonNode) document = NULL;

  message_data_add (messages, "I love it", "blue");
  message_data_add (messages, "terrible", "green");
  intent = message_data_ask (messages);
  document = store_intent_to_json (intent);
  g_assert_false (intent->enough);
  g_assert_cmpuint (g_strv_length (intent->notes), ==, 1);
  g_assert_null (store_intent_get_label (intent, 0));
  g_assert_cmpstr (store_intent_get_mood (intent, 0), ==, "good");
  g_assert_cmpstr (store_intent_get_mood (intent, 1), ==, "bad");
}

static void
test_a_foreign_label_is_learnt_beside (void)
{
  g_autoptr (StoreMessages) messages = store_messages_new ();
  g_autoptr (StoreIntent) intent = NULL;

  message_data_add (messages, "我要退货退款", NULL);
  message_data_add (messages, "来两箱", "order");
  message_data_add (messages, "wholly new", "warranty");
  message_data_add (messages, "wholly new!", NULL);
  intent = message_data_ask (messages);
  g_assert_true (intent->built_in);
  g_assert_cmpstr (store_intent_get_label (intent, 0), ==, "return");
  g_assert_cmpstr (store_intent_get_label (intent, 3), ==, "warranty");
}

static void
add_colours (StoreMessages *messages,
             guint          first)
{
  static const char *const colours[][2] = {
    { "the sky", "blue" },     { "the sea", "blue" },    { "a clear sky", "blue" },
    { "deep sea", "blue" },    { "sky and sea", "blue" }, { "sea water", "blue" },
    { "the grass", "green" },  { "a leaf", "green" },    { "green grass", "green" },
    { "leaf of grass", "green" }, { "fresh leaf", "green" }, { "grass seed", "green" },
    { "grass by the sea", NULL }, { "TD", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (colours); i++)
    {
      const char *const *row = colours[(i * 3 + first) % G_N_ELEMENTS (colours)];

      message_data_add (messages, row[0], row[1]);
    }
}

static void
test_labels_of_ones_own_are_learnt (void)
{
  g_autoptr (StoreMessages) messages = store_messages_new ();
  g_autoptr (StoreIntent) intent = NULL;
  guint last = 0;

  add_colours (messages, 0);
  message_data_add (messages, "the wide sky", NULL);
  last = store_messages_get_n (messages) - 1;
  intent = message_data_ask (messages);
  g_assert_true (intent->enough);
  g_assert_false (intent->built_in);
  g_assert_cmpuint (intent->intents->n_labels, ==, 2);
  g_assert_cmpstr (store_intent_get_label (intent, last), ==, "blue");
  g_assert_cmpuint (intent->intents->trial.n, ==, 12);
}

static char *
write_answers (const StoreIntent *intent,
               gboolean           in_order)
{
  g_autoptr (JsonNode) document = store_intent_to_json (intent);
  JsonObject *object = json_node_get_object (document);

  if (!in_order)
    json_object_remove_member (object, "messages");
  return json_to_string (document, FALSE);
}

static void
test_threads_and_order_change_no_bit (void)
{
  g_autofree char *first = NULL;

  for (guint n_threads = 1; n_threads <= 8; n_threads *= 2)
    {
      g_autoptr (StoreMessages) messages = store_messages_new ();
      g_autoptr (StoreIntent) intent = NULL;
      g_autofree char *text = NULL;

      store_parallel_set_n_threads (n_threads);
      add_colours (messages, n_threads);
      intent = message_data_ask (messages);
      text = write_answers (intent, FALSE);
      if (first == NULL)
        first = g_steal_pointer (&text);
      else
        g_assert_cmpstr (text, ==, first);
    }
  store_parallel_set_n_threads (0);
}

static void
test_carried_model_says_the_same (void)
{
  StoreIntentOptions options = STORE_INTENT_OPTIONS_INIT;
  g_autoptr (StoreLexicon) lexicon = store_lexicon_new ();
  g_autoptr (StoreMessages) messages = store_messages_new ();
  g_autoptr (StoreIntent) intent = NULL;
  g_autoptr (StoreIntent) carried = NULL;
  g_autoptr (StoreModel) model = NULL;
  g_autoptr (StoreModel) read = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  store_lexicon_set (lexicon, "老样子", "order 8", NULL);
  options.lexicon = lexicon;
  message_data_add (messages, "老样子", NULL);
  message_data_add (messages, "飞机盒咋说", "stock");
  message_data_add (messages, "How much is it?", NULL);
  intent = store_intent_new (messages, &options, NULL, &error);
  g_assert_no_error (error);
  model = store_intent_to_model (intent);
  text = store_model_to_text (model);
  read = store_model_new_from_text (text, -1, &error);
  g_assert_no_error (error);
  options.lexicon = NULL;
  carried = store_intent_new_from_model (read, messages, &options, NULL, &error);
  g_assert_no_error (error);

  g_clear_pointer (&intent->notes, g_strfreev);
  g_clear_pointer (&carried->notes, g_strfreev);
  before = write_answers (intent, TRUE);
  after = write_answers (carried, TRUE);
  g_assert_cmpstr (before, ==, after);
}

static void
test_model_of_another_analysis_is_refused (void)
{
  StoreIntentOptions options = STORE_INTENT_OPTIONS_INIT;
  g_autoptr (StoreMessages) messages = store_messages_new ();
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (StoreModel) model = NULL;
  g_autoptr (StoreModel) empty = NULL;
  g_autoptr (GError) error = NULL;
  StoreModelHead head = { .analysis = "clv", .version = 1, .fingerprint = "0" };

  json_builder_end_object (json_builder_begin_object (builder));
  model = store_model_new (&head, json_builder_get_root (builder));
  g_assert_null (store_intent_new_from_model (model, messages, &options, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  head.analysis = "intent";
  json_builder_reset (builder);
  json_builder_end_object (json_builder_begin_object (builder));
  empty = store_model_new (&head, json_builder_get_root (builder));
  g_assert_null (store_intent_new_from_model (empty, messages, &options, NULL, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_DAMAGED);
}

static void
assert_finite (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autoptr (GList) values = json_object_get_values (json_node_get_object (node));

      for (GList *at = values; at != NULL; at = at->next)
        assert_finite (at->data);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      assert_finite (json_array_get_element (json_node_get_array (node), i));
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_DOUBLE)
    g_assert_true (isfinite (json_node_get_double (node)));
}

static void
test_hostile_messages_are_answered (void)
{
  g_autoptr (StoreMessages) messages = store_messages_new ();
  g_autoptr (GString) large = g_string_new (NULL);
  g_autoptr (StoreIntent) intent = NULL;
  g_autoptr (JsonNode) document = NULL;

  while (large->len < 1024 * 1024)
    g_string_append (large, "退款 not ９ ");
  message_data_add (messages, large->str, NULL);
  message_data_add (messages, "", NULL);
  message_data_add (messages, "\xff\xfe\xfa 退款 \xe9", NULL);
  message_data_add (messages, "😀👍🏽👨‍👩‍👧", NULL);
  message_data_add (messages, "\xe2\x80\xae" "שלום, מתי המשלוח?", NULL);
  message_data_add (messages, "re\xe2\x80\x8b" "fund", NULL);
  message_data_add (messages, "\n\n\n", NULL);
  intent = message_data_ask (messages);
  document = store_intent_to_json (intent);
  assert_finite (document);
  g_assert_cmpstr (store_intent_get_label (intent, 2), ==, "return");
  g_assert_cmpstr (store_intent_get_label (intent, 5), ==, "return");
}

static void
test_words_lead_back_to_the_message (void)
{
  g_autoptr (StoreMessages) messages = store_messages_new ();
  g_autoptr (StoreIntent) intent = NULL;
  g_autoptr (GArray) words = NULL;
  g_autofree char *text = NULL;
  g_autofree char *reason = NULL;

  message_data_add (messages, "I’d like a ＲＥＦＵＮＤ please", NULL);
  intent = message_data_ask (messages);
  words = store_intent_find_words (intent, 0);
  g_assert_cmpuint (words->len, >, 0);
  text = g_utf8_substring (store_messages_get (messages, 0)->text,
                           g_array_index (words, StoreIntentWord, 0).start,
                           g_array_index (words, StoreIntentWord, 0).end);
  g_assert_cmpstr (text, ==, "ＲＥＦＵＮＤ");
  reason = store_intent_dup_reason (intent, 0);
  g_assert_nonnull (strstr (reason, "ＲＥＦＵＮＤ"));
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/intent/opting-out-comes-first", test_opting_out_comes_first);
  g_test_add_func ("/intent/one-correction-counts-at-once", test_one_correction_counts_at_once);
  g_test_add_func ("/intent/no-better-than-the-simple-rule-is-said",
                   test_no_better_than_the_simple_rule_is_said);
  g_test_add_func ("/intent/a-word-of-ones-own-decides", test_a_word_of_ones_own_decides);
  g_test_add_func ("/intent/few-labels-of-ones-own-are-told", test_few_labels_of_ones_own_are_told);
  g_test_add_func ("/intent/a-foreign-label-is-learnt-beside",
                   test_a_foreign_label_is_learnt_beside);
  g_test_add_func ("/intent/labels-of-ones-own-are-learnt", test_labels_of_ones_own_are_learnt);
  g_test_add_func ("/intent/threads-and-order-change-no-bit", test_threads_and_order_change_no_bit);
  g_test_add_func ("/intent/carried-model-says-the-same", test_carried_model_says_the_same);
  g_test_add_func ("/intent/model-of-another-analysis-is-refused",
                   test_model_of_another_analysis_is_refused);
  g_test_add_func ("/intent/hostile-messages-are-answered", test_hostile_messages_are_answered);
  g_test_add_func ("/intent/words-lead-back-to-the-message", test_words_lead_back_to_the_message);
  return g_test_run ();
}
