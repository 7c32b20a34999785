/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "store-kind.h"

G_BEGIN_DECLS

#define STORE_TYPE_CHANGE_SET (store_change_set_get_type ())
G_DECLARE_FINAL_TYPE (StoreChangeSet, store_change_set, STORE, CHANGE_SET, GObject)

/**
 * StoreChangeVisitor:
 * @kind: the kind of the record
 * @id: which record
 * @fields: bits of the fields that changed; all bits where it came, went or was restored
 * @data: the caller's
 */
typedef void (*StoreChangeVisitor) (const StoreKind *kind,
                                    const StoreId   *id,
                                    guint64          fields,
                                    gpointer         data);

gboolean store_change_set_touches_kind (StoreChangeSet     *self,
                                        const StoreKind    *kind);
gboolean store_change_set_contains     (StoreChangeSet     *self,
                                        const StoreKind    *kind,
                                        const StoreId      *id);
guint64  store_change_set_get_fields   (StoreChangeSet     *self,
                                        const StoreKind    *kind,
                                        const StoreId      *id);
guint    store_change_set_get_size     (StoreChangeSet     *self);
void     store_change_set_foreach      (StoreChangeSet     *self,
                                        StoreChangeVisitor  visitor,
                                        gpointer            data);

G_END_DECLS
