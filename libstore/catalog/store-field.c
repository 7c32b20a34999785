/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-field.h"

#include <glib/gi18n-lib.h>

/**
 * store_field_get_group:
 * @field: a field
 *
 * Returns: the id of the first field of its group, 1 to 63. Any thread.
 */
guint
store_field_get_group (const StoreField *field)
{
  g_return_val_if_fail (field != NULL, 0);

  return field->group != 0 ? field->group : field->id;
}

/**
 * store_field_get_value_type:
 * @field: a field
 *
 * Returns: the shape of its values that are not NULL. Any thread.
 */
StoreValueType
store_field_get_value_type (const StoreField *field)
{
  g_return_val_if_fail (field != NULL, STORE_VALUE_NULL);

  switch (field->type)
    {
    case STORE_FIELD_INTEGER:
    case STORE_FIELD_BOOLEAN:
    case STORE_FIELD_TIME:
    case STORE_FIELD_MONEY:
    case STORE_FIELD_QUANTITY:
      return STORE_VALUE_INTEGER;
    case STORE_FIELD_REFERENCE:
      return STORE_VALUE_BLOB;
    case STORE_FIELD_TEXT:
    case STORE_FIELD_LONG_TEXT:
    case STORE_FIELD_DATE:
    case STORE_FIELD_CURRENCY:
    case STORE_FIELD_ENUM:
    case STORE_FIELD_RANK:
    case STORE_FIELD_JSON:
    default:
      return STORE_VALUE_TEXT;
    }
}

/**
 * store_field_get_label:
 * @field: a field
 *
 * Returns: (transfer none): its translated name for a person. Any thread.
 */
const char *
store_field_get_label (const StoreField *field)
{
  g_return_val_if_fail (field != NULL, NULL);

  return g_dgettext (GETTEXT_PACKAGE, field->label);
}

/**
 * store_field_get_choice_label:
 * @field: a field
 * @value: a stored value
 *
 * Returns: (transfer none): what a person reads for @value; @value itself where it is no known
 *   choice. Any thread.
 */
const char *
store_field_get_choice_label (const StoreField *field,
                              const char       *value)
{
  g_return_val_if_fail (field != NULL && value != NULL, value);

  for (const StoreChoice *choice = field->choices; choice && choice->value; choice++)
    if (g_str_equal (choice->value, value))
      return g_dgettext (GETTEXT_PACKAGE, choice->label);
  return value;
}
