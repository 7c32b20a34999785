/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "store-prediction.h"

G_BEGIN_DECLS

#define STORE_LSTM_UNITS 6
#define STORE_LSTM_GATES (4 * STORE_LSTM_UNITS)
#define STORE_LSTM_N_WEIGHTS                                                                       \
  (STORE_LSTM_GATES * (STORE_LSTM_UNITS + 2) + STORE_LSTM_UNITS + 1)

/**
 * StoreLstm:
 * @lag: what is learnt are the changes over so many periods: a season, or 1
 * @window: how many changes it looks back
 * @mean: of the changes
 * @deviation: of the changes
 * @variance: of its errors up to @lag steps ahead
 * @n_rounds: how long it learnt
 * @weights: of the gates (input, forgetting, candidate, output) and of the answer
 *
 * A small recurrent network that has learnt from one series.
 */
typedef struct
{
  guint lag;
  guint window;
  double mean;
  double deviation;
  double variance;
  guint n_rounds;
  double weights[STORE_LSTM_N_WEIGHTS];
} StoreLstm;

StoreLstm       *store_lstm_new      (const double     *values,
                                      guint             n,
                                      guint             season,
                                      guint64           seed,
                                      GCancellable     *cancellable,
                                      GError          **error);
void             store_lstm_free     (StoreLstm        *self);
StorePrediction *store_lstm_predict  (const StoreLstm  *self,
                                      const double     *values,
                                      guint             n,
                                      guint             horizon,
                                      GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreLstm, store_lstm_free)

G_END_DECLS
