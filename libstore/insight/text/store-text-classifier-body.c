/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A classifier in JSON:
 *
 *   { "labels": [...], "several": false, "sharpness": .., "trust": .., "offset": ..,
 *     "trial": { ... }, "hashes": "...", "rarity": "...", "weights": "..." }
 *
 * The last three are base64 of little-endian numbers of 32 bits: unsigned, and IEEE 754 for the
 * other two. Weights lie piece by piece, as many as there are labels, and those of every message
 * last. Reading gives the bits that were written.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "store-error.h"
#include "store-insight-json.h"
#include "store-model-body.h"
#include "store-text-classifier.h"

#define MOST_LABELS 10000
#define MOST_PIECES (16 * 1024 * 1024)

static void
add_words (JsonBuilder   *builder,
           const char    *name,
           const guint32 *words,
           gsize          n)
{
  g_autofree guint32 *ordered = g_new (guint32, n + 1);
  g_autofree char *text = NULL;

  for (gsize i = 0; i < n; i++)
    ordered[i] = GUINT32_TO_LE (words[i]);
  text = g_base64_encode ((const guchar *) ordered, n * sizeof *ordered);
  store_insight_json_add_text (builder, name, text);
}

static void
add_floats (JsonBuilder *builder,
            const char  *name,
            const float *values,
            gsize        n)
{
  g_autofree guint32 *words = g_memdup2 (values, MAX (n, 1) * sizeof *words);

  add_words (builder, name, words, n);
}

static void
add_weights (JsonBuilder            *builder,
             const StoreTextWeights *weights)
{
  gsize n_rows = (gsize) weights->n_pieces + 1;
  g_autofree float *packed = g_new (float, n_rows * weights->n_labels + 1);

  for (gsize i = 0; i < n_rows; i++)
    memcpy (packed + i * weights->n_labels, weights->values + i * weights->stride,
            weights->n_labels * sizeof *packed);
  add_floats (builder, "weights", packed, n_rows * weights->n_labels);
}

static void
add_trial (JsonBuilder          *builder,
           const StoreTextTrial *trial)
{
  json_builder_set_member_name (builder, "trial");
  json_builder_begin_object (builder);
  store_insight_json_add_count (builder, "n", trial->n);
  store_insight_json_add_count (builder, "right", trial->n_right);
  store_insight_json_add_count (builder, "learnt", trial->n_learnt);
  store_insight_json_add_count (builder, "listed", trial->n_listed);
  store_insight_json_add_count (builder, "naive", trial->n_naive);
  store_insight_json_add_count (builder, "found", trial->n_found);
  store_insight_json_add_count (builder, "given", trial->n_given);
  store_insight_json_add_count (builder, "true", trial->n_true);
  store_insight_json_add_number (builder, "log_loss", trial->log_loss);
  json_builder_end_object (builder);
}

/**
 * store_text_classifier_add_json:
 *
 * Adds it as an object, where a value is expected.
 */
void
store_text_classifier_add_json (const StoreTextClassifier *self,
                                JsonBuilder               *builder)
{
  g_return_if_fail (self != NULL && JSON_IS_BUILDER (builder));

  json_builder_begin_object (builder);
  store_insight_json_add_texts (builder, "labels", (const char *const *) self->labels);
  store_insight_json_add_truth (builder, "several", self->several);
  store_insight_json_add_number (builder, "sharpness", self->sharpness);
  store_insight_json_add_number (builder, "trust", self->trust);
  store_insight_json_add_number (builder, "offset", self->offset);
  add_trial (builder, &self->trial);
  add_words (builder, "hashes", self->vocabulary->hashes, self->vocabulary->n);
  add_floats (builder, "rarity", self->weights->rarity, self->weights->n_pieces);
  add_weights (builder, self->weights);
  json_builder_end_object (builder);
}

static gboolean
refuse (const char  *name,
        GError     **error)
{
  g_set_error (error, STORE_ERROR, STORE_ERROR_DAMAGED,
               _("The model is damaged at “%s”. Fit it anew, or choose another file."), name);
  return FALSE;
}

static guint32 *
read_words (JsonObject  *object,
            const char  *name,
            gsize       *n,
            GError     **error)
{
  g_autofree guchar *bytes = NULL;
  const char *text;
  guint32 *words;
  gsize length;

  if (!store_model_body_read_text (object, name, &text, error))
    return NULL;
  bytes = g_base64_decode (text, &length);
  if (length % sizeof *words != 0)
    {
      refuse (name, error);
      return NULL;
    }
  *n = length / sizeof *words;
  words = g_new (guint32, *n + 1);
  memcpy (words, bytes, length);
  for (gsize i = 0; i < *n; i++)
    words[i] = GUINT32_FROM_LE (words[i]);
  return words;
}

