/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-filter-private.h"

#include <glib/gi18n-lib.h>

#include "store-catalog.h"
#include "store-error.h"

G_DEFINE_BOXED_TYPE (StoreFilter, store_filter, store_filter_ref, store_filter_unref)

static const char *const operator_texts[] = { "=", "!=", "<", "<=", ">", ">=", "~" };

/**
 * store_operator_to_text:
 * @op: an operator
 *
 * Returns: (transfer none): how it is written. Any thread.
 */
const char *
store_operator_to_text (StoreOperator op)
{
  g_return_val_if_fail (op < G_N_ELEMENTS (operator_texts), NULL);

  return operator_texts[op];
}

/**
 * store_operator_from_text:
 * @text: how it is written
 * @op: (out): the operator
 *
 * Returns: whether it is one. Any thread.
 */
gboolean
store_operator_from_text (const char    *text,
                          StoreOperator *op)
{
  for (guint i = 0; i < G_N_ELEMENTS (operator_texts); i++)
    if (g_str_equal (operator_texts[i], text))
      {
        *op = (StoreOperator) i;
        return TRUE;
      }
  return FALSE;
}

static StoreFilter *
filter_alloc (const StoreKind *kind,
              StoreFilterType  type)
{
  StoreFilter *self = g_new0 (StoreFilter, 1);

  g_atomic_ref_count_init (&self->references);
  self->kind = kind;
  self->type = type;
  return self;
}

/**
 * store_filter_ref:
 * @self: a filter
 *
 * Returns: (transfer full): @self. Any thread.
 */
StoreFilter *
store_filter_ref (StoreFilter *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * store_filter_unref:
 * @self: (nullable) (transfer full): a filter
 */
void
store_filter_unref (StoreFilter *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  store_filter_unref (self->a);
  store_filter_unref (self->b);
  g_clear_pointer (&self->ids, g_array_unref);
  g_free (self->operand);
  g_free (self);
}

/* The operand as a person writes it. */
static char *
value_to_operand (const StoreField *field,
                  const StoreValue *value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (value->type == STORE_VALUE_NULL)
    return g_strdup ("");
  if (value->type != STORE_VALUE_INTEGER)
    return store_value_dup_text (value);

  switch (field->type)
    {
    case STORE_FIELD_BOOLEAN:
      return g_strdup (value->integer != 0 ? "yes" : "no");
    case STORE_FIELD_TIME:
      return g_strdup_printf ("@%" G_GINT64_FORMAT, value->integer);
    case STORE_FIELD_MONEY:
    case STORE_FIELD_QUANTITY:
      g_ascii_formatd (digits, sizeof digits, "%.4f", (double) value->integer / 10000);
      return g_strdup (digits);
    default:
      return store_value_dup_text (value);
    }
}

static StoreFilter *
comparison_new (const StoreKind    *kind,
                StoreFilterSubject  subject,
                const StoreField   *field,
                StoreOperator       op,
                char               *operand)
{
  StoreFilter *self = filter_alloc (kind, STORE_FILTER_COMPARE);

  self->subject = subject;
  self->field = field;
  self->op = op;
  self->operand = operand;
  return self;
}

/**
 * store_filter_new:
 * @kind: a kind
 * @field: the name of one of its fields
 * @op: how to compare
 * @value: what with; amounts of money and quantities in 1/10000 of the whole unit, whatever the
 *   currency; NULL for empty
 *
 * Returns: (transfer full): the condition. Any thread.
 */
StoreFilter *
store_filter_new (const StoreKind  *kind,
                  const char       *field,
                  StoreOperator     op,
                  const StoreValue *value)
{
  const StoreField *found;

  g_return_val_if_fail (kind != NULL && field != NULL && value != NULL, NULL);
  found = store_kind_get_field (kind, field);
  g_return_val_if_fail (found != NULL, NULL);

  return comparison_new (kind, STORE_FILTER_FIELD, found, op, value_to_operand (found, value));
}

static StoreFilter *
combine (StoreFilterType  type,
         StoreFilter     *a,
         StoreFilter     *b)
{
  StoreFilter *self;

  if (a == NULL || b == NULL)
    return a ? a : b;
  self = filter_alloc (a->kind, type);
  self->a = a;
  self->b = b;
  return self;
}

/**
 * store_filter_new_and:
 * @a: (nullable) (transfer full): a condition
 * @b: (nullable) (transfer full): another on the same kind
 *
 * Returns: (transfer full) (nullable): both. Any thread.
 */
StoreFilter *
store_filter_new_and (StoreFilter *a,
                      StoreFilter *b)
{
  return combine (STORE_FILTER_AND, a, b);
}

/**
 * store_filter_new_or:
 * @a: (nullable) (transfer full): a condition
 * @b: (nullable) (transfer full): another on the same kind
 *
 * Returns: (transfer full) (nullable): at least one of them. Any thread.
 */
StoreFilter *
store_filter_new_or (StoreFilter *a,
                     StoreFilter *b)
{
  return combine (STORE_FILTER_OR, a, b);
}

/**
 * store_filter_new_not:
 * @a: (transfer full): a condition
 *
 * Returns: (transfer full): its opposite. Any thread.
 */
StoreFilter *
store_filter_new_not (StoreFilter *a)
{
  StoreFilter *self;

  g_return_val_if_fail (a != NULL, NULL);

  self = filter_alloc (a->kind, STORE_FILTER_NOT);
  self->a = a;
  return self;
}

/**
 * store_filter_new_tagged:
 * @tag: a tag
 *
 * Returns: (transfer full): customers that carry it. Any thread.
 */
StoreFilter *
store_filter_new_tagged (const StoreId *tag)
{
  g_return_val_if_fail (tag != NULL, NULL);

  return comparison_new (STORE_KIND ("party"), STORE_FILTER_TAG, NULL, STORE_OPERATOR_EQUAL,
                         store_id_to_string (tag));
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return store_id_compare (a, b);
}

/**
 * store_filter_new_ids:
 * @kind: a kind
 * @ids: (element-type StoreId): which records
 *
 * Returns: (transfer full): those records. Any thread.
 */
StoreFilter *
store_filter_new_ids (const StoreKind *kind,
                      GArray          *ids)
{
  StoreFilter *self;

  g_return_val_if_fail (kind != NULL && ids != NULL, NULL);

  self = filter_alloc (kind, STORE_FILTER_IDS);
  self->ids = g_array_copy (ids);
  g_array_sort (self->ids, compare_ids);
  return self;
}

static void
refuse_field (const StoreKind  *kind,
              const char       *name,
              GError          **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < kind->n_fields; i++)
    g_string_append_printf (names, "%s, ", kind->fields[i].name);
  g_string_append (names, g_str_equal (kind->name, "party") ? "tag, id" : "id");
  g_set_error (error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
               _("There is no field “%s” here. The fields are: %s."), name, names->str);
}

