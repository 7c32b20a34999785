/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-error.h"
#include "store-outcomes-private.h"

#define LEAST_KNOWN 50
#define LEAST_OF_A_KIND 10

/* Takes the sentence; the same one is said once. */
void
store_outcomes_say (StoreOutcomes *self,
                    char          *sentence)
{
  g_strv_builder_add (self->said, sentence);
  g_free (sentence);
}

/* Closes the notes. */
void
store_outcomes_end (StoreOutcomes *self)
{
  g_auto (GStrv) all = g_strv_builder_end (self->said);
  g_autoptr (GStrvBuilder) once = g_strv_builder_new ();

  for (guint i = 0; all[i] != NULL; i++)
    {
      gboolean is_new = TRUE;

      for (guint k = 0; k < i; k++)
        is_new &= !g_str_equal (all[k], all[i]);
      if (is_new)
        g_strv_builder_add (once, all[i]);
    }
  self->notes = g_strv_builder_end (once);
}

StoreOutcomes *
store_outcomes_alloc (StoreRows                  *rows,
                      const StoreOutcomesOptions *options)
{
  StoreOutcomes *self = g_new0 (StoreOutcomes, 1);

  self->options = *options;
  self->analysis = g_strdup (options->analysis);
  self->rows = store_rows_ref (rows);
  self->contestants = g_array_new (FALSE, TRUE, sizeof (StoreOutcomesContestant));
  self->cut = NAN;
  self->said = g_strv_builder_new ();
  self->said_of_columns = options->describe != NULL ? g_strv_builder_new ()
                                                    : g_strv_builder_ref (self->said);
  return self;
}

gboolean
store_outcomes_check (const StoreOutcomesOptions  *options,
                      GError                     **error)
{
  gboolean has_cost = !isnan (options->cost);
  gboolean has_value = !isnan (options->value);

  if (has_cost == has_value && (!has_cost || (options->cost >= 0.0 && options->value > 0.0 &&
                                              isfinite (options->cost + options->value))))
    return TRUE;
  g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID,
                       _("Give both the cost of asking one and the value of one yes, as numbers "
                         "above zero."));
  return FALSE;
}

/* Counts the outcomes; too few of them are an answer. */
static gboolean
count_outcomes (StoreOutcomes *self)
{
  const char *yes = self->options.yes_outcome;
  const char *no = self->options.no_outcome;
  guint n_no;

  for (guint i = 0; i < store_rows_get_n (self->learnt); i++)
    {
      self->n_known += isfinite (self->learnt_y[i]) != 0;
      self->n_yes += self->learnt_y[i] > 0.5;
    }
  n_no = self->n_known - self->n_yes;
  if (self->n_known >= LEAST_KNOWN && MIN (self->n_yes, n_no) >= LEAST_OF_A_KIND)
    return TRUE;
  store_outcomes_say (self,
                      g_strdup_printf (_("Of %u known outcomes %u are “%s” and %u are “%s”; from "
                                         "%u known ones and %u of each kind on, probabilities "
                                         "can be told."),
                                       self->n_known, self->n_yes, yes != NULL ? yes : _("yes"),
                                       n_no, no != NULL ? no : _("no"), LEAST_KNOWN,
                                       LEAST_OF_A_KIND));
  return FALSE;
}

gboolean
store_outcomes_score (StoreOutcomes  *self,
                      GCancellable   *cancellable,
                      GError        **error)
{
  self->z = store_encoding_apply (self->encoding, self->rows, self->said_of_columns, error);
  self->y = store_outcomes_read_y (self, self->rows);
  if (self->z == NULL)
    return FALSE;
  self->probability = store_classifier_score (self->classifier, self->z,
                                              store_rows_get_n (self->rows), cancellable, error);
  if (!isnan (self->options.cost))
    self->cut = self->options.cost / self->options.value;
  return self->probability != NULL;
}

