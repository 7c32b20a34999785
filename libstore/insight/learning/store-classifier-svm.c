/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A linear support vector machine by liblinear (Fan et al. 2008), squared hinge loss, in its primal
 * form: the dual one draws from the C library's random numbers, which all of a program shares. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <linear.h>
#include <math.h>

#include "store-classifier-methods.h"
#include "store-error.h"
#include "store-insight-json.h"
#include "store-model-body.h"
#include "store-sigmoid.h"

#define COST 1.0
#define TOLERANCE 1e-4

typedef struct
{
  guint p;
  double *weights;
  double bias;
  StoreSigmoid sigmoid;
} Machine;

static void
machine_free (gpointer data)
{
  Machine *self = data;

  g_free (self->weights);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Machine, machine_free)

static Machine *
machine_new (guint p)
{
  Machine *self = g_new0 (Machine, 1);

  self->p = p;
  self->weights = g_new0 (double, p + 1);
  return self;
}

static double
decide (const Machine *self,
        const double  *x)
{
  double sum = self->bias;

  for (guint j = 0; j < self->p; j++)
    sum += self->weights[j] * x[j];
  return sum;
}

static void
print_nothing (const char *text)
{
}

/* Rows as lists of what is not zero, with a column of ones at the end. */
static struct feature_node *
list_rows (const StoreSample    *sample,
           struct feature_node **rows)
{
  gsize width = sample->p + 2;
  struct feature_node *nodes = g_new (struct feature_node, width * sample->n);

  for (guint i = 0; i < sample->n; i++)
    {
      struct feature_node *at = rows[i] = nodes + width * i;

      for (guint j = 0; j < sample->p; j++)
        if (sample->x[(gsize) i * sample->p + j] != 0.0)
          *at++ = (struct feature_node) { (int) j + 1, sample->x[(gsize) i * sample->p + j] };
      *at++ = (struct feature_node) { (int) sample->p + 1, 1.0 };
      at->index = -1;
    }
  return nodes;
}

static void
train_machine (Machine           *self,
               const StoreSample *sample)
{
  g_autofree struct feature_node **rows = g_new (struct feature_node *, sample->n);
  g_autofree struct feature_node *nodes G_GNUC_UNUSED = list_rows (sample, rows);
  struct problem problem = { (int) sample->n, (int) sample->p + 1, (double *) sample->y, rows, 1.0 };
  struct parameter parameter = { .solver_type = L2R_L2LOSS_SVC, .eps = TOLERANCE, .C = COST };
  struct model *model;
  double sign;

  set_print_string_function (print_nothing);
  model = train (&problem, &parameter);
  sign = model->label[0] == 1 ? 1.0 : -1.0;
  for (guint j = 0; j < self->p; j++)
    self->weights[j] = sign * model->w[j];
  self->bias = sign * model->w[self->p];
  free_and_destroy_model (&model);
}

static gpointer
fit (const StoreSample  *sample,
     guint64             seed,
     GStrvBuilder       *notes,
     GCancellable       *cancellable,
     GError            **error)
{
  g_autoptr (Machine) self = machine_new (sample->p);
  g_autofree double *decisions = g_new (double, sample->n);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  train_machine (self, sample);
  for (guint i = 0; i < sample->n; i++)
    decisions[i] = decide (self, sample->x + (gsize) i * sample->p);
  if (!store_sigmoid_fit (&self->sigmoid, decisions, sample->y, sample->n, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
score (gconstpointer   model,
       const double   *x,
       guint           n,
       guint           p,
       double         *probabilities,
       GError        **error)
{
  const Machine *self = model;

  for (guint i = 0; i < n; i++)
    probabilities[i] = store_sigmoid_get (&self->sigmoid, decide (self, x + (gsize) i * p));
  return TRUE;
}

static gboolean
contribute (gconstpointer   model,
            const double   *x,
            guint           p,
            double         *contributions,
            GError        **error)
{
  const Machine *self = model;

  for (guint j = 0; j < p; j++)
    contributions[j] = self->sigmoid.slope * self->weights[j] * x[j];
  return TRUE;
}

static void
write_model (gconstpointer  model,
             JsonBuilder   *builder)
{
  const Machine *self = model;

  store_model_body_add_numbers (builder, "weights", self->weights, self->p);
  store_insight_json_add_number (builder, "bias", self->bias);
  store_insight_json_add_number (builder, "sigmoid_constant", self->sigmoid.constant);
  store_insight_json_add_number (builder, "sigmoid_slope", self->sigmoid.slope);
}

static gpointer
read_model (JsonObject  *object,
            guint        p,
            GError     **error)
{
  g_autoptr (Machine) self = machine_new (p);
  double sum = 0.0;

  if (!store_model_body_read_numbers (object, "weights", self->weights, p, error) ||
      !store_model_body_read_number (object, "bias", &self->bias, error) ||
      !store_model_body_read_number (object, "sigmoid_constant", &self->sigmoid.constant, error) ||
      !store_model_body_read_number (object, "sigmoid_slope", &self->sigmoid.slope, error))
    return NULL;
  for (guint j = 0; j < p; j++)
    sum += self->weights[j];
  if (isfinite (sum + self->bias + self->sigmoid.constant + self->sigmoid.slope))
    return g_steal_pointer (&self);
  g_set_error (error, STORE_ERROR, STORE_ERROR_DAMAGED,
               _("The model is damaged at “%s”. Fit it anew, or choose another file."), "weights");
  return NULL;
}

const StoreClassifierClass store_classifier_svm = {
  "svm", fit, score, contribute, write_model, read_model, machine_free, TRUE,
};
