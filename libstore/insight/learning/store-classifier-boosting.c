/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Gradient boosting by XGBoost (Chen and Guestrin 2016): shallow trees, one upon the other. How many
 * is found on a fifth of the rows, then all rows are learnt. Its rows are sorted, so that it gives
 * the same bits for any order of the input; it does so on any number of threads. Contributions are
 * Shapley values of the trees (Lundberg et al. 2018), exact, in log odds. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "store-classifier-methods.h"
#include "store-counter-random.h"
#include "store-error.h"
#include "store-insight-json.h"
#include "store-model-body.h"
#include "store-parallel.h"
#include "store-xgboost.h"

#define MOST_ROUNDS 500
#define PATIENCE 25
#define HELD_BACK 0.2

/* The library's threads wait for each other so often that on less than this one alone is faster. */
#define MANY_CELLS 4000000
#define STREAM G_GUINT64_CONSTANT (0x626f6f7374)
#define TO_PROBABILITY "{\"type\": 0, \"training\": false, \"iteration_begin\": 0, " \
                       "\"iteration_end\": 0, \"strict_shape\": false}"
#define TO_CONTRIBUTIONS "{\"type\": 2, \"training\": false, \"iteration_begin\": 0, " \
                         "\"iteration_end\": 0, \"strict_shape\": false}"

/* A booster keeps what it last returned, so one thread at a time asks it. */
typedef struct
{
  const StoreXgboost *library;
  BoosterHandle booster;
  GMutex lock;
} Machine;

static void
machine_free (gpointer data)
{
  Machine *self = data;

  if (self->booster != NULL)
    self->library->booster_free (self->booster);
  g_mutex_clear (&self->lock);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Machine, machine_free)

typedef struct
{
  const StoreXgboost *library;
  DMatrixHandle handle;
} Matrix;

static gsize many_cells = MANY_CELLS;

/* Small under test; 0 for the usual. Call it while nothing is learnt. */
void
store_classifier_boosting_set_many_cells (gsize n_cells)
{
  many_cells = n_cells > 0 ? n_cells : MANY_CELLS;
}

static void
matrix_clear (Matrix *self)
{
  if (self->handle != NULL)
    self->library->matrix_free (self->handle);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Matrix, matrix_clear)

static gboolean
matrix_fill (Matrix        *self,
             const double  *x,
             const double  *y,
             guint          n,
             guint          p)
{
  g_autofree float *cells = g_new (float, (gsize) n * p + 1);
  g_autofree float *labels = g_new (float, n + 1);

  for (gsize i = 0; i < (gsize) n * p; i++)
    cells[i] = (float) x[i];
  for (guint i = 0; i < n && y != NULL; i++)
    labels[i] = (float) y[i];
  if (self->library->matrix_create_from_mat (cells, n, p, NAN, &self->handle) != 0)
    return FALSE;
  return y == NULL ||
         self->library->matrix_set_float_info (self->handle, "label", labels, n) == 0;
}

static gboolean
set_parameters (const StoreXgboost *library,
                BoosterHandle       booster,
                gsize               n_cells)
{
  g_autofree char *threads = g_strdup_printf ("%u", n_cells > many_cells
                                                      ? store_parallel_get_n_threads () : 1);
  const char *const parameters[][2] = {
    { "objective", "binary:logistic" }, { "eval_metric", "logloss" }, { "tree_method", "hist" },
    { "max_depth", "3" }, { "eta", "0.05" }, { "min_child_weight", "5" }, { "lambda", "1" },
    { "verbosity", "0" }, { "nthread", threads },
  };

  for (guint i = 0; i < G_N_ELEMENTS (parameters); i++)
    if (library->booster_set_param (booster, parameters[i][0], parameters[i][1]) != 0)
      return FALSE;
  return TRUE;
}

static gboolean
read_loss (Machine       *self,
           int            round,
           DMatrixHandle  matrix,
           double        *loss)
{
  const char *names[] = { "held" };
  const char *told;
  const char *colon;

  if (self->library->booster_eval_one_iter (self->booster, round, &matrix, names, 1, &told) != 0)
    return FALSE;
  colon = strrchr (told, ':');
  *loss = colon != NULL ? g_ascii_strtod (colon + 1, NULL) : NAN;
  return TRUE;
}

static Machine *
start (const StoreXgboost   *library,
       const DMatrixHandle  *matrices,
       guint                 n_matrices,
       gsize                 n_cells,
       GError              **error)
{
  g_autoptr (Machine) self = g_new0 (Machine, 1);

  g_mutex_init (&self->lock);
  self->library = library;
  if (library->booster_create (matrices, n_matrices, &self->booster) == 0 &&
      set_parameters (library, self->booster, n_cells))
    return g_steal_pointer (&self);
  store_xgboost_fail (library, error);
  return NULL;
}

/* Rows by their draw: those to learn from first. */
static guint
divide (const StoreSample *sample,
        guint64            seed,
        double            *x,
        double            *y)
{
  guint n = 0;
  guint n_learnt = 0;

  for (guint side = 0; side < 2; side++)
    for (guint i = 0; i < sample->n; i++)
      {
        gboolean is_held = store_counter_random (seed, STREAM, i) < HELD_BACK;

        if (is_held != (side == 1))
          continue;
        memcpy (x + (gsize) n * sample->p, sample->x + (gsize) i * sample->p,
                sample->p * sizeof *x);
        y[n++] = sample->y[i];
        n_learnt += side == 0;
      }
  return n_learnt;
}

