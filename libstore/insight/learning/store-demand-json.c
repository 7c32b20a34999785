/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>

#include "store-demand-private.h"
#include "store-figure-words.h"
#include "store-insight-json.h"

#define MOST_NAMED 3
#define N_NEAREST 3

/* Parts below this share of the largest are not worth a word. */
#define WORTH_A_WORD 0.05

typedef struct
{
  guint source;
  double part;
} Part;

static int
compare_parts (gconstpointer a,
               gconstpointer b)
{
  const Part *left = a;
  const Part *right = b;

  if (fabs (left->part) != fabs (right->part))
    return fabs (left->part) < fabs (right->part) ? 1 : -1;
  return left->source < right->source ? -1 : 1;
}

/* What each column adds compared with an average row, the most first. */
static Part *
find_parts (const StoreDemand *self,
            guint              row)
{
  const StoreEncoding *encoding = self->encoding;
  Part *parts = g_new0 (Part, encoding->n_sources + 1);

  for (guint s = 0; s < encoding->n_sources; s++)
    parts[s].source = s;
  for (guint k = 0; k < self->n_used; k++)
    parts[encoding->source_of[self->used[k]]].part +=
      self->fit->coefficients[k + 1] * self->z[(gsize) row * encoding->p + self->used[k]];
  qsort (parts, encoding->n_sources, sizeof *parts, compare_parts);
  return parts;
}

static char *
describe_cell (const StoreDemand *self,
               const char        *name,
               guint              row)
{
  const StoreRowsColumn *column = store_rows_find_column (self->rows, name);

  if (self->options.in_logs && column->numbers != NULL)
    return store_figure_words_dup (store_demand_to_own (self, column->numbers[row]));
  return store_rows_dup_cell (self->rows, name, row);
}

static char *
describe_part (const StoreDemand *self,
               const Part        *part,
               guint              row)
{
  const char *name = self->encoding->sources[part->source].name;
  g_autofree char *found = describe_cell (self, name, row);
  const char *cell = found != NULL ? found : C_("an empty cell", "nothing");
  gboolean adds = part->part > 0.0;
  g_autofree char *by =
    store_figure_words_dup (self->options.in_logs ? 100.0 * fabs (expm1 (part->part))
                                                  : fabs (part->part));

  if (self->options.in_logs)
    return g_strdup_printf (adds ? _("“%s: %s” adds %s %%") : _("“%s: %s” takes off %s %%"), name,
                            cell, by);
  return g_strdup_printf (adds ? _("“%s: %s” adds %s") : _("“%s: %s” takes off %s"), name, cell, by);
}

static char *
describe_expected (const StoreDemand *self,
                   guint              row)
{
  g_autofree char *expected = store_figure_words_dup (self->expected[row]);
  g_autofree char *low = store_figure_words_dup (self->low[row]);
  g_autofree char *high = store_figure_words_dup (self->high[row]);
  g_autofree char *usual =
    store_figure_words_dup (store_demand_to_own (self, self->fit->coefficients[0]));

  return g_strdup_printf (_("Expected %s, in eight of ten cases between %s and %s; usual is %s."),
                          expected, low, high, usual);
}

/**
 * store_demand_dup_reason:
 * @self: a result
 * @row: one of its rows
 *
 * Returns: (transfer full): what is expected and which columns make it more or less, in translated
 *   sentences
 */
char *
store_demand_dup_reason (const StoreDemand *self,
                         guint              row)
{
  g_autofree Part *parts = NULL;
  g_autofree char *expected = NULL;
  GString *text;

  g_return_val_if_fail (self != NULL && row < store_rows_get_n (self->rows), NULL);

  if (!self->enough)
    return g_strdup (self->notes[0] != NULL ? self->notes[g_strv_length (self->notes) - 1] : "");
  parts = find_parts (self, row);
  expected = describe_expected (self, row);
  text = g_string_new (expected);
  for (guint k = 0; k < MIN (self->encoding->n_sources, MOST_NAMED); k++)
    {
      g_autofree char *part = NULL;

      if (fabs (parts[k].part) <= WORTH_A_WORD * fabs (parts[0].part))
        break;
      part = describe_part (self, &parts[k], row);
      g_string_append (text, k == 0 ? " " : C_("between two parts of a sentence", "; "));
      g_string_append (text, part);
    }
  if (parts[0].part != 0.0)
    g_string_append (text, C_("the end of a sentence", "."));
  return g_string_free (text, FALSE);
}

static double
get_distance (const StoreDemand *self,
              guint              a,
              guint              b)
{
  guint p = self->encoding->p;
  double squares = 0.0;

  for (guint j = 0; j < p; j++)
    {
      double step = self->z[(gsize) a * p + j] - self->z[(gsize) b * p + j];

      squares += step * step;
    }
  return sqrt (squares);
}

/* The known row nearest to @row that is farther than @beyond, or as far and later. */
static gboolean
find_next (const StoreDemand *self,
           guint              row,
           double             beyond,
           guint              after,
           guint             *found,
           double            *distance)
{
  *distance = INFINITY;
  for (guint i = 0; i < store_rows_get_n (self->rows); i++)
    {
      double there;

      if (i == row || !isfinite (self->y[i]))
        continue;
      there = get_distance (self, row, i);
      if (there < beyond || (there == beyond && i <= after) || there >= *distance)
        continue;
      *distance = there;
      *found = i;
    }
  return isfinite (*distance);
}

/**
 * store_demand_find_nearest:
 * @self: a result
 * @row: one of its rows
 *
 * Returns: (transfer full): a JSON array of the three known rows most like it, each {"id",
 *   "reason" (how it stood), "outcome" (what there was), "distance"}
 */
