/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A model as text is one JSON object:
 *
 *   { "clientele_model": 1, "analysis": …, "method": …, "version": …, "made": …, "until": …,
 *     "fingerprint": …, "rows": …, "body": { … } }
 *
 * The first number is the version of this frame, "version" that of the body. Days and times are
 * numbers, as in StoreModelHead; "until" is null where there is none. Numbers of the body have 17
 * digits, so that reading gives the bits that were written.
 */
#include "config.h"

#include "store-model.h"

#include "store-error.h"
#include "store-json-text.h"
#include "store-model-body.h"
#include "store-purchase-table.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#define FRAME "clientele_model"
#define FRAME_VERSION 1
#define MAX_DEPTH 64
#define MAX_SIZE (256 * 1024 * 1024)

struct _StoreModel
{
  gatomicrefcount refs;
  StoreModelHead head;
  char *analysis;
  char *method;
  char *fingerprint;
  JsonNode *body;
};

G_DEFINE_BOXED_TYPE (StoreModel, store_model, store_model_ref, store_model_unref)

/**
 * store_model_new:
 * @head: copied
 * @body: (transfer full): a JSON object, not changed any more; see store-model-body.h
 *
 * Returns: (transfer full): a model. Any thread.
 */
StoreModel *
store_model_new (const StoreModelHead *head,
                 JsonNode             *body)
{
  StoreModel *self;

  g_return_val_if_fail (head != NULL && head->analysis != NULL, NULL);
  g_return_val_if_fail (head->fingerprint != NULL && head->version > 0, NULL);
  g_return_val_if_fail (body != NULL && JSON_NODE_HOLDS_OBJECT (body), NULL);

  self = g_new0 (StoreModel, 1);
  g_atomic_ref_count_init (&self->refs);
  self->head = *head;
  self->head.analysis = self->analysis = g_strdup (head->analysis);
  self->head.method = self->method = g_strdup (head->method);
  self->head.fingerprint = self->fingerprint = g_strdup (head->fingerprint);
  if (self->head.made == 0)
    self->head.made = g_get_real_time () / 1000;
  json_node_seal (body);
  self->body = body;
  return self;
}

StoreModel *
store_model_ref (StoreModel *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
store_model_unref (StoreModel *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->analysis);
  g_free (self->method);
  g_free (self->fingerprint);
  json_node_unref (self->body);
  g_free (self);
}

/**
 * store_model_get_head:
 *
 * Returns: (transfer none): what the model says of itself. Any thread.
 */
const StoreModelHead *
store_model_get_head (const StoreModel *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->head;
}

/**
 * store_model_get_body:
 *
 * Returns: (transfer none): what the analysis put there; read it by store_model_body_read_number()
 *   and its siblings, for it may come from a file. Any thread.
 */
JsonObject *
store_model_get_body (const StoreModel *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return json_node_get_object (self->body);
}

/**
 * store_model_check:
 * @analysis: whose models can be read
 * @newest_version: the newest form of their body that can be read
 * @error: %STORE_ERROR_INVALID for another analysis, %STORE_ERROR_TOO_NEW for a later form
 *
 * The first thing to do with a model that somebody brings. Any thread.
 *
 * Returns: whether the model can be read
 */
gboolean
store_model_check (const StoreModel  *self,
                   const char        *analysis,
                   guint              newest_version,
                   GError           **error)
{
  g_return_val_if_fail (self != NULL && analysis != NULL, FALSE);

  if (!g_str_equal (self->analysis, analysis))
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_INVALID,
                   /* Translators: both are names such as clv or churn. */
                   _("This is a model of “%s”, not of “%s”. Choose another file."), self->analysis,
                   analysis);
      return FALSE;
    }
  if (self->head.version > newest_version)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_NEW,
                           _("This model was made by a later version of Clientele. Update the "
                             "program, or fit the model anew."));
      return FALSE;
    }
  return TRUE;
}

static void
add_optional_text (JsonBuilder *builder,
                   const char  *name,
                   const char  *text)
{
  json_builder_set_member_name (builder, name);
  if (text)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
add_count (JsonBuilder *builder,
           const char  *name,
           gint64       count)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, count);
}

/**
 * store_model_to_json:
 *
 * Returns: (transfer full): a JSON object with all that the model is. Any thread.
 */
