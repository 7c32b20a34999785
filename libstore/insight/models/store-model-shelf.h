/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-database.h"
#include "store-model.h"

G_BEGIN_DECLS

/**
 * StoreShelfMark:
 * @changes: customers and orders that have changed since the model was fitted or confirmed
 * @until: the last day of the data when it was fitted or confirmed
 *
 * How a kept model stands to the store as it is now.
 */
typedef struct
{
  gint64 changes;
  gint32 until;
} StoreShelfMark;

/**
 * StoreModelState:
 * @STORE_MODEL_CURRENT: scores by it are as good as by a new one
 * @STORE_MODEL_TO_TEST: a week has passed: test the parameters on the data as they are, and
 *   confirm or fit anew
 * @STORE_MODEL_DUE: a hundredth of the data has changed, or the data end earlier: fit anew
 */
typedef enum
{
  STORE_MODEL_CURRENT,
  STORE_MODEL_TO_TEST,
  STORE_MODEL_DUE,
} StoreModelState;

StoreModel      *store_model_shelf_find    (StoreDatabase         *database,
                                            const char            *analysis,
                                            const char            *settings,
                                            StoreShelfMark        *mark,
                                            GError               **error);
gboolean         store_model_shelf_put     (StoreDatabase         *database,
                                            const char            *settings,
                                            StoreModel            *model,
                                            gint64                 changes,
                                            GError               **error);
gboolean         store_model_shelf_confirm (StoreDatabase         *database,
                                            const char            *settings,
                                            StoreModel            *model,
                                            gint64                 changes,
                                            gint32                 until,
                                            GError               **error);
StoreModelState  store_model_shelf_judge   (const StoreModel      *model,
                                            const StoreShelfMark  *mark,
                                            gint32                 until);

G_END_DECLS
