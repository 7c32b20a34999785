/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <xgboost/c_api.h>

G_BEGIN_DECLS

/**
 * StoreXgboost:
 *
 * The functions of libxgboost that are used, under their own names without the library's prefix.
 */
typedef struct
{
  __typeof__ (XGBGetLastError) *get_last_error;
  __typeof__ (XGDMatrixCreateFromMat) *matrix_create_from_mat;
  __typeof__ (XGDMatrixSetFloatInfo) *matrix_set_float_info;
  __typeof__ (XGDMatrixFree) *matrix_free;
  __typeof__ (XGBoosterCreate) *booster_create;
  __typeof__ (XGBoosterFree) *booster_free;
  __typeof__ (XGBoosterSetParam) *booster_set_param;
  __typeof__ (XGBoosterUpdateOneIter) *booster_update_one_iter;
  __typeof__ (XGBoosterEvalOneIter) *booster_eval_one_iter;
  __typeof__ (XGBoosterPredictFromDMatrix) *booster_predict_from_dmatrix;
  __typeof__ (XGBoosterGetNumFeature) *booster_get_num_feature;
  __typeof__ (XGBoosterSaveModelToBuffer) *booster_save_model_to_buffer;
  __typeof__ (XGBoosterLoadModelFromBuffer) *booster_load_model_from_buffer;
} StoreXgboost;

const StoreXgboost *store_xgboost_get  (GError             **error);
gboolean            store_xgboost_fail (const StoreXgboost  *self,
                                        GError             **error);

G_END_DECLS