JsonNode *
store_model_to_json (const StoreModel *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  g_return_val_if_fail (self != NULL, NULL);

  json_builder_begin_object (builder);
  add_count (builder, FRAME, FRAME_VERSION);
  add_optional_text (builder, "analysis", self->analysis);
  add_optional_text (builder, "method", self->method);
  add_count (builder, "version", self->head.version);
  add_count (builder, "made", self->head.made);
  if (self->head.until != STORE_PURCHASE_UNTIL_LAST)
    add_count (builder, "until", self->head.until);
  else
    add_optional_text (builder, "until", NULL);
  add_optional_text (builder, "fingerprint", self->fingerprint);
  add_count (builder, "rows", self->head.n_rows);
  json_builder_set_member_name (builder, "body");
  json_builder_add_value (builder, json_node_ref (self->body));
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static gboolean
read_until (JsonObject  *object,
            gint32      *until,
            GError     **error)
{
  JsonNode *node = json_object_get_member (object, "until");
  gint64 day;

  *until = STORE_PURCHASE_UNTIL_LAST;
  if (node != NULL && JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!store_model_body_read_count (object, "until", STORE_PURCHASE_FIRST_DAY,
                                    STORE_PURCHASE_LAST_DAY, &day, error))
    return FALSE;
  *until = (gint32) day;
  return TRUE;
}

static gboolean
read_method (JsonObject  *object,
             const char **method,
             GError     **error)
{
  JsonNode *node = json_object_get_member (object, "method");

  if (node != NULL && JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  return store_model_body_read_text (object, "method", method, error);
}

static gboolean
read_head (JsonObject      *object,
           StoreModelHead  *head,
           GError         **error)
{
  gint64 version;

  if (!store_model_body_read_text (object, "analysis", &head->analysis, error) ||
      !read_method (object, &head->method, error) ||
      !store_model_body_read_count (object, "version", 1, G_MAXINT32, &version, error) ||
      !store_model_body_read_count (object, "made", 1, G_MAXINT64, &head->made, error) ||
      !read_until (object, &head->until, error) ||
      !store_model_body_read_text (object, "fingerprint", &head->fingerprint, error) ||
      !store_model_body_read_count (object, "rows", 0, G_MAXINT64, &head->n_rows, error))
    return FALSE;
  head->version = (guint) version;
  return TRUE;
}

/**
 * store_model_new_from_json:
 * @node: from anywhere
 * @error: %STORE_ERROR_DAMAGED for what is no model, %STORE_ERROR_TOO_NEW for a later form
 *
 * Returns: (transfer full): the model. Any thread.
 */
StoreModel *
store_model_new_from_json (JsonNode  *node,
                           GError   **error)
{
  StoreModelHead head = { NULL };
  JsonObject *object;
  JsonObject *body;
  gint64 frame;

  g_return_val_if_fail (node != NULL, NULL);

  object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  if (object == NULL || !json_object_has_member (object, FRAME))
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_DAMAGED,
                           _("This is no model of Clientele. Choose another file."));
      return NULL;
    }
  if (!store_model_body_read_count (object, FRAME, 1, G_MAXINT64, &frame, error))
    return NULL;
  if (frame > FRAME_VERSION)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_NEW,
                           _("This model was made by a later version of Clientele. Update the "
                             "program, or fit the model anew."));
      return NULL;
    }
  if (!read_head (object, &head, error) ||
      !store_model_body_read_object (object, "body", &body, error))
    return NULL;
  return store_model_new (&head, json_node_copy (json_object_get_member (object, "body")));
}

/**
 * store_model_to_text:
 *
 * Returns: (transfer full): the model as JSON text, the same text for the same model. Any thread.
 */
char *
store_model_to_text (const StoreModel *self)
{
  g_autoptr (JsonNode) node = store_model_to_json (self);

  return store_json_text_print (node, TRUE);
}

/**
 * store_model_new_from_text:
 * @text: bytes from anywhere
 * @length: how many, -1 where they end with a zero
 * @error: as of store_model_new_from_json()
 *
 * Returns: (transfer full): the model. Any thread.
 */
StoreModel *
store_model_new_from_text (const char  *text,
                           gssize       length,
                           GError     **error)
{
  g_autoptr (JsonNode) node = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  node = store_json_text_parse (text, length, MAX_DEPTH);
  if (node == NULL)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_DAMAGED,
                           _("This is no model of Clientele, or a part of it is missing. Choose "
                             "another file."));
      return NULL;
    }
  return store_model_new_from_json (node, error);
}

static gboolean
fail_file (const char  *path,
           GError      *cause,
           GError     **error)
{
  gboolean is_full = g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOSPC);

  g_set_error (error, STORE_ERROR, is_full ? STORE_ERROR_FULL : STORE_ERROR_FAILED,
               is_full ? _("There is no room for “%s”. Free some, or choose another place.")
                       : _("The model “%s” cannot be read or written. Choose another place."),
               path);
  g_debug ("model: %s", cause->message);
  return FALSE;
}

/**
 * store_model_save:
 * @path: of a file, replaced as a whole or not at all
 * @error: %STORE_ERROR_FULL or %STORE_ERROR_FAILED
 *
 * Blocks; any thread that may.
 */
gboolean
store_model_save (const StoreModel  *self,
                  const char        *path,
                  GError           **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) cause = NULL;

  g_return_val_if_fail (self != NULL && path != NULL, FALSE);

  text = store_model_to_text (self);
  if (g_file_set_contents_full (path, text, -1,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &cause))
    return TRUE;
  return fail_file (path, cause, error);
}

/**
 * store_model_load:
 * @path: of a file from anywhere
 * @error: %STORE_ERROR_FAILED where it cannot be read; as of store_model_new_from_json()
 *
 * Blocks; any thread that may. The caller then asks store_model_check().
 *
 * Returns: (transfer full): the model
 */
StoreModel *
store_model_load (const char  *path,
                  GError     **error)
{
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GError) cause = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  file = g_mapped_file_new (path, FALSE, &cause);
  if (file == NULL)
    {
      fail_file (path, cause, error);
      return NULL;
    }
  if (g_mapped_file_get_length (file) == 0 || g_mapped_file_get_length (file) > MAX_SIZE)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_DAMAGED,
                           _("This is no model of Clientele. Choose another file."));
      return NULL;
    }
  return store_model_new_from_text (g_mapped_file_get_contents (file),
                                    (gssize) g_mapped_file_get_length (file), error);
}
