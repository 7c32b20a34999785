/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Why a row has its probability, in words: the parts of its columns (store-outcomes-parts.c), and the
 * known rows most alike. A kernel has no parts; there the rows most alike speak. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>

#include "store-insight-json.h"
#include "store-outcomes-private.h"

#define MOST_NAMED 3
#define N_NEAREST 3

/* Parts smaller than this share of the largest are not worth a word. */
#define WORTH_A_WORD 0.05

static char *
describe_cell (const StoreOutcomes *self,
               const StoreRows     *rows,
               guint                source,
               guint                row)
{
  const char *name = self->encoding->sources[source].name;
  g_autofree char *cell = NULL;

  if (self->options.describe != NULL)
    return self->options.describe (rows, row, name);
  cell = store_rows_dup_cell (rows, name, row);
  return g_strdup_printf (C_("a column and its value", "%s: %s"), name,
                          cell != NULL ? cell : C_("an empty cell", "nothing"));
}

/* “Contract: One year”, “tenure: 60”: the parts of one sign that are worth a word. */
static char *
list_parts (const StoreOutcomes     *self,
            const StoreOutcomesPart *parts,
            double                   sign,
            guint                    row,
            guint                   *n)
{
  GString *list = g_string_new (NULL);

  *n = 0;
  for (guint k = 0; k < self->encoding->n_sources && *n < MOST_NAMED; k++)
    {
      g_autofree char *cell = NULL;

      if (parts[k].part * sign <= WORTH_A_WORD * fabs (parts[0].part))
        continue;
      cell = describe_cell (self, self->rows, parts[k].source, row);
      if ((*n)++ > 0)
        g_string_append (list, C_("between the parts of a list", ", "));
      g_string_append_printf (list, C_("a part that decides", "“%s”"), cell);
    }
  return g_string_free (list, FALSE);
}

static char *
describe_parts (const StoreOutcomes     *self,
                const StoreOutcomesPart *parts,
                guint                    row)
{
  guint n_raising;
  guint n_lowering;
  g_autofree char *raising = list_parts (self, parts, 1.0, row, &n_raising);
  g_autofree char *lowering = list_parts (self, parts, -1.0, row, &n_lowering);
  g_autofree char *raises = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s raises it",
                                                          "%s raise it", n_raising), raising);
  g_autofree char *lowers = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s lowers it",
                                                          "%s lower it", n_lowering), lowering);

  if (n_raising > 0 && n_lowering > 0)
    return g_strdup_printf (C_("what raises and what lowers", "%s; %s."), raises, lowers);
  if (n_raising + n_lowering == 0)
    return g_strdup (_("Nothing about this row is out of the ordinary."));
  return g_strdup_printf (C_("a part as a whole sentence", "%s."),
                          n_raising > 0 ? raises : lowers);
}

typedef struct
{
  double distance;
  guint row;
} Near;

static int
compare_near (gconstpointer a,
              gconstpointer b)
{
  const Near *left = a;
  const Near *right = b;

  if (left->distance != right->distance)
    return left->distance < right->distance ? -1 : 1;
  return left->row < right->row ? -1 : 1;
}

/* Where known rows are looked for: what was learnt from, or what was given. */
typedef struct
{
  const StoreRows *rows;
  const double *z;
  const double *y;
} Past;

static Past
get_past (const StoreOutcomes *self)
{
  if (self->learnt != NULL)
    return (Past) { self->learnt, self->learnt_z, self->learnt_y };
  return (Past) { self->rows, self->z, self->y };
}

static double
get_distance (const double *a,
              const double *b,
              guint         p)
{
  double squares = 0.0;

  for (guint j = 0; j < p; j++)
    squares += (a[j] - b[j]) * (a[j] - b[j]);
  return sqrt (squares);
}

/* The known rows most like this one, but not this one. */
static guint
find_near (const StoreOutcomes *self,
           guint                row,
           Near                *nearest)
{
  Past past = get_past (self);
  guint p = self->encoding->p;
  guint n_found = 0;

  for (guint i = 0; i < store_rows_get_n (past.rows); i++)
    {
      Near near = { 0.0, i };
      guint at;

      if (!isfinite (past.y[i]) || g_str_equal (store_rows_get_id (past.rows, i),
                                                store_rows_get_id (self->rows, row)))
        continue;
      near.distance = get_distance (past.z + (gsize) i * p, self->z + (gsize) row * p, p);
      for (at = n_found; at > 0 && compare_near (&near, &nearest[at - 1]) < 0; at--)
        if (at < N_NEAREST)
          nearest[at] = nearest[at - 1];
      if (at < N_NEAREST)
        nearest[at] = near;
      n_found = MIN (n_found + 1, N_NEAREST);
    }
  return n_found;
}

