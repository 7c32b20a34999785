/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which column of a file is which field.
 *
 * The names of the columns speak first: pairs of a field and a column that fit are taken from the
 * best one down, each column once, each field once unless several columns may feed it. A name that
 * only holds a known word counts where the contents agree. Where the file names no columns, the
 * contents speak alone: addresses, numbers, dates and amounts are recognised by most of their
 * cells, and the first column that is none of these is the name.
 */
#include "config.h"
#include "store-mapping.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store-cell-text.h"
#include "store-date-text.h"
#include "store-email-text.h"
#include "store-error.h"
#include "store-header-words.h"
#include "store-import-cell.h"
#include "store-money-text.h"
#include "store-phone-text.h"

#define SAMPLE_ROWS 200
#define SAMPLE_CELLS 20

struct _StoreMapping
{
  StoreImportTarget *target;
  StoreSheet *sheet;
  const StoreImportField *fields;
  guint n_fields;
  GArray **columns;
};

/* What the cells of a column look like: how many are full, and how many of those are what. */
typedef struct
{
  guint n_full;
  guint n_emails;
  guint n_phones;
  guint n_ids;
  GPtrArray *samples;
  StoreDateGuess dates;
  StoreMoneyGuess amounts;
} Contents;

typedef struct
{
  guint score;
  guint field;
  guint column;
} Pair;

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

static int
find_field (const StoreMapping *self,
            const char         *name)
{
  for (guint i = 0; i < self->n_fields; i++)
    if (g_str_equal (self->fields[i].name, name))
      return (int) i;
  return -1;
}

static int
find_field_of_column (const StoreMapping *self,
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

static void
clear_contents (gpointer data)
{
  Contents *contents = data;

  g_ptr_array_unref (contents->samples);
}

static void
look_at_cell (Contents   *contents,
              const char *cell)
{
  g_autofree char *email = NULL;
  g_autofree char *phone = NULL;
  StoreId id;

  if (store_cell_text_is_blank (cell))
    return;
  contents->n_full++;
  if (contents->samples->len < SAMPLE_CELLS)
    g_ptr_array_add (contents->samples, g_strdup (cell));
  store_date_guess_add (&contents->dates, cell);
  store_money_guess_add (&contents->amounts, cell);
  if (store_email_text_parse (cell, &email, NULL) == STORE_READING_VALUE)
    contents->n_emails++;
  else if (store_phone_text_parse (cell, &phone, NULL) == STORE_READING_VALUE && strlen (phone) > 6)
    contents->n_phones++;
  else if (store_id_parse (&id, cell))
    contents->n_ids++;
}

static GArray *
new_contents (guint n_columns)
{
  GArray *contents = g_array_new (FALSE, TRUE, sizeof (Contents));

  g_array_set_clear_func (contents, clear_contents);
  g_array_set_size (contents, n_columns);
  for (guint i = 0; i < n_columns; i++)
    g_array_index (contents, Contents, i).samples = g_ptr_array_new_with_free_func (g_free);
  return contents;
}

static GArray *
look_at_rows (StoreMapping  *self,
              GCancellable  *cancellable,
              GError       **error)
{
  guint n_columns = store_sheet_get_n_columns (self->sheet);
  g_autoptr (GArray) contents = new_contents (n_columns);
  g_autoptr (GError) failure = NULL;

  if (!store_sheet_rewind (self->sheet, cancellable, error))
    return NULL;
  for (guint n = 0; n < SAMPLE_ROWS && store_sheet_next (self->sheet, cancellable, &failure); n++)
    if (store_sheet_get_row (self->sheet) == STORE_SHEET_ROW_DATA)
      for (guint i = 0; i < n_columns; i++)
        look_at_cell (&g_array_index (contents, Contents, i),
                      store_sheet_get_cell (self->sheet, i));
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  if (!store_sheet_rewind (self->sheet, cancellable, error))
    return NULL;
  return g_steal_pointer (&contents);
}

static gboolean
is_most (guint64         n,
         const Contents *contents)
{
  return contents->n_full > 0 && n * 2 > contents->n_full;
}

/* Whether most of the first cells are choices of the field. */
static gboolean
are_choices (const StoreField *field,
             const Contents   *contents)
{
  StoreColumnGuess guess = { 0 };
  guint n = 0;

  for (guint i = 0; i < contents->samples->len; i++)
    {
      StoreValue value;

      n += store_import_cell_read (field, contents->samples->pdata[i], &guess, &value, NULL) ==
           STORE_READING_VALUE;
      store_value_clear (&value);
    }
  return n * 2 > contents->samples->len;
}

/* Whether the cells can be what the field holds; text can be anything but addresses and dates. */
static gboolean
agree (const StoreImportField *field,
       const Contents         *contents)
{
  if (g_str_equal (field->name, STORE_IMPORT_ID))
    return is_most (contents->n_ids, contents);
  if (g_str_equal (field->name, "email"))
    return is_most (contents->n_emails, contents);
  if (g_str_equal (field->name, "phone"))
    return is_most (contents->n_phones, contents);
  if (field->field != NULL)
    switch (field->field->type)
      {
      case STORE_FIELD_DATE:
      case STORE_FIELD_TIME:
        return is_most (contents->dates.dates, contents);
      case STORE_FIELD_MONEY:
      case STORE_FIELD_INTEGER:
      case STORE_FIELD_QUANTITY:
        return is_most (contents->amounts.amounts, contents);
      case STORE_FIELD_BOOLEAN:
      case STORE_FIELD_CURRENCY:
      case STORE_FIELD_ENUM:
        return are_choices (field->field, contents);
      case STORE_FIELD_REFERENCE:
        return TRUE;
      case STORE_FIELD_TEXT:
      case STORE_FIELD_LONG_TEXT:
      case STORE_FIELD_RANK:
      case STORE_FIELD_JSON:
      default:
        break;
      }
  return !is_most (contents->n_emails, contents) && !is_most (contents->dates.dates, contents) &&
         !is_most (contents->amounts.amounts, contents);
}

static guint
score_name (const StoreMapping *self,
            guint               field,
            const char         *name)
{
  const StoreImportField *target = &self->fields[field];
  const StoreKind *kind = store_import_target_get_kind (self->target);
  g_autofree char *folded = store_header_words_fold (name);
  g_autofree char *key = store_cell_text_key (name);
  g_autofree char *own = store_cell_text_key (target->name);
  g_autofree char *label = store_cell_text_key (target->label);
  g_autofree char *path = g_strconcat (kind->name, ".", target->name, NULL);

  if (g_str_equal (key, own) || g_str_equal (key, label))
    return G_MAXUINT;
  return store_header_words_score (folded, path);
}

static int
compare_pairs (gconstpointer a,
               gconstpointer b)
{
  const Pair *left = a;
  const Pair *right = b;

  if (left->score != right->score)
    return left->score > right->score ? -1 : 1;
  if (left->column != right->column)
    return left->column < right->column ? -1 : 1;
  return left->field < right->field ? -1 : left->field > right->field;
}

/* Whether a name is enough. Every program has a column "id", ours alone holds our ids; and a
 * "state" may be a choice of ours or a part of the United States. */
static gboolean
speaks_for_itself (const StoreImportField *field,
                   guint                   score)
{
  return score > STORE_HEADER_WORDS_PARTIAL && !g_str_equal (field->name, STORE_IMPORT_ID) &&
         (field->field == NULL || field->field->choices == NULL);
}

static void
guess_by_names (StoreMapping   *self,
                const Contents *contents)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (Pair));

  for (guint column = 0; column < store_sheet_get_n_columns (self->sheet); column++)
    for (guint field = 0; field < self->n_fields; field++)
      {
        Pair pair = {
          .score = score_name (self, field, store_sheet_get_name (self->sheet, column)),
          .field = field,
          .column = column,
        };

        if (pair.score > 0 && (speaks_for_itself (&self->fields[field], pair.score) ||
                               agree (&self->fields[field], &contents[column])))
          g_array_append_val (pairs, pair);
      }

  g_array_sort (pairs, compare_pairs);
  for (guint i = 0; i < pairs->len; i++)
    {
      const Pair *pair = &g_array_index (pairs, Pair, i);
      gboolean may_join = self->fields[pair->field].is_many &&
                          pair->score > STORE_HEADER_WORDS_PARTIAL;
      int column = (int) pair->column;

      if (find_field_of_column (self, pair->column) < 0 &&
          (self->columns[pair->field]->len == 0 || may_join))
        g_array_append_val (self->columns[pair->field], column);
    }
}

