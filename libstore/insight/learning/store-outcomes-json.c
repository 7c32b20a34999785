/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>

#include "store-forest.h"
#include "store-insight-json.h"
#include "store-logit.h"
#include "store-outcomes-private.h"
#include "store-wilson.h"

/* Importances are means over at most so many rows. */
#define ROWS_LOOKED_AT 400

static void
add_settings (const StoreOutcomes *self,
              JsonBuilder         *builder)
{
  json_builder_set_member_name (builder, "settings");
  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "method", self->options.method);
  store_insight_json_add_count (builder, "seed", (gint64) self->options.seed);
  store_insight_json_add_texts (builder, "leave_out", self->options.leave_out);
  store_insight_json_add_number (builder, "cost", self->options.cost);
  store_insight_json_add_number (builder, "value", self->options.value);
  json_builder_end_object (builder);
}

static void
add_outcome (const StoreOutcomes *self,
             JsonBuilder         *builder)
{
  double low;
  double high;

  store_wilson_interval (self->n_yes, self->n_known, &low, &high);
  json_builder_set_member_name (builder, "outcome");
  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "yes", self->yes);
  store_insight_json_add_count (builder, "n_known", self->n_known);
  store_insight_json_add_count (builder, "n_yes", self->n_yes);
  store_insight_json_add_number (builder, "rate",
                                 self->n_known > 0 ? (double) self->n_yes / self->n_known : NAN);
  store_insight_json_add_number (builder, "low", low);
  store_insight_json_add_number (builder, "high", high);
  json_builder_end_object (builder);
}

