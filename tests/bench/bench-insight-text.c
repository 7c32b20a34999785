/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdio.h>

#include "../libstore/insight/text/message-data.h"
#include "bench-insight.h"
#include "store-entities.h"
#include "store-intent.h"
#include "store-text-classifier.h"

#define N_FOLDS 5
#define ENTITY_DAY 20777

static const struct
{
  const char *name;
  const char *what;
  const char *text;
  const char *label;
} sets[] = {
  { "banking77_train.csv", "10,003 requests, 77 intents: learn, 5 folds", "text", "category" },
  { "nlupp.csv", "2,159 requests, several intents: learn, 5 folds", "text", "intents" },
  { "en_fine_foods.csv", "4,000 reviews, great or not: learn, 5 folds", "review", "score" },
};

typedef struct
{
  StoreTextExamples *examples;
  StoreTextClassifier *classifier;
  StoreMessages *messages;
} Work;

static StoreTextExamples *
load (guint which)
{
  g_autofree char *path = bench_find_data ("text", sets[which].name);

  return message_data_load (path, sets[which].text, sets[which].label, 1);
}

static void
learn (gpointer data)
{
  Work *work = data;

  g_clear_pointer (&work->classifier, store_text_classifier_free);
  work->classifier = store_text_classifier_learn (work->examples, N_FOLDS, 1, NULL, NULL);
}

/* From the message as written to the likeliest label. */
static void
ask (gpointer data)
{
  Work *work = data;
  g_autofree double *p = g_new (double, work->classifier->n_labels);

  for (guint i = 0; i < store_messages_get_n (work->messages); i++)
    {
      g_autoptr (StoreFoldedText) text =
        store_folded_text_new (store_messages_get (work->messages, i)->text, -1);

      store_text_classifier_ask (work->classifier, text, NULL, p);
    }
}

static void
find_entities (gpointer data)
{
  Work *work = data;

  for (guint i = 0; i < store_messages_get_n (work->messages); i++)
    {
      g_autoptr (StoreFoldedText) text =
        store_folded_text_new (store_messages_get (work->messages, i)->text, -1);
      g_autoptr (GPtrArray) found = store_entities_find (text, ENTITY_DAY);
    }
}

/* Learnt from the program's own examples; the answers with mood, entities and deciding words. */
static void
write_document (gpointer data)
{
  Work *work = data;
  StoreIntentOptions options = STORE_INTENT_OPTIONS_INIT;
  g_autoptr (StoreIntent) intent = store_intent_new (work->messages, &options, NULL, NULL);
  g_autoptr (JsonNode) document = store_intent_to_json (intent);
}

static char *
dup_figure (const StoreTextTrial *trial)
{
  return g_strdup_printf ("right %.4f, F1 %.4f (most frequent answer %.4f)",
                          trial->n_right / (double) trial->n,
                          2.0 * trial->n_found / (trial->n_given + trial->n_true),
                          trial->n_naive / (double) trial->n);
}

static void
bench_asking (Work *work)
{
  work->messages = message_data_copy (work->examples);
  bench_tell ("text-ask", "10,003 requests answered", bench_measure (ask, work, 3), NULL, NULL);
  bench_tell ("text-entities", "10,003 requests searched for entities",
              bench_measure (find_entities, work, 3), NULL, NULL);
  bench_tell ("text-all", "10,003 requests: intent, mood, words, JSON",
              bench_measure (write_document, work, 1), NULL, NULL);
  store_messages_unref (work->messages);
}

static void
bench_set (guint which)
{
  Work work = { .examples = load (which) };
  g_autofree char *key = g_strdup_printf ("text-%s", sets[which].name);
  g_autofree char *figure = NULL;
  double seconds;

  if (work.examples == NULL)
    {
      bench_skip (sets[which].what);
      return;
    }
  store_text_examples_sort (work.examples);
  seconds = bench_measure (learn, &work, 2);
  figure = dup_figure (&work.classifier->trial);
  bench_tell (key, sets[which].what, seconds, figure, NULL);
  if (which == 0)
    bench_asking (&work);
  store_text_classifier_free (work.classifier);
  store_text_examples_free (work.examples);
}

void
bench_text (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    bench_set (i);
}

/* A line a message: labels, a tab, the message as it was folded. */
void
bench_text_write (const char *folder)
{
  for (guint which = 0; which < G_N_ELEMENTS (sets); which++)
    {
      g_autoptr (StoreTextExamples) examples = load (which);
      g_autofree char *name = g_strdup_printf ("text-%s.tsv", sets[which].name);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GString) lines = g_string_new (NULL);
      g_autoptr (GError) error = NULL;

      for (guint i = 0; examples != NULL && i < examples->n; i++)
        {
          g_autofree char *text =
            store_folded_text_dup (examples->texts[i], 0, examples->texts[i]->n);

          g_string_append_printf (lines, "%s\t%s\n", examples->cells[i],
                                  g_strdelimit (text, "\t\r\n", ' '));
        }
      if (examples != NULL && !g_file_set_contents (path, lines->str, (gssize) lines->len, &error))
        g_error ("%s", error->message);
    }
}
