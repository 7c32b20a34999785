/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every method learns from the same rows and foretells the same others: of a table a quarter drawn
 * by chance; of a store the last stretch of time, learnt from the stretch before it. Beside them runs
 * a rule that needs no model: the share of "yes" in all, or one column alone. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "store-counter-random.h"
#include "store-error.h"
#include "store-logit.h"
#include "store-outcomes-private.h"

#define HELD_BACK 0.25
#define STREAM G_GUINT64_CONSTANT (0x72616365)

typedef struct
{
  const StoreEncoding *encoding;
  StoreSample learnt;
  StoreSample held;
} Race;

static void
race_clear (Race *self)
{
  store_outcomes_free_known (&self->learnt);
  store_outcomes_free_known (&self->held);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Race, race_clear)

void
store_outcomes_free_known (StoreSample *known)
{
  g_free ((double *) known->x);
  g_free ((double *) known->y);
}

static void
add_row (StoreSample  *sample,
         const double *x,
         double        y)
{
  memcpy ((double *) sample->x + (gsize) sample->n * sample->p, x, sample->p * sizeof *x);
  ((double *) sample->y)[sample->n++] = y;
}

static void
make_room (StoreSample *sample,
           guint        n,
           guint        p)
{
  *sample = (StoreSample) { 0, p, g_new (double, (gsize) n * p + 1), g_new (double, n + 1) };
}

void
store_outcomes_take_known (const double *z,
                           const double *y,
                           guint         n,
                           guint         p,
                           StoreSample  *known)
{
  make_room (known, n, p);
  for (guint i = 0; i < n; i++)
    if (isfinite (y[i]))
      add_row (known, z + (gsize) i * p, y[i]);
}

static void
divide_by_chance (Race              *self,
                  const StoreSample *known,
                  guint64            seed)
{
  make_room (&self->learnt, known->n, known->p);
  make_room (&self->held, known->n, known->p);
  for (guint i = 0; i < known->n; i++)
    add_row (store_counter_random (seed, STREAM, i) < HELD_BACK ? &self->held : &self->learnt,
             known->x + (gsize) i * known->p, known->y[i]);
}

/* The earlier rows are learnt, encoded by themselves; those learnt from in the end are foretold. */
static gboolean
divide_by_time (Race           *self,
                StoreOutcomes  *outcomes,
                StoreRows      *earlier,
                StoreEncoding  *encoding,
                GError        **error)
{
  g_autoptr (GStrvBuilder) unsaid = g_strv_builder_new ();
  g_autofree double *before = store_encoding_apply (encoding, earlier, unsaid, error);
  g_autofree double *after =
    before != NULL ? store_encoding_apply (encoding, outcomes->learnt, unsaid, error) : NULL;
  g_autofree double *y = store_outcomes_read_y (outcomes, earlier);

  if (after == NULL)
    return FALSE;
  store_outcomes_take_known (before, y, store_rows_get_n (earlier), encoding->p, &self->learnt);
  store_outcomes_take_known (after, outcomes->learnt_y, store_rows_get_n (outcomes->learnt),
                             encoding->p, &self->held);
  return TRUE;
}

static gboolean
has_both (const StoreSample *sample)
{
  double n_yes = 0.0;

  for (guint i = 0; i < sample->n; i++)
    n_yes += sample->y[i];
  return n_yes > 0.0 && n_yes < sample->n;
}

static void
take_columns (const StoreSample         *from,
              const StoreEncodingSource *source,
              StoreSample               *to)
{
  make_room (to, from->n, source->n_encoded);
  for (guint i = 0; i < from->n; i++)
    add_row (to, from->x + (gsize) i * from->p + source->first, from->y[i]);
}

static const StoreEncodingSource *
find_source (const StoreEncoding *encoding,
             const char          *name)
{
  for (guint s = 0; name != NULL && s < encoding->n_sources; s++)
    if (g_str_equal (encoding->sources[s].name, name))
      return &encoding->sources[s];
  return NULL;
}

static gboolean
run_naive (StoreOutcomes  *self,
           const Race     *race,
           GCancellable   *cancellable,
           GError        **error)
{
  const StoreEncodingSource *source = find_source (race->encoding, self->options.naive);
  const StoreEncodingSource nothing = { NULL };
  g_auto (StoreSample) learnt = { 0 };
  g_auto (StoreSample) held = { 0 };
  g_autofree double *probabilities = g_new (double, race->held.n + 1);
  g_autoptr (StoreLogit) logit = NULL;

  take_columns (&race->learnt, source != NULL ? source : &nothing, &learnt);
  take_columns (&race->held, source != NULL ? source : &nothing, &held);
  logit = store_logit_new (learnt.x, learnt.y, learnt.n, learnt.p, 0.0, cancellable, error);
  if (logit == NULL)
    return FALSE;
  for (guint i = 0; i < held.n; i++)
    probabilities[i] =
      1.0 / (1.0 + exp (-store_logit_predict (logit, held.x + (gsize) i * held.p)));
  store_outcome_errors_measure (&self->naive, probabilities, held.y, held.n);
  return TRUE;
}

