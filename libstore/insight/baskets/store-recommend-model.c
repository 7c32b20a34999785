/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What goes with what, carried to other customers. The body of the model:
 *
 *   { "shrinkage", "neighbours", "n_customers", "enough",
 *     "items": [item …], "names": [name …], ascending by their bytes,
 *     "counts": [customers who have it …],
 *     "rows": [[item, customers who have both, item, customers …] …] }
 *
 * where the numbers in rows are places in "items". Similarities follow from the counts. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "store-error.h"
#include "store-insight-json.h"
#include "store-model-body.h"
#include "store-recommend-private.h"

#define VERSION 1

static void
add_row (JsonBuilder          *builder,
         const StoreRecommend *self,
         guint32               item)
{
  guint n;
  const StoreSimilarItem *row = store_similar_items_get_row (self->similar, item, &n);

  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++)
    {
      json_builder_add_int_value (builder, row[i].item);
      json_builder_add_int_value (builder, row[i].shared);
    }
  json_builder_end_array (builder);
}

static JsonNode *
write_body (const StoreRecommend *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  store_insight_json_add_number (builder, "shrinkage", self->options.shrinkage);
  store_insight_json_add_count (builder, "neighbours", self->options.n_neighbours);
  store_insight_json_add_count (builder, "n_customers", self->n_customers);
  store_insight_json_add_truth (builder, "enough", self->enough);
  store_insight_json_add_texts (builder, "items", (const char *const *) self->items);
  store_insight_json_add_texts (builder, "names", (const char *const *) self->names);
  json_builder_set_member_name (builder, "counts");
  json_builder_begin_array (builder);
  for (guint32 item = 0; item < self->n_items; item++)
    json_builder_add_int_value (builder, store_similar_items_get_count (self->similar, item));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "rows");
  json_builder_begin_array (builder);
  for (guint32 item = 0; item < self->n_items; item++)
    add_row (builder, self, item);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/**
 * store_recommend_to_model:
 * @self: offers
 *
 * Returns: (transfer full): what goes with what, to be kept or carried to other customers
 */
StoreModel *
store_recommend_to_model (const StoreRecommend *self)
{
  StoreModelHead head = {
    .analysis = "recommend",
    .method = store_recommend_method_get_name (self->method),
    .version = VERSION,
    .until = self->until == STORE_BASKETS_NO_DAY ? STORE_PURCHASE_UNTIL_LAST : self->until,
    .fingerprint = self->fingerprint,
    .n_rows = self->n_customers,
  };

  return store_model_new (&head, write_body (self));
}

/* The parts of a body while they are read. */
typedef struct
{
  guint n_items;
  char **items;
  char **names;
  guint32 *counts;
  gsize *ends;
  GArray *rows;
  guint32 most;
} Body;

static void
body_clear (Body *self)
{
  g_strfreev (self->items);
  g_strfreev (self->names);
  g_free (self->counts);
  g_free (self->ends);
  g_clear_pointer (&self->rows, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Body, body_clear)

static gboolean
read_whole (JsonArray *array,
            guint      at,
            gint64     lowest,
            gint64     highest,
            guint32   *value)
{
  JsonNode *node = json_array_get_element (array, at);
  gint64 number;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  number = json_node_get_int (node);
  *value = (guint32) number;
  return number >= lowest && number <= highest;
}

static gboolean
read_counts (Body        *self,
             JsonObject  *object,
             GError     **error)
{
  JsonArray *array;
  gboolean good;

  if (!store_model_body_read_array (object, "counts", &array, error))
    return FALSE;
  good = json_array_get_length (array) == self->n_items;
  self->counts = g_new0 (guint32, (gsize) self->n_items + 1);
  for (guint i = 0; i < self->n_items && good; i++)
    good = read_whole (array, i, 0, self->most, &self->counts[i]) &&
           (i == 0 || strcmp (self->items[i - 1], self->items[i]) < 0);
  return good;
}

/* Items must ascend, and no pair can be more often than either of it. */
static gboolean
read_row (Body      *self,
          guint32    item,
          JsonNode  *node)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  gint64 lowest = 0;

  if (array == NULL || json_array_get_length (array) % 2 != 0)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i += 2)
    {
      StoreSimilarItem similar = { 0 };

      if (!read_whole (array, i, lowest, (gint64) self->n_items - 1, &similar.item) ||
          !read_whole (array, i + 1, 1, MIN (self->counts[item], self->counts[similar.item]),
                       &similar.shared))
        return FALSE;
      lowest = (gint64) similar.item + 1;
      g_array_append_val (self->rows, similar);
    }
  self->ends[item] = self->rows->len;
  return TRUE;
}

