/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-intent-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "store-catalog.h"
#include "store-entities.h"
#include "store-insight-json.h"

#define MOST_TEXT 120

/**
 * store_intent_name:
 * @label: an intent
 *
 * Returns: (transfer none): what a person reads; a label of a person's own is its own name
 */
const char *
store_intent_name (const char *label)
{
  const StoreKind *kind = store_catalog_find ("activity");

  return store_field_get_choice_label (store_kind_get_field (kind, "intent"), label);
}

static const char *
name_mood (const char *mood)
{
  const StoreKind *kind = store_catalog_find ("activity");

  return store_field_get_choice_label (store_kind_get_field (kind, "mood"), mood);
}

static double
get_share (guint part,
           guint whole)
{
  return whole > 0 ? (double) part / whole : NAN;
}

static double
get_f1 (const StoreTextTrial *trial)
{
  return get_share (2 * trial->n_found, trial->n_given + trial->n_true);
}

static char *
dup_validation_words (const StoreTextTrial *trial)
{
  return g_strdup_printf (_("Of %u messages that were held back, %.0f %% were answered right; "
                            "always giving the most frequent answer would be right for %.0f %%."),
                          trial->n, 100 * get_share (trial->n_right, trial->n),
                          100 * get_share (trial->n_naive, trial->n));
}

static void
add_validation (JsonBuilder               *builder,
                const char                *name,
                const StoreTextClassifier *classifier,
                guint                      n_folds)
{
  const StoreTextTrial *trial = classifier != NULL ? &classifier->trial : NULL;
  g_autofree char *words = NULL;

  json_builder_set_member_name (builder, name);
  if (trial == NULL || trial->n == 0)
    {
      json_builder_add_null_value (builder);
      return;
    }
  words = dup_validation_words (trial);
  json_builder_begin_object (builder);
  store_insight_json_add_count (builder, "held_back", trial->n);
  store_insight_json_add_count (builder, "folds", n_folds);
  store_insight_json_add_number (builder, "accuracy", get_share (trial->n_right, trial->n));
  store_insight_json_add_number (builder, "f1", get_f1 (trial));
  store_insight_json_add_number (builder, "log_loss", trial->log_loss);
  json_builder_set_member_name (builder, "naive");
  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "rule", _("always the most frequent answer"));
  store_insight_json_add_number (builder, "accuracy", get_share (trial->n_naive, trial->n));
  json_builder_end_object (builder);
  store_insight_json_add_truth (builder, "helps", trial->n_right > trial->n_naive);
  store_insight_json_add_text (builder, "words", words);
  json_builder_end_object (builder);
}

typedef struct
{
  const char *method;
  const char *name;
  guint n_right;
} Contestant;

static int
compare_contestants (gconstpointer a,
                     gconstpointer b)
{
  const Contestant *left = a;
  const Contestant *right = b;

  return (left->n_right < right->n_right) - (left->n_right > right->n_right);
}

static void
add_tournament (JsonBuilder       *builder,
                const StoreIntent *self)
{
  const StoreTextTrial *trial = self->intents != NULL ? &self->intents->trial : NULL;

  json_builder_set_member_name (builder, "tournament");
  json_builder_begin_array (builder);
  if (trial != NULL && trial->n > 0 && !self->intents->several)
    {
      Contestant contestants[] = {
        { "words-and-examples", _("the list of words and the examples together"), trial->n_right },
        { "examples", _("the examples alone"), trial->n_learnt },
        { "words", _("the list of words alone"), trial->n_listed },
        { "most-frequent", _("always the most frequent answer"), trial->n_naive },
      };

      qsort (contestants, G_N_ELEMENTS (contestants), sizeof *contestants, compare_contestants);
      for (guint i = 0; i < G_N_ELEMENTS (contestants); i++)
        {
          /* The list of words knows the intents of the program only. */
          if (!self->built_in && g_str_has_prefix (contestants[i].method, "words"))
            continue;
          json_builder_begin_object (builder);
          store_insight_json_add_text (builder, "method", contestants[i].method);
          store_insight_json_add_text (builder, "name", contestants[i].name);
          store_insight_json_add_number (builder, "accuracy",
                                         get_share (contestants[i].n_right, trial->n));
          json_builder_end_object (builder);
        }
    }
  json_builder_end_array (builder);
}

static gboolean
has_label (const StoreIntent *self,
           guint              row,
           guint              label)
{
  if (self->intents->several)
    return self->p[(gsize) row * self->intents->n_labels + label] > 0.5f;
  return self->answers[row].label == label;
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return (left > right) - (left < right);
}

/* Summed from the smallest on, so that the order of the messages makes no difference. */
static double
get_mean (GArray *numbers)
{
  double sum = 0;

  g_array_sort (numbers, compare_numbers);
  for (guint i = 0; i < numbers->len; i++)
    sum += g_array_index (numbers, double, i);
  return numbers->len > 0 ? sum / numbers->len : NAN;
}

