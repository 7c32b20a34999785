/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One cell as the value of one field, whatever type the catalog gives it. */
#include "config.h"
#include "store-import-cell.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store-cell-text.h"
#include "store-error.h"
#include "store-json-text.h"

#define QUANTITY_DIGITS 4
#define MAX_JSON (64 * 1024)
#define MAX_JSON_DEPTH 32

/* What people write for yes and no, folded. */
static const char *const yes[] = {
  "1", "yes", "y", "true", "x", "on", "ja", "oui", "是", "有", "对", "√", "✓",
};
static const char *const no[] = { "0", "no", "n", "false", "off", "nein", "non", "否", "没有", "×" };

/**
 * store_column_guess_can:
 * @field: (nullable): a field
 *
 * Returns: whether its cells are read by what the whole column says. Any thread.
 */
gboolean
store_column_guess_can (const StoreField *field)
{
  if (field == NULL)
    return FALSE;
  return field->type == STORE_FIELD_DATE || field->type == STORE_FIELD_TIME ||
         field->type == STORE_FIELD_MONEY || field->type == STORE_FIELD_INTEGER ||
         field->type == STORE_FIELD_QUANTITY;
}

/**
 * store_column_guess_add:
 * @guess: the evidence so far
 * @field: the field that the column feeds
 * @cell: one of its cells
 *
 * Takes a cell as evidence. One thread at a time.
 */
void
store_column_guess_add (StoreColumnGuess *guess,
                        const StoreField *field,
                        const char       *cell)
{
  g_return_if_fail (guess != NULL && field != NULL && cell != NULL);

  if (field->type == STORE_FIELD_DATE || field->type == STORE_FIELD_TIME)
    store_date_guess_add (&guess->dates, cell);
  else
    store_money_guess_add (&guess->amounts, cell);
}

static StoreValue
text_value (const char *text)
{
  StoreValue borrowed = store_value_text (text);

  return store_value_copy (&borrowed);
}

static StoreReading
read_date (const StoreField        *field,
           const char              *cell,
           const StoreColumnGuess  *guess,
           StoreValue              *value,
           GError                 **error)
{
  StoreDateText date;
  g_autofree char *iso = NULL;
  StoreReading reading = store_date_text_parse (cell, &guess->dates, &date, error);
  gboolean needs_year = field->type == STORE_FIELD_TIME ||
                        (field->flags & STORE_FIELD_YEAR_OPTIONAL) == 0;

  if (reading != STORE_READING_VALUE)
    return reading;
  if (date.year == 0 && needs_year)
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_INVALID, _("The date “%s” has no year."), cell);
      return STORE_READING_REFUSED;
    }

  if (field->type == STORE_FIELD_TIME)
    {
      *value = store_value_integer (store_date_text_to_unix_ms (&date));
      return STORE_READING_VALUE;
    }
  iso = store_date_text_to_iso (&date);
  *value = text_value (iso);
  return STORE_READING_VALUE;
}

static StoreReading
read_number (int                      digits,
             const char              *cell,
             const StoreColumnGuess  *guess,
             StoreValue              *value,
             GError                 **error)
{
  gint64 number;
  StoreReading reading = store_number_text_parse (cell, &guess->amounts, digits, &number, error);

  if (reading == STORE_READING_VALUE)
    *value = store_value_integer (number);
  return reading;
}

static gboolean
is_among (const char        *plain,
          const char *const *words,
          gsize              n_words)
{
  for (gsize i = 0; i < n_words; i++)
    if (g_str_equal (plain, words[i]))
      return TRUE;
  return FALSE;
}

static StoreReading
refuse_choice (const StoreField  *field,
               const char        *cell,
               GError           **error)
{
  g_autofree char *shown = store_cell_text_shorten (cell);

  g_set_error (error, STORE_ERROR, STORE_ERROR_INVALID, _("“%s” is no choice for “%s”."), shown,
               store_field_get_label (field));
  return STORE_READING_REFUSED;
}

static StoreReading
read_boolean (const StoreField  *field,
              const char        *cell,
              StoreValue        *value,
              GError           **error)
{
  g_autofree char *plain = store_cell_text_plain (cell);

  if (is_among (plain, yes, G_N_ELEMENTS (yes)))
    *value = store_value_integer (1);
  else if (is_among (plain, no, G_N_ELEMENTS (no)))
    *value = store_value_integer (0);
  else
    return refuse_choice (field, cell, error);
  return STORE_READING_VALUE;
}

