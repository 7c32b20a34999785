/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a message was answered as it was, in a sentence, and which labelled messages are most like
 * it. */
#include "config.h"

#include "store-intent-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "store-insight-json.h"
#include "store-text-grams.h"

#define MOST_QUOTED 3
#define N_NEAREST 3

static char *
quote_words (const StoreIntent *self,
             guint              row)
{
  g_autoptr (GArray) words = store_intent_find_words (self, row);
  GString *quoted = g_string_new (NULL);

  for (guint i = 0, n = 0; i < words->len && n < MOST_QUOTED; i++)
    {
      const StoreIntentWord *word = &g_array_index (words, StoreIntentWord, i);
      g_autofree char *text = NULL;

      if (word->weight <= 0)
        continue;
      text = g_utf8_substring (store_messages_get (self->messages, row)->text, word->start,
                               word->end);
      /* TRANSLATORS: one word that is quoted, in a list of words */
      g_string_append_printf (quoted, _("%s“%s”"), n++ > 0 ? _(", ") : "", text);
    }
  return g_string_free (quoted, FALSE);
}

/**
 * store_intent_dup_reason:
 *
 * Returns: (transfer full): a sentence about message @row. Any thread.
 */
char *
store_intent_dup_reason (const StoreIntent *self,
                         guint              row)
{
  g_return_val_if_fail (self != NULL && row < store_messages_get_n (self->messages), NULL);

  const StoreIntentAnswer *answer = &self->answers[row];
  const char *label = store_intent_get_label (self, row);
  g_autofree char *words = quote_words (self, row);

  if (answer->opt_out)
    return g_strdup_printf (_("%s asks for no more messages. That always comes first."), words);
  if (answer->said)
    return g_strdup_printf (_("A person said of a message with the same words: %s."),
                            store_intent_name (label));
  if (label == NULL)
    return g_strdup (_("Nothing in the message speaks clearly enough for one of the answers."));
  if (*words == '\0')
    return g_strdup_printf (_("No single word decided; %s is the likeliest answer (%.0f %%)."),
                            store_intent_name (label), 100 * answer->p);
  return g_strdup_printf (_("%s (%.0f %% likely), mostly because of %s."),
                          store_intent_name (label), 100 * answer->p, words);
}

typedef struct
{
  guint row;
  double likeness;
} Near;

static int
compare_near (gconstpointer a,
              gconstpointer b)
{
  const Near *left = a;
  const Near *right = b;

  if (left->likeness != right->likeness)
    return left->likeness > right->likeness ? -1 : 1;
  return (left->row > right->row) - (left->row < right->row);
}

/* For each piece that is known, how much it counts in the message; of length 1. */
static float *
dup_vector (const StoreIntent *self,
            const char        *message)
{
  const StoreTextClassifier *classifier = self->intents;
  float *vector = g_new0 (float, classifier->vocabulary->n + 1);
  g_autoptr (StoreFoldedText) text = store_folded_text_new (message, -1);
  g_autoptr (GArray) grams = store_text_grams_find (text, NULL);
  double squares = 0;

  for (guint i = 0; i < grams->len; i++)
    {
      guint32 hash = g_array_index (grams, StoreTextGram, i).hash;
      guint32 piece = store_text_vocabulary_find (classifier->vocabulary, hash);

      if (piece != STORE_TEXT_VOCABULARY_NONE)
        vector[piece] = classifier->weights->rarity[piece];
    }
  for (guint i = 0; i < classifier->vocabulary->n; i++)
    squares += (double) vector[i] * vector[i];
  for (guint i = 0; squares > 0 && i < classifier->vocabulary->n; i++)
    vector[i] /= (float) sqrt (squares);
  return vector;
}

static GArray *
find_nearest (const StoreIntent *self,
              guint              row)
{
  guint n = self->intents->vocabulary->n;
  g_autofree float *here = dup_vector (self, store_messages_get (self->messages, row)->text);
  GArray *nearest = g_array_new (FALSE, FALSE, sizeof (Near));

  for (guint other = 0; other < store_messages_get_n (self->messages); other++)
    {
      const StoreMessage *message = store_messages_get (self->messages, other);
      g_autofree float *there = NULL;
      Near near = { other, 0 };

      if (other == row || message->label == NULL)
        continue;
      there = dup_vector (self, message->text);
      for (guint i = 0; i < n; i++)
        near.likeness += (double) here[i] * there[i];
      g_array_append_val (nearest, near);
    }
  g_array_sort (nearest, compare_near);
  g_array_set_size (nearest, MIN (nearest->len, N_NEAREST));
  return nearest;
}

/**
 * store_intent_nearest_json:
 *
 * Returns: (transfer full) (nullable): the three messages most like message @row of which a person
 *   said what they want: an array of {id, reason, outcome, distance}, distance from 0 (the same
 *   pieces) to 1 (none in common). Any thread.
 */
JsonNode *
store_intent_nearest_json (const StoreIntent *self,
                           guint              row)
{
  g_return_val_if_fail (self != NULL && row < store_messages_get_n (self->messages), NULL);

  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GArray) nearest = NULL;

  if (self->intents == NULL)
    return NULL;
  nearest = find_nearest (self, row);
  json_builder_begin_array (builder);
  for (guint i = 0; i < nearest->len; i++)
    {
      const Near *near = &g_array_index (nearest, Near, i);
      const StoreMessage *message = store_messages_get (self->messages, near->row);

      json_builder_begin_object (builder);
      store_insight_json_add_text (builder, "id", message->id);
      store_insight_json_add_text (builder, "reason", message->text);
      store_insight_json_add_text (builder, "outcome", store_intent_name (message->label));
      store_insight_json_add_number (builder, "distance", MAX (1 - near->likeness, 0));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  return json_builder_get_root (builder);
}
