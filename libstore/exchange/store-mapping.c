/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which column of a file is which field: the guess, and what a person says instead. */
#include "config.h"
#include "store-mapping.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store-error.h"
#include "store-mapping-private.h"

/**
 * store_mapping_new:
 * @target: what the file is taken as
 * @sheet: the file
 *
 * Returns: (transfer full): a mapping in which no column is anything. One thread at a time.
 */
StoreMapping *
store_mapping_new (StoreImportTarget *target,
                   StoreSheet        *sheet)
{
  StoreMapping *self;

  g_return_val_if_fail (target != NULL && STORE_IS_SHEET (sheet), NULL);

  self = g_new0 (StoreMapping, 1);
  self->target = store_import_target_ref (target);
  self->sheet = g_object_ref (sheet);
  self->fields = store_import_target_get_fields (target, &self->n_fields);
  self->columns = g_new (GArray *, self->n_fields);
  for (guint i = 0; i < self->n_fields; i++)
    self->columns[i] = g_array_new (FALSE, FALSE, sizeof (int));
  return self;
}

/**
 * store_mapping_free:
 * @self: (transfer full): a mapping
 */
void
store_mapping_free (StoreMapping *self)
{
  for (guint i = 0; i < self->n_fields; i++)
    g_array_unref (self->columns[i]);
  g_free (self->columns);
  g_object_unref (self->sheet);
  store_import_target_unref (self->target);
  g_free (self);
}

int
store_mapping_find_field (const StoreMapping *self,
                          const char         *name)
{
  for (guint i = 0; i < self->n_fields; i++)
    if (g_str_equal (self->fields[i].name, name))
      return (int) i;
  return -1;
}

int
store_mapping_find_field_of (const StoreMapping *self,
                             guint               column)
{
  for (guint i = 0; i < self->n_fields; i++)
    for (guint j = 0; j < self->columns[i]->len; j++)
      if (g_array_index (self->columns[i], int, j) == (int) column)
        return (int) i;
  return -1;
}

static void
free_column (StoreMapping *self,
             int           column)
{
  for (guint i = 0; i < self->n_fields; i++)
    for (guint j = self->columns[i]->len; j > 0; j--)
      if (g_array_index (self->columns[i], int, j - 1) == column)
        g_array_remove_index (self->columns[i], j - 1);
}

/**
 * store_mapping_set:
 * @self: a mapping
 * @field: the name of a field
 * @column: the column that alone feeds it and nothing else, or -1 for none
 */
void
store_mapping_set (StoreMapping *self,
                   const char   *field,
                   int           column)
{
  int found;

  g_return_if_fail (self != NULL && field != NULL);
  g_return_if_fail (column < (int) store_sheet_get_n_columns (self->sheet));

  found = store_mapping_find_field (self, field);
  g_return_if_fail (found >= 0);

  free_column (self, column);
  g_array_set_size (self->columns[found], 0);
  if (column >= 0)
    g_array_append_val (self->columns[found], column);
}

static gboolean
apply_rule (StoreMapping  *self,
            const char    *rule,
            GHashTable    *touched,
            GError       **error)
{
  const char *sign = strchr (rule, '=');
  g_autofree char *name = sign != NULL ? g_strndup (rule, (gsize) (sign - rule)) : NULL;
  int field = name != NULL ? store_mapping_find_field (self, name) : -1;
  int column = -1;

  if (sign == NULL)
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_INVALID,
                   _("“%s” is no mapping. Write it as field=column."), rule);
      return FALSE;
    }
  if (field < 0)
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
                   _("There is no field called “%s” here."), name);
      return FALSE;
    }
  if (sign[1] != '\0')
    {
      column = store_sheet_find_column (self->sheet, sign + 1);
      if (column < 0)
        {
          g_set_error (error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
                       _("The file has no column called “%s”."), sign + 1);
          return FALSE;
        }
    }

  if (g_hash_table_add (touched, GINT_TO_POINTER (field + 1)))
    g_array_set_size (self->columns[field], 0);
  if (column >= 0)
    g_array_append_val (self->columns[field], column);
  return TRUE;
}