static gboolean
learn (StoreOutcomes  *self,
       StoreRows      *earlier,
       GCancellable   *cancellable,
       GError        **error)
{
  guint n = store_rows_get_n (self->learnt);
  g_auto (StoreSample) known = { 0 };

  self->learnt_z =
    store_encoding_apply (self->encoding, self->learnt, self->said_of_columns, error);
  if (self->learnt_z == NULL || !store_outcomes_run_race (self, earlier, cancellable, error))
    return FALSE;
  store_outcomes_take_known (self->learnt_z, self->learnt_y, n, self->encoding->p, &known);
  self->classifier = store_classifier_new (store_classifier_find_method (self->method, NULL),
                                           &known, self->options.seed, self->said_of_columns,
                                           cancellable, error);
  return self->classifier != NULL;
}

/* TRUE with @enough unset where there is too little to learn from. */
static gboolean
fill (StoreOutcomes  *self,
      StoreRows      *earlier,
      GCancellable   *cancellable,
      GError        **error)
{
  g_autoptr (GError) failure = NULL;

  self->learnt_y = store_outcomes_read_y (self, self->learnt);
  if (!count_outcomes (self))
    return TRUE;
  self->encoding =
    store_encoding_new (self->learnt, self->options.leave_out, self->said_of_columns);
  if (self->encoding->p == 0)
    {
      store_outcomes_say (self, g_strdup (_("No column is left that could tell one row from "
                                            "another.")));
      return TRUE;
    }
  if (learn (self, earlier, cancellable, &failure) &&
      store_outcomes_score (self, cancellable, &failure))
    {
      self->enough = TRUE;
      return TRUE;
    }
  if (g_error_matches (failure, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA))
    {
      store_outcomes_say (self, g_strdup (failure->message));
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/**
 * store_outcomes_new:
 * @learnt: finished rows with outcomes, to learn from
 * @earlier: (nullable): rows of an earlier time with the outcomes of then; the methods are tried by
 *   learning these and foretelling @learnt. If %NULL, a quarter of @learnt is held back instead, or
 *   two fifths where methods compete
 * @rows: (nullable): rows to be told about; @learnt if %NULL
 * @options: what to compute
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Too little data is an answer with @enough unset. The same bits come out for any order of the rows
 * and any number of threads. Slow: call it on a worker thread.
 *
 * Returns: (transfer full): the result, or %NULL with %STORE_ERROR_INVALID (the outcomes are of
 *   more than two kinds, no such method), %STORE_ERROR_NOT_FOUND (a library is missing) or
 *   %G_IO_ERROR_CANCELLED
 */
StoreOutcomes *
store_outcomes_new (StoreRows                   *learnt,
                    StoreRows                   *earlier,
                    StoreRows                   *rows,
                    const StoreOutcomesOptions  *options,
                    GCancellable                *cancellable,
                    GError                     **error)
{
  g_autoptr (StoreOutcomes) self = NULL;

  g_return_val_if_fail (learnt != NULL && options != NULL, NULL);

  if (!store_outcomes_check (options, error) ||
      (!g_str_equal (options->method, "auto") &&
       store_classifier_find_method (options->method, error) == NULL))
    return NULL;
  self = store_outcomes_alloc (rows != NULL ? rows : learnt, options);
  self->learnt = store_rows_ref (learnt);
  if (!store_outcomes_find_yes (self, learnt, error) ||
      !fill (self, earlier, cancellable, error))
    return NULL;
  store_outcomes_end (self);
  return g_steal_pointer (&self);
}

void
store_outcomes_free (StoreOutcomes *self)
{
  if (self == NULL)
    return;
  g_free (self->analysis);
  g_strfreev (self->notes);
  g_free (self->yes);
  g_clear_pointer (&self->learnt, store_rows_unref);
  store_rows_unref (self->rows);
  store_encoding_free (self->encoding);
  store_classifier_free (self->classifier);
  g_free (self->z);
  g_free (self->learnt_z);
  g_free (self->y);
  g_free (self->learnt_y);
  g_free (self->probability);
  g_array_unref (self->contestants);
  g_clear_pointer (&self->said, g_strv_builder_unref);
  g_clear_pointer (&self->said_of_columns, g_strv_builder_unref);
  g_free (self);
}
