/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-arima.h"
#include "store-ets.h"
#include "store-forecaster.h"
#include "store-holt-winters.h"
#include "store-lstm.h"
#include "store-theta.h"

G_BEGIN_DECLS

struct _StoreForecaster
{
  StoreForecastMethod method;
  guint season;
  /* The series is divided by this before anything is done with it: 1 but for extreme numbers. */
  double scale;
  StoreHoltWinters *holt_winters;
  StoreTheta *theta;
  StoreEts *ets;
  StoreArima *arima;
  StoreLstm *lstm;
};

G_END_DECLS
