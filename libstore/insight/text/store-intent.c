/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a message wants, and its mood.
 *
 * 1. A word of opting out settles it.
 * 2. What a person said of a message with the same words settles it, too.
 * 3. Else a list of words speaks (store-lexicon-find.c), and a classifier that was learnt from
 *    examples (store-text-weights.c); their log odds add up. By how much each is to be trusted is
 *    fitted to messages held back.
 *
 * The classifier learns from the examples of the program and from what persons said; theirs count
 * three times. Where the labels are not intents of the program, it learns from theirs alone and the
 * list does not speak. It is learnt anew each time, which takes a fraction of a second: so one
 * correction is felt in the next answer, and two devices with the same data answer alike.
 */
#include "config.h"

#include "store-intent-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store-error.h"
#include "store-message-examples.h"
#include "store-parallel.h"

#define IMPORTANCE_OF_PERSONS 3.0
#define LEAST_LABELLED 10
#define MESSAGES_A_BLOCK 64

typedef struct
{
  StoreTextExamples *intents;
  StoreTextExamples *moods;
  GHashTable *known;
} BuiltIn;

static void
take_example (const char *text,
              const char *intent,
              const char *mood,
              gpointer    data)
{
  BuiltIn *built_in = data;

  g_hash_table_add (built_in->known, g_strdup (intent));
  store_text_examples_take (built_in->intents, store_folded_text_new (text, -1), intent, 1.0,
                            FALSE);
  store_text_examples_take (built_in->moods, store_folded_text_new (text, -1), mood, 1.0, FALSE);
}

StoreIntent *
store_intent_alloc (StoreMessages            *messages,
                    const StoreIntentOptions *options)
{
  StoreIntent *self = g_new0 (StoreIntent, 1);
  guint n = store_messages_get_n (messages);

  self->messages = store_messages_ref (messages);
  self->options = *options;
  self->options.n_folds = MAX (options->n_folds, 2);
  self->options.lexicon =
    options->lexicon != NULL ? store_lexicon_ref (options->lexicon) : store_lexicon_new ();
  self->answers = g_new0 (StoreIntentAnswer, n + 1);
  self->said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->notes = g_new0 (char *, 1);
  return self;
}

void
store_intent_free (StoreIntent *self)
{
  store_messages_unref (self->messages);
  store_lexicon_unref (self->options.lexicon);
  g_clear_pointer (&self->intents, store_text_classifier_free);
  g_clear_pointer (&self->moods, store_text_classifier_free);
  g_hash_table_unref (self->said);
  g_strfreev (self->notes);
  g_free (self->p);
  g_free (self->answers);
  g_free (self);
}

static void
add_note (StoreIntent *self,
          char        *note)
{
  guint n = g_strv_length (self->notes);

  self->notes = g_renew (char *, self->notes, n + 2);
  self->notes[n] = note;
  self->notes[n + 1] = NULL;
}

/* Two messages with the same words, whatever stands between them. */
char *
store_intent_dup_key (const StoreFoldedText *text)
{
  GString *key = g_string_sized_new (text->n + 1);

  for (guint i = 0; i < text->n; i++)
    if (text->classes[i] != STORE_FOLD_SEPARATOR)
      g_string_append_unichar (key, text->chars[i]);
    else if (key->len > 0 && key->str[key->len - 1] != ' ')
      g_string_append_c (key, ' ');
  return g_strchomp (g_string_free (key, FALSE));
}

/* A label or two of another kind, perhaps from a newer program, do not make them labels of the
 * person's own: they are learnt beside those of the program. */
static gboolean
has_known_labels (const StoreMessages *messages,
                  GHashTable          *known)
{
  guint n_known = 0, n_unknown = 0;

  for (guint i = 0; i < store_messages_get_n (messages); i++)
    {
      const char *label = store_messages_get (messages, i)->label;

      n_known += label != NULL && g_hash_table_contains (known, label);
      n_unknown += label != NULL && !g_hash_table_contains (known, label);
    }
  return n_known >= n_unknown;
}

