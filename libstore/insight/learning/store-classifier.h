/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * StoreSample:
 * @n: number of rows
 * @p: number of columns
 * @x: @n times @p standardised numbers, row by row
 * @y: outcomes, 0 or 1
 *
 * What a classifier learns from.
 */
typedef struct
{
  guint n;
  guint p;
  const double *x;
  const double *y;
} StoreSample;

/**
 * StoreClassifierClass:
 * @name: as on the command line and in JSON
 * @fit: learns; the model is opaque; what the person must know goes to the notes
 * @score: the probability of "yes" of each row; any thread, blocks of rows at once
 * @contribute: what each column adds for one row; %NULL where a method has no such thing
 * @write: writes the model into an object that is open
 * @read: makes a model of what @write wrote, or of anything else
 * @free: frees the model
 * @adds_to_odds: whether contributions add up in log odds, else in probability
 *
 * One method of learning who says "yes".
 */
typedef struct
{
  const char *name;
  gpointer (*fit)        (const StoreSample  *sample,
                          guint64             seed,
                          GStrvBuilder       *notes,
                          GCancellable       *cancellable,
                          GError            **error);
  gboolean (*score)      (gconstpointer       model,
                          const double       *x,
                          guint               n,
                          guint               p,
                          double             *probabilities,
                          GError            **error);
  gboolean (*contribute) (gconstpointer       model,
                          const double       *x,
                          guint               p,
                          double             *contributions,
                          GError            **error);
  void     (*write)      (gconstpointer       model,
                          JsonBuilder        *builder);
  gpointer (*read)       (JsonObject         *object,
                          guint               p,
                          GError            **error);
  void     (*free)       (gpointer            model);
  gboolean adds_to_odds;
} StoreClassifierClass;

/**
 * StoreClassifier:
 *
 * A fitted model of one of the methods: "logistic", "tree", "forest", "boosting", "svm" (linear)
 * or "kernel". Never changes; any thread.
 */
typedef struct _StoreClassifier StoreClassifier;

const StoreClassifierClass *const *store_classifier_get_methods (void);
const StoreClassifierClass        *store_classifier_find_method (const char                  *name,
                                                                 GError                     **error);

StoreClassifier            *store_classifier_new           (const StoreClassifierClass  *method,
                                                            const StoreSample           *sample,
                                                            guint64                      seed,
                                                            GStrvBuilder                *notes,
                                                            GCancellable                *cancellable,
                                                            GError                     **error);
StoreClassifier            *store_classifier_new_from_json (JsonObject                  *object,
                                                            guint                        p,
                                                            GError                     **error);
void                        store_classifier_free          (StoreClassifier             *self);
const StoreClassifierClass *store_classifier_get_method    (const StoreClassifier       *self);
gconstpointer               store_classifier_get_model     (const StoreClassifier       *self);
double                     *store_classifier_score         (const StoreClassifier       *self,
                                                            const double                *x,
                                                            guint                        n,
                                                            GCancellable                *cancellable,
                                                            GError                     **error);
gboolean                    store_classifier_contribute    (const StoreClassifier       *self,
                                                            const double                *x,
                                                            double                      *contributions,
                                                            GError                     **error);
void                        store_classifier_write         (const StoreClassifier       *self,
                                                            JsonBuilder                 *builder,
                                                            const char                  *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreClassifier, store_classifier_free)

G_END_DECLS
