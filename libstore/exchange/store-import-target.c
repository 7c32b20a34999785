/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the columns of a file can be taken as: the fields of a kind as the catalog declares them
 * and, for customers, what the catalog keeps in records of their own (how to reach them, where they
 * live, where they work, what they are filed under).
 */
#include "config.h"
#include "store-import-target.h"

#include <glib/gi18n-lib.h>

#include "store-error.h"

struct _StoreImportTarget
{
  gatomicrefcount references;
  const StoreKind *kind;
  const StoreAlias *alias;
  GArray *fields;
};

static const struct
{
  const char *name;
  const char *label;
  gboolean is_many;
} party_additions[] = {
  { "middle_name", N_("Middle name"), FALSE },
  { "email", N_("E-mail"), TRUE },
  { "phone", N_("Phone"), TRUE },
  { "wechat", N_("WeChat"), TRUE },
  { "web", N_("Website"), TRUE },
  { "company", N_("Company"), FALSE },
  { "street", N_("Street"), TRUE },
  { "postcode", N_("Postcode"), FALSE },
  { "city", N_("City"), FALSE },
  { "region", N_("Region"), FALSE },
  { "country", N_("Country"), FALSE },
  { "tag", N_("Tag"), TRUE },
};

static void
add_catalog_fields (StoreImportTarget *self)
{
  gboolean is_order = self->alias != NULL && g_str_equal (self->kind->name, "document");

  for (guint i = 0; i < self->kind->n_fields; i++)
    {
      const StoreField *field = &self->kind->fields[i];
      gboolean needs_party = is_order && (g_str_equal (field->name, "party") ||
                                          g_str_equal (field->name, "date"));
      StoreImportField target = {
        .name = field->name,
        .label = store_field_get_label (field),
        .field = field,
        .is_many = field->type == STORE_FIELD_LONG_TEXT,
        .is_key = needs_party || ((field->flags & STORE_FIELD_REQUIRED) != 0 &&
                                  !g_str_equal (self->kind->name, "party")),
      };

      if ((field->flags & STORE_FIELD_HIDDEN) != 0 ||
          (self->alias != NULL && g_str_equal (self->alias->field, field->name)))
        continue;
      g_array_append_val (self->fields, target);
    }
}

/* A file that the export wrote names each record. */
static void
add_id (StoreImportTarget *self)
{
  StoreImportField target = { .name = STORE_IMPORT_ID, .label = _("Id") };

  g_array_append_val (self->fields, target);
}

static void
add_party_additions (StoreImportTarget *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (party_additions); i++)
    {
      StoreImportField target = {
        .name = party_additions[i].name,
        .label = _(party_additions[i].label),
        .is_many = party_additions[i].is_many,
      };

      g_array_append_val (self->fields, target);
    }
}

/**
 * store_import_target_new:
 * @kind: a kind of the catalog or an alias such as "order"
 * @error: %STORE_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): what a file's columns can be taken as. Immutable; any
 * thread.
 */
StoreImportTarget *
store_import_target_new (const char  *kind,
                         GError     **error)
{
  StoreImportTarget *self;
  const StoreAlias *alias = NULL;
  const StoreKind *found;

  g_return_val_if_fail (kind != NULL, NULL);

  found = store_catalog_resolve (kind, &alias);
  if (found == NULL || found->merge == STORE_MERGE_LOCAL)
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
                   _("There is no kind of record called “%s”."), kind);
      return NULL;
    }

  self = g_new0 (StoreImportTarget, 1);
  g_atomic_ref_count_init (&self->references);
  self->kind = found;
  self->alias = alias;
  self->fields = g_array_new (FALSE, FALSE, sizeof (StoreImportField));
  add_id (self);
  add_catalog_fields (self);
  if (g_str_equal (found->name, "party"))
    add_party_additions (self);
  return self;
}

/**
 * store_import_target_ref:
 * @self: a target
 *
 * Returns: (transfer full): @self
 */
StoreImportTarget *
store_import_target_ref (StoreImportTarget *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * store_import_target_unref:
 * @self: (transfer full): a target
 */
void
store_import_target_unref (StoreImportTarget *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_array_unref (self->fields);
  g_free (self);
}

/**
 * store_import_target_get_kind:
 * @self: a target
 *
 * Returns: the kind of the records that come into being
 */
const StoreKind *
store_import_target_get_kind (const StoreImportTarget *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->kind;
}

/**
 * store_import_target_get_alias:
 * @self: a target
 *
 * Returns: (nullable): the alias that was asked for
 */
const StoreAlias *
store_import_target_get_alias (const StoreImportTarget *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->alias;
}

/**
 * store_import_target_get_fields:
 * @self: a target
 * @n_fields: (out): how many
 *
 * Returns: (array length=n_fields): what a column can be taken as; borrowed
 */
const StoreImportField *
store_import_target_get_fields (const StoreImportTarget *self,
                                guint                   *n_fields)
{
  g_return_val_if_fail (self != NULL && n_fields != NULL, NULL);

  *n_fields = self->fields->len;
  return (const StoreImportField *) (void *) self->fields->data;
}

/**
 * store_import_target_find:
 * @self: a target
 * @name: the name of a field
 *
 * Returns: (nullable): the field; borrowed
 */
const StoreImportField *
store_import_target_find (const StoreImportTarget *self,
                          const char              *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  for (guint i = 0; i < self->fields->len; i++)
    if (g_str_equal (g_array_index (self->fields, StoreImportField, i).name, name))
      return &g_array_index (self->fields, StoreImportField, i);
  return NULL;
}
