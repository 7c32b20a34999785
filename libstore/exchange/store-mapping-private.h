/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-mapping.h"

G_BEGIN_DECLS

/* For each field of the target the columns that feed it. */
struct _StoreMapping
{
  StoreImportTarget *target;
  StoreSheet *sheet;
  const StoreImportField *fields;
  guint n_fields;
  GArray **columns;
};

int store_mapping_find_field    (const StoreMapping *self,
                                 const char         *name);
int store_mapping_find_field_of (const StoreMapping *self,
                                 guint               column);

G_END_DECLS
