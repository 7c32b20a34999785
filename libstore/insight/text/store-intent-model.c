/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What was learnt, carried: { "intents": classifier, "moods": classifier, "built_in": truth,
 * "labelled": count, "words": the person's own entries of the list, a line each,
 * "said": { words of a message: label } }. The list of the program is not in it.
 */
#include "config.h"

#include "store-intent-private.h"

#include <string.h>

#include "store-fingerprint.h"
#include "store-insight-json.h"
#include "store-model-body.h"

#define ANALYSIS "intent"
#define VERSION 1

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
add_said (JsonBuilder       *builder,
          const StoreIntent *self)
{
  guint n;
  g_autofree char **keys = (char **) g_hash_table_get_keys_as_array (self->said, &n);

  qsort (keys, n, sizeof *keys, compare_keys);
  json_builder_set_member_name (builder, "said");
  json_builder_begin_object (builder);
  for (guint i = 0; i < n; i++)
    store_insight_json_add_text (builder, keys[i], g_hash_table_lookup (self->said, keys[i]));
  json_builder_end_object (builder);
}

/* Of what was learnt from: its texts and labels, in an order of their own. */
static char *
dup_fingerprint (const StoreIntent *self)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
  StoreFingerprint *fingerprint = store_fingerprint_new (ANALYSIS);

  for (guint i = 0; i < store_messages_get_n (self->messages); i++)
    {
      const StoreMessage *message = store_messages_get (self->messages, i);

      g_ptr_array_add (rows, g_strjoin ("\x1f", message->label != NULL ? message->label : "",
                                        message->mood != NULL ? message->mood : "", message->text,
                                        NULL));
    }
  g_ptr_array_sort (rows, compare_keys);
  for (guint i = 0; i < rows->len; i++)
    store_fingerprint_add_text (fingerprint, g_ptr_array_index (rows, i));
  return store_fingerprint_end (fingerprint);
}

/**
 * store_intent_to_model:
 *
 * Returns: (transfer full): what was learnt, to answer other messages with. Any thread.
 */
StoreModel *
store_intent_to_model (const StoreIntent *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *fingerprint = dup_fingerprint (self);
  g_autofree char *words = store_lexicon_dup_own (self->options.lexicon);
  StoreModelHead head = {
    .analysis = ANALYSIS,
    .method = "words-and-examples",
    .version = VERSION,
    .until = STORE_PURCHASE_UNTIL_LAST,
    .fingerprint = fingerprint,
    .n_rows = store_messages_get_n (self->messages),
  };

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "intents");
  if (self->intents != NULL)
    store_text_classifier_add_json (self->intents, builder);
  else
    json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "moods");
  store_text_classifier_add_json (self->moods, builder);
  store_insight_json_add_truth (builder, "built_in", self->built_in);
  store_insight_json_add_count (builder, "labelled", self->n_labelled);
  store_insight_json_add_text (builder, "words", words);
  add_said (builder, self);
  json_builder_end_object (builder);
  return store_model_new (&head, json_builder_get_root (builder));
}

static gboolean
read_classifier (JsonObject           *body,
                 const char           *name,
                 StoreTextClassifier **classifier,
                 GError              **error)
{
  JsonObject *object;

  if (!store_model_body_read_object (body, name, &object, error))
    return FALSE;
  *classifier = store_text_classifier_new_from_json (object, error);
  return *classifier != NULL;
}

static gboolean
read_said (StoreIntent  *self,
           JsonObject   *body,
           GError      **error)
{
  g_autoptr (GList) names = NULL;
  JsonObject *said;

  if (!store_model_body_read_object (body, "said", &said, error))
    return FALSE;
  names = json_object_get_members (said);
  for (GList *at = names; at != NULL; at = at->next)
    {
      const char *label;

      if (!store_model_body_read_text (said, at->data, &label, error))
        return FALSE;
      g_hash_table_insert (self->said, g_strdup (at->data), g_strdup (label));
    }
  return TRUE;
}

static gboolean
read_body (StoreIntent  *self,
           JsonObject   *body,
           GError      **error)
{
  const char *words;
  gint64 n_labelled;

  if (!store_model_body_read_truth (body, "built_in", &self->built_in, error) ||
      !store_model_body_read_count (body, "labelled", 0, G_MAXINT32, &n_labelled, error) ||
      !store_model_body_read_text (body, "words", &words, error) ||
      !store_lexicon_add_lines (self->options.lexicon, words, error) ||
      !read_classifier (body, "moods", &self->moods, error) || !read_said (self, body, error))
    return FALSE;
  self->n_labelled = (guint) n_labelled;
  if (json_object_has_member (body, "intents") && json_object_get_null_member (body, "intents"))
    return TRUE;
  return read_classifier (body, "intents", &self->intents, error);
}

/**
 * store_intent_new_from_model:
 * @model: from store_intent_to_model(), perhaps carried from elsewhere
 * @messages: messages; nothing is learnt from them
 * @options: how; its list of words is not used, for the model has its own
 *
 * Returns: (transfer full) (nullable): what they want; %NULL with %STORE_ERROR_DAMAGED, for a model
 *   of another analysis, or if cancelled. Blocks; any thread.
 */
StoreIntent *
store_intent_new_from_model (StoreModel                *model,
                             StoreMessages             *messages,
                             const StoreIntentOptions  *options,
                             GCancellable              *cancellable,
                             GError                   **error)
{
  g_return_val_if_fail (model != NULL && messages != NULL && options != NULL, NULL);

  StoreIntentOptions own = *options;
  g_autoptr (StoreIntent) self = NULL;

  own.lexicon = NULL;
  self = store_intent_alloc (messages, &own);
  if (!store_model_check (model, ANALYSIS, VERSION, error) ||
      !read_body (self, store_model_get_body (model), error))
    return NULL;
  self->enough = self->intents != NULL;
  if (!store_intent_answer (self, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}
