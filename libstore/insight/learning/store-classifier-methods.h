/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-classifier.h"

G_BEGIN_DECLS

extern const StoreClassifierClass store_classifier_logistic;
extern const StoreClassifierClass store_classifier_tree;
extern const StoreClassifierClass store_classifier_forest;
extern const StoreClassifierClass store_classifier_boosting;
extern const StoreClassifierClass store_classifier_svm;
extern const StoreClassifierClass store_classifier_kernel;

void store_classifier_boosting_set_many_cells (gsize n_cells);

G_END_DECLS
