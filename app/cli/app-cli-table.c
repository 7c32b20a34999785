/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Many records: for a person a table with aligned columns under their labels, for a pipe a line a
 * record with tabs between the values (tabs and line ends within a value become spaces).
 */
#include "config.h"

#include "app-cli-table.h"

#include "app-cli-record.h"

#include <unistd.h>

#define WIDEST STORE_ID_STRING_LENGTH

/**
 * app_cli_table_to_json:
 * @records: (element-type StoreRecord)
 *
 * Returns: (transfer full): an array of objects.
 */
JsonNode *
app_cli_table_to_json (GPtrArray *records)
{
  g_return_val_if_fail (records != NULL, NULL);

  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < records->len; i++)
    app_cli_record_build_json (g_ptr_array_index (records, i), builder);
  json_builder_end_array (builder);
  return json_builder_get_root (builder);
}

static gboolean
is_shown (const StoreField *field)
{
  return !(field->flags & STORE_FIELD_HIDDEN) && field->type != STORE_FIELD_LONG_TEXT;
}

static GPtrArray *
choose_columns (const StoreKind  *kind,
                const char       *names,
                GError          **error)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new ();
  g_auto (GStrv) split = names ? g_strsplit (names, ",", -1) : NULL;

  for (guint i = 0; !names && i < kind->n_fields; i++)
    if (is_shown (&kind->fields[i]))
      g_ptr_array_add (columns, (gpointer) &kind->fields[i]);

  for (guint i = 0; split && split[i]; i++)
    {
      const StoreField *field = app_cli_record_find_field (kind, g_strstrip (split[i]), error);

      if (!field)
        return NULL;
      g_ptr_array_add (columns, (gpointer) field);
    }
  return g_steal_pointer (&columns);
}

static char *
dup_cell (StoreRecord      *record,
          const StoreField *field)
{
  char *text = store_record_dup_raw_text (record, field->name);

  return text ? g_strdelimit (text, "\t\r\n", ' ') : g_strdup ("");
}

static void
print_lines (GPtrArray     *records,
             GPtrArray     *columns,
             AppCliSession *session)
{
  for (guint i = 0; i < records->len; i++)
    {
      StoreRecord *record = g_ptr_array_index (records, i);
      char id[STORE_ID_STRING_LENGTH + 1];

      store_id_print (store_record_get_id (record), id);
      app_cli_session_print (session, "%s", id);
      for (guint column = 0; column < columns->len; column++)
        {
          g_autofree char *cell = dup_cell (record, g_ptr_array_index (columns, column));

          app_cli_session_print (session, "\t%s", cell);
        }
      app_cli_session_print (session, "\n");
    }
}

static guint
get_character_width (gunichar character)
{
  return g_unichar_iszerowidth (character) ? 0 : g_unichar_iswide (character) ? 2 : 1;
}

static guint
get_width (const char *text)
{
  guint width = 0;

  for (; *text; text = g_utf8_next_char (text))
    width += get_character_width (g_utf8_get_char (text));
  return width;
}

/* Prints a cell of a table, cut with an ellipsis where it is too wide, and filled up. */
static void
print_cell (AppCliSession *session,
            const char    *text,
            guint          width)
{
  guint used = 0;
  const char *end = text;
  gboolean cut = get_width (text) > width;

  for (; *end; end = g_utf8_next_char (end))
    {
      guint next = get_character_width (g_utf8_get_char (end));

      if (used + next > width - cut)
        break;
      used += next;
    }
  app_cli_session_print (session, "%.*s%s%*s", (int) (end - text), text, cut ? "…" : "",
                         (int) (width - cut - used + 2), "");
}

/* A column that is empty in every record takes no room. */
static guint
measure_column (GPtrArray        *records,
                const StoreField *field)
{
  guint widest = 0;

  for (guint i = 0; i < records->len; i++)
    {
      g_autofree char *cell = dup_cell (g_ptr_array_index (records, i), field);

      widest = MAX (widest, get_width (cell));
    }
  return widest ? MIN (MAX (widest, get_width (store_field_get_label (field))), WIDEST) : 0;
}

static void
print_table (GPtrArray     *records,
             GPtrArray     *columns,
             AppCliSession *session)
{
  g_autofree guint *widths = g_new0 (guint, columns->len + 1);

  app_cli_session_print (session, "%-*s", STORE_ID_STRING_LENGTH + 2, "ID");
  for (guint column = 0; column < columns->len; column++)
    {
      const StoreField *field = g_ptr_array_index (columns, column);

      widths[column] = measure_column (records, field);
      if (widths[column])
        print_cell (session, store_field_get_label (field), widths[column]);
    }
  app_cli_session_print (session, "\n");

  for (guint i = 0; i < records->len; i++)
    {
      StoreRecord *record = g_ptr_array_index (records, i);
      char id[STORE_ID_STRING_LENGTH + 1];

      store_id_print (store_record_get_id (record), id);
      app_cli_session_print (session, "%s  ", id);
      for (guint column = 0; column < columns->len; column++)
        {
          g_autofree char *cell = dup_cell (record, g_ptr_array_index (columns, column));

          if (widths[column])
            print_cell (session, cell, widths[column]);
        }
      app_cli_session_print (session, "\n");
    }
}

/**
 * app_cli_table_print:
 * @records: (element-type StoreRecord)
 * @fields: (nullable): names with commas between them; %NULL for the usual ones
 */
gboolean
app_cli_table_print (GPtrArray        *records,
                     const StoreKind  *kind,
                     const char       *fields,
                     AppCliSession    *session,
                     GError          **error)
{
  g_return_val_if_fail (records != NULL && kind != NULL, FALSE);

  g_autoptr (GPtrArray) columns = choose_columns (kind, fields, error);

  if (!columns)
    return FALSE;
  if (isatty (STDOUT_FILENO))
    print_table (records, columns, session);
  else
    print_lines (records, columns, session);
  return TRUE;
}
