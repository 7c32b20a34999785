/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-kind.h"

#include <glib/gi18n-lib.h>

/**
 * store_kind_get_field:
 * @kind: a kind
 * @name: a field's name
 *
 * Returns: (nullable): the field, %NULL if the kind has none of that name. Any thread.
 */
const StoreField *
store_kind_get_field (const StoreKind *kind,
                      const char      *name)
{
  g_return_val_if_fail (kind != NULL && name != NULL, NULL);

  for (guint i = 0; i < kind->n_fields; i++)
    if (g_str_equal (kind->fields[i].name, name))
      return &kind->fields[i];
  return NULL;
}

/**
 * store_kind_get_field_by_id:
 * @kind: a kind
 * @id: a field's number
 *
 * Returns: (nullable): the field, %NULL if this version does not know it. Any thread.
 */
const StoreField *
store_kind_get_field_by_id (const StoreKind *kind,
                            guint            id)
{
  g_return_val_if_fail (kind != NULL, NULL);

  /* Fields are declared in the order of their numbers, as a rule without a gap. */
  if (id >= 1 && id <= kind->n_fields && kind->fields[id - 1].id == id)
    return &kind->fields[id - 1];
  for (guint i = 0; i < kind->n_fields; i++)
    if (kind->fields[i].id == id)
      return &kind->fields[i];
  return NULL;
}

/**
 * store_kind_get_position:
 * @kind: a kind
 * @field: one of its fields
 *
 * Returns: the field's place in the declaration, from 0. Any thread.
 */
guint
store_kind_get_position (const StoreKind  *kind,
                         const StoreField *field)
{
  g_return_val_if_fail (kind != NULL && field != NULL, 0);

  return (guint) (field - kind->fields);
}

/**
 * store_kind_get_group_mask:
 * @kind: a kind
 * @group: a group's number
 *
 * Returns: the bits of all fields in the group. Any thread.
 */
guint64
store_kind_get_group_mask (const StoreKind *kind,
                           guint            group)
{
  guint64 mask = 0;

  g_return_val_if_fail (kind != NULL, 0);

  for (guint i = 0; i < kind->n_fields; i++)
    if (store_field_get_group (&kind->fields[i]) == group)
      mask |= G_GUINT64_CONSTANT (1) << kind->fields[i].id;
  return mask;
}

/**
 * store_kind_get_groups:
 * @kind: a kind
 * @mask: bits of fields
 *
 * Returns: the bits of the groups that hold them. Any thread.
 */
guint64
store_kind_get_groups (const StoreKind *kind,
                       guint64          mask)
{
  guint64 groups = 0;

  g_return_val_if_fail (kind != NULL, 0);

  for (guint i = 0; i < kind->n_fields; i++)
    if (mask >> kind->fields[i].id & 1)
      groups |= G_GUINT64_CONSTANT (1) << store_field_get_group (&kind->fields[i]);
  return groups;
}

/**
 * store_kind_widen_mask:
 * @kind: a kind
 * @mask: bits of fields
 *
 * Returns: the bits of every field in the groups touched: a group is written whole. Any thread.
 */
guint64
store_kind_widen_mask (const StoreKind *kind,
                       guint64          mask)
{
  guint64 groups = store_kind_get_groups (kind, mask);
  guint64 wide = mask;

  for (guint i = 0; i < kind->n_fields; i++)
    if (groups >> store_field_get_group (&kind->fields[i]) & 1)
      wide |= G_GUINT64_CONSTANT (1) << kind->fields[i].id;
  return wide;
}

/**
 * store_kind_get_title_field:
 * @kind: a kind
 *
 * Returns: (nullable): the field a person knows a record by. Any thread.
 */
const StoreField *
store_kind_get_title_field (const StoreKind *kind)
{
  g_return_val_if_fail (kind != NULL, NULL);

  return kind->title ? store_kind_get_field (kind, kind->title) : NULL;
}

/**
 * store_kind_get_label:
 * @kind: a kind
 *
 * Returns: (transfer none): the translated word for one record. Any thread.
 */
const char *
store_kind_get_label (const StoreKind *kind)
{
  g_return_val_if_fail (kind != NULL, NULL);

  return g_dgettext (GETTEXT_PACKAGE, kind->label);
}

/**
 * store_kind_get_plural:
 * @kind: a kind
 *
 * Returns: (transfer none): the translated word for many records. Any thread.
 */
const char *
store_kind_get_plural (const StoreKind *kind)
{
  g_return_val_if_fail (kind != NULL, NULL);

  return g_dgettext (GETTEXT_PACKAGE, kind->plural);
}