static float *
read_floats (JsonObject  *object,
             const char  *name,
             gsize        n,
             GError     **error)
{
  gsize n_found = 0;
  g_autofree guint32 *words = read_words (object, name, &n_found, error);
  g_autofree float *values = NULL;

  if (words == NULL)
    return NULL;
  if (n_found != n)
    {
      refuse (name, error);
      return NULL;
    }
  values = g_new (float, n + 1);
  memcpy (values, words, n * sizeof *values);
  for (gsize i = 0; i < n; i++)
    if (!isfinite (values[i]) || fabsf (values[i]) > 1e6f)
      {
        refuse (name, error);
        return NULL;
      }
  return g_steal_pointer (&values);
}

static gboolean
read_labels (StoreTextClassifier  *self,
             JsonObject           *object,
             GError              **error)
{
  JsonArray *array;

  if (!store_model_body_read_array (object, "labels", &array, error))
    return FALSE;
  self->n_labels = json_array_get_length (array);
  if (self->n_labels < 2 || self->n_labels > MOST_LABELS)
    return refuse ("labels", error);
  self->labels = g_new0 (char *, self->n_labels + 1);
  for (guint i = 0; i < self->n_labels; i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
        return refuse ("labels", error);
      self->labels[i] = json_node_dup_string (node);
    }
  return TRUE;
}

static gboolean
read_vocabulary (StoreTextClassifier  *self,
                 JsonObject           *object,
                 GError              **error)
{
  gsize n = 0;
  g_autofree guint32 *hashes = read_words (object, "hashes", &n, error);

  if (hashes == NULL)
    return FALSE;
  for (gsize i = 1; i < n; i++)
    if (hashes[i] <= hashes[i - 1])
      return refuse ("hashes", error);
  if (n > MOST_PIECES)
    return refuse ("hashes", error);
  self->vocabulary = store_text_vocabulary_new (g_steal_pointer (&hashes), (guint) n);
  return TRUE;
}

static gboolean
read_weights (StoreTextClassifier  *self,
              JsonObject           *object,
              GError              **error)
{
  gsize n_rows = (gsize) self->vocabulary->n + 1;
  g_autofree float *rarity = read_floats (object, "rarity", self->vocabulary->n, error);
  g_autofree float *packed =
    rarity != NULL ? read_floats (object, "weights", n_rows * self->n_labels, error) : NULL;

  if (packed == NULL)
    return FALSE;
  for (guint i = 0; i < self->vocabulary->n; i++)
    if (!(rarity[i] > 0))
      return refuse ("rarity", error);
  self->weights = store_text_weights_new (self->vocabulary->n, self->n_labels);
  memcpy (self->weights->rarity, rarity, self->vocabulary->n * sizeof *rarity);
  for (gsize i = 0; i < n_rows; i++)
    memcpy (self->weights->values + i * self->weights->stride, packed + i * self->n_labels,
            self->n_labels * sizeof *packed);
  return TRUE;
}

static gboolean
read_factor (JsonObject  *object,
             const char  *name,
             double       least,
             double       most,
             double      *value,
             GError     **error)
{
  if (!store_model_body_read_number (object, name, value, error))
    return FALSE;
  return (*value >= least && *value <= most) || refuse (name, error);
}

static gboolean
read_count (JsonObject  *object,
            const char  *name,
            guint       *value,
            GError     **error)
{
  gint64 count;

  if (!store_model_body_read_count (object, name, 0, G_MAXINT32, &count, error))
    return FALSE;
  *value = (guint) count;
  return TRUE;
}

static gboolean
read_trial (StoreTextTrial  *trial,
            JsonObject      *object,
            GError         **error)
{
  JsonObject *inner;

  return store_model_body_read_object (object, "trial", &inner, error) &&
         read_count (inner, "n", &trial->n, error) &&
         read_count (inner, "right", &trial->n_right, error) &&
         read_count (inner, "learnt", &trial->n_learnt, error) &&
         read_count (inner, "listed", &trial->n_listed, error) &&
         read_count (inner, "naive", &trial->n_naive, error) &&
         read_count (inner, "found", &trial->n_found, error) &&
         read_count (inner, "given", &trial->n_given, error) &&
         read_count (inner, "true", &trial->n_true, error) &&
         read_factor (inner, "log_loss", 0, 1e6, &trial->log_loss, error);
}

/**
 * store_text_classifier_new_from_json:
 * @object: what store_text_classifier_add_json() wrote, or anything
 *
 * Returns: (transfer full) (nullable): the classifier; %NULL with %STORE_ERROR_DAMAGED
 */
StoreTextClassifier *
store_text_classifier_new_from_json (JsonObject  *object,
                                     GError     **error)
{
  g_return_val_if_fail (object != NULL, NULL);

  g_autoptr (StoreTextClassifier) self = g_new0 (StoreTextClassifier, 1);

  if (!read_labels (self, object, error) ||
      !store_model_body_read_truth (object, "several", &self->several, error) ||
      !read_factor (object, "sharpness", 0, 1e3, &self->sharpness, error) ||
      !read_factor (object, "trust", 0, 1e3, &self->trust, error) ||
      !read_factor (object, "offset", -1e3, 1e3, &self->offset, error) ||
      !read_trial (&self->trial, object, error) ||
      !read_vocabulary (self, object, error) || !read_weights (self, object, error))
    return NULL;
  return g_steal_pointer (&self);
}
