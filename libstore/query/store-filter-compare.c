/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a comparison means, in SQL. It follows from the type of its field:
 *
 *   text         = is exact, ~ takes letters as store-fold.c does, < and > go by bytes
 *   choice       the stored word or what a person reads for it; = != and ~ only
 *   yes or no    yes, no, 1, 0, true, false; never filled in counts as no
 *   number       in digits; quantities with their decimals
 *   money        in whole units of whatever currency the record has (100 = 100.00 = ¥100), or
 *                with a currency ("100 EUR"), then of records in that currency only
 *   date, time   a day, a month (2025-03) or a year (2025): = is within it, < before, > after it;
 *                also today, today-30, today+7. Times are those of the clock on the wall here.
 *   reference    an id, or the referred record's title
 *
 * Nothing between the quotes ("") is a field that is empty. Comparisons other than != are never
 * true of an empty field, and != always is, unless it asks for "" itself.
 */
#include "config.h"

#include "store-filter-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store-catalog.h"
#include "store-error.h"
#include "store-fold.h"
#include "store-money-text.h"

/**
 * store_filter_refuse:
 * @self: a comparison
 * @error: return location
 * @what_to_write: a sentence
 *
 * Returns: %FALSE, with an error that names the operand
 */
gboolean
store_filter_refuse (StoreFilter *self,
                     GError     **error,
                     const char  *what_to_write)
{
  g_set_error (error, STORE_ERROR, STORE_ERROR_INVALID,
               _("“%s” cannot be compared with “%s”. %s"), store_filter_get_name (self),
               self->operand, what_to_write);
  return FALSE;
}

/**
 * store_filter_refuse_operator:
 * @self: a comparison
 * @error: return location
 * @possible: the operators that the field knows
 *
 * Returns: %FALSE, with an error that names them
 */
gboolean
store_filter_refuse_operator (StoreFilter *self,
                              GError     **error,
                              const char  *possible)
{
  g_set_error (error, STORE_ERROR, STORE_ERROR_INVALID,
               _("“%s” cannot be compared by “%s”. Use %s."), store_filter_get_name (self),
               store_operator_to_text (self->op), possible);
  return FALSE;
}

static gboolean
is_order (StoreOperator op)
{
  return op >= STORE_OPERATOR_LESS && op <= STORE_OPERATOR_GREATER_EQUAL;
}

static gboolean
is_equality (StoreOperator op)
{
  return op == STORE_OPERATOR_EQUAL || op == STORE_OPERATOR_NOT_EQUAL;
}

/* COLUMN OP ?, where != is true of an empty field too. */
static void
add_plain (StoreFilter      *self,
           StoreSql         *sql,
           const StoreValue *value)
{
  store_sql_add_name (sql, self->field->name);
  store_sql_add (sql, " ");
  store_sql_add (sql, self->op == STORE_OPERATOR_NOT_EQUAL ? "IS NOT"
                                                           : store_operator_to_text (self->op));
  store_sql_add (sql, " ");
  store_sql_add_value (sql, value);
}

static gboolean
add_empty (StoreFilter *self,
           StoreSql    *sql)
{
  store_sql_add (sql, self->op == STORE_OPERATOR_EQUAL ? "ifnull (" : "NOT ifnull (");
  store_sql_add_name (sql, self->field->name);
  store_sql_add (sql, " = '', 1)");
  return TRUE;
}

static void
add_contains (StoreSql   *sql,
              const char *column,
              const char *operand)
{
  g_autofree char *needle = store_fold_text (operand, -1);

  store_sql_add (sql, "store_contains (");
  store_sql_add_name (sql, column);
  store_sql_add (sql, ", ");
  store_sql_add_text (sql, needle);
  store_sql_add (sql, ")");
}

/**
 * store_filter_add_contains:
 * @self: a comparison with ~
 * @sql: a statement in the making
 *
 * Returns: %TRUE
 */
gboolean
store_filter_add_contains (StoreFilter *self,
                           StoreSql    *sql)
{
  add_contains (sql, self->field->name, self->operand);
  return TRUE;
}

static gboolean
add_text (StoreFilter *self,
          StoreSql    *sql,
          const char  *operand)
{
  StoreValue value = store_value_text (operand);

  if (self->op == STORE_OPERATOR_CONTAINS)
    add_contains (sql, self->field->name, operand);
  else
    add_plain (self, sql, &value);
  return TRUE;
}