/* A column that a rule names feeds only what rules say. */
static void
free_guessed_columns (StoreMapping      *self,
                      const char *const *rules)
{
  for (guint i = 0; rules[i] != NULL; i++)
    {
      const char *sign = strchr (rules[i], '=');
      int column = sign != NULL ? store_sheet_find_column (self->sheet, sign + 1) : -1;

      if (column >= 0)
        free_column (self, column);
    }
}

/**
 * store_mapping_apply:
 * @self: a mapping
 * @rules: (array zero-terminated=1): "FIELD=COLUMN", the column by its name or its number from 1;
 *   "FIELD=" for none; the same field again for a further column
 * @error: %STORE_ERROR_INVALID, or %STORE_ERROR_NOT_FOUND for an unknown field or column
 *
 * Lets a person's word go before the guess.
 */
gboolean
store_mapping_apply (StoreMapping       *self,
                     const char *const  *rules,
                     GError            **error)
{
  g_autoptr (GHashTable) touched = g_hash_table_new (NULL, NULL);

  g_return_val_if_fail (self != NULL && rules != NULL, FALSE);

  free_guessed_columns (self, rules);
  for (guint i = 0; rules[i] != NULL; i++)
    if (!apply_rule (self, rules[i], touched, error))
      return FALSE;
  return TRUE;
}

/**
 * store_mapping_get_columns:
 * @self: a mapping
 * @field: the name of a field
 * @n_columns: (out): how many columns feed it
 *
 * Returns: (array length=n_columns): the columns, from 0; borrowed
 */
const int *
store_mapping_get_columns (const StoreMapping *self,
                           const char         *field,
                           guint              *n_columns)
{
  int found;

  g_return_val_if_fail (self != NULL && field != NULL && n_columns != NULL, NULL);

  found = store_mapping_find_field (self, field);
  *n_columns = found >= 0 ? self->columns[found]->len : 0;
  return found >= 0 ? (const int *) (void *) self->columns[found]->data : NULL;
}

/**
 * store_mapping_get_column:
 * @self: a mapping
 * @field: the name of a field
 *
 * Returns: the first column that feeds it, from 0, or -1
 */
int
store_mapping_get_column (const StoreMapping *self,
                          const char         *field)
{
  guint n_columns;
  const int *columns = store_mapping_get_columns (self, field, &n_columns);

  return n_columns > 0 ? columns[0] : -1;
}

/**
 * store_mapping_get_field:
 * @self: a mapping
 * @column: from 0
 *
 * Returns: (nullable): the name of the field that the column feeds
 */
const char *
store_mapping_get_field (const StoreMapping *self,
                         guint               column)
{
  int field;

  g_return_val_if_fail (self != NULL, NULL);

  field = store_mapping_find_field_of (self, column);
  return field >= 0 ? self->fields[field].name : NULL;
}

/**
 * store_mapping_check:
 * @self: a mapping
 * @error: %STORE_ERROR_INVALID with a sentence that names the field
 *
 * Returns: whether every field that a row must have is fed by a column
 */
gboolean
store_mapping_check (const StoreMapping  *self,
                     GError             **error)
{
  gboolean has_any = FALSE;

  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->n_fields; i++)
    {
      has_any = has_any || self->columns[i]->len > 0;
      if (!self->fields[i].is_key || self->columns[i]->len > 0)
        continue;
      g_set_error (error, STORE_ERROR, STORE_ERROR_INVALID,
                   _("No column was recognised as “%s”. Say which one it is, as in %s=COLUMN."),
                   self->fields[i].label, self->fields[i].name);
      return FALSE;
    }
  if (!has_any)
    g_set_error (error, STORE_ERROR, STORE_ERROR_INVALID,
                 _("No column of the file was recognised. Say which field is in which column."));
  return has_any;
}
