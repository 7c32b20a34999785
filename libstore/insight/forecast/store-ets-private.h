/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-ets.h"

G_BEGIN_DECLS

/* What is known after each period; the figure goes round, so that the next period's is at its own
 * place. */
typedef struct
{
  double level;
  double slope;
  double figure[STORE_ETS_MAX_SEASON];
  guint now;
} StoreEtsState;

/* What running through a series adds up. */
typedef struct
{
  double squares;
  double log_forecasts;
  gboolean defined;
} StoreEtsRun;

gboolean    store_ets_is_allowed   (const StoreEts    *self);
gboolean    store_ets_find_start   (StoreEts          *self,
                                    const double      *values,
                                    guint              n);
StoreEtsRun store_ets_run          (const StoreEts    *self,
                                    const double      *values,
                                    guint              n,
                                    StoreEtsState     *state);

G_END_DECLS
