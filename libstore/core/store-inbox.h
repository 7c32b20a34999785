/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-log.h"
#include "store-writer.h"

G_BEGIN_DECLS

/* Keeps a record until it can be merged. */
gboolean store_inbox_put   (StoreWriter  *writer,
                            guint32       stream,
                            guint64       number,
                            GBytes       *body,
                            GError      **error);
gboolean store_inbox_take_run (StoreWriter *writer,
                            guint32       stream,
                            guint64       first,
                            GPtrArray    *bodies,
                            StoreIntake  *intake,
                            GError      **error);
/* Merges every transaction that is whole and whose writer's sight is here; counts what happened. */
gboolean store_inbox_drain (StoreWriter  *writer,
                            StoreIntake  *intake,
                            GError      **error);
/* Merges one whole transaction (element-type StoreEntry) and appends it to the log. */
gboolean store_inbox_apply (StoreWriter  *writer,
                            guint32       stream,
                            GPtrArray    *parts,
                            GError      **error);

G_END_DECLS
