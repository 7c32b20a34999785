/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-record-private.h"

#include "store-error.h"
#include "store-field-text.h"

#include <glib/gi18n-lib.h>

#define BIT(field) (G_GUINT64_CONSTANT (1) << (field)->id)

struct _StoreRecord
{
  GObject parent_instance;

  const StoreKind *kind;
  StoreId id;
  gint64 row;
  gboolean trashed;
  StoreValue clock;
  /* What the store holds, all bytes in one block; and what the record says, borrowed from there
   * until it is set. */
  StoreValue *loaded;
  guint8 *block;
  StoreValue *values;
  guint64 changed;
};

G_DEFINE_FINAL_TYPE (StoreRecord, store_record, G_TYPE_OBJECT)

static gboolean
has_bytes (const StoreValue *value)
{
  return value->type == STORE_VALUE_TEXT || value->type == STORE_VALUE_BLOB;
}

static void
clear_value (StoreRecord *self,
             guint        position)
{
  StoreValue *value = &self->values[position];

  if (has_bytes (value) && has_bytes (&self->loaded[position]) &&
      value->data == self->loaded[position].data)
    *value = STORE_VALUE_INIT;
  else
    store_value_clear (value);
}

/* Takes @values for what the store holds and for what the record says; they may be its own. */
static void
load_values (StoreRecord      *self,
             const StoreValue *values)
{
  guint n_fields = self->kind->n_fields;
  StoreValue *loaded = g_new (StoreValue, n_fields);
  guint8 *block, *at;
  gsize size = 0;

  for (guint i = 0; i < n_fields; i++)
    if (has_bytes (&values[i]))
      size += values[i].length + 1;
  block = at = g_malloc (size + 1);
  for (guint i = 0; i < n_fields; i++)
    {
      loaded[i] = values[i];
      if (!has_bytes (&values[i]))
        continue;
      memcpy (at, values[i].data, values[i].length);
      at[values[i].length] = 0;
      loaded[i].data = at;
      at += values[i].length + 1;
    }

  for (guint i = 0; i < n_fields; i++)
    clear_value (self, i);
  g_free (self->block);
  g_free (self->loaded);
  self->block = block;
  self->loaded = loaded;
  memcpy (self->values, loaded, n_fields * sizeof (StoreValue));
}

static void
store_record_finalize (GObject *object)
{
  StoreRecord *self = STORE_RECORD (object);

  for (guint i = 0; self->kind && i < self->kind->n_fields; i++)
    clear_value (self, i);
  g_free (self->values);
  g_free (self->loaded);
  g_free (self->block);
  store_value_clear (&self->clock);
  G_OBJECT_CLASS (store_record_parent_class)->finalize (object);
}

static void
store_record_class_init (StoreRecordClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = store_record_finalize;
}

static void
store_record_init (StoreRecord *self)
{
}

/**
 * store_record_new_with_id:
 * @kind: a kind
 * @id: the id it is to have
 *
 * Returns: (transfer full): a record that is not in the store yet, all fields NULL. A record
 *   belongs to one thread at a time.
 */
StoreRecord *
store_record_new_with_id (const StoreKind *kind,
                          const StoreId   *id)
{
  StoreRecord *self;

  g_return_val_if_fail (kind != NULL && id != NULL, NULL);

  self = g_object_new (STORE_TYPE_RECORD, NULL);
  self->kind = kind;
  self->id = *id;
  self->values = g_new0 (StoreValue, kind->n_fields);
  self->loaded = g_new0 (StoreValue, kind->n_fields);
  return self;
}

/**
 * store_record_new:
 * @kind: a kind
 *
 * Returns: (transfer full): a record that is not in the store yet, with an id of its own
 */
StoreRecord *
store_record_new (const StoreKind *kind)
{
  StoreId id;

  store_id_init_new (&id, g_get_real_time () / 1000);
  return store_record_new_with_id (kind, &id);
}

/**
 * store_record_new_like:
 * @record: a record
 *
 * Returns: (transfer full): a copy to edit, which knows what @record showed; saving it writes only
 *   what differs. Lists share their records, so edit a copy.
 */
StoreRecord *
store_record_new_like (StoreRecord *record)
{
  StoreRecord *copy;

  g_return_val_if_fail (STORE_IS_RECORD (record), NULL);

  copy = store_record_new_with_id (record->kind, &record->id);
  copy->row = record->row;
  copy->trashed = record->trashed;
  copy->changed = record->changed;
  copy->clock = store_value_copy (&record->clock);
  load_values (copy, record->loaded);
  for (guint i = 0; i < record->kind->n_fields; i++)
    if (record->changed & BIT (&record->kind->fields[i]))
      copy->values[i] = store_value_copy (&record->values[i]);
  return copy;
}

const StoreKind *
store_record_get_kind (StoreRecord *self)
{
  g_return_val_if_fail (STORE_IS_RECORD (self), NULL);

  return self->kind;
}

