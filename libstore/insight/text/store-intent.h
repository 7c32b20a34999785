/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-lexicon.h"
#include "store-messages.h"
#include "store-model.h"
#include "store-text-classifier.h"

G_BEGIN_DECLS

/**
 * StoreIntentOptions:
 * @lexicon: (nullable): the list of words; %NULL for the one that comes with the program
 * @today: the day from which "tomorrow" counts in a message that has no day of its own
 * @n_folds: parts to hold back in turn, at least 2
 * @seed: of everything that is drawn
 *
 * Start from %STORE_INTENT_OPTIONS_INIT.
 */
typedef struct
{
  StoreLexicon *lexicon;
  gint32 today;
  guint n_folds;
  guint64 seed;
} StoreIntentOptions;

#define STORE_INTENT_OPTIONS_INIT { NULL, 0, 5, 1 }

/**
 * StoreIntentAnswer:
 * @label: the likeliest of the labels
 * @p: its probability
 * @mood: from -1, bad, to 1, good
 * @opt_out: whether the writer asks to be left alone
 * @said: whether a person said so, of this message or of one with the same words
 */
typedef struct
{
  guint label;
  double p;
  double mood;
  gboolean opt_out;
  gboolean said;
} StoreIntentAnswer;

/**
 * StoreIntentWord:
 * @start: its first character in the message, from 0
 * @end: the character behind its last
 * @weight: log odds for the answer; below 0 where it speaks against it
 * @listed: whether the list of words says so, rather than what was learnt
 *
 * A word that had a part in the decision.
 */
typedef struct
{
  guint start;
  guint end;
  double weight;
  gboolean listed;
} StoreIntentWord;

/**
 * StoreIntent:
 * @messages: the messages
 * @options: as asked, with a list of words
 * @built_in: whether the intents are those of the program, so that its list and examples count
 * @intents: (nullable): tells what a message wants; %NULL where there was too little to learn from
 * @moods: tells its mood
 * @p: for each message and each label its probability
 * @answers: for each message
 * @enough: whether there was enough to learn from
 * @n_labelled: messages that a person labelled
 * @notes: (array zero-terminated=1): what to know, in sentences
 *
 * What messages want.
 */
typedef struct
{
  StoreMessages *messages;
  StoreIntentOptions options;
  gboolean built_in;
  StoreTextClassifier *intents;
  StoreTextClassifier *moods;
  float *p;
  StoreIntentAnswer *answers;
  gboolean enough;
  guint n_labelled;
  char **notes;

  /*< private >*/
  GHashTable *said;
} StoreIntent;

StoreIntent *store_intent_new            (StoreMessages             *messages,
                                          const StoreIntentOptions  *options,
                                          GCancellable              *cancellable,
                                          GError                   **error);
StoreIntent *store_intent_new_from_model (StoreModel                *model,
                                          StoreMessages             *messages,
                                          const StoreIntentOptions  *options,
                                          GCancellable              *cancellable,
                                          GError                   **error);
StoreModel  *store_intent_to_model       (const StoreIntent         *self);
void         store_intent_free           (StoreIntent               *self);
const char  *store_intent_get_label      (const StoreIntent         *self,
                                          guint                      row);
const char  *store_intent_get_mood       (const StoreIntent         *self,
                                          guint                      row);
GArray      *store_intent_find_words     (const StoreIntent         *self,
                                          guint                      row);
GPtrArray   *store_intent_find_entities  (const StoreIntent         *self,
                                          guint                      row);
char        *store_intent_dup_reason     (const StoreIntent         *self,
                                          guint                      row);
JsonNode    *store_intent_nearest_json   (const StoreIntent         *self,
                                          guint                      row);
JsonNode    *store_intent_to_json        (const StoreIntent         *self);
const char  *store_intent_name           (const char                *label);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreIntent, store_intent_free)

G_END_DECLS
