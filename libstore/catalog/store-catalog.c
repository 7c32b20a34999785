/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The catalog is data: each kind is declared once, in the file of its area, and everything else
 * is derived from the declaration: tables and indexes, capture, merge, history, search, forms,
 * columns, import, export. Numbers of kinds and fields are part of the log's format and are never
 * used again for anything else.
 */
#include "config.h"

#include "store-catalog.h"
#include "store-catalog-private.h"

#include <glib/gi18n-lib.h>

static const StoreKind *const kinds[] = {
  &store_kind_party,       &store_kind_party_link, &store_kind_contact_point,
  &store_kind_address,     &store_kind_tag,        &store_kind_tagging,
  &store_kind_activity,    &store_kind_activity_link, &store_kind_task,
  &store_kind_pipeline,    &store_kind_stage,      &store_kind_deal,
  &store_kind_product,     &store_kind_document,   &store_kind_document_line,
  &store_kind_saved_view,  &store_kind_setting,
};

static const StoreAlias aliases[] = {
  { "order", N_("Order"), N_("Orders"), "document", "kind", "order" },
  { "person", N_("Person"), N_("People"), "party", "kind", "person" },
  { "company", N_("Company"), N_("Companies"), "party", "kind", "company" },
};

/**
 * store_catalog_get_kinds:
 * @n_kinds: (out): how many
 *
 * Returns: (transfer none): every kind of record, referred-to kinds first. Any thread.
 */
const StoreKind *const *
store_catalog_get_kinds (guint *n_kinds)
{
  g_return_val_if_fail (n_kinds != NULL, NULL);

  *n_kinds = G_N_ELEMENTS (kinds);
  return kinds;
}

/**
 * store_catalog_find:
 * @name: a kind's name
 *
 * Returns: (nullable): the kind. Any thread.
 */
const StoreKind *
store_catalog_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i]->name, name))
      return kinds[i];
  return NULL;
}

/**
 * store_catalog_find_by_id:
 * @id: a kind's number
 *
 * Returns: (nullable): the kind, %NULL if this version does not know it. Any thread.
 */
const StoreKind *
store_catalog_find_by_id (guint id)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i]->id == id)
      return kinds[i];
  return NULL;
}

/**
 * store_catalog_find_alias:
 * @name: a name such as "order"
 *
 * Returns: (nullable): the alias. Any thread.
 */
const StoreAlias *
store_catalog_find_alias (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (aliases); i++)
    if (g_str_equal (aliases[i].name, name))
      return &aliases[i];
  return NULL;
}

/**
 * store_catalog_resolve:
 * @name: the name of a kind or of an alias
 * @alias: (out) (nullable): the alias, %NULL where @name is a kind's own
 *
 * Returns: (nullable): the kind. Any thread.
 */
const StoreKind *
store_catalog_resolve (const char        *name,
                       const StoreAlias **alias)
{
  const StoreAlias *found = store_catalog_find_alias (name);

  if (alias)
    *alias = found;
  return store_catalog_find (found ? found->kind : name);
}
