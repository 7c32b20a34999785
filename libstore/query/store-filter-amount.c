/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comparisons with amounts of money, days and times: what is written stands for a number or a span.
 * */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store-day-text.h"
#include "store-filter-private.h"
#include "store-money-text.h"

/* A span of days or milliseconds that an operand names, both ends within. */
typedef struct
{
  StoreValue first;
  StoreValue last;
} Span;

/* An amount in 1/10000; @currency stays empty where none was written. */
static gboolean
parse_money (const char *operand,
             gint64     *amount,
             char        currency[4])
{
  int missing;

  currency[0] = 0;
  if (store_number_text_parse (operand, NULL, 4, amount, NULL) == STORE_READING_VALUE)
    return TRUE;
  if (store_money_text_parse (operand, NULL, "XXX", amount, currency, NULL) != STORE_READING_VALUE)
    return FALSE;
  for (missing = 4 - store_currency_get_digits (currency); missing > 0; missing--)
    if (__builtin_mul_overflow (*amount, 10, amount))
      return FALSE;
  return !g_str_equal (currency, "XXX");
}

static const StoreField *
find_currency_field (StoreFilter *self)
{
  for (guint i = 0; i < self->kind->n_fields; i++)
    if (self->kind->fields[i].type == STORE_FIELD_CURRENCY)
      return &self->kind->fields[i];
  return NULL;
}

/**
 * store_filter_add_money:
 * @self: a comparison with money
 * @sql: a statement in the making
 * @error: %STORE_ERROR_INVALID where the operand cannot be understood
 *
 * Returns: whether it was added. Any thread.
 */
gboolean
store_filter_add_money (StoreFilter *self,
                        StoreSql    *sql,
                        GError     **error)
{
  const StoreField *beside = find_currency_field (self);
  char currency[4];
  gint64 amount;

  if (self->op == STORE_OPERATOR_CONTAINS)
    return store_filter_refuse_operator (self, error, "= != < <= > >=");
  if (!parse_money (self->operand, &amount, currency) || (currency[0] && beside == NULL))
    return store_filter_refuse (self, error, _("Write an amount in digits, for example 1234.50."));

  store_sql_add (sql, "(store_money (");
  store_sql_add_name (sql, self->field->name);
  store_sql_add (sql, ", ");
  if (beside)
    store_sql_add_name (sql, beside->name);
  else
    store_sql_add (sql, "NULL");
  store_sql_add (sql, self->op == STORE_OPERATOR_NOT_EQUAL ? ") IS NOT " : ") ");
  if (self->op != STORE_OPERATOR_NOT_EQUAL)
    store_sql_add (sql, store_operator_to_text (self->op));
  store_sql_add_number (sql, amount);
  if (currency[0])
    {
      store_sql_add (sql, self->op == STORE_OPERATOR_NOT_EQUAL ? " OR " : " AND ");
      store_sql_add_name (sql, beside->name);
      store_sql_add (sql, self->op == STORE_OPERATOR_NOT_EQUAL ? " IS NOT " : " = ");
      store_sql_add_text (sql, currency);
    }
  store_sql_add (sql, ")");
  return TRUE;
}

static void
add_span (StoreFilter *self,
          StoreSql    *sql,
          const Span  *span)
{
  const char *column = self->field->name;

  switch (self->op)
    {
    case STORE_OPERATOR_LESS:
      store_sql_add_bound (sql, column, " < ", &span->first);
      break;
    case STORE_OPERATOR_LESS_EQUAL:
      store_sql_add_bound (sql, column, " <= ", &span->last);
      break;
    case STORE_OPERATOR_GREATER:
      store_sql_add_bound (sql, column, " > ", &span->last);
      break;
    case STORE_OPERATOR_GREATER_EQUAL:
      store_sql_add_bound (sql, column, " >= ", &span->first);
      break;
    case STORE_OPERATOR_EQUAL:
    case STORE_OPERATOR_NOT_EQUAL:
    default:
      store_sql_add (sql, self->op == STORE_OPERATOR_EQUAL ? "(" : "NOT ifnull (");
      store_sql_add_bound (sql, column, " >= ", &span->first);
      store_sql_add (sql, " AND ");
      store_sql_add_bound (sql, column, " <= ", &span->last);
      store_sql_add (sql, self->op == STORE_OPERATOR_EQUAL ? ")" : ", 0)");
      break;
    }
}

static gboolean
refuse_date (StoreFilter *self,
             GError     **error)
{
  return store_filter_refuse (self, error,
                 _("Write a date such as 2025-03-31, a month 2025-03, a year 2025, or today-30."));
}

/**
 * store_filter_add_date:
 * @self: a comparison with a day
 * @sql: a statement in the making
 * @error: %STORE_ERROR_INVALID where the operand cannot be understood
 *
 * Returns: whether it was added. Any thread.
 */
gboolean
store_filter_add_date (StoreFilter *self,
                       StoreSql    *sql,
                       GError     **error)
{
  char first[48];
  char last[48];
  StoreDayText day;
  Span span;

  if (self->op == STORE_OPERATOR_CONTAINS)
    return store_filter_add_contains (self, sql);
  if (!store_day_text_parse (self->operand, &day))
    return refuse_date (self, error);

  /* A day of no certain year: in any year, or without one. */
  if (day.year == 0)
    {
      if (self->op != STORE_OPERATOR_EQUAL && self->op != STORE_OPERATOR_NOT_EQUAL)
        return store_filter_refuse_operator (self, error, "=, !=, ~");
      store_sql_add (sql, "substr (");
      store_sql_add_name (sql, self->field->name);
      store_sql_add (sql, self->op == STORE_OPERATOR_EQUAL ? ", -5) = " : ", -5) IS NOT ");
      g_snprintf (first, sizeof first, "%02d-%02d", day.month, day.day);
      store_sql_add_text (sql, first);
      return TRUE;
    }

  g_snprintf (first, sizeof first, "%04d-%02d-%02d", day.year, day.month, day.day);
  g_snprintf (last, sizeof last, "%04d-%02d-%02d", day.year,
              day.month > 0 ? day.month : 99, day.day > 0 ? day.day : 99);
  span.first = store_value_text (first);
  span.last = store_value_text (last);
  store_sql_add (sql, "(");
  add_span (self, sql, &span);
  if (self->op == STORE_OPERATOR_LESS || self->op == STORE_OPERATOR_LESS_EQUAL)
    {
      store_sql_add (sql, " AND ");
      store_sql_add_name (sql, self->field->name);
      store_sql_add (sql, " >= '0'");
    }
  store_sql_add (sql, ")");
  return TRUE;
}

/**
 * store_filter_add_time:
 * @self: a comparison with a time
 * @sql: a statement in the making
 * @error: %STORE_ERROR_INVALID where the operand cannot be understood
 *
 * Returns: whether it was added. Any thread.
 */
gboolean
store_filter_add_time (StoreFilter *self,
                       StoreSql    *sql,
                       GError     **error)
{
  gint64 first, last;
  Span span;

  if (self->op == STORE_OPERATOR_CONTAINS)
    return store_filter_refuse_operator (self, error, "= != < <= > >=");
  if (!store_day_text_parse_moment (self->operand, &first, &last))
    return refuse_date (self, error);
  span.first = store_value_integer (first);
  span.last = store_value_integer (last);
  add_span (self, sql, &span);
  return TRUE;
}
