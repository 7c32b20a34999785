/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A random forest as a method. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "store-classifier-methods.h"
#include "store-error.h"
#include "store-forest.h"
#include "store-model-body.h"

static gpointer
fit (const StoreSample  *sample,
     guint64             seed,
     GStrvBuilder       *notes,
     GCancellable       *cancellable,
     GError            **error)
{
  StoreForestOptions options = STORE_FOREST_OPTIONS_INIT;

  options.seed = seed;
  return store_forest_new (sample->x, sample->y, sample->n, sample->p, &options, cancellable,
                           error);
}

static gboolean
score (gconstpointer   model,
       const double   *x,
       guint           n,
       guint           p,
       double         *probabilities,
       GError        **error)
{
  for (guint i = 0; i < n; i++)
    probabilities[i] = store_forest_score (model, x + (gsize) i * p);
  return TRUE;
}

static gboolean
contribute (gconstpointer   model,
            const double   *x,
            guint           p,
            double         *contributions,
            GError        **error)
{
  store_forest_contribute (model, x, contributions);
  return TRUE;
}

static void
write_model (gconstpointer  model,
             JsonBuilder   *builder)
{
  const StoreForest *forest = model;

  json_builder_set_member_name (builder, "trees");
  json_builder_begin_array (builder);
  for (guint i = 0; i < forest->n_trees; i++)
    store_tree_write (&forest->trees[i], builder);
  json_builder_end_array (builder);
}

static gpointer
read_model (JsonObject  *object,
            guint        p,
            GError     **error)
{
  g_autoptr (StoreForest) forest = g_new0 (StoreForest, 1);
  gboolean good = TRUE;
  JsonArray *trees;

  if (!store_model_body_read_array (object, "trees", &trees, error))
    return NULL;
  forest->n_trees = json_array_get_length (trees);
  forest->trees = g_new0 (StoreTree, forest->n_trees + 1);
  for (guint i = 0; i < forest->n_trees && good; i++)
    {
      JsonNode *node = json_array_get_element (trees, i);

      good = JSON_NODE_HOLDS_OBJECT (node) &&
             store_tree_read (&forest->trees[i], json_node_get_object (node), p, NULL);
    }
  if (good && forest->n_trees > 0)
    return g_steal_pointer (&forest);
  g_set_error (error, STORE_ERROR, STORE_ERROR_DAMAGED,
               _("The model is damaged at “%s”. Fit it anew, or choose another file."), "trees");
  return NULL;
}

static void
free_model (gpointer model)
{
  store_forest_free (model);
}

const StoreClassifierClass store_classifier_forest = {
  "forest", fit, score, contribute, write_model, read_model, free_model,
};
