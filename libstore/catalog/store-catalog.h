/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-kind.h"

G_BEGIN_DECLS

/* Raised whenever a kind or a field is added; carried by every log entry. */
#define STORE_CATALOG_LEVEL 1

/**
 * StoreAlias:
 * @name: the command line's and JSON's name, for example "order"
 * @label: for one (msgid)
 * @plural: for many (msgid)
 * @kind: the name of the kind behind it
 * @field: the field that tells them apart
 * @value: its value
 *
 * Records of a kind that a person knows by a name of their own: an order is a document.
 */
typedef struct
{
  const char *name;
  const char *label;
  const char *plural;
  const char *kind;
  const char *field;
  const char *value;
} StoreAlias;

const StoreKind  *const *store_catalog_get_kinds  (guint       *n_kinds);
const StoreKind         *store_catalog_find       (const char  *name);
const StoreKind         *store_catalog_find_by_id (guint        id);
const StoreAlias        *store_catalog_find_alias (const char  *name);
const StoreKind         *store_catalog_resolve    (const char  *name,
                                                   const StoreAlias **alias);

/* Shorthand for the kinds that code speaks of by name. */
#define STORE_KIND(name) (store_catalog_find (name))

G_END_DECLS