const StoreId *
store_record_get_id (StoreRecord *self)
{
  g_return_val_if_fail (STORE_IS_RECORD (self), NULL);

  return &self->id;
}

/**
 * store_record_get_row:
 * @self: a record
 *
 * Returns: its row number in this store, 0 where it is not in the store yet
 */
gint64
store_record_get_row (StoreRecord *self)
{
  g_return_val_if_fail (STORE_IS_RECORD (self), 0);

  return self->row;
}

gboolean
store_record_is_trashed (StoreRecord *self)
{
  g_return_val_if_fail (STORE_IS_RECORD (self), FALSE);

  return self->trashed;
}

gboolean
store_record_is_new (StoreRecord *self)
{
  g_return_val_if_fail (STORE_IS_RECORD (self), FALSE);

  return self->row == 0;
}

/**
 * store_record_get_changed:
 * @self: a record
 *
 * Returns: bits of the fields that differ from what was loaded
 */
guint64
store_record_get_changed (StoreRecord *self)
{
  g_return_val_if_fail (STORE_IS_RECORD (self), 0);

  return self->changed;
}

static const StoreField *
find_field (StoreRecord *self,
            const char  *name,
            guint       *position)
{
  const StoreField *field = store_kind_get_field (self->kind, name);

  g_return_val_if_fail (field != NULL, NULL);

  *position = store_kind_get_position (self->kind, field);
  return field;
}

/**
 * store_record_get_value:
 * @self: a record
 * @field: the name of one of its kind's fields
 *
 * Returns: (transfer none): the value, valid until the field is set
 */
const StoreValue *
store_record_get_value (StoreRecord *self,
                        const char  *field)
{
  static const StoreValue null = STORE_VALUE_INIT;
  guint position = 0;

  g_return_val_if_fail (STORE_IS_RECORD (self) && field != NULL, &null);

  return find_field (self, field, &position) ? &self->values[position] : &null;
}

/**
 * store_record_get_text:
 * @self: a record
 * @field: the name of a field that holds text
 *
 * Returns: (transfer none) (nullable): the text, %NULL where there is none
 */
const char *
store_record_get_text (StoreRecord *self,
                       const char  *field)
{
  const StoreValue *value = store_record_get_value (self, field);

  return value->type == STORE_VALUE_TEXT ? (const char *) value->data : NULL;
}

/**
 * store_record_get_integer:
 * @self: a record
 * @field: the name of a field that holds a number
 *
 * Returns: the number, 0 where there is none
 */
gint64
store_record_get_integer (StoreRecord *self,
                          const char  *field)
{
  const StoreValue *value = store_record_get_value (self, field);

  return value->type == STORE_VALUE_INTEGER ? value->integer : 0;
}

gboolean
store_record_get_boolean (StoreRecord *self,
                          const char  *field)
{
  return store_record_get_integer (self, field) != 0;
}

/**
 * store_record_get_reference:
 * @self: a record
 * @field: the name of a field that refers to a record
 * @id: (out): which
 *
 * Returns: %FALSE where it refers to none
 */
gboolean
store_record_get_reference (StoreRecord *self,
                            const char  *field,
                            StoreId     *id)
{
  g_return_val_if_fail (id != NULL, FALSE);

  return store_value_get_id (store_record_get_value (self, field), id);
}

/**
 * store_record_get_title:
 * @self: a record
 *
 * Returns: (transfer none) (nullable): what a person knows it by
 */
const char *
store_record_get_title (StoreRecord *self)
{
  g_return_val_if_fail (STORE_IS_RECORD (self), NULL);

  return self->kind->title ? store_record_get_text (self, self->kind->title) : NULL;
}

/**
 * store_record_set_value:
 * @self: a record
 * @field: the name of a field
 * @value: a value of the field's type, or NULL; copied
 *
 * Setting what is there already changes nothing.
 */
void
store_record_set_value (StoreRecord      *self,
                        const char       *field,
                        const StoreValue *value)
{
  const StoreField *declared;
  guint position;
  StoreValue copy;

  g_return_if_fail (STORE_IS_RECORD (self) && field != NULL && value != NULL);

  declared = find_field (self, field, &position);
  if (declared == NULL)
    return;
  g_return_if_fail (value->type == STORE_VALUE_NULL ||
                    value->type == store_field_get_value_type (declared));

  copy = store_value_copy (value);
  clear_value (self, position);
  self->values[position] = copy;
  if (store_value_equal (&copy, &self->loaded[position]))
    self->changed &= ~BIT (declared);
  else
    self->changed |= BIT (declared);
}

/**
 * store_record_set_text:
 * @self: a record
 * @field: the name of a field that holds text
 * @text: (nullable): UTF-8; empty text is no text
 */
void
store_record_set_text (StoreRecord *self,
                       const char  *field,
                       const char  *text)
{
  StoreValue value = store_value_text (text && *text ? text : NULL);

  store_record_set_value (self, field, &value);
}

