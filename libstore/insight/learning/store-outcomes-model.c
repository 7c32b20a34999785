/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a fitted model of outcomes carries:
 *
 *   { "yes", "n_known", "n_yes", "encoding": { … }, "classifier": { "method", … },
 *     "naive": { errors }, "naive_compared": { errors }, "judged": { errors of the winner },
 *     "tournament": [ { "method", errors } … ], "helps" }
 *
 * so that other rows are encoded and scored alike, and whoever asks sees how it did. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-error.h"
#include "store-fingerprint.h"
#include "store-insight-json.h"
#include "store-model-body.h"
#include "store-outcomes-private.h"

#define VERSION 2

static void
write_errors (const StoreOutcomeErrors *errors,
              const char               *method,
              JsonBuilder              *builder)
{
  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "method", method);
  store_insight_json_add_count (builder, "n", errors->n);
  store_insight_json_add_count (builder, "n_yes", errors->n_yes);
  store_outcome_errors_write (errors, TRUE, builder);
  json_builder_end_object (builder);
}

/**
 * store_outcomes_write:
 * @self: a result with enough data
 * @builder: with an object open
 *
 * Writes everything that store_outcomes_read() needs.
 */
void
store_outcomes_write (const StoreOutcomes *self,
                      JsonBuilder         *builder)
{
  store_insight_json_add_text (builder, "yes", self->yes);
  store_insight_json_add_count (builder, "n_known", self->n_known);
  store_insight_json_add_count (builder, "n_yes", self->n_yes);
  store_insight_json_add_truth (builder, "helps", self->helps);
  store_encoding_write (self->encoding, builder, "encoding");
  store_classifier_write (self->classifier, builder, "classifier");
  json_builder_set_member_name (builder, "naive");
  write_errors (&self->naive, "naive", builder);
  json_builder_set_member_name (builder, "naive_compared");
  write_errors (&self->naive_compared, "naive", builder);
  json_builder_set_member_name (builder, "judged");
  write_errors (&g_array_index (self->contestants, StoreOutcomesContestant, 0).judged,
                self->method, builder);
  json_builder_set_member_name (builder, "tournament");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->contestants->len; i++)
    {
      const StoreOutcomesContestant *contestant =
        &g_array_index (self->contestants, StoreOutcomesContestant, i);

      write_errors (&contestant->errors, contestant->method, builder);
    }
  json_builder_end_array (builder);
}

static gboolean
read_errors (JsonObject          *object,
             StoreOutcomeErrors  *errors,
             GError             **error)
{
  gint64 n;
  gint64 n_yes;

  if (!store_model_body_read_count (object, "n", 0, G_MAXUINT, &n, error) ||
      !store_model_body_read_count (object, "n_yes", 0, n, &n_yes, error) ||
      !store_model_body_read_number (object, "auc", &errors->auc, error) ||
      !store_model_body_read_number (object, "log_loss", &errors->log_loss, error) ||
      !store_model_body_read_number (object, "brier", &errors->brier, error) ||
      !store_model_body_read_number (object, "lift", &errors->lift, error))
    return FALSE;
  errors->n = (guint) n;
  errors->n_yes = (guint) n_yes;
  return store_outcome_errors_read_bins (errors, object, error);
}

static gboolean
read_contestant (StoreOutcomes  *self,
                 JsonNode       *node,
                 GError        **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  StoreOutcomesContestant contestant = { NULL };
  const StoreClassifierClass *method;
  const char *name;

  if (object == NULL || !store_model_body_read_text (object, "method", &name, error))
    return FALSE;
  method = store_classifier_find_method (name, error);
  if (method == NULL || !read_errors (object, &contestant.errors, error))
    return FALSE;
  contestant.method = method->name;
  g_array_append_val (self->contestants, contestant);
  return TRUE;
}

