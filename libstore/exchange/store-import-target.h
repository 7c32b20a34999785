/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-catalog.h"

G_BEGIN_DECLS

/* The name of the column that holds the store's own ids. */
#define STORE_IMPORT_ID "id"

/**
 * StoreImportField:
 * @name: what `--map` calls it
 * @label: what a person reads, translated
 * @field: (nullable): the field of the catalog; %NULL for what an import adds ("email")
 * @is_many: whether several columns may feed it
 * @is_key: whether a row without it is refused
 *
 * Something that a column can be taken as.
 */
typedef struct
{
  const char *name;
  const char *label;
  const StoreField *field;
  gboolean is_many;
  gboolean is_key;
} StoreImportField;

typedef struct _StoreImportTarget StoreImportTarget;

StoreImportTarget      *store_import_target_new        (const char               *kind,
                                                        GError                  **error);
StoreImportTarget      *store_import_target_ref        (StoreImportTarget        *self);
void                    store_import_target_unref      (StoreImportTarget        *self);
const StoreKind        *store_import_target_get_kind   (const StoreImportTarget  *self);
const StoreAlias       *store_import_target_get_alias  (const StoreImportTarget  *self);
const StoreImportField *store_import_target_get_fields (const StoreImportTarget  *self,
                                                        guint                    *n_fields);
const StoreImportField *store_import_target_find       (const StoreImportTarget  *self,
                                                        const char               *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreImportTarget, store_import_target_unref)

G_END_DECLS
