/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Logistic regression as a method: the fit of greatest likelihood, and with a mild penalty where
 * that one does not exist. The columns are standardised, so an average row is all zeroes and a
 * column's contribution is its coefficient times its value. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "store-classifier-methods.h"
#include "store-error.h"
#include "store-insight-json.h"
#include "store-logit.h"
#include "store-model-body.h"

#define PENALTY 1.0

static gpointer
fit (const StoreSample  *sample,
     guint64             seed,
     GStrvBuilder       *notes,
     GCancellable       *cancellable,
     GError            **error)
{
  gboolean is_wide = sample->n <= 2 * (sample->p + 1);
  g_autoptr (StoreLogit) logit = store_logit_new (sample->x, sample->y, sample->n, sample->p,
                                                  is_wide ? PENALTY : 0.0, cancellable, error);

  if (logit == NULL || !logit->is_separated)
    return g_steal_pointer (&logit);
  g_strv_builder_add (notes, _("Some rows can be told for certain from the columns. So that this "
                               "does not count without limit, the weights are kept small."));
  return store_logit_new (sample->x, sample->y, sample->n, sample->p, PENALTY, cancellable, error);
}

static gboolean
score (gconstpointer   model,
       const double   *x,
       guint           n,
       guint           p,
       double         *probabilities,
       GError        **error)
{
  for (guint i = 0; i < n; i++)
    probabilities[i] = 1.0 / (1.0 + exp (-store_logit_predict (model, x + (gsize) i * p)));
  return TRUE;
}

static gboolean
contribute (gconstpointer   model,
            const double   *x,
            guint           p,
            double         *contributions,
            GError        **error)
{
  const StoreLogit *logit = model;

  for (guint j = 0; j < p; j++)
    contributions[j] = logit->coefficients[j + 1] * (x[j] - logit->means[j]);
  return TRUE;
}

static void
write_model (gconstpointer  model,
             JsonBuilder   *builder)
{
  const StoreLogit *logit = model;
  guint n = logit->p + 1;

  store_insight_json_add_number (builder, "penalty", logit->penalty);
  store_insight_json_add_count (builder, "n", logit->n);
  store_insight_json_add_number (builder, "log_likelihood", logit->log_likelihood);
  store_insight_json_add_number (builder, "null_log_likelihood", logit->null_log_likelihood);
  store_insight_json_add_number (builder, "aic", logit->aic);
  store_insight_json_add_number (builder, "pseudo_r2", logit->pseudo_r2);
  store_model_body_add_numbers (builder, "coefficients", logit->coefficients, n);
  store_model_body_add_numbers (builder, "errors", logit->errors, n);
  store_model_body_add_numbers (builder, "p_values", logit->p_values, n);
  store_model_body_add_numbers (builder, "means", logit->means, logit->p);
  store_model_body_add_numbers (builder, "sds", logit->sds, logit->p);
  store_model_body_add_numbers (builder, "covariance", logit->covariance, n * n);
}

static gboolean
read_all (StoreLogit  *logit,
          JsonObject  *object,
          GError     **error)
{
  guint n = logit->p + 1;
  gint64 n_rows;

  if (!store_model_body_read_count (object, "n", 0, G_MAXUINT, &n_rows, error) ||
      !store_model_body_read_number (object, "penalty", &logit->penalty, error) ||
      !store_model_body_read_number (object, "log_likelihood", &logit->log_likelihood, error) ||
      !store_model_body_read_number (object, "null_log_likelihood", &logit->null_log_likelihood,
                                     error) ||
      !store_model_body_read_number (object, "aic", &logit->aic, error) ||
      !store_model_body_read_number (object, "pseudo_r2", &logit->pseudo_r2, error) ||
      !store_model_body_read_numbers (object, "coefficients", logit->coefficients, n, error) ||
      !store_model_body_read_numbers (object, "errors", logit->errors, n, error) ||
      !store_model_body_read_numbers (object, "p_values", logit->p_values, n, error) ||
      !store_model_body_read_numbers (object, "means", logit->means, logit->p, error) ||
      !store_model_body_read_numbers (object, "sds", logit->sds, logit->p, error) ||
      !store_model_body_read_numbers (object, "covariance", logit->covariance, n * n, error))
    return FALSE;
  logit->n = (guint) n_rows;
  return TRUE;
}

static gboolean
check (const StoreLogit  *logit,
       GError           **error)
{
  gboolean good = TRUE;

  for (guint j = 0; j < logit->p; j++)
    {
      logit->is_left_out[j] = logit->coefficients[j + 1] == 0.0;
      good &= isfinite (logit->means[j]) != 0;
    }
  for (guint j = 0; j <= logit->p; j++)
    good &= isfinite (logit->coefficients[j]) != 0;
  if (!good)
    g_set_error (error, STORE_ERROR, STORE_ERROR_DAMAGED,
                 _("The model is damaged at “%s”. Fit it anew, or choose another file."),
                 "coefficients");
  return good;
}

static gpointer
read_model (JsonObject  *object,
            guint        p,
            GError     **error)
{
  g_autoptr (StoreLogit) logit = store_logit_alloc (p);

  if (!read_all (logit, object, error) || !check (logit, error))
    return NULL;
  return g_steal_pointer (&logit);
}

static void
free_model (gpointer model)
{
  store_logit_free (model);
}

const StoreClassifierClass store_classifier_logistic = {
  "logistic", fit, score, contribute, write_model, read_model, free_model, TRUE,
};
