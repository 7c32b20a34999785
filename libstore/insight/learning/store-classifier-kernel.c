/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A support vector machine with a Gaussian kernel, exp (-|a - b|^2 / p), trained by libsvm (Chang
 * and Lin 2011). Its time grows with the square of the rows, so of many a sample is taken. The
 * probabilities come from decisions on held-back thirds; libsvm's own would draw from the C
 * library's random numbers, which all of a program shares. Scores need no libsvm. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <libsvm/svm.h>
#include <math.h>
#include <string.h>

#include "store-classifier-methods.h"
#include "store-counter-random.h"
#include "store-error.h"
#include "store-insight-json.h"
#include "store-model-body.h"
#include "store-sigmoid.h"

#define COST 1.0
#define MOST_ROWS 4000
#define FOLDS 3
#define STREAM_OF_SAMPLE G_GUINT64_CONSTANT (0x73616d706c65)
#define STREAM_OF_FOLDS G_GUINT64_CONSTANT (0x666f6c6473)

typedef struct
{
  guint p;
  guint n;
  double *vectors;
  double *weights;
  double bias;
  StoreSigmoid sigmoid;
} Machine;

static void
machine_free (gpointer data)
{
  Machine *self = data;

  g_free (self->vectors);
  g_free (self->weights);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Machine, machine_free)

static double
decide (const Machine *self,
        const double  *x)
{
  double sum = self->bias;

  for (guint i = 0; i < self->n; i++)
    {
      const double *vector = self->vectors + (gsize) i * self->p;
      double squares = 0.0;

      for (guint j = 0; j < self->p; j++)
        squares += (x[j] - vector[j]) * (x[j] - vector[j]);
      sum += self->weights[i] * exp (-squares / self->p);
    }
  return sum;
}

static void
print_nothing (const char *text)
{
}

static void
take_vectors (Machine                *self,
              const struct svm_model *model)
{
  double sign = model->label[0] == 1 ? 1.0 : -1.0;

  self->n = (guint) model->l;
  self->vectors = g_new0 (double, (gsize) self->n * self->p + 1);
  self->weights = g_new0 (double, self->n + 1);
  self->bias = -sign * model->rho[0];
  for (guint i = 0; i < self->n; i++)
    {
      self->weights[i] = sign * model->sv_coef[0][i];
      for (const struct svm_node *node = model->SV[i]; node->index > 0; node++)
        self->vectors[(gsize) i * self->p + (guint) node->index - 1] = node->value;
    }
}

static void
fill_nodes (const StoreSample *sample,
            guint              row,
            struct svm_node   *nodes)
{
  for (guint j = 0; j < sample->p; j++)
    nodes[j] = (struct svm_node) { (int) j + 1, sample->x[(gsize) row * sample->p + j] };
  nodes[sample->p].index = -1;
}

/* Learns from the rows of @rows whose fold is not @but. */
static Machine *
train_machine (const StoreSample *sample,
               const guint       *rows,
               guint              n_rows,
               const guint8      *folds,
               int                but)
{
  Machine *self = g_new0 (Machine, 1);
  gsize width = sample->p + 1;
  g_autofree struct svm_node *nodes = g_new (struct svm_node, width * n_rows);
  g_autofree struct svm_node **list = g_new (struct svm_node *, n_rows);
  g_autofree double *y = g_new (double, n_rows);
  struct svm_problem problem = { 0, y, list };
  const struct svm_parameter parameter = {
    .svm_type = C_SVC, .kernel_type = RBF, .gamma = 1.0 / sample->p, .cache_size = 64,
    .eps = 1e-3, .C = COST, .shrinking = 1,
  };
  struct svm_model *model;

  for (guint i = 0; i < n_rows; i++)
    {
      if (folds[i] == but)
        continue;
      list[problem.l] = nodes + width * i;
      fill_nodes (sample, rows[i], list[problem.l]);
      y[problem.l++] = sample->y[rows[i]];
    }
  self->p = sample->p;
  svm_set_print_string_function (print_nothing);
  model = svm_train (&problem, &parameter);
  if (model->nr_class == 2)
    take_vectors (self, model);
  svm_free_and_destroy_model (&model);
  return self;
}

