/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-arima.h"
#include "store-arma.h"

G_BEGIN_DECLS

/* The series and its regressors, differenced as the order says. */
typedef struct
{
  const StoreArimaOrder *order;
  guint n;
  guint n_columns;
  double *columns[1 + STORE_ARIMA_MAX_REGRESSORS];
  double *errors[1 + STORE_ARIMA_MAX_REGRESSORS];
} StoreArimaDesign;

void     store_arima_design_init        (StoreArimaDesign       *self,
                                         const StoreArimaOrder  *order,
                                         const double           *values,
                                         guint                   n);
void     store_arima_design_clear       (StoreArimaDesign       *self);
guint    store_arima_order_get_lost     (const StoreArimaOrder  *order);
guint    store_arima_order_n_regressors (const StoreArimaOrder  *order);
double   store_arima_regressor          (const StoreArimaOrder  *order,
                                         guint                   which,
                                         guint                   time);
double   store_arima_design_regress     (StoreArimaDesign       *self,
                                         double                 *regression);

void     store_arima_add_start          (const StoreArima       *model,
                                         const StoreArimaDesign *design,
                                         const double           *values,
                                         double                 *squares,
                                         double                 *log_variances,
                                         double                 *first_squares);

/* The lags of both kinds multiplied out, for the filter; freed by its clear function. */
typedef struct
{
  StoreArma arma;
  double *phi;
  double *theta;
} StoreArimaLags;

void     store_arima_lags_init          (StoreArimaLags         *self,
                                         const StoreArima       *model);
void     store_arima_lags_clear         (StoreArimaLags         *self);
double  *store_arima_order_dup_operator (const StoreArimaOrder  *order,
                                         guint                  *length);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StoreArimaDesign, store_arima_design_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StoreArimaLags, store_arima_lags_clear)

G_END_DECLS