/**
 * store_filter_new_from_text:
 * @kind: a kind
 * @name: the name of a field, or `id`, or `tag` of a customer
 * @op: how to compare
 * @operand: what with, as a person writes it
 * @error: %STORE_ERROR_NOT_FOUND for the field, %STORE_ERROR_INVALID for the operand
 *
 * Returns: (transfer full): the condition, known to be understood. Any thread.
 */
StoreFilter *
store_filter_new_from_text (const StoreKind  *kind,
                            const char       *name,
                            StoreOperator     op,
                            const char       *operand,
                            GError          **error)
{
  g_autoptr (StoreFilter) self = NULL;
  g_autoptr (StoreSql) trial = store_sql_new ();
  const StoreField *field = store_kind_get_field (kind, name);
  StoreFilterSubject subject = STORE_FILTER_FIELD;

  if (field == NULL)
    {
      if (g_str_equal (name, "id"))
        subject = STORE_FILTER_ID;
      else if (g_str_equal (name, "tag") && g_str_equal (kind->name, "party"))
        subject = STORE_FILTER_TAG;
      else
        {
          refuse_field (kind, name, error);
          return NULL;
        }
    }

  self = comparison_new (kind, subject, field, op, g_strdup (operand));
  if (!store_filter_add_comparison (self, trial, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * store_filter_get_name:
 * @self: a comparison
 *
 * Returns: (transfer none): what is compared, as a person writes it. Any thread.
 */
const char *
store_filter_get_name (StoreFilter *self)
{
  switch (self->subject)
    {
    case STORE_FILTER_ID:
      return "id";
    case STORE_FILTER_TAG:
      return "tag";
    case STORE_FILTER_FIELD:
    default:
      return self->field->name;
    }
}

/**
 * store_filter_get_fields:
 * @self: (nullable): a filter
 *
 * Returns: the bits of all fields that it looks at. Any thread.
 */
guint64
store_filter_get_fields (StoreFilter *self)
{
  if (self == NULL)
    return 0;
  if (self->type == STORE_FILTER_COMPARE && self->field)
    return store_kind_get_group_mask (self->kind, store_field_get_group (self->field));
  return store_filter_get_fields (self->a) | store_filter_get_fields (self->b);
}

/**
 * store_filter_looks_beyond:
 * @self: (nullable): a filter
 *
 * Returns: whether it looks at records of other kinds too. Any thread.
 */
gboolean
store_filter_looks_beyond (StoreFilter *self)
{
  if (self == NULL)
    return FALSE;
  if (self->type == STORE_FILTER_COMPARE)
    return self->subject == STORE_FILTER_TAG ||
           (self->field && self->field->type == STORE_FIELD_REFERENCE);
  return store_filter_looks_beyond (self->a) || store_filter_looks_beyond (self->b);
}
