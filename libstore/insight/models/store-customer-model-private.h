/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-clv.h"
#include "store-customer-model.h"
#include "store-drops.h"

G_BEGIN_DECLS

#define STORE_CUSTOMER_ANALYSIS "customers"

/* @rates and @alarm_limit say nothing where @has_rates is FALSE; @segments may be NULL. */
struct _StoreCustomerModel
{
  gatomicrefcount refs;
  StoreModel *model;
  char *currency;

  StoreClvOptions options;
  gboolean enough;
  gboolean has_spend;
  StorePurchaseModel purchases;
  StoreGammaGamma spend;

  gboolean has_rates;
  StorePurchaseModel rates;
  guint drop_days;
  double alarm_limit;

  StoreRfmLimits limits;
  StoreModel *segments;
};

/* What is asked of the models: no intervals, which take hundreds of times as long as the scores. */
void store_customer_model_get_options (StoreClvOptions   *clv,
                                       StoreDropsOptions *drops);

G_END_DECLS