/* Rounds until the held-back rows have not become likelier for a while. */
static gboolean
find_rounds (const StoreXgboost  *library,
             const StoreSample   *sample,
             guint64              seed,
             int                 *rounds,
             GCancellable        *cancellable,
             GError             **error)
{
  g_autofree double *x = g_new (double, (gsize) sample->n * sample->p + 1);
  g_autofree double *y = g_new (double, sample->n);
  guint n = divide (sample, seed, x, y);
  g_auto (Matrix) learnt = { library, NULL };
  g_auto (Matrix) held = { library, NULL };
  g_autoptr (Machine) machine = NULL;
  double least = INFINITY;

  *rounds = MOST_ROUNDS / 5;
  if (n == 0 || n == sample->n)
    return TRUE;
  if (!matrix_fill (&learnt, x, y, n, sample->p) ||
      !matrix_fill (&held, x + (gsize) n * sample->p, y + n, sample->n - n, sample->p))
    return store_xgboost_fail (library, error);
  machine = start (library, (const DMatrixHandle[]) { learnt.handle, held.handle }, 2,
                   (gsize) n * sample->p, error);
  for (int round = 0; machine != NULL && round < MOST_ROUNDS; round++)
    {
      double loss;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (library->booster_update_one_iter (machine->booster, round, learnt.handle) != 0 ||
          !read_loss (machine, round, held.handle, &loss))
        return store_xgboost_fail (library, error);
      if (loss < least)
        {
          least = loss;
          *rounds = round + 1;
        }
      else if (round >= *rounds + PATIENCE)
        break;
    }
  return machine != NULL;
}

static gpointer
fit (const StoreSample  *sample,
     guint64             seed,
     GStrvBuilder       *notes,
     GCancellable       *cancellable,
     GError            **error)
{
  const StoreXgboost *library = store_xgboost_get (error);
  g_auto (Matrix) matrix = { library, NULL };
  g_autoptr (Machine) self = NULL;
  int rounds;

  if (library == NULL || !find_rounds (library, sample, seed, &rounds, cancellable, error))
    return NULL;
  if (!matrix_fill (&matrix, sample->x, sample->y, sample->n, sample->p))
    {
      store_xgboost_fail (library, error);
      return NULL;
    }
  self = start (library, &matrix.handle, 1, (gsize) sample->n * sample->p, error);
  for (int round = 0; self != NULL && round < rounds; round++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (library->booster_update_one_iter (self->booster, round, matrix.handle) == 0)
        continue;
      store_xgboost_fail (library, error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/* As many numbers as the booster has to say about the rows, copied. */
static gboolean
ask (gconstpointer   model,
     const char     *what,
     const double   *x,
     guint           n,
     guint           p,
     double         *answers,
     guint           n_answers,
     GError        **error)
{
  Machine *self = (Machine *) model;
  g_auto (Matrix) matrix = { self->library, NULL };
  const bst_ulong *shape;
  bst_ulong n_dimensions;
  const float *told;
  gboolean good;

  g_mutex_lock (&self->lock);
  good = matrix_fill (&matrix, x, NULL, n, p) &&
         self->library->booster_predict_from_dmatrix (self->booster, matrix.handle, what, &shape,
                                                      &n_dimensions, &told) == 0;
  for (guint i = 0; i < n_answers && good; i++)
    answers[i] = told[i];
  g_mutex_unlock (&self->lock);
  return good || store_xgboost_fail (self->library, error);
}

static gboolean
score (gconstpointer   model,
       const double   *x,
       guint           n,
       guint           p,
       double         *probabilities,
       GError        **error)
{
  return ask (model, TO_PROBABILITY, x, n, p, probabilities, n, error);
}

static gboolean
contribute (gconstpointer   model,
            const double   *x,
            guint           p,
            double         *contributions,
            GError        **error)
{
  return ask (model, TO_CONTRIBUTIONS, x, 1, p, contributions, p, error);
}

static void
write_model (gconstpointer  model,
             JsonBuilder   *builder)
{
  Machine *self = (Machine *) model;
  g_autofree char *text = NULL;
  bst_ulong length = 0;
  const char *bytes = NULL;

  if (self->library->booster_save_model_to_buffer (self->booster, "{\"format\": \"ubj\"}", &length,
                                                   &bytes) == 0)
    text = g_base64_encode ((const guchar *) bytes, length);
  store_insight_json_add_text (builder, "booster", text != NULL ? text : "");
}

static gpointer
read_model (JsonObject  *object,
            guint        p,
            GError     **error)
{
  const StoreXgboost *library = store_xgboost_get (error);
  g_autoptr (Machine) self = NULL;
  g_autofree guchar *bytes = NULL;
  const char *text;
  gsize length;
  bst_ulong n_columns = 0;

  if (library == NULL || !store_model_body_read_text (object, "booster", &text, error))
    return NULL;
  bytes = g_base64_decode (text, &length);
  self = start (library, NULL, 0, 0, error);
  if (self == NULL)
    return NULL;
  if (length > 0 &&
      library->booster_load_model_from_buffer (self->booster, bytes, length) == 0 &&
      library->booster_get_num_feature (self->booster, &n_columns) == 0 && n_columns == p)
    return g_steal_pointer (&self);
  g_set_error (error, STORE_ERROR, STORE_ERROR_DAMAGED,
               _("The model is damaged at “%s”. Fit it anew, or choose another file."), "booster");
  return NULL;
}

const StoreClassifierClass store_classifier_boosting = {
  "boosting", fit, score, contribute, write_model, read_model, machine_free, TRUE,
};
