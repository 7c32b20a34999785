/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Exponential smoothing as a model with a likelihood (Hyndman, Koehler, Snyder, Grose, "A state
 * space framework for automatic forecasting using exponential smoothing methods", International
 * Journal of Forecasting 18, 2002). Smoothing parameters and the state before the first period are
 * found together by a simplex search from a decomposition of the series; of all models that are
 * stable (no added errors around a multiplied season, no multiplied trend) the one with the
 * smallest AICc is taken. Multiplied parts need values above 0. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "store-error.h"
#include "store-ets-private.h"
#include "store-nelder-mead.h"
#include "store-parallel.h"

#define TOLERANCE 1.4901161193847656e-8
#define MAX_EVALUATIONS 2000
#define MAX_PARAMETERS (6 + STORE_ETS_MAX_SEASON)
#define LOWEST_VALUE (-1e10)

/* All kinds that may be chosen, added errors first: an equal criterion keeps the former. */
static const StoreEtsKind kinds[] = {
  { STORE_ETS_ADDED, STORE_ETS_NONE, FALSE, STORE_ETS_NONE },
  { STORE_ETS_ADDED, STORE_ETS_NONE, FALSE, STORE_ETS_ADDED },
  { STORE_ETS_ADDED, STORE_ETS_ADDED, TRUE, STORE_ETS_NONE },
  { STORE_ETS_ADDED, STORE_ETS_ADDED, FALSE, STORE_ETS_NONE },
  { STORE_ETS_ADDED, STORE_ETS_ADDED, TRUE, STORE_ETS_ADDED },
  { STORE_ETS_ADDED, STORE_ETS_ADDED, FALSE, STORE_ETS_ADDED },
  { STORE_ETS_MULTIPLIED, STORE_ETS_NONE, FALSE, STORE_ETS_NONE },
  { STORE_ETS_MULTIPLIED, STORE_ETS_NONE, FALSE, STORE_ETS_ADDED },
  { STORE_ETS_MULTIPLIED, STORE_ETS_NONE, FALSE, STORE_ETS_MULTIPLIED },
  { STORE_ETS_MULTIPLIED, STORE_ETS_ADDED, TRUE, STORE_ETS_NONE },
  { STORE_ETS_MULTIPLIED, STORE_ETS_ADDED, FALSE, STORE_ETS_NONE },
  { STORE_ETS_MULTIPLIED, STORE_ETS_ADDED, TRUE, STORE_ETS_ADDED },
  { STORE_ETS_MULTIPLIED, STORE_ETS_ADDED, FALSE, STORE_ETS_ADDED },
  { STORE_ETS_MULTIPLIED, STORE_ETS_ADDED, TRUE, STORE_ETS_MULTIPLIED },
  { STORE_ETS_MULTIPLIED, STORE_ETS_ADDED, FALSE, STORE_ETS_MULTIPLIED },
};

typedef struct
{
  StoreEts *model;
  const double *values;
  guint n;
  StoreEtsCriterion criterion;
} Search;

/* The order in which the simplex has them: smoothing, then the states, the last period of the
 * season first; the first period's figure follows from the others. */
static guint
list_parameters (StoreEts *model,
                 double  **parameters)
{
  guint n = 0;

  parameters[n++] = &model->alpha;
  if (model->kind.trend != STORE_ETS_NONE)
    parameters[n++] = &model->beta;
  if (model->kind.season != STORE_ETS_NONE)
    parameters[n++] = &model->gamma;
  if (model->kind.damped)
    parameters[n++] = &model->phi;
  parameters[n++] = &model->level;
  if (model->kind.trend != STORE_ETS_NONE)
    parameters[n++] = &model->slope;
  if (model->kind.season != STORE_ETS_NONE)
    for (guint j = model->season; j-- > 1;)
      parameters[n++] = &model->figure[j];
  return n;
}