static gboolean
run_one (StoreOutcomes               *self,
         const Race                  *race,
         const StoreClassifierClass  *method,
         GCancellable                *cancellable,
         GError                     **error)
{
  g_autoptr (GStrvBuilder) unsaid = g_strv_builder_new ();
  g_autoptr (StoreClassifier) classifier =
    store_classifier_new (method, &race->learnt, self->options.seed, unsaid, cancellable, error);
  g_autofree double *probabilities =
    classifier != NULL
      ? store_classifier_score (classifier, race->held.x, race->held.n, cancellable, error)
      : NULL;
  StoreOutcomesContestant contestant = { method->name };

  if (probabilities == NULL)
    return FALSE;
  store_outcome_errors_measure (&contestant.errors, probabilities, race->held.y, race->held.n);
  g_array_append_val (self->contestants, contestant);
  return TRUE;
}

static int
compare_contestants (gconstpointer a,
                     gconstpointer b)
{
  double left = ((const StoreOutcomesContestant *) a)->errors.auc;
  double right = ((const StoreOutcomesContestant *) b)->errors.auc;

  return (left < right) - (left > right);
}

/* In a race a method whose library is missing stays at home; asked for by name it is an error. */
static gboolean
run_all (StoreOutcomes  *self,
         const Race     *race,
         GCancellable   *cancellable,
         GError        **error)
{
  const StoreClassifierClass *const *methods = store_classifier_get_methods ();
  guint n_methods = 0;

  while (methods[n_methods] != NULL)
    n_methods++;
  for (guint i = 0; i < n_methods; i++)
    {
      g_autoptr (GError) failure = NULL;

      if (!run_one (self, race, methods[i], cancellable, &failure))
        {
          if (!g_error_matches (failure, STORE_ERROR, STORE_ERROR_NOT_FOUND))
            {
              g_propagate_error (error, g_steal_pointer (&failure));
              return FALSE;
            }
          store_outcomes_say (self, g_strdup (failure->message));
        }
      if (self->options.progress != NULL)
        self->options.progress ((i + 1.0) / (n_methods + 1.0), self->options.progress_data);
    }
  g_array_sort (self->contestants, compare_contestants);
  return TRUE;
}

static gboolean
run_methods (StoreOutcomes  *self,
             const Race     *race,
             GCancellable   *cancellable,
             GError        **error)
{
  const StoreClassifierClass *method = NULL;

  if (g_str_equal (self->options.method, "auto"))
    return run_all (self, race, cancellable, error);
  method = store_classifier_find_method (self->options.method, error);
  return method != NULL && run_one (self, race, method, cancellable, error);
}

static void
settle (StoreOutcomes *self)
{
  const StoreOutcomesContestant *best =
    &g_array_index (self->contestants, StoreOutcomesContestant, 0);

  self->method = best->method;
  self->helps = best->errors.auc > self->naive.auc &&
                best->errors.log_loss < self->naive.log_loss;
  if (!self->helps)
    store_outcomes_say (self, g_strdup (_("On the rows held back the simple rule did as well. Take "
                                          "the probabilities as a hint only.")));
}

/* Fills the contestants, the naive rule and the method to be used. */
gboolean
store_outcomes_run_race (StoreOutcomes      *self,
                         StoreRows          *earlier,
                         const StoreSample  *known,
                         GCancellable       *cancellable,
                         GError            **error)
{
  g_autoptr (GStrvBuilder) unsaid = g_strv_builder_new ();
  g_autoptr (StoreEncoding) of_earlier =
    earlier != NULL ? store_encoding_new (earlier, self->options.leave_out, unsaid) : NULL;
  g_auto (Race) race = { self->encoding };

  if (of_earlier != NULL)
    {
      race.encoding = of_earlier;
      if (!divide_by_time (&race, self, earlier, of_earlier, error))
        return FALSE;
    }
  else
    divide_by_chance (&race, known, self->options.seed);
  if (!has_both (&race.learnt) || !has_both (&race.held))
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                           _("There are too few outcomes of one kind to hold some back."));
      return FALSE;
    }
  if (!run_naive (self, &race, cancellable, error) ||
      !run_methods (self, &race, cancellable, error))
    return FALSE;
  settle (self);
  return TRUE;
}
