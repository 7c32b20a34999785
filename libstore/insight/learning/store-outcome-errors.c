/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "store-error.h"
#include "store-insight-json.h"
#include "store-model-body.h"
#include "store-outcome-errors.h"

/* Nobody is punished without limit for having been sure. */
#define LEAST 1e-9

typedef struct
{
  double probability;
  double y;
} Pair;

static int
compare_pairs (gconstpointer a,
               gconstpointer b)
{
  const Pair *left = a;
  const Pair *right = b;

  if (left->probability != right->probability)
    return left->probability < right->probability ? -1 : 1;
  return (left->y > right->y) - (left->y < right->y);
}

/* Mann and Whitney's statistic: equal probabilities count half. */
static double
get_auc (const Pair *pairs,
         guint       n,
         guint       n_yes)
{
  double below = 0.0;
  double sum = 0.0;

  for (guint first = 0; first < n;)
    {
      double no = 0.0;
      double yes = 0.0;
      guint i = first;

      for (; i < n && pairs[i].probability == pairs[first].probability; i++)
        *(pairs[i].y > 0.5 ? &yes : &no) += 1.0;
      sum += yes * (below + 0.5 * no);
      below += no;
      first = i;
    }
  return n_yes > 0 && n_yes < n ? sum / ((double) n_yes * (n - n_yes)) : NAN;
}

/* Rows of equal probability at the edge of the tenth are taken in proportion. */
static double
get_lift (const Pair *pairs,
          guint       n,
          guint       n_yes)
{
  double wanted = n / 10.0;
  double left = wanted;
  double found = 0.0;

  for (guint last = n; last > 0 && left > 0.0;)
    {
      double count = 0.0;
      double yes = 0.0;
      double probability = pairs[last - 1].probability;

      for (; last > 0 && pairs[last - 1].probability == probability; last--)
        {
          count += 1.0;
          yes += pairs[last - 1].y;
        }
      found += yes * MIN (1.0, left / count);
      left -= count;
    }
  return n_yes > 0 ? found / wanted / ((double) n_yes / n) : NAN;
}

static void
take_bins (StoreOutcomeErrors *self,
           const Pair         *pairs)
{
  for (guint i = 0; i < self->n; i++)
    {
      guint bin = (guint) ((guint64) i * STORE_OUTCOME_BINS / self->n);

      self->n_bin[bin]++;
      self->predicted[bin] += pairs[i].probability;
      self->actual[bin] += pairs[i].y;
    }
  for (guint bin = 0; bin < STORE_OUTCOME_BINS; bin++)
    {
      self->predicted[bin] /= self->n_bin[bin];
      self->actual[bin] /= self->n_bin[bin];
    }
}

/**
 * store_outcome_errors_measure:
 * @self: (out): the errors
 * @probabilities: foretold
 * @y: what came, 0 or 1; NAN where it is not known
 * @n: number of rows
 */
void
store_outcome_errors_measure (StoreOutcomeErrors *self,
                              const double       *probabilities,
                              const double       *y,
                              guint               n)
{
  g_autofree Pair *pairs = g_new (Pair, n + 1);

  memset (self, 0, sizeof *self);
  for (guint i = 0; i < n; i++)
    {
      double p = CLAMP (probabilities[i], LEAST, 1.0 - LEAST);
      double rest = probabilities[i] - y[i];

      if (!isfinite (y[i]))
        continue;
      pairs[self->n++] = (Pair) { probabilities[i], y[i] };
      self->n_yes += y[i] > 0.5;
      self->log_loss -= y[i] > 0.5 ? log (p) : log1p (-p);
      self->brier += rest * rest;
    }
  qsort (pairs, self->n, sizeof *pairs, compare_pairs);
  self->log_loss /= self->n;
  self->brier /= self->n;
  self->auc = get_auc (pairs, self->n, self->n_yes);
  self->lift = get_lift (pairs, self->n, self->n_yes);
  take_bins (self, pairs);
}

static void
write_bins (const StoreOutcomeErrors *self,
            JsonBuilder              *builder)
{
  json_builder_set_member_name (builder, "calibration");
  json_builder_begin_array (builder);
  for (guint bin = 0; bin < STORE_OUTCOME_BINS; bin++)
    {
      json_builder_begin_object (builder);
      store_insight_json_add_count (builder, "n", self->n_bin[bin]);
      store_insight_json_add_number (builder, "predicted", self->predicted[bin]);
      store_insight_json_add_number (builder, "actual", self->actual[bin]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/**
 * store_outcome_errors_write:
 * @self: errors
 * @with_bins: whether to write the calibration table
 * @builder: with an object open
 */
void
store_outcome_errors_write (const StoreOutcomeErrors *self,
                            gboolean                  with_bins,
                            JsonBuilder              *builder)
{
  store_insight_json_add_number (builder, "auc", self->auc);
  store_insight_json_add_number (builder, "log_loss", self->log_loss);
  store_insight_json_add_number (builder, "brier", self->brier);
  store_insight_json_add_number (builder, "lift", self->lift);
  if (with_bins)
    write_bins (self, builder);
}

static gboolean
read_bin (StoreOutcomeErrors  *self,
          guint                bin,
          JsonObject          *object,
          GError             **error)
{
  gint64 n;

  if (!store_model_body_read_count (object, "n", 0, G_MAXUINT, &n, error) ||
      !store_model_body_read_number (object, "predicted", &self->predicted[bin], error) ||
      !store_model_body_read_number (object, "actual", &self->actual[bin], error))
    return FALSE;
  self->n_bin[bin] = (guint) n;
  return TRUE;
}

/**
 * store_outcome_errors_read_bins:
 * @self: errors
 * @object: with "calibration" as store_outcome_errors_write() wrote it, or anything
 * @error: return location
 *
 * Returns: %FALSE with %STORE_ERROR_DAMAGED
 */
gboolean
store_outcome_errors_read_bins (StoreOutcomeErrors  *self,
                                JsonObject          *object,
                                GError             **error)
{
  JsonArray *bins;
  gboolean good;

  if (!store_model_body_read_array (object, "calibration", &bins, error))
    return FALSE;
  good = json_array_get_length (bins) == STORE_OUTCOME_BINS;
  for (guint bin = 0; bin < STORE_OUTCOME_BINS && good; bin++)
    {
      JsonNode *node = json_array_get_element (bins, bin);

      good = JSON_NODE_HOLDS_OBJECT (node) &&
             read_bin (self, bin, json_node_get_object (node), NULL);
    }
  if (!good)
    g_set_error (error, STORE_ERROR, STORE_ERROR_DAMAGED,
                 _("The model is damaged at “%s”. Fit it anew, or choose another file."),
                 "calibration");
  return good;
}
