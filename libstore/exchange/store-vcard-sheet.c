/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A file of cards as a table, so that cards go the way of every import: mapping, preview,
 * rehearsal, finding who is there already. One row a card, one column a field; several addresses or
 * numbers of one card share a cell, a line each. A second postal address, fax and pager go to the
 * notes: nothing that a person would miss is dropped in silence.
 */
#include "config.h"
#include "store-vcard-sheet.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store-cell-text.h"
#include "store-csv-writer.h"
#include "store-error.h"
#include "store-text-decoder.h"
#include "store-vcard.h"

#define MAX_FILE (256 * 1024 * 1024)

typedef enum
{
  COLUMN_NAME,
  COLUMN_GIVEN,
  COLUMN_MIDDLE,
  COLUMN_FAMILY,
  COLUMN_PREFIX,
  COLUMN_SUFFIX,
  COLUMN_NICKNAME,
  COLUMN_COMPANY,
  COLUMN_JOB,
  COLUMN_EMAIL,
  COLUMN_MOBILE,
  COLUMN_PHONE,
  COLUMN_WEB,
  COLUMN_STREET,
  COLUMN_CITY,
  COLUMN_REGION,
  COLUMN_POSTCODE,
  COLUMN_COUNTRY,
  COLUMN_BIRTHDAY,
  COLUMN_TAGS,
  COLUMN_NOTES,
  COLUMN_WECHAT,
  COLUMN_ID,
  N_COLUMNS,
} Column;

/* Names that the mapping knows. */
static const char *const column_names[N_COLUMNS] = {
  "Name",     "Given name", "Middle name",  "Family name", "Name prefix", "Name suffix", "Nickname",
  "Company",  "Job title",  "Email",        "Mobile",      "Phone",       "Website",     "Street",
  "City",     "Region",     "Postcode",     "Country",     "Birthday",    "Tags",        "Notes",
  "WeChat",   "Id",
};

typedef struct
{
  GString *cells[N_COLUMNS];
} Row;

static void
add_to_cell (Row        *row,
             Column      column,
             const char *text)
{
  g_autofree char *clean = store_cell_text_clean (text);

  if (*clean == '\0')
    return;
  if (row->cells[column]->len > 0)
    g_string_append_c (row->cells[column], '\n');
  g_string_append (row->cells[column], clean);
}

static void
set_cell (Row        *row,
          Column      column,
          const char *text)
{
  if (row->cells[column]->len == 0)
    add_to_cell (row, column, text);
}

static void
take_names (Row                      *row,
            const StoreVcardProperty *property)
{
  static const Column columns[] = {
    COLUMN_FAMILY, COLUMN_GIVEN, COLUMN_MIDDLE, COLUMN_PREFIX, COLUMN_SUFFIX,
  };
  g_auto (GStrv) parts = store_vcard_property_dup_parts (property, ';');

  for (guint i = 0; i < G_N_ELEMENTS (columns) && parts[i] != NULL; i++)
    set_cell (row, columns[i], g_strdelimit (parts[i], ",", ' '));
}

static char *
join_parts (char **parts)
{
  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_string_append_printf (joined, "%s%s", joined->len > 0 ? ", " : "", parts[i]);
  return g_strdup (joined->str);
}

/* RFC 6350, section 6.3.1: box; extension; street; city; region; postcode; country. */
static void
take_address (Row                      *row,
              const StoreVcardProperty *property)
{
  static const Column columns[] = {
    COLUMN_STREET, COLUMN_STREET, COLUMN_STREET, COLUMN_CITY, COLUMN_REGION, COLUMN_POSTCODE,
    COLUMN_COUNTRY,
  };
  g_auto (GStrv) parts = store_vcard_property_dup_parts (property, ';');
  gboolean is_first = TRUE;

  for (guint i = COLUMN_STREET; i <= COLUMN_COUNTRY; i++)
    is_first = is_first && row->cells[i]->len == 0;
  if (!is_first)
    {
      g_autofree char *address = join_parts (parts);

      add_to_cell (row, COLUMN_NOTES, address);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (columns) && parts[i] != NULL; i++)
    add_to_cell (row, columns[i], g_strdelimit (parts[i], "\n", ' '));
}