static gboolean
is_called (const char *key,
           const char *name)
{
  g_autofree char *other = store_cell_text_key (name);

  return g_str_equal (key, other);
}

static StoreReading
read_choice (const StoreField  *field,
             const char        *cell,
             StoreValue        *value,
             GError           **error)
{
  g_autofree char *key = store_cell_text_key (cell);

  for (const StoreChoice *choice = field->choices; choice->value != NULL; choice++)
    if (is_called (key, choice->value) || is_called (key, choice->label) ||
        is_called (key, store_field_get_choice_label (field, choice->value)))
      {
        *value = text_value (choice->value);
        return STORE_READING_VALUE;
      }
  return refuse_choice (field, cell, error);
}

static StoreReading
read_currency (const StoreField  *field,
               const char        *cell,
               StoreValue        *value,
               GError           **error)
{
  g_autofree char *amount = g_strconcat ("1 ", cell, NULL);
  g_autofree char *code = store_cell_text_key (cell);
  char found[4];
  gint64 minor;

  if (store_money_text_parse (amount, NULL, "XXX", &minor, found, NULL) == STORE_READING_VALUE &&
      !g_str_equal (found, "XXX"))
    {
      *value = text_value (found);
      return STORE_READING_VALUE;
    }

  if (strlen (code) != 3 || !g_str_is_ascii (code))
    return refuse_choice (field, cell, error);
  for (int i = 0; i < 3; i++)
    code[i] = g_ascii_toupper (code[i]);
  *value = text_value (code);
  return STORE_READING_VALUE;
}

static StoreReading
read_json (const StoreField  *field,
           const char        *cell,
           StoreValue        *value,
           GError           **error)
{
  g_autoptr (JsonNode) node = NULL;

  if (strlen (cell) <= MAX_JSON)
    node = store_json_text_parse (cell, -1, MAX_JSON_DEPTH);
  if (node == NULL)
    return refuse_choice (field, cell, error);
  *value = text_value (cell);
  return STORE_READING_VALUE;
}

static StoreReading
read_text (const StoreField *field,
           const char       *cell,
           StoreValue       *value)
{
  g_autofree char *clean = store_cell_text_clean (cell);

  if (field->type == STORE_FIELD_TEXT)
    g_strdelimit (clean, "\n\t", ' ');
  *value = text_value (clean);
  return STORE_READING_VALUE;
}

/**
 * store_import_cell_read:
 * @field: a field of the catalog, neither money nor a reference
 * @cell: the cell
 * @guess: what the column says
 * @value: (out): what to store, owned; for %STORE_READING_VALUE
 * @error: %STORE_ERROR_INVALID with a sentence, for %STORE_READING_REFUSED
 *
 * Returns: what became of the cell. Any thread.
 */
StoreReading
store_import_cell_read (const StoreField        *field,
                        const char              *cell,
                        const StoreColumnGuess  *guess,
                        StoreValue              *value,
                        GError                 **error)
{
  g_return_val_if_fail (field != NULL && cell != NULL && guess != NULL && value != NULL,
                        STORE_READING_EMPTY);

  *value = STORE_VALUE_INIT;
  if (store_cell_text_is_blank (cell))
    return STORE_READING_EMPTY;

  switch (field->type)
    {
    case STORE_FIELD_DATE:
    case STORE_FIELD_TIME:
      return read_date (field, cell, guess, value, error);
    case STORE_FIELD_INTEGER:
      return read_number (0, cell, guess, value, error);
    case STORE_FIELD_QUANTITY:
      return read_number (QUANTITY_DIGITS, cell, guess, value, error);
    case STORE_FIELD_BOOLEAN:
      return read_boolean (field, cell, value, error);
    case STORE_FIELD_ENUM:
      return read_choice (field, cell, value, error);
    case STORE_FIELD_CURRENCY:
      return read_currency (field, cell, value, error);
    case STORE_FIELD_JSON:
      return read_json (field, cell, value, error);
    case STORE_FIELD_TEXT:
    case STORE_FIELD_LONG_TEXT:
    case STORE_FIELD_RANK:
      return read_text (field, cell, value);
    case STORE_FIELD_MONEY:
    case STORE_FIELD_REFERENCE:
    default:
      g_return_val_if_reached (STORE_READING_EMPTY);
    }
}
