/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-database.h"

G_BEGIN_DECLS

/**
 * StoreFollower:
 * @name: of what is derived, for debugging
 * @catch_up: brings it up to date with the log; called on a thread, one at a time
 *
 * Something derived from the log that is kept up to date: static data of its module.
 */
typedef struct
{
  const char *name;
  gboolean (*catch_up) (StoreDatabase  *database,
                        GError        **error);
} StoreFollower;

void          store_follower_start (const StoreFollower *self,
                                    StoreDatabase       *database);
GMutexLocker *store_follower_lock  (const StoreFollower *self,
                                    StoreDatabase       *database);

G_END_DECLS