static void
take_point (StoreEts     *model,
            const double *point)
{
  double *parameters[MAX_PARAMETERS];
  guint n = list_parameters (model, parameters);

  for (guint i = 0; i < n; i++)
    *parameters[i] = point[i];
  if (model->kind.season == STORE_ETS_NONE)
    return;
  model->figure[0] = model->kind.season == STORE_ETS_MULTIPLIED ? model->season : 0.0;
  for (guint j = model->season; j-- > 1;)
    model->figure[0] -= model->figure[j];
}

/* Minus twice the logarithm of the likelihood, without its constant. */
static double
get_deviance (const StoreEts    *model,
              const StoreEtsRun *run,
              guint              n)
{
  double deviance = n * log (run->squares);

  return model->kind.error == STORE_ETS_MULTIPLIED ? deviance + 2.0 * run->log_forecasts : deviance;
}

static double
evaluate (const double *point,
          gpointer      data)
{
  Search *search = data;
  StoreEtsState state;
  StoreEtsRun run;
  double deviance;

  take_point (search->model, point);
  if (!store_ets_is_allowed (search->model))
    return INFINITY;
  run = store_ets_run (search->model, search->values, search->n, &state);
  if (!run.defined)
    return INFINITY;
  if (search->criterion == STORE_ETS_SQUARES)
    return run.squares / search->n;
  deviance = get_deviance (search->model, &run, search->n);
  return MAX (deviance, LOWEST_VALUE);
}

static void
finish (Search *search)
{
  StoreEts *model = search->model;
  StoreEtsState state;
  StoreEtsRun run = store_ets_run (model, search->values, search->n, &state);
  const double n = search->n;
  const double k = model->n_coefficients + 1.0;

  model->loglik = -0.5 * get_deviance (model, &run, search->n);
  model->variance = n > k - 1.0 ? run.squares / (n - k + 1.0) : run.squares / n;
  model->aicc = INFINITY;
  if (run.defined && n - k - 1.0 > 0.0)
    model->aicc = -2.0 * model->loglik + 2.0 * k + 2.0 * k * (k + 1.0) / (n - k - 1.0);
}

static gboolean
fit (Search *search)
{
  StoreNelderMead simplex = { .tolerance = TOLERANCE, .max_evaluations = MAX_EVALUATIONS };
  double *parameters[MAX_PARAMETERS];
  double point[MAX_PARAMETERS];

  if (!store_ets_find_start (search->model, search->values, search->n))
    return FALSE;
  simplex.n = list_parameters (search->model, parameters);
  search->model->n_coefficients = simplex.n;
  search->model->n_used = search->n;
  if (simplex.n + 1 >= search->n)
    return FALSE;
  for (guint i = 0; i < simplex.n; i++)
    point[i] = *parameters[i];
  store_nelder_mead_minimise (&simplex, point, evaluate, search);
  if (!isfinite (simplex.value))
    return FALSE;
  take_point (search->model, point);
  finish (search);
  return isfinite (search->model->loglik);
}

static gboolean
are_positive (const double *values,
              guint         n)
{
  for (guint t = 0; t < n; t++)
    if (values[t] <= 0.0)
      return FALSE;
  return TRUE;
}

static gboolean
fits (const StoreEtsKind *kind,
      const double       *values,
      guint               n,
      guint               season)
{
  if (kind->season != STORE_ETS_NONE &&
      (season < 2 || season > STORE_ETS_MAX_SEASON || n <= season))
    return FALSE;
  return (kind->error != STORE_ETS_MULTIPLIED && kind->season != STORE_ETS_MULTIPLIED) ||
         are_positive (values, n);
}

static StoreEts *
try_kind (const double       *values,
          guint               n,
          guint               season,
          const StoreEtsKind *kind,
          StoreEtsCriterion   criterion)
{
  g_autoptr (StoreEts) self = NULL;
  Search search = { NULL, values, n, criterion };

  if (!fits (kind, values, n, season))
    return NULL;
  self = g_new0 (StoreEts, 1);
  self->kind = *kind;
  self->season = kind->season == STORE_ETS_NONE ? 1 : season;
  search.model = self;
  return fit (&search) ? g_steal_pointer (&self) : NULL;
}