static void
add_count (JsonBuilder       *builder,
           const StoreIntent *self,
           guint              label)
{
  guint n_all = store_messages_get_n (self->messages);
  g_autoptr (GArray) moods = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint row = 0; row < n_all; row++)
    if (has_label (self, row, label))
      g_array_append_val (moods, self->answers[row].mood);
  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "intent", self->intents->labels[label]);
  store_insight_json_add_text (builder, "label", store_intent_name (self->intents->labels[label]));
  store_insight_json_add_count (builder, "messages", moods->len);
  store_insight_json_add_number (builder, "share", get_share (moods->len, n_all));
  store_insight_json_add_number (builder, "mood", get_mean (moods));
  json_builder_end_object (builder);
}

static void
add_counts (JsonBuilder       *builder,
            const StoreIntent *self)
{
  json_builder_set_member_name (builder, "intents");
  json_builder_begin_array (builder);
  for (guint k = 0; self->intents != NULL && k < self->intents->n_labels; k++)
    add_count (builder, self, k);
  json_builder_end_array (builder);
}

static void
add_words (JsonBuilder       *builder,
           const StoreIntent *self,
           guint              row)
{
  g_autoptr (GArray) words = store_intent_find_words (self, row);

  json_builder_set_member_name (builder, "words");
  json_builder_begin_array (builder);
  for (guint i = 0; i < words->len; i++)
    {
      const StoreIntentWord *word = &g_array_index (words, StoreIntentWord, i);
      g_autofree char *text =
        g_utf8_substring (store_messages_get (self->messages, row)->text, word->start, word->end);

      json_builder_begin_object (builder);
      store_insight_json_add_text (builder, "text", text);
      store_insight_json_add_count (builder, "start", word->start);
      store_insight_json_add_count (builder, "end", word->end);
      store_insight_json_add_number (builder, "weight", word->weight);
      store_insight_json_add_text (builder, "source", word->listed ? "list" : "examples");
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static char *
shorten (const char *text)
{
  g_autofree char *start = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), MOST_TEXT));

  return strlen (start) < strlen (text) ? g_strconcat (start, "…", NULL) : g_steal_pointer (&start);
}

static void
add_several (JsonBuilder       *builder,
             const StoreIntent *self,
             guint              row)
{
  json_builder_set_member_name (builder, "intents");
  json_builder_begin_array (builder);
  for (guint k = 0; self->intents != NULL && k < self->intents->n_labels; k++)
    if (has_label (self, row, k))
      json_builder_add_string_value (builder, self->intents->labels[k]);
  json_builder_end_array (builder);
}

static void
add_message (JsonBuilder       *builder,
             const StoreIntent *self,
             guint              row)
{
  const StoreMessage *message = store_messages_get (self->messages, row);
  const StoreIntentAnswer *answer = &self->answers[row];
  const char *label = store_intent_get_label (self, row);
  g_autoptr (GPtrArray) entities = store_intent_find_entities (self, row);
  g_autofree char *text = shorten (message->text);

  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "id", message->id);
  store_insight_json_add_text (builder, "text", text);
  store_insight_json_add_text (builder, "intent", label);
  store_insight_json_add_text (builder, "label", label != NULL ? store_intent_name (label) : NULL);
  store_insight_json_add_number (builder, "p", self->intents != NULL ? answer->p : NAN);
  add_several (builder, self, row);
  store_insight_json_add_number (builder, "mood", answer->mood);
  store_insight_json_add_text (builder, "mood_label",
                               name_mood (store_intent_get_mood (self, row)));
  store_insight_json_add_truth (builder, "opt_out", answer->opt_out);
  store_insight_json_add_truth (builder, "said", answer->said);
  add_words (builder, self, row);
  json_builder_set_member_name (builder, "entities");
  store_entities_add_json (builder, entities, message->text);
  json_builder_end_object (builder);
}

/**
 * store_intent_to_json:
 *
 * Returns: (transfer full): everything in one JSON document, described in clientele-insight(1).
 *   Any thread.
 */
JsonNode *
store_intent_to_json (const StoreIntent *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autoptr (JsonBuilder) builder = json_builder_new ();
  StoreInsightHead head = {
    .analysis = "intent",
    .method = "words-and-examples",
    .definition = _("What a message wants, with the probability that this is right, and its mood "
                    "from -1 (bad) to 1 (good)."),
    .unit = _("messages"),
    .until = STORE_PURCHASE_UNTIL_LAST,
    .enough = self->enough,
    .notes = (const char *const *) self->notes,
  };

  json_builder_begin_object (builder);
  store_insight_json_add_head (builder, &head);
  store_insight_json_add_count (builder, "seed", (gint64) self->options.seed);
  store_insight_json_add_count (builder, "labelled", self->n_labelled);
  store_insight_json_add_truth (builder, "built_in", self->built_in);
  store_insight_json_add_truth (builder, "several",
                                self->intents != NULL && self->intents->several);
  add_validation (builder, "validation", self->intents, self->options.n_folds);
  add_validation (builder, "mood_validation", self->moods, self->options.n_folds);
  add_tournament (builder, self);
  add_counts (builder, self);
  json_builder_set_member_name (builder, "messages");
  json_builder_begin_array (builder);
  for (guint row = 0; row < store_messages_get_n (self->messages); row++)
    add_message (builder, self, row);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