static gboolean
read_rows (Body        *self,
           JsonObject  *object,
           GError     **error)
{
  JsonArray *array;
  gboolean good;

  if (!store_model_body_read_array (object, "rows", &array, error))
    return FALSE;
  good = json_array_get_length (array) == self->n_items;
  self->rows = g_array_new (FALSE, FALSE, sizeof (StoreSimilarItem));
  self->ends = g_new0 (gsize, (gsize) self->n_items + 1);
  for (guint i = 0; i < self->n_items && good; i++)
    good = read_row (self, i, json_array_get_element (array, i));
  return good;
}

static gboolean
read_options (StoreRecommend  *self,
              JsonObject      *object,
              Body            *body,
              GError         **error)
{
  gint64 n_neighbours;
  gint64 n_customers;
  guint n_names;

  if (!store_model_body_read_number (object, "shrinkage", &self->options.shrinkage, error) ||
      !store_model_body_read_count (object, "neighbours", 0, G_MAXINT32, &n_neighbours, error) ||
      !store_model_body_read_count (object, "n_customers", 0, G_MAXINT32, &n_customers, error) ||
      !store_model_body_read_truth (object, "enough", &self->enough, error) ||
      !(body->items = store_model_body_dup_texts (object, "items", &body->n_items, error)) ||
      !(body->names = store_model_body_dup_texts (object, "names", &n_names, error)))
    return FALSE;
  self->options.n_neighbours = (guint) n_neighbours;
  body->most = G_MAXINT32;
  return n_names == body->n_items && isfinite (self->options.shrinkage) &&
         self->options.shrinkage >= 0.0;
}

static gboolean
read_body (StoreRecommend  *self,
           JsonObject      *object,
           GError         **error)
{
  g_auto (Body) body = { 0 };
  g_autoptr (GError) local = NULL;
  StoreSimilarOptions options = STORE_SIMILAR_OPTIONS_INIT;

  if (!read_options (self, object, &body, &local) || !read_counts (&body, object, &local) ||
      !read_rows (&body, object, &local))
    {
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      else
        g_set_error_literal (error, STORE_ERROR, STORE_ERROR_DAMAGED,
                             _("The offers of this model are damaged. Fit it anew, or choose "
                               "another file."));
      return FALSE;
    }
  options.similarity = self->method == STORE_RECOMMEND_JACCARD ? STORE_SIMILARITY_JACCARD
                                                               : STORE_SIMILARITY_COSINE;
  options.shrinkage = self->options.shrinkage;
  options.n_neighbours = self->options.n_neighbours;
  self->similar = store_similar_items_new_from_rows (body.n_items, body.counts, body.ends,
                                                     body.rows, &options);
  g_strfreev (self->items);
  g_strfreev (self->names);
  self->n_items = body.n_items;
  self->items = g_steal_pointer (&body.items);
  self->names = g_steal_pointer (&body.names);
  return TRUE;
}

/* What @baskets have of the items of the model, by customer. */
static StoreBaskets *
translate (const StoreRecommend *self,
           const StoreBaskets   *baskets)
{
  guint n = store_baskets_get_n_items (baskets);
  g_autofree guint32 *places = g_new (guint32, (gsize) n + 1);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->n_items; i++)
    g_hash_table_insert (known, self->items[i], GUINT_TO_POINTER (i + 1));
  for (guint32 item = 0; item < n; item++)
    {
      g_autofree char *key = store_baskets_dup_item (baskets, item);
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (known, key));

      places[item] = place > 0 ? place - 1 : STORE_BASKETS_LEFT_OUT;
    }
  return store_baskets_new_translated (baskets, places, self->n_items);
}