/* Of many rows so many that about MOST_ROWS remain. */
static guint *
draw_rows (const StoreSample *sample,
           guint64            seed,
           guint             *n_rows)
{
  guint *rows = g_new (guint, sample->n);
  double share = (double) MOST_ROWS / sample->n;

  *n_rows = 0;
  for (guint i = 0; i < sample->n; i++)
    if (share >= 1.0 || store_counter_random (seed, STREAM_OF_SAMPLE, i) < share)
      rows[(*n_rows)++] = i;
  return rows;
}

static gboolean
fit_sigmoid (Machine            *self,
             const StoreSample  *sample,
             const guint        *rows,
             guint               n_rows,
             const guint8       *folds,
             GCancellable       *cancellable,
             GError            **error)
{
  g_autofree double *decisions = g_new (double, n_rows);
  g_autofree double *y = g_new (double, n_rows);

  for (int fold = 0; fold < FOLDS; fold++)
    {
      g_autoptr (Machine) other = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      other = train_machine (sample, rows, n_rows, folds, fold);
      for (guint i = 0; i < n_rows; i++)
        if (folds[i] == fold)
          decisions[i] = decide (other, sample->x + (gsize) rows[i] * sample->p);
    }
  for (guint i = 0; i < n_rows; i++)
    y[i] = sample->y[rows[i]];
  return store_sigmoid_fit (&self->sigmoid, decisions, y, n_rows, cancellable, error);
}

static gpointer
fit (const StoreSample  *sample,
     guint64             seed,
     GStrvBuilder       *notes,
     GCancellable       *cancellable,
     GError            **error)
{
  guint n_rows;
  g_autofree guint *rows = draw_rows (sample, seed, &n_rows);
  g_autofree guint8 *folds = g_new (guint8, n_rows + 1);
  g_autoptr (Machine) self = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (n_rows < sample->n)
    {
      g_autofree char *note = g_strdup_printf (_("The kernel machine learns from %u of the %u "
                                                 "rows, drawn by chance."), n_rows, sample->n);

      g_strv_builder_add (notes, note);
    }
  for (guint i = 0; i < n_rows; i++)
    folds[i] = (guint8) (store_counter_random_bits (seed, STREAM_OF_FOLDS, i) % FOLDS);
  self = train_machine (sample, rows, n_rows, folds, -1);
  if (!fit_sigmoid (self, sample, rows, n_rows, folds, cancellable, error))
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

static void
write_model (gconstpointer  model,
             JsonBuilder   *builder)
{
  const Machine *self = model;

  store_model_body_add_numbers (builder, "vectors", self->vectors, self->n * self->p);
  store_model_body_add_numbers (builder, "weights", self->weights, self->n);
  store_insight_json_add_number (builder, "bias", self->bias);
  store_insight_json_add_number (builder, "sigmoid_constant", self->sigmoid.constant);
  store_insight_json_add_number (builder, "sigmoid_slope", self->sigmoid.slope);
}

static gpointer
read_model (JsonObject  *object,
            guint        p,
            GError     **error)
{
  g_autoptr (Machine) self = g_new0 (Machine, 1);
  double sum = 0.0;

  self->p = p;
  self->weights = store_model_body_dup_numbers (object, "weights", &self->n, error);
  self->vectors = g_new0 (double, (gsize) self->n * p + 1);
  if (self->weights == NULL ||
      !store_model_body_read_numbers (object, "vectors", self->vectors, self->n * p, error) ||
      !store_model_body_read_number (object, "bias", &self->bias, error) ||
      !store_model_body_read_number (object, "sigmoid_constant", &self->sigmoid.constant, error) ||
      !store_model_body_read_number (object, "sigmoid_slope", &self->sigmoid.slope, error))
    return NULL;
  for (guint i = 0; i < self->n * p; i++)
    sum += self->vectors[i];
  for (guint i = 0; i < self->n; i++)
    sum += self->weights[i];
  if (isfinite (sum + self->bias + self->sigmoid.constant + self->sigmoid.slope))
    return g_steal_pointer (&self);
  g_set_error (error, STORE_ERROR, STORE_ERROR_DAMAGED,
               _("The model is damaged at “%s”. Fit it anew, or choose another file."), "vectors");
  return NULL;
}

const StoreClassifierClass store_classifier_kernel = {
  "kernel", fit, score, NULL, write_model, read_model, machine_free,
};
