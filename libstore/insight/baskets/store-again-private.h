/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-again.h"

G_BEGIN_DECLS

/* One thing that one customer bought on two days or more; @before_last is the gap before the last
 * one, 0 where there is none. */
typedef struct
{
  guint32 customer;
  guint32 item;
  guint n_gaps;
  gint32 first;
  gint32 last;
  guint last_gap;
  guint before_last;
} StoreAgainRhythm;

/* What is usual. */
typedef struct
{
  double shape;
  double gap;
  double *gaps;
} StoreAgainHabit;

GArray *store_again_find_rhythms (const StoreBaskets     *baskets);
void    store_again_learn        (StoreAgainHabit        *self,
                                  const GArray           *rhythms,
                                  guint                   n_items,
                                  gboolean                hold_back);
double  store_again_expect       (const StoreAgainHabit  *self,
                                  guint32                 item,
                                  double                  n_gaps,
                                  double                  span);

/* From here on all is done as in store_again_new(): @habit (transfer full) is used, and what is due
 * is listed. */
StoreAgain *store_again_make     (const StoreBaskets       *baskets,
                                  const StoreAgainOptions  *options,
                                  const GArray             *rhythms,
                                  StoreAgainHabit          *habit,
                                  GError                  **error);

G_END_DECLS
