/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-lstm.h"

G_BEGIN_DECLS

#define STORE_LSTM_LONGEST_WINDOW 24

double store_lstm_run   (const double *weights,
                         const double *inputs,
                         guint         n);
double store_lstm_learn (const double *weights,
                         const double *inputs,
                         guint         n,
                         double        target,
                         double       *gradient);

G_END_DECLS