static char *
describe_near (const StoreOutcomes *self,
               guint                row)
{
  Past past = get_past (self);
  Near nearest[N_NEAREST];
  guint n = find_near (self, row, nearest);
  guint n_yes = 0;

  for (guint i = 0; i < n; i++)
    n_yes += past.y[nearest[i].row] > 0.5;
  if (n == 0)
    return g_strdup (_("The method cannot say which column decided."));
  return g_strdup_printf (_("Known rows most like it: %u; of these a yes: %u."), n, n_yes);
}

/**
 * store_outcomes_dup_reason:
 * @self: a result
 * @row: one of its rows
 *
 * Says why the row has its probability, such as "Probability 73 %, on average 27 %. “Contract:
 * Month-to-month” raises it; “tenure: 60” lowers it."
 *
 * Returns: (transfer full): translated sentences
 */
char *
store_outcomes_dup_reason (const StoreOutcomes *self,
                           guint                row)
{
  g_autofree StoreOutcomesPart *parts = NULL;
  g_autofree char *head = NULL;
  g_autofree char *why = NULL;

  g_return_val_if_fail (self != NULL && row < store_rows_get_n (self->rows), NULL);

  if (!self->enough)
    return g_strdup (self->notes[0] != NULL ? self->notes[g_strv_length (self->notes) - 1] : "");
  parts = store_outcomes_find_parts (self, row);
  head = g_strdup_printf (_("Probability %.0f %%, on average %.0f %%."),
                          100.0 * self->probability[row], 100.0 * self->n_yes / self->n_known);
  why = parts != NULL ? describe_parts (self, parts, row) : describe_near (self, row);
  return g_strdup_printf (C_("two sentences", "%s %s"), head, why);
}

static gboolean
is_theme (const StoreOutcomes *self,
          guint                source)
{
  const char *name = self->encoding->sources[source].name;

  return self->options.get_theme == NULL || g_str_equal (self->options.get_theme (name), name);
}

/* What stood in the columns that decided for @row, in another row. */
static char *
describe_other (const StoreOutcomes     *self,
                const StoreRows         *rows,
                guint                    other,
                const StoreOutcomesPart *parts)
{
  GString *list = g_string_new (NULL);
  guint n = 0;

  for (guint k = 0; k < self->encoding->n_sources && n < MOST_NAMED; k++)
    {
      guint source = parts != NULL ? parts[k].source : k;
      g_autofree char *cell = NULL;

      if (!is_theme (self, source))
        continue;
      cell = describe_cell (self, rows, source, other);
      if (n++ > 0)
        g_string_append (list, C_("between the parts of a list", ", "));
      g_string_append (list, cell);
    }
  return g_string_free (list, FALSE);
}

static const char *
get_outcome (const StoreOutcomes *self,
             const Past          *past,
             guint                row)
{
  const StoreRowsColumn *labels = store_rows_get_labels (past->rows);
  const char *named = past->y[row] > 0.5 ? self->options.yes_outcome : self->options.no_outcome;

  if (named != NULL)
    return named;
  if (labels->texts != NULL)
    return labels->texts[row];
  return past->y[row] > 0.5 ? _("yes") : _("no");
}

/**
 * store_outcomes_find_nearest:
 * @self: a result
 * @row: one of its rows
 *
 * Returns: (transfer full): a JSON array of the three known rows most like it, each {"id",
 *   "reason" (how it stood), "outcome" (what came), "distance"}; empty where none are known
 */
JsonNode *
store_outcomes_find_nearest (const StoreOutcomes *self,
                             guint                row)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree StoreOutcomesPart *parts = self->enough ? store_outcomes_find_parts (self, row) : NULL;
  Past past = get_past (self);
  Near nearest[N_NEAREST];
  guint n = self->enough ? find_near (self, row, nearest) : 0;

  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *how = describe_other (self, past.rows, nearest[i].row, parts);

      json_builder_begin_object (builder);
      store_insight_json_add_text (builder, "id", store_rows_get_id (past.rows, nearest[i].row));
      store_insight_json_add_text (builder, "reason", how);
      store_insight_json_add_text (builder, "outcome", get_outcome (self, &past, nearest[i].row));
      store_insight_json_add_number (builder, "distance", nearest[i].distance);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  return json_builder_get_root (builder);
}
