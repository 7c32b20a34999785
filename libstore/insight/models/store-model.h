/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * StoreModelHead:
 * @analysis: whose model it is, by the verb of the command line
 * @method: (nullable): which of its methods
 * @version: of the body's form, from 1, raised by the analysis when readers of the last would err
 * @made: when it was fitted, milliseconds since 1970 in UTC; 0 for now, in store_model_new()
 * @until: the last day of the data, days since 1970-01-01, or %STORE_PURCHASE_UNTIL_LAST for none
 * @fingerprint: of the data, see #StoreFingerprint
 * @n_rows: how many rows (customers, baskets, messages) it was fitted to
 *
 * What a fitted model says of itself.
 */
typedef struct
{
  const char *analysis;
  const char *method;
  guint version;
  gint64 made;
  gint32 until;
  const char *fingerprint;
  gint64 n_rows;
} StoreModelHead;

/**
 * StoreModel:
 *
 * A fitted model that can be kept and carried: parameters, their covariance, means and levels, so
 * that other data can be scored by it. Never changes; any thread.
 */
typedef struct _StoreModel StoreModel;

#define STORE_TYPE_MODEL (store_model_get_type ())

GType                 store_model_get_type      (void);
StoreModel           *store_model_new           (const StoreModelHead  *head,
                                                 JsonNode              *body);
StoreModel           *store_model_ref           (StoreModel            *self);
void                  store_model_unref         (StoreModel            *self);
const StoreModelHead *store_model_get_head      (const StoreModel      *self);
JsonObject           *store_model_get_body      (const StoreModel      *self);
gboolean              store_model_check         (const StoreModel      *self,
                                                 const char            *analysis,
                                                 guint                  newest_version,
                                                 GError               **error);

JsonNode             *store_model_to_json       (const StoreModel      *self);
StoreModel           *store_model_new_from_json (JsonNode              *node,
                                                 GError               **error);
char                 *store_model_to_text       (const StoreModel      *self);
StoreModel           *store_model_new_from_text (const char            *text,
                                                 gssize                 length,
                                                 GError               **error);
gboolean              store_model_save          (const StoreModel      *self,
                                                 const char            *path,
                                                 GError               **error);
StoreModel           *store_model_load          (const char            *path,
                                                 GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreModel, store_model_unref)

G_END_DECLS