static gboolean
add_currency (StoreFilter *self,
              StoreSql    *sql)
{
  g_autofree char *code = g_ascii_strup (self->operand, -1);

  return add_text (self, sql, code);
}

static const char *
find_choice (const StoreField *field,
             const char       *operand)
{
  g_autofree char *wanted = store_fold_text (operand, -1);

  for (const StoreChoice *choice = field->choices; choice && choice->value; choice++)
    {
      g_autofree char *label =
        store_fold_text (store_field_get_choice_label (field, choice->value), -1);

      if (g_str_equal (choice->value, wanted) || g_str_equal (label, wanted))
        return choice->value;
    }
  return NULL;
}

static gboolean
add_choice (StoreFilter *self,
            StoreSql    *sql,
            GError     **error)
{
  g_autoptr (GString) choices = NULL;
  g_autofree char *advice = NULL;
  const char *found;

  if (is_order (self->op))
    return store_filter_refuse_operator (self, error, "=, != , ~");
  if (self->op == STORE_OPERATOR_CONTAINS)
    return add_text (self, sql, self->operand);

  found = find_choice (self->field, self->operand);
  if (found)
    return add_text (self, sql, found);

  choices = g_string_new (NULL);
  for (const StoreChoice *choice = self->field->choices; choice && choice->value; choice++)
    g_string_append_printf (choices, "%s%s", choices->len > 0 ? ", " : "", choice->value);
  advice = g_strdup_printf (_("It is one of: %s."), choices->str);
  return store_filter_refuse (self, error, advice);
}

static gboolean
parse_boolean (const char *operand,
               gboolean   *yes)
{
  /* Of each two the first is no. */
  static const char *const words[] = {
    "no", "yes", "0", "1", "false", "true", "n", "y", "off", "on", "否", "是",
  };
  g_autofree char *folded = store_fold_text (operand, -1);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (folded, words[i]))
      {
        *yes = i % 2;
        return TRUE;
      }
  return FALSE;
}

static gboolean
add_boolean (StoreFilter *self,
             StoreSql    *sql,
             GError     **error)
{
  gboolean yes;

  if (!is_equality (self->op))
    return store_filter_refuse_operator (self, error, "=, !=");
  if (!parse_boolean (self->operand, &yes))
    return store_filter_refuse (self, error, _("Write yes or no."));

  if (self->op == STORE_OPERATOR_NOT_EQUAL)
    yes = !yes;
  store_sql_add (sql, "ifnull (");
  store_sql_add_name (sql, self->field->name);
  store_sql_add (sql, yes ? ", 0) <> 0" : ", 0) = 0");
  return TRUE;
}

static gboolean
add_number (StoreFilter *self,
            StoreSql    *sql,
            int          digits,
            GError     **error)
{
  StoreValue value = STORE_VALUE_INIT;
  gint64 whole;

  if (self->op == STORE_OPERATOR_CONTAINS)
    return store_filter_refuse_operator (self, error, "= != < <= > >=");
  if (store_number_text_parse (self->operand, NULL, digits, &whole, NULL) != STORE_READING_VALUE)
    return store_filter_refuse (self, error, _("Write a number, for example 12."));
  value = store_value_integer (whole);
  add_plain (self, sql, &value);
  return TRUE;
}

static gboolean
add_title (StoreFilter     *self,
           StoreSql        *sql,
           const StoreKind *kind)
{
  const char *title = kind->title;

  store_sql_add (sql, self->op == STORE_OPERATOR_NOT_EQUAL ? "ifnull (" : "");
  store_sql_add_name (sql, self->field->name);
  store_sql_add (sql, self->op == STORE_OPERATOR_NOT_EQUAL ? " NOT IN (SELECT id FROM "
                                                           : " IN (SELECT id FROM ");
  store_sql_add_name (sql, kind->name);
  store_sql_add (sql, " WHERE ");
  if (self->op == STORE_OPERATOR_CONTAINS)
    add_contains (sql, title, self->operand);
  else
    {
      store_sql_add_name (sql, title);
      store_sql_add (sql, " = ");
      store_sql_add_text (sql, self->operand);
    }
  store_sql_add (sql, self->op == STORE_OPERATOR_NOT_EQUAL ? "), 1)" : ")");
  return TRUE;
}

