/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which column of a file is which field, as far as the file tells.
 *
 * The names of the columns speak first: pairs of a field and a column that fit are taken from the
 * best one down, each column once, each field once unless several columns may feed it. A name that
 * only holds a known word counts where the contents agree. Where the file names no columns, the
 * contents speak alone: addresses, numbers, dates and amounts are recognised by most of their
 * cells, and the first column that is none of these is the name.
 */
#include "config.h"

#include <string.h>

#include "store-cell-text.h"
#include "store-date-text.h"
#include "store-email-text.h"
#include "store-header-words.h"
#include "store-import-cell.h"
#include "store-mapping-private.h"
#include "store-money-text.h"
#include "store-phone-text.h"

#define SAMPLE_ROWS 200
#define SAMPLE_CELLS 20

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

      if (store_mapping_find_field_of (self, pair->column) < 0 &&
          (self->columns[pair->field]->len == 0 || may_join))
        g_array_append_val (self->columns[pair->field], column);
    }
}

static void
take_if_free (StoreMapping *self,
              const char   *name,
              guint         column)
{
  int field = store_mapping_find_field (self, name);
  int value = (int) column;

  if (field >= 0 && (self->columns[field]->len == 0 || self->fields[field].is_many) &&
      store_mapping_find_field_of (self, column) < 0)
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
  gboolean is_party = store_mapping_find_field (self, "email") >= 0;
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