JsonNode *
store_demand_find_nearest (const StoreDemand *self,
                           guint              row)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  double distance = -1.0;
  guint found = 0;

  json_builder_begin_array (builder);
  for (guint k = 0; k < N_NEAREST && self->enough; k++)
    {
      g_autofree Part *parts = NULL;
      g_autofree char *how = NULL;
      g_autofree char *outcome = NULL;

      if (!find_next (self, row, distance, found, &found, &distance))
        break;
      parts = find_parts (self, found);
      how = describe_part (self, &parts[0], found);
      outcome = store_figure_words_dup_cell (self->y[found]);
      json_builder_begin_object (builder);
      store_insight_json_add_text (builder, "id", store_rows_get_id (self->rows, found));
      store_insight_json_add_text (builder, "reason", how);
      store_insight_json_add_text (builder, "outcome", outcome);
      store_insight_json_add_number (builder, "distance", distance);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  return json_builder_get_root (builder);
}

static void
add_coefficient (const StoreDemand *self,
                 guint              k,
                 JsonBuilder       *builder)
{
  double sd = self->encoding->sds[self->used[k]];

  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "name", self->encoding->names[self->used[k]]);
  store_insight_json_add_number (builder, "coefficient", self->fit->coefficients[k + 1] / sd);
  store_insight_json_add_number (builder, "error", self->fit->errors[k + 1] / sd);
  store_insight_json_add_number (builder, "p_value", self->fit->p_values[k + 1]);
  json_builder_end_object (builder);
}

static void
add_fit (const StoreDemand *self,
         JsonBuilder       *builder)
{
  double constant = self->fit->coefficients[0];

  for (guint k = 0; k < self->n_used; k++)
    constant -= self->fit->coefficients[k + 1] * self->encoding->means[self->used[k]] /
                self->encoding->sds[self->used[k]];
  json_builder_set_member_name (builder, "fit");
  json_builder_begin_object (builder);
  store_insight_json_add_count (builder, "n", self->fit->n);
  store_insight_json_add_number (builder, "constant", constant);
  store_insight_json_add_number (builder, "r2", self->fit->r2);
  store_insight_json_add_number (builder, "sigma", self->fit->sigma);
  store_insight_json_add_number (builder, "mae", self->fit->mae);
  store_insight_json_add_number (builder, "rmse", self->fit->rmse);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "coefficients");
  json_builder_begin_array (builder);
  for (guint k = 0; k < self->n_used; k++)
    add_coefficient (self, k, builder);
  json_builder_end_array (builder);
}

static void
add_validation (const StoreDemand *self,
                JsonBuilder       *builder)
{
  const StoreDemandErrors *errors = &self->errors;
  g_autofree char *off = store_figure_words_dup (errors->mae);
  g_autofree char *naive = store_figure_words_dup (errors->naive_mae);
  g_autofree char *words = g_strdup_printf (
    _("On %u rows held back, the expectation was off by %s on average; the simple rule by %s."),
    errors->n, off, naive);

  json_builder_set_member_name (builder, "validation");
  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "words", words);
  store_insight_json_add_count (builder, "held_back", errors->n);
  store_insight_json_add_number (builder, "mae", errors->mae);
  store_insight_json_add_number (builder, "rmse", errors->rmse);
  json_builder_set_member_name (builder, "naive");
  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "rule",
                               self->options.naive != NULL ? self->options.naive : "mean");
  store_insight_json_add_number (builder, "mae", errors->naive_mae);
  store_insight_json_add_number (builder, "rmse", errors->naive_rmse);
  json_builder_end_object (builder);
  store_insight_json_add_truth (builder, "helps", self->helps);
  json_builder_end_object (builder);
}

static void
add_rows (const StoreDemand *self,
          JsonBuilder       *builder)
{
  json_builder_set_member_name (builder, "rows");
  json_builder_begin_array (builder);
  for (guint i = 0; i < store_rows_get_n (self->rows); i++)
    {
      json_builder_begin_object (builder);
      store_insight_json_add_text (builder, "id", store_rows_get_id (self->rows, i));
      store_insight_json_add_number (builder, "expected", self->enough ? self->expected[i] : NAN);
      store_insight_json_add_number (builder, "low", self->enough ? self->low[i] : NAN);
      store_insight_json_add_number (builder, "high", self->enough ? self->high[i] : NAN);
      store_insight_json_add_number (builder, "actual", self->y[i]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/**
 * store_demand_to_json:
 * @self: a result
 *
 * Returns: (transfer full): a JSON object: the head, "settings", with enough data "fit",
 *   "coefficients" and "validation"; then "rows"
 */
JsonNode *
store_demand_to_json (const StoreDemand *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const StoreInsightHead head = {
    .analysis = "demand",
    .method = "linear",
    .definition = _("What is to be expected of a row, by a straight line over its columns, with the "
                    "interval that holds eight of ten."),
    .unit = _("as in the data"),
    .until = self->options.until,
    .enough = self->enough,
    .notes = (const char *const *) self->notes,
  };

  json_builder_begin_object (builder);
  store_insight_json_add_head (builder, &head);
  json_builder_set_member_name (builder, "settings");
  json_builder_begin_object (builder);
  store_insight_json_add_count (builder, "seed", (gint64) self->options.seed);
  store_insight_json_add_texts (builder, "leave_out", self->options.leave_out);
  store_insight_json_add_truth (builder, "by_time", self->options.by_time);
  store_insight_json_add_truth (builder, "in_logs", self->options.in_logs);
  json_builder_end_object (builder);
  if (self->enough)
    {
      add_fit (self, builder);
      add_validation (self, builder);
    }
  add_rows (self, builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
