/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-outcomes.h"

G_BEGIN_DECLS

/* What one column has to do with a probability, in log odds or in probability. */
typedef struct
{
  guint source;
  double part;
} StoreOutcomesPart;

StoreOutcomesPart *store_outcomes_find_parts (const StoreOutcomes *self,
                                              guint                row);

StoreOutcomes *store_outcomes_alloc (StoreRows                   *rows,
                                     const StoreOutcomesOptions  *options);
gboolean store_outcomes_check      (const StoreOutcomesOptions  *options,
                                    GError                     **error);
gboolean store_outcomes_score      (StoreOutcomes        *self,
                                    GCancellable         *cancellable,
                                    GError              **error);
void     store_outcomes_end        (StoreOutcomes        *self);
void     store_outcomes_say        (StoreOutcomes        *self,
                                    char                 *sentence);
gboolean store_outcomes_find_yes   (StoreOutcomes        *self,
                                    const StoreRows      *rows,
                                    GError              **error);
double  *store_outcomes_read_y     (const StoreOutcomes  *self,
                                    const StoreRows      *rows);
gboolean store_outcomes_run_race   (StoreOutcomes        *self,
                                    StoreRows            *earlier,
                                    GCancellable         *cancellable,
                                    GError              **error);

/* The rows with a known outcome, moved together; free x and y. */
void     store_outcomes_take_known (const double         *z,
                                    const double         *y,
                                    guint                 n,
                                    guint                 p,
                                    StoreSample          *known);
void     store_outcomes_free_known (StoreSample          *known);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StoreSample, store_outcomes_free_known)

G_END_DECLS