/* Coefficients in the columns' own units: those of the standardised columns over their sd. */
static void
add_coefficients (const StoreOutcomes *self,
                  JsonBuilder         *builder)
{
  const StoreLogit *logit = store_classifier_get_model (self->classifier);

  json_builder_set_member_name (builder, "coefficients");
  json_builder_begin_array (builder);
  for (guint j = 0; j < self->encoding->p; j++)
    {
      double sd = self->encoding->sds[j];

      json_builder_begin_object (builder);
      store_insight_json_add_text (builder, "name", self->encoding->names[j]);
      store_insight_json_add_number (builder, "coefficient", logit->coefficients[j + 1] / sd);
      store_insight_json_add_number (builder, "error", logit->errors[j + 1] / sd);
      store_insight_json_add_number (builder, "p_value", logit->p_values[j + 1]);
      store_insight_json_add_number (builder, "odds_ratio", exp (logit->coefficients[j + 1] / sd));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* Of a forest that was grown here, Gini's importances by the columns of the table, over the rows that
 * it was grown from; else nothing. */
static double *
find_gini (const StoreOutcomes *self)
{
  const StoreEncoding *encoding = self->encoding;
  g_autofree double *encoded = NULL;
  double *gini;

  if (!g_str_equal (self->method, "forest") || self->learnt == NULL)
    return NULL;
  encoded = store_forest_find_importances (store_classifier_get_model (self->classifier),
                                           self->learnt_z, store_rows_get_n (self->learnt),
                                           encoding->p);
  gini = g_new0 (double, encoding->n_sources + 1);
  for (guint j = 0; j < encoding->p; j++)
    gini[encoding->source_of[j]] += encoded[j];
  return gini;
}

static void
add_importances (const StoreOutcomes *self,
                 JsonBuilder         *builder)
{
  const StoreEncoding *encoding = self->encoding;
  guint n = store_rows_get_n (self->rows);
  guint every = n / ROWS_LOOKED_AT + 1;
  guint n_seen = 0;
  g_autofree double *sums = g_new0 (double, encoding->n_sources + 1);
  g_autofree double *contributions = g_new (double, encoding->p + 1);
  g_autofree double *parts = g_new (double, encoding->n_sources + 1);
  g_autofree double *gini = find_gini (self);

  for (guint i = 0; i < n; i += every)
    {
      if (!store_classifier_contribute (self->classifier, self->z + (gsize) i * encoding->p,
                                        contributions, NULL))
        return;
      for (guint s = 0; s < encoding->n_sources; s++)
        parts[s] = 0.0;
      for (guint j = 0; j < encoding->p; j++)
        parts[encoding->source_of[j]] += contributions[j];
      for (guint s = 0; s < encoding->n_sources; s++)
        sums[s] += fabs (parts[s]);
      n_seen++;
    }
  json_builder_set_member_name (builder, "columns");
  json_builder_begin_array (builder);
  for (guint s = 0; s < encoding->n_sources && n_seen > 0; s++)
    {
      json_builder_begin_object (builder);
      store_insight_json_add_text (builder, "name", encoding->sources[s].name);
      store_insight_json_add_number (builder, "importance", sums[s] / n_seen);
      if (gini != NULL)
        store_insight_json_add_number (builder, "gini", gini[s]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static char *
describe_validation (const StoreOutcomes *self)
{
  const StoreOutcomesContestant *best =
    &g_array_index (self->contestants, StoreOutcomesContestant, 0);

  return g_strdup_printf (_("Tried on %u outcomes held back: shown one that happened and one that did "
                            "not, “%s” tells which is which %.1f times in 100, the simple rule "
                            "%.1f times."),
                          best->judged.n, best->method, 100.0 * best->judged.auc,
                          100.0 * self->naive.auc);
}

static void
add_errors (const char               *name,
            const StoreOutcomeErrors *errors,
            JsonBuilder              *builder)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  store_insight_json_add_count (builder, "n", errors->n);
  store_insight_json_add_count (builder, "n_yes", errors->n_yes);
  store_outcome_errors_write (errors, TRUE, builder);
  json_builder_end_object (builder);
}

static void
add_validation (const StoreOutcomes *self,
                JsonBuilder         *builder)
{
  g_autofree char *words = describe_validation (self);
  const StoreOutcomesContestant *best =
    &g_array_index (self->contestants, StoreOutcomesContestant, 0);

  json_builder_set_member_name (builder, "validation");
  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "words", words);
  store_insight_json_add_count (builder, "held_back", best->judged.n);
  store_outcome_errors_write (&best->judged, TRUE, builder);
  json_builder_set_member_name (builder, "naive");
  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "rule",
                               self->options.naive != NULL ? self->options.naive : "rate");
  store_outcome_errors_write (&self->naive, FALSE, builder);
  json_builder_end_object (builder);
  store_insight_json_add_truth (builder, "helps", self->helps);
  json_builder_end_object (builder);
}

/* The winner first; the simple rule stands where it would have come in. */
static void
add_tournament (const StoreOutcomes *self,
                JsonBuilder         *builder)
{
  gboolean is_told = FALSE;

  json_builder_set_member_name (builder, "tournament");
  json_builder_begin_array (builder);
  for (guint i = 0; i <= self->contestants->len; i++)
    {
      const StoreOutcomesContestant *next =
        i < self->contestants->len
          ? &g_array_index (self->contestants, StoreOutcomesContestant, i) : NULL;

      if (!is_told && (next == NULL || next->errors.auc < self->naive_compared.auc))
        {
          json_builder_begin_object (builder);
          store_insight_json_add_text (builder, "method", "naive");
          store_outcome_errors_write (&self->naive_compared, FALSE, builder);
          json_builder_end_object (builder);
          is_told = TRUE;
        }
      if (next == NULL)
        continue;
      json_builder_begin_object (builder);
      store_insight_json_add_text (builder, "method", next->method);
      store_outcome_errors_write (&next->errors, FALSE, builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static gboolean
has_unknown (const StoreOutcomes *self)
{
  for (guint i = 0; i < store_rows_get_n (self->rows); i++)
    if (isnan (self->y[i]))
      return TRUE;
  return FALSE;
}

/* Whom to ask: those whose probability is above the cut, and what that is expected to bring. Who has
 * answered is not asked again, unless there is nobody else. */
static void
add_cut (const StoreOutcomes *self,
         JsonBuilder         *builder)
{
  guint n = store_rows_get_n (self->rows);
  guint n_chosen = 0;
  gboolean leaves_known = has_unknown (self);
  double gain = 0.0;
  double gain_all = 0.0;

  if (isnan (self->cut))
    return;
  for (guint i = 0; i < n; i++)
    {
      double one = self->probability[i] * self->options.value - self->options.cost;

      if (leaves_known && isfinite (self->y[i]))
        continue;
      gain_all += one;
      if (one <= 0.0)
        continue;
      n_chosen++;
      gain += one;
    }
  json_builder_set_member_name (builder, "cut");
  json_builder_begin_object (builder);
  store_insight_json_add_number (builder, "probability", self->cut);
  store_insight_json_add_count (builder, "n_chosen", n_chosen);
  store_insight_json_add_number (builder, "gain", gain);
  store_insight_json_add_number (builder, "gain_all", gain_all);
  json_builder_end_object (builder);
}

typedef struct
{
  double probability;
  guint row;
} Rank;

static int
compare_ranks (gconstpointer a,
               gconstpointer b)
{
  const Rank *left = a;
  const Rank *right = b;

  if (left->probability != right->probability)
    return left->probability < right->probability ? 1 : -1;
  return left->row < right->row ? -1 : 1;
}

static void
add_row (const StoreOutcomes *self,
         guint                row,
         JsonBuilder         *builder)
{
  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "id", store_rows_get_id (self->rows, row));
  store_insight_json_add_number (builder, "probability",
                                 self->enough ? self->probability[row] : NAN);
  if (self->enough && isfinite (self->y[row]))
    store_insight_json_add_truth (builder, "known", self->y[row] > 0.5);
  else
    store_insight_json_add_text (builder, "known", NULL);
  json_builder_end_object (builder);
}

static void
add_rows (const StoreOutcomes *self,
          JsonBuilder         *builder)
{
  guint n = store_rows_get_n (self->rows);
  g_autofree Rank *ranks = g_new (Rank, n + 1);

  for (guint i = 0; i < n; i++)
    ranks[i] = (Rank) { self->enough ? self->probability[i] : 0.0, i };
  qsort (ranks, n, sizeof *ranks, compare_ranks);
  json_builder_set_member_name (builder, "rows");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++)
    add_row (self, ranks[i].row, builder);
  json_builder_end_array (builder);
}

/**
 * store_outcomes_add_to_json:
 * @self: a result
 * @builder: with an object open, after the head
 *
 * Adds "settings", "outcome" and, with enough data, "coefficients" (of a logistic regression),
 * "columns", "cut", "known", "validation", "tournament"; then "rows".
 */
void
store_outcomes_add_to_json (const StoreOutcomes *self,
                            JsonBuilder         *builder)
{
  add_settings (self, builder);
  add_outcome (self, builder);
  if (self->enough)
    {
      if (g_str_equal (self->method, "logistic"))
        add_coefficients (self, builder);
      add_importances (self, builder);
      add_cut (self, builder);
      if (self->seen.n > 0)
        add_errors ("known", &self->seen, builder);
      if (self->contestants->len > 0)
        {
          add_validation (self, builder);
          add_tournament (self, builder);
        }
    }
  add_rows (self, builder);
}

/**
 * store_outcomes_to_json:
 * @self: a result
 *
 * Returns: (transfer full): a JSON object: the head of every analysis, then what
 *   store_outcomes_add_to_json() adds
 */
JsonNode *
store_outcomes_to_json (const StoreOutcomes *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const StoreInsightHead head = {
    .analysis = self->analysis,
    .method = self->method,
    .definition = self->options.definition != NULL
                    ? self->options.definition
                    : _("The probability that the outcome of a row is a yes."),
    .unit = _("probability"),
    .until = self->options.until,
    .enough = self->enough,
    .notes = (const char *const *) self->notes,
  };

  json_builder_begin_object (builder);
  store_insight_json_add_head (builder, &head);
  store_outcomes_add_to_json (self, builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