void
store_record_set_integer (StoreRecord *self,
                          const char  *field,
                          gint64       integer)
{
  StoreValue value = store_value_integer (integer);

  store_record_set_value (self, field, &value);
}

/**
 * store_record_set_reference:
 * @self: a record
 * @field: the name of a field that refers to a record
 * @id: (nullable): which
 */
void
store_record_set_reference (StoreRecord   *self,
                            const char    *field,
                            const StoreId *id)
{
  StoreValue value = store_value_id (id);

  store_record_set_value (self, field, &value);
}

static const char *
get_currency (StoreRecord      *self,
              const StoreField *money)
{
  for (guint i = 0; i < self->kind->n_fields; i++)
    {
      const StoreField *field = &self->kind->fields[i];

      if (field->type == STORE_FIELD_CURRENCY)
        return store_record_get_text (self, field->name);
    }
  return NULL;
}

/**
 * store_record_set_from_text:
 * @self: a record
 * @field: the name of a field
 * @text: (nullable): the raw form, as store_record_dup_raw_text() gives it; empty to empty it
 * @error: %STORE_ERROR_NOT_FOUND for a field the kind has not, %STORE_ERROR_INVALID for a text
 *   that is no such value
 *
 * Set the currency before an amount: the amount's decimals are the currency's.
 */
gboolean
store_record_set_from_text (StoreRecord *self,
                            const char  *field,
                            const char  *text,
                            GError     **error)
{
  const StoreField *declared;
  StoreValue value;

  g_return_val_if_fail (STORE_IS_RECORD (self) && field != NULL, FALSE);

  declared = store_kind_get_field (self->kind, field);
  if (declared == NULL)
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_NOT_FOUND, _("“%s” has no field “%s”."),
                   self->kind->name, field);
      return FALSE;
    }
  if (!store_field_parse_text (declared, text, get_currency (self, declared), &value, error))
    return FALSE;
  store_record_set_value (self, field, &value);
  store_value_clear (&value);
  return TRUE;
}

/**
 * store_record_dup_raw_text:
 * @self: a record
 * @field: the name of a field
 *
 * Returns: (transfer full) (nullable): the form that store_record_set_from_text() takes; %NULL for
 *   an empty field
 */
char *
store_record_dup_raw_text (StoreRecord *self,
                           const char  *field)
{
  const StoreField *declared;
  guint position = 0;

  g_return_val_if_fail (STORE_IS_RECORD (self) && field != NULL, NULL);

  declared = find_field (self, field, &position);
  return declared ? store_field_dup_text (declared, &self->values[position],
                                          get_currency (self, declared))
                  : NULL;
}

const char *
store_record_get_select (const StoreKind *kind)
{
  static GMutex lock;
  static GHashTable *selects;
  const char *found;

  g_mutex_lock (&lock);
  if (selects == NULL)
    selects = g_hash_table_new (NULL, NULL);
  found = g_hash_table_lookup (selects, kind);
  if (found == NULL)
    {
      GString *sql = g_string_new ("n, id, trashed, clock");

      for (guint i = 0; i < kind->n_fields; i++)
        g_string_append_printf (sql, ", \"%s\"", kind->fields[i].name);
      found = g_string_free (sql, FALSE);
      g_hash_table_insert (selects, (gpointer) kind, (gpointer) found);
    }
  g_mutex_unlock (&lock);
  return found;
}

/* Returns: (transfer full): the record of the row that @statement stands on. */
StoreRecord *
store_record_read (const StoreKind *kind,
                   StoreStatement  *statement,
                   int              first_column)
{
  StoreValue values[64];
  StoreRecord *self;
  StoreValue clock;
  StoreId id = { 0 };

  store_statement_get_id (statement, first_column + 1, &id);
  self = store_record_new_with_id (kind, &id);
  self->row = sqlite3_column_int64 (statement->handle, first_column);
  self->trashed = sqlite3_column_int (statement->handle, first_column + 2) != 0;
  clock = store_statement_get_value (statement, first_column + 3);
  self->clock = store_value_copy (&clock);
  for (guint i = 0; i < kind->n_fields; i++)
    values[i] = store_statement_get_value (statement, first_column + 4 + (int) i);
  load_values (self, values);
  return self;
}

void
store_record_settle (StoreRecord   *self,
                     gint64         row,
                     const StoreId *id,
                     StoreValue     clock)
{
  StoreValue copy = store_value_copy (&clock);

  self->row = row;
  self->id = *id;
  self->changed = 0;
  store_value_clear (&self->clock);
  self->clock = copy;
  load_values (self, self->values);
}

const StoreValue *
store_record_get_clock (StoreRecord *self)
{
  return &self->clock;
}

const StoreValue *
store_record_get_values (StoreRecord *self)
{
  return self->values;
}
