/* SPDX-License-Identifier: GPL-3.0-or-later */

/* libxgboost is loaded when first needed: linked, its 5 MB and its threads' library would add 2 to 3
 * ms to the start of every program, of which few ever boost a tree. */

#include "config.h"

#include <dlfcn.h>
#include <glib/gi18n-lib.h>

#include "store-error.h"
#include "store-xgboost.h"

#define LIBRARY "libxgboost.so.0"

static StoreXgboost functions;
static const struct
{
  const char *name;
  gsize offset;
} symbols[] = {
  { "XGBGetLastError", G_STRUCT_OFFSET (StoreXgboost, get_last_error) },
  { "XGDMatrixCreateFromMat", G_STRUCT_OFFSET (StoreXgboost, matrix_create_from_mat) },
  { "XGDMatrixSetFloatInfo", G_STRUCT_OFFSET (StoreXgboost, matrix_set_float_info) },
  { "XGDMatrixFree", G_STRUCT_OFFSET (StoreXgboost, matrix_free) },
  { "XGBoosterCreate", G_STRUCT_OFFSET (StoreXgboost, booster_create) },
  { "XGBoosterFree", G_STRUCT_OFFSET (StoreXgboost, booster_free) },
  { "XGBoosterSetParam", G_STRUCT_OFFSET (StoreXgboost, booster_set_param) },
  { "XGBoosterUpdateOneIter", G_STRUCT_OFFSET (StoreXgboost, booster_update_one_iter) },
  { "XGBoosterEvalOneIter", G_STRUCT_OFFSET (StoreXgboost, booster_eval_one_iter) },
  { "XGBoosterPredictFromDMatrix", G_STRUCT_OFFSET (StoreXgboost, booster_predict_from_dmatrix) },
  { "XGBoosterGetNumFeature", G_STRUCT_OFFSET (StoreXgboost, booster_get_num_feature) },
  { "XGBoosterSaveModelToBuffer", G_STRUCT_OFFSET (StoreXgboost, booster_save_model_to_buffer) },
  { "XGBoosterLoadModelFromBuffer",
    G_STRUCT_OFFSET (StoreXgboost, booster_load_model_from_buffer) },
};

static gboolean
load (void)
{
  void *library = dlopen (LIBRARY, RTLD_NOW | RTLD_LOCAL);

  for (guint i = 0; library != NULL && i < G_N_ELEMENTS (symbols); i++)
    {
      void *symbol = dlsym (library, symbols[i].name);

      if (symbol == NULL)
        return FALSE;
      G_STRUCT_MEMBER (void *, &functions, symbols[i].offset) = symbol;
    }
  if (library == NULL)
    g_debug ("%s", dlerror ());
  return library != NULL;
}

/**
 * store_xgboost_get:
 * @error: return location
 *
 * Any thread.
 *
 * Returns: (transfer none): the library, or %NULL with %STORE_ERROR_NOT_FOUND
 */
const StoreXgboost *
store_xgboost_get (GError **error)
{
  static gsize loaded = 0;

  if (g_once_init_enter (&loaded))
    g_once_init_leave (&loaded, load () ? 2 : 1);
  if (loaded == 2)
    return &functions;
  g_set_error_literal (error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
                       _("Boosting needs the library libxgboost0, which is not installed. Install "
                         "it, or choose another method."));
  return NULL;
}

/* Always FALSE, so that a check can end with it. */
gboolean
store_xgboost_fail (const StoreXgboost  *self,
                    GError             **error)
{
  g_debug ("%s", self->get_last_error ());
  g_set_error_literal (error, STORE_ERROR, STORE_ERROR_FAILED,
                       _("Boosting failed on these rows. Choose another method."));
  return FALSE;
}