static void
take_if_free (StoreMapping *self,
              const char   *name,
              guint         column)
{
  int field = find_field (self, name);
  int value = (int) column;

  if (field >= 0 && (self->columns[field]->len == 0 || self->fields[field].is_many) &&
      find_field_of_column (self, column) < 0)
    g_array_append_val (self->columns[field], value);
}

static gboolean
has_decimals (const Contents *contents)
{
  return contents->amounts.decimal_point + contents->amounts.decimal_comma > 0 &&
         is_most (contents->amounts.amounts, contents);
}

/* The fields of each kind that a file without names is most likely to hold. */
static void
guess_by_contents (StoreMapping   *self,
                   const Contents *contents)
{
  gboolean is_party = find_field (self, "email") >= 0;
  guint n_columns = store_sheet_get_n_columns (self->sheet);

  for (guint i = 0; i < n_columns; i++)
    if (is_most (contents[i].n_emails, &contents[i]))
      take_if_free (self, is_party ? "email" : "party", i);
    else if (is_most (contents[i].dates.dates, &contents[i]))
      take_if_free (self, is_party ? "birthday" : "date", i);
    else if (is_party && is_most (contents[i].n_phones, &contents[i]))
      take_if_free (self, "phone", i);
    else if (!is_party && has_decimals (&contents[i]))
      take_if_free (self, "total", i);
  for (guint i = 0; i < n_columns; i++)
    if (contents[i].n_full > 0)
      take_if_free (self, store_import_target_get_kind (self->target)->title, i);
}

/**
 * store_mapping_guess:
 * @self: a mapping
 * @cancellable: (nullable): to stop
 * @error: an I/O error
 *
 * Guesses which column is which field, from names and the first rows; the file then stands before
 * its first row again.
 */
gboolean
store_mapping_guess (StoreMapping  *self,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_autoptr (GArray) contents = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  contents = look_at_rows (self, cancellable, error);
  if (contents == NULL)
    return FALSE;

  for (guint i = 0; i < self->n_fields; i++)
    g_array_set_size (self->columns[i], 0);
  if (store_sheet_has_header (self->sheet))
    guess_by_names (self, (const Contents *) (void *) contents->data);
  else
    guess_by_contents (self, (const Contents *) (void *) contents->data);
  return TRUE;
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

  found = find_field (self, field);
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
  int field = name != NULL ? find_field (self, name) : -1;
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

  found = find_field (self, field);
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

  field = find_field_of_column (self, column);
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
