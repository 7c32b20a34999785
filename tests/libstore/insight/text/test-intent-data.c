/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers about real messages, of which the program has seen none. */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "message-data.h"
#include "shared-data.h"
#include "store-entities.h"

/* None of these messages is among the examples of the program, and none is learnt from. */
static void
test_strange_messages_are_mostly_understood (void)
{
  g_autofree char *path = shared_data_find ("text/crm_messages.csv");
  g_autoptr (StoreMessages) messages = NULL;
  g_autoptr (StoreTextExamples) truth = message_data_load (path, "text", "intent", 1);
  g_autoptr (StoreTextExamples) moods = message_data_load (path, "text", "sentiment", 1);
  g_autoptr (StoreIntent) intent = NULL;
  guint n_right = 0, n_moods = 0, n_opposite = 0;

  if (truth == NULL)
    return;
  messages = message_data_copy (truth);
  intent = message_data_ask (messages);
  for (guint i = 0; i < truth->n; i++)
    {
      const char *mood = store_intent_get_mood (intent, i);
      const char *said = moods->cells[i];
      gboolean right = g_str_equal (store_intent_get_label (intent, i), truth->cells[i]);

      n_right += right;
      n_moods += g_str_equal (mood, *said == '1' ? "good" : *said == '-' ? "bad" : "neutral");
      n_opposite += (*said == '1' && g_str_equal (mood, "bad")) ||
                    (*said == '-' && g_str_equal (mood, "good"));
      if (!right)
        {
          g_autofree char *reason = store_intent_dup_reason (intent, i);

          g_test_message ("%s: %s / %s", truth->cells[i],
                          store_messages_get (messages, i)->text, reason);
        }
    }
  g_test_message ("%u of %u intents, %u moods, %u of the opposite", n_right, truth->n, n_moods,
                  n_opposite);
  g_assert_cmpuint (n_right, >=, 0.85 * truth->n);
  g_assert_cmpuint (n_moods, >=, 0.75 * truth->n);
  g_assert_cmpuint (n_opposite, <=, 0.03 * truth->n);
}


/* Reviews of food: the mood was learnt from other messages alone. */
static void
test_mood_of_reviews_is_felt (void)
{
  g_autofree char *path = shared_data_find ("text/en_fine_foods.csv");
  g_autoptr (StoreTextExamples) reviews = message_data_load (path, "review", "score", 10);
  g_autoptr (StoreMessages) messages = NULL;
  g_autoptr (StoreIntent) intent = NULL;
  double n_pairs = 0, n_ordered = 0;

  if (reviews == NULL)
    return;
  messages = message_data_copy (reviews);
  intent = message_data_ask (messages);
  for (guint i = 0; i < reviews->n; i++)
    for (guint j = 0; j < reviews->n; j++)
      if (g_str_equal (reviews->cells[i], "great") && !g_str_equal (reviews->cells[j], "great"))
        {
          n_pairs++;
          n_ordered += intent->answers[i].mood > intent->answers[j].mood;
        }
  g_test_message ("of pairs, %.3f in the right order", n_ordered / n_pairs);
  g_assert_cmpfloat (n_ordered / n_pairs, >, 0.70);
}

/* "qty=50|date=下周五" and the like: every kind that the program looks for must be found there. */
static void
check_marked (const StoreIntent *intent,
              guint              row,
              const char        *marked,
              guint             *n_marked)
{
  static const char *const names[][2] = {
    { "qty", "quantity" }, { "amount", "amount" }, { "date", "date" },   { "time", "time" },
    { "order", "order" },  { "phone", "phone" },   { "email", "email" },
  };
  g_autoptr (GPtrArray) found = store_intent_find_entities (intent, row);
  g_auto (GStrv) parts = g_strsplit (marked, "=", 2);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gboolean seen = FALSE;

      if (!g_str_equal (parts[0], names[i][0]))
        continue;
      for (guint j = 0; j < found->len; j++)
        {
          const StoreEntity *entity = g_ptr_array_index (found, j);
          g_autofree char *text = g_utf8_substring (
            store_messages_get (intent->messages, row)->text, entity->start, entity->end);
          g_autofree char *wanted = store_fold_text (parts[1], -1);

          seen = seen || (g_str_equal (store_entity_kind_get_name (entity->kind), names[i][1]) &&
                          (strstr (text, wanted) != NULL || strstr (wanted, text) != NULL ||
                           entity->number == g_ascii_strtod (parts[1], NULL)));
        }
      ++*n_marked;
      if (!seen)
        g_test_fail_printf ("%s: no %s", store_messages_get (intent->messages, row)->text, marked);
    }
}

static void
test_marked_entities_are_found (void)
{
  g_autofree char *path = shared_data_find ("text/crm_messages.csv");
  g_autoptr (StoreTextExamples) rows = message_data_load (path, "text", "entities", 1);
  g_autoptr (StoreMessages) messages = NULL;
  g_autoptr (StoreIntent) intent = NULL;
  guint n_marked = 0;

  if (rows == NULL)
    return;
  messages = message_data_copy (rows);
  intent = message_data_ask (messages);
  for (guint i = 0; i < rows->n; i++)
    {
      g_auto (GStrv) marked = g_strsplit (rows->cells[i], "|", -1);

      for (guint j = 0; marked[j] != NULL; j++)
        check_marked (intent, i, marked[j], &n_marked);
    }
  g_assert_cmpuint (n_marked, >, 30);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/intent-data/strange-messages-are-mostly-understood",
                   test_strange_messages_are_mostly_understood);
  g_test_add_func ("/intent-data/mood-of-reviews-is-felt", test_mood_of_reviews_is_felt);
  g_test_add_func ("/intent-data/marked-entities-are-found", test_marked_entities_are_found);
  return g_test_run ();
}
