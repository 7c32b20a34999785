/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every method learns from the same rows and foretells the same others: of a table some drawn by
 * chance; of a store the last stretch of time, learnt from the stretch before it. What is foretold
 * is encoded as what was learnt says, so nothing of it is known before.
 *
 * Where methods compete, the rows foretold are parted: on the one half they are compared, on the
 * other the winner is judged, for the best of six on the same rows has been lucky there. Beside
 * them runs a rule that needs no model: the share of "yes" in all, or one column alone. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "store-error.h"
#include "store-hold-back.h"
#include "store-logit.h"
#include "store-outcomes-private.h"

#define HELD_BACK 0.25
#define HELD_BACK_OF_SEVERAL 0.4
#define JUDGED 0.5
#define STREAM G_GUINT64_CONSTANT (0x72616365)
#define STREAM_OF_JUDGES G_GUINT64_CONSTANT (0x6a75646765)

/* Of the rows held, @compared has the outcomes on which methods are compared, and @judged those on
 * which the winner is judged; NAN for the others. */
typedef struct
{
  StoreEncoding *encoding;
  StoreSample learnt;
  StoreSample held;
  double *compared;
  double *judged;
} Race;

static void
race_clear (Race *self)
{
  g_clear_pointer (&self->encoding, store_encoding_free);
  store_outcomes_free_known (&self->learnt);
  store_outcomes_free_known (&self->held);
  g_free (self->compared);
  g_free (self->judged);
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

static gboolean
is_auto (const StoreOutcomes *self)
{
  return g_str_equal (self->options.method, "auto");
}

/* What is learnt and what is foretold; without earlier rows some are held back. */
static void
divide (const StoreOutcomes  *self,
        StoreRows            *earlier,
        StoreRows           **learnt,
        StoreRows           **held)
{
  g_autofree gboolean *is_held = NULL;

  if (earlier != NULL)
    {
      *learnt = store_rows_ref (earlier);
      *held = store_rows_ref (self->learnt);
      return;
    }
  is_held = store_hold_back (self->learnt_y, store_rows_get_n (self->learnt),
                             is_auto (self) ? HELD_BACK_OF_SEVERAL : HELD_BACK, self->options.seed,
                             STREAM);
  *learnt = store_rows_new_part (self->learnt, is_held, FALSE);
  *held = store_rows_new_part (self->learnt, is_held, TRUE);
}

static gboolean
encode (const StoreOutcomes  *self,
        StoreRows            *rows,
        const StoreEncoding  *encoding,
        StoreSample          *sample,
        GError              **error)
{
  g_autoptr (GStrvBuilder) unsaid = g_strv_builder_new ();
  g_autofree double *z = store_encoding_apply (encoding, rows, unsaid, error);
  g_autofree double *y = store_outcomes_read_y (self, rows);

  if (z == NULL)
    return FALSE;
  store_outcomes_take_known (z, y, store_rows_get_n (rows), encoding->p, sample);
  return TRUE;
}

static void
part_judged (Race     *race,
             gboolean  is_parted,
             guint64   seed)
{
  const StoreSample *held = &race->held;
  g_autofree gboolean *is_judged =
    store_hold_back (held->y, held->n, JUDGED, seed, STREAM_OF_JUDGES);

  race->compared = g_new (double, held->n + 1);
  race->judged = g_new (double, held->n + 1);
  for (guint i = 0; i < held->n; i++)
    {
      race->compared[i] = is_parted && is_judged[i] ? NAN : held->y[i];
      race->judged[i] = is_parted && !is_judged[i] ? NAN : held->y[i];
    }
}

static gboolean
has_both (const StoreSample *sample,
          guint              least)
{
  double n_yes = 0.0;

  for (guint i = 0; i < sample->n; i++)
    n_yes += sample->y[i];
  return n_yes >= least && sample->n - n_yes >= least;
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
  store_outcome_errors_measure (&self->naive_compared, probabilities, race->compared, held.n);
  store_outcome_errors_measure (&self->naive, probabilities, race->judged, held.n);
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
  store_outcome_errors_measure (&contestant.errors, probabilities, race->compared, race->held.n);
  store_outcome_errors_measure (&contestant.judged, probabilities, race->judged, race->held.n);
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

  if (is_auto (self))
    return run_all (self, race, cancellable, error);
  method = store_classifier_find_method (self->options.method, error);
  return method != NULL && run_one (self, race, method, cancellable, error);
}

static void
settle (StoreOutcomes *self)
{
  const StoreOutcomesContestant *best =
    &g_array_index (self->contestants, StoreOutcomesContestant, 0);
  gboolean orders_better = best->judged.auc > self->naive.auc;

  self->method = best->method;
  self->helps = orders_better && best->judged.log_loss < self->naive.log_loss;
  if (self->helps)
    return;
  store_outcomes_say (self, g_strdup (orders_better
    ? _("On the rows held back the order was better than that of the simple rule, but the "
        "probabilities were not. Go by who comes first, not by the numbers.")
    : _("On the rows held back the simple rule did as well. Take the probabilities as a hint "
        "only.")));
}

static gboolean
prepare (Race           *race,
         StoreOutcomes  *self,
         StoreRows      *earlier,
         GError        **error)
{
  g_autoptr (GStrvBuilder) unsaid = g_strv_builder_new ();
  g_autoptr (StoreRows) learnt = NULL;
  g_autoptr (StoreRows) held = NULL;

  divide (self, earlier, &learnt, &held);
  race->encoding = store_encoding_new (learnt, self->options.leave_out, unsaid);
  if (!encode (self, learnt, race->encoding, &race->learnt, error) ||
      !encode (self, held, race->encoding, &race->held, error))
    return FALSE;
  if (race->encoding->p == 0 || !has_both (&race->learnt, 1) ||
      !has_both (&race->held, is_auto (self) ? 2 : 1))
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                           _("There are too few outcomes of one kind to hold some back."));
      return FALSE;
    }
  part_judged (race, is_auto (self), self->options.seed);
  return TRUE;
}

/* Fills the contestants, the naive rule and the method to be used. */
gboolean
store_outcomes_run_race (StoreOutcomes  *self,
                         StoreRows      *earlier,
                         GCancellable   *cancellable,
                         GError        **error)
{
  g_auto (Race) race = { NULL };

  if (!prepare (&race, self, earlier, error) ||
      !run_naive (self, &race, cancellable, error) ||
      !run_methods (self, &race, cancellable, error))
    return FALSE;
  settle (self);
  return TRUE;
}