static gboolean
read_tournament (StoreOutcomes  *self,
                 JsonObject     *body,
                 GError        **error)
{
  JsonArray *tournament;

  if (!store_model_body_read_array (body, "tournament", &tournament, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (tournament); i++)
    if (!read_contestant (self, json_array_get_element (tournament, i), NULL))
      break;
  if (self->contestants->len > 0 &&
      self->contestants->len == json_array_get_length (tournament))
    return TRUE;
  g_set_error (error, STORE_ERROR, STORE_ERROR_DAMAGED,
               _("The model is damaged at “%s”. Fit it anew, or choose another file."),
               "tournament");
  return FALSE;
}

static gboolean
read_validation (StoreOutcomes  *self,
                 JsonObject     *body,
                 GError        **error)
{
  JsonObject *naive;
  JsonObject *compared;
  JsonObject *judged;

  return read_tournament (self, body, error) &&
         store_model_body_read_object (body, "naive", &naive, error) &&
         store_model_body_read_object (body, "naive_compared", &compared, error) &&
         store_model_body_read_object (body, "judged", &judged, error) &&
         read_errors (naive, &self->naive, error) &&
         read_errors (compared, &self->naive_compared, error) &&
         read_errors (judged, &g_array_index (self->contestants, StoreOutcomesContestant, 0).judged,
                      error);
}

static gboolean
read_body (StoreOutcomes  *self,
           JsonObject     *body,
           GError        **error)
{
  JsonObject *encoding;
  JsonObject *classifier;
  const char *yes;
  gint64 n_known;
  gint64 n_yes;

  if (!store_model_body_read_text (body, "yes", &yes, error) ||
      !store_model_body_read_count (body, "n_known", 1, G_MAXUINT, &n_known, error) ||
      !store_model_body_read_count (body, "n_yes", 0, n_known, &n_yes, error) ||
      !store_model_body_read_truth (body, "helps", &self->helps, error) ||
      !store_model_body_read_object (body, "encoding", &encoding, error) ||
      !store_model_body_read_object (body, "classifier", &classifier, error) ||
      !read_validation (self, body, error))
    return FALSE;
  self->yes = g_strdup (yes);
  self->n_known = (guint) n_known;
  self->n_yes = (guint) n_yes;
  self->encoding = store_encoding_new_from_json (encoding, error);
  if (self->encoding == NULL)
    return FALSE;
  self->classifier = store_classifier_new_from_json (classifier, self->encoding->p, error);
  return self->classifier != NULL;
}

/**
 * store_outcomes_read:
 * @body: as store_outcomes_write() wrote it, or anything
 * @rows: finished rows to be scored
 * @options: of these the names, cost and value count
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Scores other rows by a model that was fitted before. Where their outcomes are known, @seen says
 * how well it did.
 *
 * Returns: (transfer full): the result, or %NULL with %STORE_ERROR_DAMAGED, %STORE_ERROR_INVALID (a
 *   column is missing), %STORE_ERROR_NOT_FOUND or %G_IO_ERROR_CANCELLED
 */
StoreOutcomes *
store_outcomes_read (JsonObject                  *body,
                     StoreRows                   *rows,
                     const StoreOutcomesOptions  *options,
                     GCancellable                *cancellable,
                     GError                     **error)
{
  g_autoptr (StoreOutcomes) self = NULL;
  gboolean any = FALSE;

  g_return_val_if_fail (body != NULL && rows != NULL && options != NULL, NULL);

  if (!store_outcomes_check (options, error))
    return NULL;
  self = store_outcomes_alloc (rows, options);
  if (!read_body (self, body, error) || !store_outcomes_score (self, cancellable, error))
    return NULL;
  self->method = store_classifier_get_method (self->classifier)->name;
  self->enough = TRUE;
  for (guint i = 0; i < store_rows_get_n (rows); i++)
    any |= isfinite (self->y[i]) != 0;
  if (any)
    store_outcome_errors_measure (&self->seen, self->probability, self->y,
                                  store_rows_get_n (rows));
  store_outcomes_end (self);
  return g_steal_pointer (&self);
}

/**
 * store_outcomes_fingerprint:
 * @self: a result
 *
 * Returns: (transfer full): names the data that it was learnt from
 */
char *
store_outcomes_fingerprint (const StoreOutcomes *self)
{
  StoreFingerprint *fingerprint = store_fingerprint_new ("outcomes");
  guint n = store_rows_get_n (self->learnt);

  store_fingerprint_add_count (fingerprint, n);
  for (guint i = 0; i < n; i++)
    store_fingerprint_add_text (fingerprint, store_rows_get_id (self->learnt, i));
  store_fingerprint_add_numbers (fingerprint, self->learnt_z, (gsize) n * self->encoding->p);
  store_fingerprint_add_numbers (fingerprint, self->learnt_y, n);
  return store_fingerprint_end (fingerprint);
}

/**
 * store_outcomes_to_model:
 * @self: a result that was learnt from data, with enough of it
 *
 * Returns: (transfer full): the model, to be kept
 */
StoreModel *
store_outcomes_to_model (const StoreOutcomes *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *fingerprint = NULL;
  StoreModelHead head = { self->analysis, self->method, VERSION, 0, self->options.until };

  g_return_val_if_fail (self->enough && self->learnt != NULL, NULL);

  fingerprint = store_outcomes_fingerprint (self);
  head.fingerprint = fingerprint;
  head.n_rows = self->n_known;
  json_builder_begin_object (builder);
  store_outcomes_write (self, builder);
  json_builder_end_object (builder);
  return store_model_new (&head, json_builder_get_root (builder));
}

/**
 * store_outcomes_new_from_model:
 * @model: from store_outcomes_to_model(), or of a file
 * @rows: finished rows to be scored
 * @options: as in store_outcomes_read()
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Returns: (transfer full): as from store_outcomes_read()
 */
StoreOutcomes *
store_outcomes_new_from_model (StoreModel                  *model,
                               StoreRows                   *rows,
                               const StoreOutcomesOptions  *options,
                               GCancellable                *cancellable,
                               GError                     **error)
{
  if (!store_model_check (model, options->analysis, VERSION, error))
    return NULL;
  return store_outcomes_read (store_model_get_body (model), rows, options, cancellable, error);
}
