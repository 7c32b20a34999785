/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "store-classifier-methods.h"
#include "store-error.h"
#include "store-insight-json.h"
#include "store-model-body.h"
#include "store-parallel.h"

#define BLOCK 4096

struct _StoreClassifier
{
  const StoreClassifierClass *method;
  guint p;
  gpointer model;
};

/* Simple ones first: of two that do equally well the simpler wins. */
static const StoreClassifierClass *const methods[] = {
  &store_classifier_logistic, &store_classifier_tree, &store_classifier_forest,
  &store_classifier_boosting, &store_classifier_svm,  &store_classifier_kernel,
  NULL,
};

/**
 * store_classifier_get_methods:
 *
 * Returns: (transfer none) (array zero-terminated=1): all methods, simple ones first
 */
const StoreClassifierClass *const *
store_classifier_get_methods (void)
{
  return methods;
}

/**
 * store_classifier_find_method:
 * @name: of a method
 * @error: return location
 *
 * Returns: (transfer none): the method, or %NULL with %STORE_ERROR_INVALID
 */
const StoreClassifierClass *
store_classifier_find_method (const char  *name,
                              GError     **error)
{
  for (guint i = 0; methods[i] != NULL; i++)
    if (g_str_equal (methods[i]->name, name))
      return methods[i];
  g_set_error (error, STORE_ERROR, STORE_ERROR_INVALID,
               _("There is no method “%s”. Choose auto, logistic, tree, forest, boosting, svm or "
                 "kernel."), name);
  return NULL;
}

static StoreClassifier *
wrap (const StoreClassifierClass *method,
      guint                       p,
      gpointer                    model)
{
  StoreClassifier *self = g_new0 (StoreClassifier, 1);

  self->method = method;
  self->p = p;
  self->model = model;
  return self;
}

/**
 * store_classifier_new:
 * @method: how to learn
 * @sample: from what; with both outcomes in it
 * @seed: of random draws
 * @notes: for what the person must know
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Slow: call it on a worker thread.
 *
 * Returns: (transfer full): the fitted model, or %NULL with %STORE_ERROR_NOT_FOUND (a library is
 *   not installed), %STORE_ERROR_FAILED or %G_IO_ERROR_CANCELLED
 */
StoreClassifier *
store_classifier_new (const StoreClassifierClass *method,
                      const StoreSample          *sample,
                      guint64                     seed,
                      GStrvBuilder               *notes,
                      GCancellable               *cancellable,
                      GError                    **error)
{
  gpointer model = method->fit (sample, seed, notes, cancellable, error);

  return model != NULL ? wrap (method, sample->p, model) : NULL;
}

/**
 * store_classifier_new_from_json:
 * @object: as store_classifier_write() wrote it, or anything
 * @p: number of columns there are
 * @error: return location
 *
 * Returns: (transfer full): the model, or %NULL with %STORE_ERROR_DAMAGED or
 *   %STORE_ERROR_NOT_FOUND
 */
StoreClassifier *
store_classifier_new_from_json (JsonObject  *object,
                                guint        p,
                                GError     **error)
{
  const StoreClassifierClass *method;
  const char *name;
  gpointer model;

  if (!store_model_body_read_text (object, "method", &name, error))
    return NULL;
  method = store_classifier_find_method (name, error);
  model = method != NULL ? method->read (object, p, error) : NULL;
  return model != NULL ? wrap (method, p, model) : NULL;
}

void
store_classifier_free (StoreClassifier *self)
{
  if (self == NULL)
    return;
  self->method->free (self->model);
  g_free (self);
}

const StoreClassifierClass *
store_classifier_get_method (const StoreClassifier *self)
{
  return self->method;
}

gconstpointer
store_classifier_get_model (const StoreClassifier *self)
{
  return self->model;
}

typedef struct
{
  const StoreClassifier *classifier;
  const double *x;
  guint n;
  double *probabilities;
  GError **errors;
} Scoring;

static void
score_block (guint    block,
             gpointer data)
{
  const Scoring *self = data;
  guint p = self->classifier->p;
  gsize first = (gsize) block * BLOCK;

  self->classifier->method->score (self->classifier->model, self->x + first * p,
                                   MIN (BLOCK, self->n - (guint) first), p,
                                   self->probabilities + first, &self->errors[block]);
}

/**
 * store_classifier_score:
 * @self: a fitted model
 * @x: @n rows of as many standardised numbers as it was fitted to
 * @n: number of rows
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Returns: (transfer full): the probability of "yes" of each row, or %NULL with
 *   %STORE_ERROR_FAILED or %G_IO_ERROR_CANCELLED
 */
double *
store_classifier_score (const StoreClassifier *self,
                        const double          *x,
                        guint                  n,
                        GCancellable          *cancellable,
                        GError               **error)
{
  guint n_blocks = (n + BLOCK - 1) / BLOCK;
  g_autofree double *probabilities = g_new0 (double, n + 1);
  g_autofree GError **errors = g_new0 (GError *, n_blocks + 1);
  Scoring scoring = { self, x, n, probabilities, errors };
  gboolean good = store_parallel_run (n_blocks, score_block, &scoring, cancellable, error);

  for (guint block = 0; block < n_blocks; block++)
    if (errors[block] != NULL && good)
      {
        g_propagate_error (error, errors[block]);
        good = FALSE;
      }
    else
      g_clear_error (&errors[block]);
  return good ? g_steal_pointer (&probabilities) : NULL;
}

/**
 * store_classifier_contribute:
 * @self: a fitted model
 * @x: one row
 * @contributions: (out): for each column, what its value adds to the log odds or the probability,
 *   compared with an average row
 * @error: return location
 *
 * Returns: %FALSE if the method has no contributions, without an error, or with
 *   %STORE_ERROR_FAILED
 */
gboolean
store_classifier_contribute (const StoreClassifier  *self,
                             const double           *x,
                             double                 *contributions,
                             GError                **error)
{
  for (guint j = 0; j < self->p; j++)
    contributions[j] = 0.0;
  return self->method->contribute != NULL &&
         self->method->contribute (self->model, x, self->p, contributions, error);
}

/**
 * store_classifier_write:
 * @self: a fitted model
 * @builder: with an object open
 * @name: of the new member
 *
 * Writes everything that store_classifier_new_from_json() needs.
 */
void
store_classifier_write (const StoreClassifier *self,
                        JsonBuilder           *builder,
                        const char            *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "method", self->method->name);
  self->method->write (self->model, builder);
  json_builder_end_object (builder);
}