static void
take_number (Row                      *row,
             const StoreVcardProperty *property)
{
  g_autofree char *number = store_vcard_property_dup_text (property);
  g_autofree char *note = NULL;

  if (store_vcard_property_is (property, "FAX"))
    note = g_strdup_printf (_("Fax: %s"), number);
  else if (store_vcard_property_is (property, "PAGER"))
    note = g_strdup_printf (_("Pager: %s"), number);
  if (note != NULL)
    add_to_cell (row, COLUMN_NOTES, note);
  else
    add_to_cell (row, store_vcard_property_is (property, "CELL") ? COLUMN_MOBILE : COLUMN_PHONE,
                 number);
}

/* A telephone that asks for no year writes 1604, and says so beside it. */
static void
take_birthday (Row                      *row,
               const StoreVcardProperty *property)
{
  g_autofree char *date = store_vcard_property_dup_text (property);
  const char *omitted = store_vcard_property_get (property, "X-APPLE-OMIT-YEAR");
  g_autofree char *without_year = NULL;

  if (omitted != NULL && *omitted != '\0' && g_str_has_prefix (date, omitted))
    without_year = g_strconcat ("-", date + strlen (omitted), NULL);
  set_cell (row, COLUMN_BIRTHDAY, without_year != NULL ? without_year : date);
}

static void
take_company (Row                      *row,
              const StoreVcardProperty *property)
{
  g_auto (GStrv) parts = store_vcard_property_dup_parts (property, ';');

  set_cell (row, COLUMN_COMPANY, parts[0]);
}

static void
take_property (Row                      *row,
               const StoreVcardProperty *property)
{
  static const struct
  {
    const char *name;
    Column column;
    gboolean is_many;
  } plain[] = {
    { "FN", COLUMN_NAME, FALSE },      { "NICKNAME", COLUMN_NICKNAME, FALSE },
    { "TITLE", COLUMN_JOB, FALSE },    { "EMAIL", COLUMN_EMAIL, TRUE },
    { "URL", COLUMN_WEB, TRUE },       { "CATEGORIES", COLUMN_TAGS, TRUE },
    { "NOTE", COLUMN_NOTES, TRUE },    { "X-WECHAT", COLUMN_WECHAT, TRUE },
  };
  static const struct
  {
    const char *name;
    void (*take) (Row *row, const StoreVcardProperty *property);
  } structured[] = {
    { "N", take_names },      { "ORG", take_company },      { "ADR", take_address },
    { "TEL", take_number },   { "BDAY", take_birthday },
  };

  for (guint i = 0; i < G_N_ELEMENTS (structured); i++)
    if (g_str_equal (property->name, structured[i].name))
      structured[i].take (row, property);
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    if (g_str_equal (property->name, plain[i].name))
      {
        g_autofree char *text = store_vcard_property_dup_text (property);

        (plain[i].is_many ? add_to_cell : set_cell) (row, plain[i].column, text);
      }
}

/* A card that we wrote ourselves names its record. */
static void
take_id (Row              *row,
         const StoreVcard *card)
{
  const StoreVcardProperty *program = store_vcard_find (card, "PRODID");
  const StoreVcardProperty *id = store_vcard_find (card, "UID");

  if (program != NULL && g_str_has_prefix (program->value, STORE_VCARD_PROGRAM) && id != NULL &&
      g_str_has_prefix (id->value, STORE_VCARD_UID))
    set_cell (row, COLUMN_ID, id->value + strlen (STORE_VCARD_UID));
}

static gboolean
is_called (const StoreVcard *card,
           const char       *name,
           const char       *value)
{
  const StoreVcardProperty *property = store_vcard_find (card, name);

  return property != NULL && g_ascii_strcasecmp (property->value, value) == 0;
}

/* The card of a company names it as the person would be named. */
static void
turn_into_company (Row *row)
{
  static const Column names[] = {
    COLUMN_NAME, COLUMN_GIVEN, COLUMN_MIDDLE, COLUMN_FAMILY, COLUMN_PREFIX, COLUMN_SUFFIX,
  };

  set_cell (row, COLUMN_COMPANY, row->cells[COLUMN_NAME]->str);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_string_truncate (row->cells[names[i]], 0);
}

static void
write_row (GString    *csv,
           const Row  *row)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      g_autofree char *cell = store_cell_text_guard (row->cells[i]->str);

      store_csv_append_cell (csv, cell, i == 0);
    }
  store_csv_append_line_end (csv);
}