static gboolean
has_several_labels (const StoreMessages *messages)
{
  for (guint i = 0; i < store_messages_get_n (messages); i++)
    {
      const char *label = store_messages_get (messages, i)->label;

      if (label != NULL && strstr (label, STORE_TEXT_LABEL_SEPARATOR) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* Of two answers for the same words, the first by name counts, in whatever order they come. */
static void
remember_said (StoreIntent           *self,
               const StoreFoldedText *text,
               const char            *label)
{
  g_autofree char *key = store_intent_dup_key (text);
  const char *known = g_hash_table_lookup (self->said, key);

  if (*key != '\0' && (known == NULL || strcmp (label, known) < 0))
    g_hash_table_insert (self->said, g_steal_pointer (&key), g_strdup (label));
}

/* Where a message may have several labels of a person's own, one without any says that it has
 * none. */
static void
take_messages (StoreIntent       *self,
               StoreTextExamples *intents,
               StoreTextExamples *moods)
{
  gboolean several = has_several_labels (self->messages);

  for (guint i = 0; i < store_messages_get_n (self->messages); i++)
    {
      const StoreMessage *message = store_messages_get (self->messages, i);
      g_autoptr (StoreFoldedText) text = store_folded_text_new (message->text, -1);

      if (message->label != NULL && !several)
        remember_said (self, text, message->label);
      if (message->mood != NULL)
        store_text_examples_take (moods, store_folded_text_new (message->text, -1), message->mood,
                                  IMPORTANCE_OF_PERSONS, TRUE);
      self->n_labelled += message->label != NULL;
      if (message->label != NULL || (several && !self->built_in))
        store_text_examples_take (intents, g_steal_pointer (&text), message->label,
                                  IMPORTANCE_OF_PERSONS, TRUE);
    }
}

/* Where nothing of a person's is there to be tried, the examples of the program are. */
static void
test_all (StoreTextExamples *examples)
{
  gboolean any = FALSE;

  for (guint i = 0; i < examples->n; i++)
    any = any || examples->tested[i];
  for (guint i = 0; i < examples->n; i++)
    examples->tested[i] = examples->tested[i] || !any;
}

static void
fill_priors (const StoreLexicon *lexicon,
             StoreTextExamples  *examples)
{
  g_auto (GStrv) labels = store_text_examples_dup_labels (examples);
  guint n_labels = g_strv_length (labels);

  examples->priors = g_new (float, (gsize) examples->n * n_labels + 1);
  for (guint i = 0; i < examples->n; i++)
    store_intent_fill_priors (lexicon, examples->texts[i], labels, n_labels,
                              examples->priors + (gsize) i * n_labels);
}

static StoreTextClassifier *
learn (StoreIntent        *self,
       StoreTextExamples  *examples,
       gboolean            with_list,
       GCancellable       *cancellable,
       GError            **error)
{
  test_all (examples);
  store_text_examples_sort (examples);
  if (with_list)
    fill_priors (self->options.lexicon, examples);
  return store_text_classifier_learn (examples, self->options.n_folds, self->options.seed,
                                      cancellable, error);
}

/* Labels of a person's own need messages enough; without, the mood alone is told. */
static gboolean
learn_intents (StoreIntent        *self,
               StoreTextExamples  *examples,
               GCancellable       *cancellable,
               GError            **error)
{
  g_autoptr (GError) failure = NULL;

  if (self->built_in || self->n_labelled >= LEAST_LABELLED)
    self->intents = learn (self, examples, self->built_in, cancellable, &failure);
  if (failure != NULL && !g_error_matches (failure, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  self->enough = self->intents != NULL;
  if (!self->enough)
    add_note (self, g_strdup_printf (_("To learn labels of your own it takes at least %u labelled "
                                       "messages with two different labels. Label more of them."),
                                     LEAST_LABELLED));
  else if (self->built_in && self->n_labelled < LEAST_LABELLED)
    add_note (self, g_strdup (_("Few messages were labelled by you, so the answers rest on the "
                                "words and examples that come with the program. Correct the wrong "
                                "ones: each correction counts at once.")));
  if (self->enough && self->intents->trial.n >= LEAST_LABELLED &&
      self->intents->trial.n_right <= self->intents->trial.n_naive)
    add_note (self, g_strdup (_("On the messages held back, always giving the most frequent answer "
                                "did as well. Take the answers as a hint only.")));
  if (self->enough && self->n_labelled == 0)
    add_note (self, g_strdup (_("Without messages of your own to try it on, it was tried on the "
                                "examples of the program, for which its words were chosen: yours "
                                "may fare worse.")));
  return TRUE;
}

gboolean
store_intent_find_label (const StoreTextClassifier *classifier,
                         const char                *label,
                         guint                     *which)
{
  for (*which = 0; *which < classifier->n_labels; ++*which)
    if (g_str_equal (classifier->labels[*which], label))
      return TRUE;
  return FALSE;
}

static void
settle (StoreIntent *self,
        guint        row,
        guint        label)
{
  StoreIntentAnswer *answer = &self->answers[row];
  guint n = self->intents->n_labels;

  memset (self->p + (gsize) row * n, 0, n * sizeof *self->p);
  self->p[(gsize) row * n + label] = 1;
  answer->label = label;
  answer->p = 1;
}

static void
answer_intent (StoreIntent           *self,
               guint                  row,
               const StoreFoldedText *text)
{
  guint n = self->intents->n_labels;
  g_autofree double *p = g_new (double, n);
  g_autofree float *priors = g_new0 (float, n);
  g_autofree char *key = store_intent_dup_key (text);
  StoreIntentAnswer *answer = &self->answers[row];
  const char *said = g_hash_table_lookup (self->said, key);
  guint which;

  if (self->built_in)
    store_intent_fill_priors (self->options.lexicon, text, self->intents->labels, n, priors);
  store_text_classifier_ask (self->intents, text, self->built_in ? priors : NULL, p);
  for (guint k = 0; k < n; k++)
    {
      self->p[(gsize) row * n + k] = (float) p[k];
      if (p[k] > p[answer->label])
        answer->label = k;
    }
  answer->p = p[answer->label];

  if (said != NULL && store_intent_find_label (self->intents, said, &which))
    {
      settle (self, row, which);
      answer->said = TRUE;
    }
  if (answer->opt_out && self->built_in &&
      store_intent_find_label (self->intents, STORE_INTENT_OPT_OUT, &which))
    {
      settle (self, row, which);
      answer->said = FALSE;
    }
}

static void
answer_mood (StoreIntent           *self,
             guint                  row,
             const StoreFoldedText *text)
{
  guint n = self->moods->n_labels;
  g_autofree double *p = g_new (double, n);
  g_autofree float *priors = g_new (float, n);
  guint which;

  store_intent_fill_priors (self->options.lexicon, text, self->moods->labels, n, priors);
  store_text_classifier_ask (self->moods, text, priors, p);
  if (store_intent_find_label (self->moods, STORE_LEXICON_GOOD, &which))
    self->answers[row].mood += p[which];
  if (store_intent_find_label (self->moods, STORE_LEXICON_BAD, &which))
    self->answers[row].mood -= p[which];
}

static void
answer_block (guint    block,
              gpointer data)
{
  StoreIntent *self = data;
  guint end = MIN ((block + 1) * MESSAGES_A_BLOCK, store_messages_get_n (self->messages));

  for (guint row = block * MESSAGES_A_BLOCK; row < end; row++)
    {
      const StoreMessage *message = store_messages_get (self->messages, row);
      g_autoptr (StoreFoldedText) text = store_folded_text_new (message->text, -1);
      StoreLexiconHit hit;

      self->answers[row].opt_out = store_lexicon_find_optout (self->options.lexicon, text, &hit);
      answer_mood (self, row, text);
      if (self->intents != NULL)
        answer_intent (self, row, text);
    }
}

gboolean
store_intent_answer (StoreIntent   *self,
                     GCancellable  *cancellable,
                     GError       **error)
{
  guint n = store_messages_get_n (self->messages);

  if (self->intents != NULL)
    self->p = g_new (float, (gsize) n * self->intents->n_labels + 1);
  return store_parallel_run ((n + MESSAGES_A_BLOCK - 1) / MESSAGES_A_BLOCK, answer_block, self,
                             cancellable, error);
}

/**
 * store_intent_new:
 * @messages: messages; those with a label or mood are learnt from
 * @options: how
 * @cancellable: (nullable): looked at now and then
 *
 * The same messages give the same answers on any number of threads and in any order.
 *
 * Returns: (transfer full) (nullable): what they want; %NULL if cancelled. Blocks; any thread.
 */
StoreIntent *
store_intent_new (StoreMessages             *messages,
                  const StoreIntentOptions  *options,
                  GCancellable              *cancellable,
                  GError                   **error)
{
  g_return_val_if_fail (messages != NULL && options != NULL, NULL);

  g_autoptr (StoreIntent) self = store_intent_alloc (messages, options);
  g_autoptr (StoreTextExamples) intents = store_text_examples_new ();
  g_autoptr (StoreTextExamples) moods = store_text_examples_new ();
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  BuiltIn built_in = { intents, moods, known };

  store_message_examples_foreach (take_example, &built_in);
  self->built_in = has_known_labels (messages, known);
  if (!self->built_in)
    {
      g_clear_pointer (&intents, store_text_examples_free);
      intents = store_text_examples_new ();
    }
  take_messages (self, intents, moods);
  self->moods = learn (self, moods, TRUE, cancellable, error);
  if (self->moods == NULL || !learn_intents (self, intents, cancellable, error) ||
      !store_intent_answer (self, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * store_intent_get_label:
 *
 * Returns: (transfer none) (nullable): what message @row wants; %NULL where nothing was learnt, or
 *   where a message may want several things and this wants none
 */
const char *
store_intent_get_label (const StoreIntent *self,
                        guint              row)
{
  const StoreIntentAnswer *answer = &self->answers[row];

  if (self->intents == NULL || (self->intents->several && answer->p <= 0.5))
    return NULL;
  return self->intents->labels[answer->label];
}

/**
 * store_intent_get_mood:
 *
 * Returns: (transfer none): good, neutral or bad; the two ends take a third of the way each
 */
const char *
store_intent_get_mood (const StoreIntent *self,
                       guint              row)
{
  double mood = self->answers[row].mood;

  if (mood > 1.0 / 3.0)
    return STORE_LEXICON_GOOD;
  return mood < -1.0 / 3.0 ? STORE_LEXICON_BAD : "neutral";
}