static gboolean
try_model (StoreRecommend                 *self,
           const StoreBaskets             *baskets,
           const StoreRecommendCustomers  *customers,
           gint32                          since,
           GCancellable                   *cancellable,
           GError                        **error)
{
  StoreRecommendMethod methods[] = { self->method, STORE_RECOMMEND_POPULAR };
  g_autoptr (StoreBaskets) whole_before = NULL;
  g_autoptr (StoreBaskets) whole_after = NULL;
  g_autoptr (StoreBaskets) before = NULL;
  g_autoptr (StoreBaskets) after = NULL;

  store_recommend_hold_back (baskets, customers, since, &whole_before, &whole_after);
  before = translate (self, whole_before);
  after = translate (self, whole_after);
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      StoreRecommendTrial trial = { .method = methods[i] };

      if (i > 0 && methods[i] == self->method)
        break;
      if (!store_recommend_try (&trial, self->similar, before, after, self->options.k, cancellable,
                                error))
        return FALSE;
      store_recommend_put_trial (self, &trial);
    }
  return TRUE;
}

/* What was learnt from proves nothing: a model is tried on last days after its own where there are
 * any, on all where they are of other customers, and not at all on the baskets of the model. */
static gboolean
try_on_others (StoreRecommend                 *self,
               const StoreModelHead           *head,
               const StoreBaskets             *baskets,
               const StoreRecommendCustomers  *customers,
               GCancellable                   *cancellable,
               GError                        **error)
{
  g_autoptr (GStrvBuilder) notes = g_strv_builder_new ();
  g_autofree char *fingerprint = store_baskets_dup_fingerprint (baskets);
  const gboolean is_same = g_strcmp0 (fingerprint, head->fingerprint) == 0;
  const gint32 since = head->until < self->until ? head->until : STORE_BASKETS_NO_DAY;

  if (is_same)
    g_strv_builder_add (notes, _("These are the baskets that the model was made from, so it cannot "
                                 "be tried on them."));
  self->notes = g_strv_builder_end (notes);
  return is_same || try_model (self, baskets, customers, since, cancellable, error);
}

static gboolean
read_method (const char           *name,
             StoreRecommendMethod *method)
{
  for (*method = STORE_RECOMMEND_COSINE; *method < STORE_RECOMMEND_N_METHODS; ++*method)
    if (g_strcmp0 (name, store_recommend_method_get_name (*method)) == 0)
      return TRUE;
  return FALSE;
}

/**
 * store_recommend_new_from_model:
 * @model: what goes with what
 * @baskets: of the customers who get offers, closed
 * @options: @k, @customer and @progress count, the rest is the model's
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Offers by a model that was made of other customers, or of the same ones before. Things that the
 * model does not know are passed over. Tried on days after those of the model, or on all where none
 * is later; on the very baskets of the model it is not, and a note says so.
 *
 * Returns: (transfer full): the offers, or %NULL with %STORE_ERROR_INVALID (another analysis),
 *   %STORE_ERROR_TOO_NEW, %STORE_ERROR_DAMAGED, or as from store_recommend_new()
 */
StoreRecommend *
store_recommend_new_from_model (StoreModel                   *model,
                                const StoreBaskets           *baskets,
                                const StoreRecommendOptions  *options,
                                GCancellable                 *cancellable,
                                GError                      **error)
{
  g_autoptr (StoreRecommend) self = NULL;
  g_autoptr (StoreBaskets) whole = NULL;
  g_autoptr (StoreBaskets) owned = NULL;
  g_auto (StoreRecommendCustomers) customers = { 0 };

  g_return_val_if_fail (model != NULL && baskets != NULL && options != NULL, NULL);
  g_return_val_if_fail (options->k > 0, NULL);

  if (!store_model_check (model, "recommend", VERSION, error))
    return NULL;
  self = g_new0 (StoreRecommend, 1);
  self->options = *options;
  self->options.customer = self->customer = g_strdup (options->customer);
  self->until = store_baskets_get_last_day (baskets);
  self->fingerprint = g_strdup (store_model_get_head (model)->fingerprint);
  store_recommend_customers_init (&customers, baskets);
  store_recommend_take_names (self, baskets, &customers);
  if (!read_method (store_model_get_head (model)->method, &self->method))
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_DAMAGED,
                           _("The offers of this model are damaged. Fit it anew, or choose another "
                             "file."));
      return NULL;
    }
  if (!read_body (self, store_model_get_body (model), error) ||
      !try_on_others (self, store_model_get_head (model), baskets, &customers, cancellable, error))
    return NULL;

  whole = store_baskets_new_grouped (baskets, customers.groups, customers.n_all);
  owned = translate (self, whole);
  if (!store_recommend_make_offers (self, owned, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}