static void
write_card (GString          *csv,
            const StoreVcard *card)
{
  Row row;

  for (guint i = 0; i < N_COLUMNS; i++)
    row.cells[i] = g_string_new (NULL);
  for (guint i = 0; i < card->properties->len; i++)
    take_property (&row, card->properties->pdata[i]);
  take_id (&row, card);
  if (is_called (card, "KIND", "org") || is_called (card, "X-ABSHOWAS", "COMPANY"))
    turn_into_company (&row);
  write_row (csv, &row);
  for (guint i = 0; i < N_COLUMNS; i++)
    g_string_free (row.cells[i], TRUE);
}

static guint64
count_lines (const char *text,
             gsize       length)
{
  guint64 n = 0;

  for (gsize i = 0; i < length; i++)
    n += text[i] == '\n';
  return n;
}

static GString *
write_table (GPtrArray *cards,
             GArray    *places)
{
  GString *csv = g_string_new (NULL);
  guint64 line = 2;

  for (guint i = 0; i < N_COLUMNS; i++)
    store_csv_append_cell (csv, column_names[i], i == 0);
  store_csv_append_line_end (csv);
  for (guint i = 0; i < cards->len; i++)
    {
      const StoreVcard *card = cards->pdata[i];
      StoreSheetPlace place = { line, card->line, card->is_whole };
      gsize from = csv->len;

      if (is_called (card, "KIND", "group") ||
          is_called (card, "X-ADDRESSBOOKSERVER-KIND", "group"))
        continue;
      g_array_append_val (places, place);
      write_card (csv, card);
      line += count_lines (csv->str + from, csv->len - from);
    }
  return csv;
}

static char *
read_text (GInputStream  *stream,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (StoreTextDecoder) decoder = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  char buffer[16 * 1024];
  gssize n;

  decoder = store_text_decoder_new (stream, STORE_TEXT_ENCODING_UNKNOWN, cancellable, error);
  if (decoder == NULL)
    return NULL;
  while ((n = store_text_decoder_read (decoder, buffer, sizeof buffer, cancellable, error)) > 0)
    {
      /* A zero byte would end the text; no card has one. */
      for (gssize i = 0; i < n; i++)
        if (buffer[i] == '\0')
          buffer[i] = ' ';
      g_string_append_len (text, buffer, n);
      if (text->len > MAX_FILE)
        {
          g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID,
                               _("The file is larger than an address book should be."));
          return NULL;
        }
    }
  return n < 0 ? NULL : g_strdup (text->str);
}

/**
 * store_vcard_sheet_is_card:
 * @head: the beginning of a file
 * @length: bytes of it
 *
 * Returns: whether the file holds cards. Any thread.
 */
gboolean
store_vcard_sheet_is_card (const char *head,
                           gsize       length)
{
  static const char mark[] = "BEGIN:VCARD";

  while (length > 0 && (strchr ("\xef\xbb\xbf \r\n\t", *head) != NULL && *head != '\0'))
    {
      head++;
      length--;
    }
  return length >= strlen (mark) && g_ascii_strncasecmp (head, mark, strlen (mark)) == 0;
}

/**
 * store_vcard_sheet_new:
 * @stream: a file of cards
 * @cancellable: (nullable): to stop
 * @error: an I/O error, or %STORE_ERROR_INVALID where the file is too large
 *
 * Returns: (transfer full) (nullable): the cards as rows; lines are those of the file
 */
StoreSheet *
store_vcard_sheet_new (GInputStream  *stream,
                       GCancellable  *cancellable,
                       GError       **error)
{
  static const StoreCsvOptions options = { STORE_TEXT_ENCODING_UTF_8, ',', 0 };
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (StoreSheetPlace));
  g_autoptr (GPtrArray) cards = NULL;
  g_autoptr (GInputStream) table = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (StoreCsvReader) reader = NULL;
  g_autofree char *text = read_text (stream, cancellable, error);
  StoreSheet *sheet;

  if (text == NULL)
    return NULL;
  cards = store_vcard_parse (text);
  bytes = g_string_free_to_bytes (write_table (cards, places));
  table = g_memory_input_stream_new_from_bytes (bytes);
  reader = store_csv_reader_new (table, &options, cancellable, error);
  if (reader == NULL)
    return NULL;
  sheet = store_sheet_new (reader, cancellable, error);
  if (sheet != NULL)
    store_sheet_set_places (sheet, places);
  return sheet;
}
