/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <math.h>

#include <json-glib/json-glib.h>

#include "store-classifier.h"
#include "store-encoding.h"
#include "store-model.h"
#include "store-outcome-errors.h"
#include "store-parallel.h"
#include "store-rows.h"

G_BEGIN_DECLS

/**
 * StoreOutcomesOptions:
 * @analysis: whose answer it is: "churn" or "response"
 * @definition: (nullable): what the probability means, a translated sentence
 * @until: the last day of the data, or %STORE_PURCHASE_UNTIL_LAST
 * @method: "auto" for the winner on this data, or the name of a method
 * @leave_out: (nullable) (array zero-terminated=1): columns that are not to be used
 * @yes: (nullable): the word that stands for "yes"; found out if %NULL
 * @naive: (nullable): the one column that the rule without a model goes by; %NULL for the share of
 *   "yes" in all
 * @describe: (nullable): says in words what a column holds in a row; %NULL for its name and the cell
 * @get_theme: (nullable): the column under whose name the parts of a column are added up, for columns
 *   that say nearly the same; %NULL for itself
 * @yes_outcome: (nullable): what a person calls a "yes" that came; %NULL for the word in the data
 * @no_outcome: (nullable): and what they call its absence
 * @cost: of asking one, NAN if not known
 * @value: of one "yes", NAN if not known
 * @seed: of random draws
 * @progress: (nullable): told now and then
 * @progress_data: for @progress
 *
 * Start from %STORE_OUTCOMES_OPTIONS_INIT.
 */
typedef struct
{
  const char *analysis;
  const char *definition;
  gint32 until;
  const char *method;
  const char *const *leave_out;
  const char *yes;
  const char *naive;
  char *(*describe) (const StoreRows *rows,
                     guint            row,
                     const char      *name);
  const char *(*get_theme) (const char *name);
  const char *yes_outcome;
  const char *no_outcome;
  double cost;
  double value;
  guint64 seed;
  StoreProgressFunc progress;
  gpointer progress_data;
} StoreOutcomesOptions;

#define STORE_OUTCOMES_OPTIONS_INIT \
  { "response", NULL, G_MAXINT32, "auto", NULL, NULL, NULL, NULL, NULL, NULL, NULL, \
    NAN, NAN, 1, NULL, NULL }

/**
 * StoreOutcomesContestant:
 * @method: name of the method
 * @errors: on the rows on which methods were compared
 * @judged: on rows held back that had no part in the choice; the same where there was none
 *
 * How one method did.
 */
typedef struct
{
  const char *method;
  StoreOutcomeErrors errors;
  StoreOutcomeErrors judged;
} StoreOutcomesContestant;

/**
 * StoreOutcomes:
 * @options: as asked; strings and callbacks are the caller's
 * @analysis: as asked
 * @method: (nullable): the method that gave the probabilities
 * @enough: whether there was enough data; if not, there are no probabilities
 * @notes: (array zero-terminated=1): what the person must know, in sentences
 * @yes: the word that stands for "yes"
 * @learnt: (nullable): rows with known outcomes that it was learnt from
 * @rows: rows that have a probability
 * @encoding: how rows become numbers
 * @classifier: (nullable): the model
 * @z: the numbers of @rows
 * @learnt_z: (nullable): the numbers of @learnt
 * @y: for each of @rows, 0 or 1, or NAN where the outcome is not known
 * @learnt_y: (nullable): the same for @learnt
 * @probability: for each of @rows
 * @n_known: how many of @learnt have a known outcome
 * @n_yes: and how many of these have "yes"
 * @contestants: (element-type StoreOutcomesContestant): methods that ran, the best first
 * @naive_compared: how the rule without a model did where methods were compared
 * @naive: how it did on the rows on which the winner is judged
 * @helps: whether the model did better than that
 * @seen: how the probabilities of @rows fit their outcomes, where a carried model scored rows with
 *   known outcomes; else with @n 0
 * @cut: probability above which asking pays; NAN without cost and value
 * @said: notes while they are gathered
 * @said_of_columns: those about columns; the same, but kept to itself where columns are not the
 *   person's
 *
 * Who will say "yes": a probability for each row of a table, by the method that did best on rows
 * held back.
 */
typedef struct
{
  StoreOutcomesOptions options;
  char *analysis;
  const char *method;
  gboolean enough;
  char **notes;
  char *yes;
  StoreRows *learnt;
  StoreRows *rows;
  StoreEncoding *encoding;
  StoreClassifier *classifier;
  double *z;
  double *learnt_z;
  double *y;
  double *learnt_y;
  double *probability;
  guint n_known;
  guint n_yes;
  GArray *contestants;
  StoreOutcomeErrors naive_compared;
  StoreOutcomeErrors naive;
  gboolean helps;
  StoreOutcomeErrors seen;
  double cut;
  GStrvBuilder *said;
  GStrvBuilder *said_of_columns;
} StoreOutcomes;

StoreOutcomes *store_outcomes_new           (StoreRows                   *learnt,
                                             StoreRows                   *earlier,
                                             StoreRows                   *rows,
                                             const StoreOutcomesOptions  *options,
                                             GCancellable                *cancellable,
                                             GError                     **error);
StoreOutcomes *store_outcomes_read          (JsonObject                  *body,
                                             StoreRows                   *rows,
                                             const StoreOutcomesOptions  *options,
                                             GCancellable                *cancellable,
                                             GError                     **error);
void           store_outcomes_write         (const StoreOutcomes         *self,
                                             JsonBuilder                 *builder);
char          *store_outcomes_fingerprint   (const StoreOutcomes         *self);
void           store_outcomes_free          (StoreOutcomes               *self);

StoreModel    *store_outcomes_to_model      (const StoreOutcomes         *self);
StoreOutcomes *store_outcomes_new_from_model (StoreModel                 *model,
                                              StoreRows                  *rows,
                                              const StoreOutcomesOptions *options,
                                              GCancellable               *cancellable,
                                              GError                    **error);
char          *store_outcomes_dup_reason    (const StoreOutcomes         *self,
                                             guint                        row);
JsonNode      *store_outcomes_find_nearest  (const StoreOutcomes         *self,
                                             guint                        row);
void           store_outcomes_add_to_json   (const StoreOutcomes         *self,
                                             JsonBuilder                 *builder);
JsonNode      *store_outcomes_to_json       (const StoreOutcomes         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreOutcomes, store_outcomes_free)

G_END_DECLS