static gboolean
add_reference (StoreFilter *self,
               StoreSql    *sql,
               GError     **error)
{
  const StoreKind *kind = self->field->refers ? store_catalog_find (self->field->refers) : NULL;
  StoreValue value;
  StoreId id;

  if (is_order (self->op))
    return store_filter_refuse_operator (self, error, "=, !=, ~");
  if (is_equality (self->op) && store_id_parse (&id, self->operand))
    {
      value = store_value_id (&id);
      add_plain (self, sql, &value);
      return TRUE;
    }
  if (kind == NULL || kind->title == NULL)
    return store_filter_refuse (self, error, _("Write the id of a record."));
  return add_title (self, sql, kind);
}

static gboolean
add_id (StoreFilter *self,
        StoreSql    *sql,
        GError     **error)
{
  StoreValue value;
  StoreId id;

  if (!is_equality (self->op))
    return store_filter_refuse_operator (self, error, "=, !=");
  if (!store_id_parse (&id, self->operand))
    return store_filter_refuse (self, error, _("Write the id of a record."));
  value = store_value_id (&id);
  store_sql_add_bound (sql, "id", self->op == STORE_OPERATOR_EQUAL ? " = " : " <> ", &value);
  return TRUE;
}

/* By the tag's id, or by its name as store-fold.c takes it; "" are those without any tag. */
static gboolean
add_tag (StoreFilter *self,
         StoreSql    *sql,
         GError     **error)
{
  g_autofree char *name = store_fold_text (self->operand, -1);
  gboolean without = self->op == STORE_OPERATOR_NOT_EQUAL;
  StoreValue value;
  StoreId id;

  if (is_order (self->op))
    return store_filter_refuse_operator (self, error, "=, !=, ~");
  if (name[0] == 0)
    without = !without;
  store_sql_add (sql, without ? "id NOT IN " : "id IN ");
  store_sql_add (sql, "(SELECT party FROM tagging WHERE trashed = 0 AND party IS NOT NULL");
  if (store_id_parse (&id, self->operand))
    {
      value = store_value_id (&id);
      store_sql_add (sql, " AND tag = ");
      store_sql_add_value (sql, &value);
    }
  else if (name[0])
    {
      store_sql_add (sql, " AND tag IN (SELECT id FROM tag WHERE trashed = 0 AND ");
      store_sql_add (sql, self->op == STORE_OPERATOR_CONTAINS ? "instr (store_fold (name), "
                                                              : "(store_fold (name) = ");
      store_sql_add_text (sql, name);
      store_sql_add (sql, "))");
    }
  store_sql_add (sql, ")");
  return TRUE;
}

static gboolean
add_field (StoreFilter *self,
           StoreSql    *sql,
           GError     **error)
{
  if (self->operand[0] == 0 && is_equality (self->op))
    return add_empty (self, sql);

  switch (self->field->type)
    {
    case STORE_FIELD_ENUM:
      return add_choice (self, sql, error);
    case STORE_FIELD_BOOLEAN:
      return add_boolean (self, sql, error);
    case STORE_FIELD_INTEGER:
      return add_number (self, sql, 0, error);
    case STORE_FIELD_QUANTITY:
      return add_number (self, sql, 4, error);
    case STORE_FIELD_MONEY:
      return store_filter_add_money (self, sql, error);
    case STORE_FIELD_DATE:
      return store_filter_add_date (self, sql, error);
    case STORE_FIELD_TIME:
      return store_filter_add_time (self, sql, error);
    case STORE_FIELD_REFERENCE:
      return add_reference (self, sql, error);
    case STORE_FIELD_CURRENCY:
      return add_currency (self, sql);
    case STORE_FIELD_TEXT:
    case STORE_FIELD_LONG_TEXT:
    case STORE_FIELD_RANK:
    case STORE_FIELD_JSON:
    default:
      return add_text (self, sql, self->operand);
    }
}

/**
 * store_filter_add_comparison:
 * @self: a comparison
 * @sql: a statement in the making
 * @error: %STORE_ERROR_INVALID where the operand cannot be understood
 *
 * Returns: whether it was added. Any thread.
 */
gboolean
store_filter_add_comparison (StoreFilter *self,
                             StoreSql    *sql,
                             GError     **error)
{
  switch (self->subject)
    {
    case STORE_FILTER_ID:
      return add_id (self, sql, error);
    case STORE_FILTER_TAG:
      return add_tag (self, sql, error);
    case STORE_FILTER_FIELD:
    default:
      return add_field (self, sql, error);
    }
}
