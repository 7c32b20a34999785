/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-import-target.h"
#include "store-sheet.h"

G_BEGIN_DECLS

typedef struct _StoreMapping StoreMapping;

StoreMapping *store_mapping_new         (StoreImportTarget   *target,
                                         StoreSheet          *sheet);
void          store_mapping_free        (StoreMapping        *self);
gboolean      store_mapping_guess       (StoreMapping        *self,
                                         GCancellable        *cancellable,
                                         GError             **error);
gboolean      store_mapping_apply       (StoreMapping        *self,
                                         const char *const   *rules,
                                         GError             **error);
void          store_mapping_set         (StoreMapping        *self,
                                         const char          *field,
                                         int                  column);
int           store_mapping_get_column  (const StoreMapping  *self,
                                         const char          *field);
const int    *store_mapping_get_columns (const StoreMapping  *self,
                                         const char          *field,
                                         guint               *n_columns);
const char   *store_mapping_get_field   (const StoreMapping  *self,
                                         guint                column);
gboolean      store_mapping_check       (const StoreMapping  *self,
                                         GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreMapping, store_mapping_free)

G_END_DECLS