static gboolean
check_numbers (const double  *values,
               guint          n,
               GError       **error)
{
  for (guint t = 0; t < n; t++)
    if (!isfinite (values[t]))
      {
        g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID,
                             _("Every value of a series must be a number."));
        return FALSE;
      }
  return TRUE;
}

/**
 * store_ets_new:
 * @values: the series, a value a period
 * @n: how many
 * @season: periods of a season, 1 for none
 * @kind: which model
 * @criterion: what to make best
 * @error: return location
 *
 * Fits one model. On any thread.
 *
 * Returns: (transfer full): the fit, or %NULL with %STORE_ERROR_TOO_LITTLE_DATA (too few values, or
 *   values that this model cannot have) or %STORE_ERROR_INVALID
 */
StoreEts *
store_ets_new (const double        *values,
               guint                n,
               guint                season,
               const StoreEtsKind  *kind,
               StoreEtsCriterion    criterion,
               GError             **error)
{
  StoreEts *self;

  g_return_val_if_fail (values != NULL && season > 0, NULL);

  if (!check_numbers (values, n, error))
    return NULL;
  self = try_kind (values, n, season, kind, criterion);
  if (self == NULL)
    g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                         _("The series is too short for this model."));
  return self;
}

typedef struct
{
  const double *values;
  guint n;
  guint season;
  StoreEts *fits[G_N_ELEMENTS (kinds)];
} Choice;

static void
fit_kind (guint    block,
          gpointer data)
{
  Choice *choice = data;

  choice->fits[block] = try_kind (choice->values, choice->n, choice->season, &kinds[block],
                                  STORE_ETS_LIKELIHOOD);
}

/* The first of the best; the others are freed. */
static StoreEts *
take_best (Choice *choice)
{
  StoreEts *best = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      StoreEts *one = g_steal_pointer (&choice->fits[i]);

      if (one != NULL && isfinite (one->aicc) && (best == NULL || one->aicc < best->aicc))
        {
          store_ets_free (best);
          best = g_steal_pointer (&one);
        }
      store_ets_free (one);
    }
  return best;
}

/**
 * store_ets_new_auto:
 * @values: the series, a value a period
 * @n: how many
 * @season: periods of a season, 1 for none; one longer than %STORE_ETS_MAX_SEASON is left out
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Fits every model that the series can have and takes the one with the smallest AICc. On any
 * thread; the models are fitted on several.
 *
 * Returns: (transfer full): the fit, or %NULL with %STORE_ERROR_TOO_LITTLE_DATA,
 *   %STORE_ERROR_INVALID or %STORE_ERROR_CANCELLED
 */
StoreEts *
store_ets_new_auto (const double  *values,
                    guint          n,
                    guint          season,
                    GCancellable  *cancellable,
                    GError       **error)
{
  Choice choice = { values, n, season, { NULL } };
  gboolean done;
  StoreEts *self;

  g_return_val_if_fail (values != NULL && season > 0, NULL);

  if (!check_numbers (values, n, error))
    return NULL;
  done = store_parallel_run (G_N_ELEMENTS (kinds), fit_kind, &choice, cancellable, NULL);
  self = take_best (&choice);
  if (!done)
    {
      g_clear_pointer (&self, store_ets_free);
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_CANCELLED, _("Stopped on request."));
    }
  else if (self == NULL)
    g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                         _("The series is too short for this model."));
  return self;
}

void
store_ets_free (StoreEts *self)
{
  g_free (self);
}

/**
 * store_ets_dup_name:
 * @self: a fit
 *
 * Returns: (transfer full): as ETS(M,Ad,M): error, trend, season; N none, A added, M multiplied,
 *   d fading out
 */
char *
store_ets_dup_name (const StoreEts *self)
{
  static const char *const letters[] = { "N", "A", "M" };

  return g_strdup_printf ("ETS(%s,%s%s,%s)", letters[self->kind.error], letters[self->kind.trend],
                          self->kind.damped ? "d" : "", letters[self->kind.season]);
}
