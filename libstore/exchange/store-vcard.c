/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cards of versions 2.1 (versit, 1996), 3.0 (RFC 2425, 2426) and 4.0 (RFC 6350), as telephones and
 * address books write them.
 *
 * A logical line is a line and those after it that begin with a space or tab, less that one
 * character. In 2.1 a quoted-printable value that ends in "=" goes on in the next line, whatever
 * that begins with. What follows the first colon outside of quotation marks is the value.
 * Quoted-printable bytes are in the character set of the parameter CHARSET, which is missing or
 * wrong often: then the encoding is found from the bytes.
 *
 * Pictures, sounds and keys are passed over, and so is a card inside a card (AGENT).
 */
#include "store-vcard.h"

#include <gio/gio.h>
#include <string.h>

#include "store-text-decoder.h"

#define MAX_VALUE (500 * 1024)

typedef struct
{
  const char *at;
  guint64 line;
} Lines;

static void
free_property (gpointer data)
{
  StoreVcardProperty *property = data;

  g_free (property->name);
  g_strfreev (property->parameters);
  g_free (property->value);
  g_free (property);
}

static void
free_card (gpointer data)
{
  StoreVcard *card = data;

  g_ptr_array_unref (card->properties);
  g_free (card);
}

/* Appends the next line as it is, without its end; FALSE behind the last. */
static gboolean
take_line (Lines   *lines,
           GString *line)
{
  gsize length = strcspn (lines->at, "\r\n");

  if (*lines->at == '\0')
    return FALSE;
  g_string_append_len (line, lines->at, (gssize) length);
  lines->at += length;
  if (lines->at[0] == '\r' && lines->at[1] == '\n')
    lines->at += 2;
  else if (*lines->at != '\0')
    lines->at++;
  lines->line++;
  return TRUE;
}

/* The colon that the value begins behind, or NULL. */
static char *
find_colon (const char *line)
{
  gboolean quoted = FALSE;

  for (; *line != '\0'; line++)
    if (*line == '"')
      quoted = !quoted;
    else if (*line == ':' && !quoted)
      return (char *) line;
  return NULL;
}

static gboolean
is_quoted_printable (const char *line)
{
  const char *colon = find_colon (line);
  g_autofree char *head = colon != NULL ? g_ascii_strup (line, colon - line) : NULL;

  return head != NULL && strstr (head, "QUOTED-PRINTABLE") != NULL;
}

static gboolean
take_logical_line (Lines   *lines,
                   GString *line)
{
  g_string_truncate (line, 0);
  if (!take_line (lines, line))
    return FALSE;
  if (is_quoted_printable (line->str))
    {
      while (line->len > 0 && line->str[line->len - 1] == '=')
        {
          g_string_truncate (line, line->len - 1);
          if (!take_line (lines, line))
            break;
        }
      return TRUE;
    }
  while (*lines->at == ' ' || *lines->at == '\t')
    {
      lines->at++;
      take_line (lines, line);
    }
  return TRUE;
}

static char *
convert_bytes (const GByteArray *bytes,
               const char       *charset)
{
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (StoreTextDecoder) decoder = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *named = NULL;
  char buffer[1024];
  gssize n;

  if (charset != NULL && g_ascii_strcasecmp (charset, "UTF-8") != 0)
    named = g_convert ((const char *) bytes->data, bytes->len, "UTF-8",
                       g_ascii_strncasecmp (charset, "GB", 2) == 0 ? "GB18030" : charset, NULL,
                       NULL, NULL);
  if (named != NULL && g_utf8_validate (named, -1, NULL))
    return g_steal_pointer (&named);

  stream = g_memory_input_stream_new_from_data (bytes->data, bytes->len, NULL);
  decoder = store_text_decoder_new (stream, STORE_TEXT_ENCODING_UNKNOWN, NULL, NULL);
  while (decoder != NULL &&
         (n = store_text_decoder_read (decoder, buffer, sizeof buffer, NULL, NULL)) > 0)
    for (gssize i = 0; i < n; i++)
      if (buffer[i] != '\0')
        g_string_append_c (text, buffer[i]);
  return g_strdup (text->str);
}

/* RFC 2045, section 6.7; what is no hexadecimal pair stays as it is. */
static char *
decode_quoted_printable (const char *value,
                         const char *charset)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (; *value != '\0'; value++)
    {
      guint8 byte = (guint8) *value;

      if (*value == '=' && g_ascii_isxdigit (value[1]) && g_ascii_isxdigit (value[2]))
        {
          byte = (guint8) (g_ascii_xdigit_value (value[1]) << 4 | g_ascii_xdigit_value (value[2]));
          value += 2;
        }
      if (byte != '\0')
        g_byte_array_append (bytes, &byte, 1);
    }
  return convert_bytes (bytes, charset);
}

static gboolean
is_binary (char **parameters)
{
  return g_strv_contains ((const char *const *) parameters, "ENCODING=B") ||
         g_strv_contains ((const char *const *) parameters, "ENCODING=BASE64") ||
         g_strv_contains ((const char *const *) parameters, "BASE64");
}

/* The parts between semicolons outside of quotation marks, in capitals and without the marks. */
static char **
split_parameters (const char *text)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GString) part = g_string_new (NULL);
  gboolean quoted = FALSE;

  for (; TRUE; text++)
    {
      if (*text == '"')
        quoted = !quoted;
      else if (*text != '\0' && (*text != ';' || quoted))
        g_string_append_c (part, g_ascii_toupper (*text));
      else
        {
          if (part->len > 0)
            g_strv_builder_add (builder, part->str);
          g_string_truncate (part, 0);
        }
      if (*text == '\0')
        return g_strv_builder_end (builder);
    }
}

static StoreVcardProperty *
parse_property (char *line)
{
  char *colon = find_colon (line);
  g_auto (GStrv) parameters = NULL;
  StoreVcardProperty *property;
  gsize name_length;
  char *name;
  char *dot;

  if (colon == NULL || strlen (colon) > MAX_VALUE)
    return NULL;
  *colon = '\0';
  name_length = strcspn (line, ";");
  parameters = split_parameters (line[name_length] == ';' ? line + name_length + 1 : "");
  if (is_binary (parameters))
    return NULL;

  line[name_length] = '\0';
  dot = strrchr (line, '.');
  name = g_ascii_strup (dot != NULL ? dot + 1 : line, -1);
  property = g_new0 (StoreVcardProperty, 1);
  property->name = g_strstrip (name);
  property->parameters = g_steal_pointer (&parameters);
  property->value = store_vcard_property_is (property, "QUOTED-PRINTABLE")
                      ? decode_quoted_printable (colon + 1,
                                                 store_vcard_property_get (property, "CHARSET"))
                      : g_strdup (colon + 1);
  return property;
}

static gboolean
is_mark (const StoreVcardProperty *property,
         const char               *name)
{
  g_autofree char *value = g_strstrip (g_strdup (property->value));

  return g_str_equal (property->name, name) && g_ascii_strcasecmp (value, "VCARD") == 0;
}

/**
 * store_vcard_parse:
 * @text: a file of cards, valid UTF-8
 *
 * Reads all cards; what is between them, or makes no sense, is passed over.
 *
 * Returns: (transfer full) (element-type StoreVcard): the cards. Any thread.
 */
GPtrArray *
store_vcard_parse (const char *text)
{
  GPtrArray *cards = g_ptr_array_new_with_free_func (free_card);
  g_autoptr (GString) line = g_string_new (NULL);
  Lines lines = { text, 1 };
  StoreVcard *card = NULL;
  guint depth = 0;
  guint64 number;

  g_return_val_if_fail (text != NULL, cards);

  if (g_str_has_prefix (text, "\xef\xbb\xbf"))
    lines.at += 3;
  for (number = 1; take_logical_line (&lines, line); number = lines.line)
    {
      StoreVcardProperty *property = parse_property (line->str);

      if (property == NULL)
        continue;
      if (is_mark (property, "BEGIN") && depth++ == 0)
        {
          card = g_new0 (StoreVcard, 1);
          card->line = number;
          card->properties = g_ptr_array_new_with_free_func (free_property);
          g_ptr_array_add (cards, card);
        }
      else if (is_mark (property, "END") && depth > 0 && --depth == 0)
        card->is_whole = TRUE;
      else if (depth == 1 && !is_mark (property, "BEGIN") && !is_mark (property, "END"))
        {
          g_ptr_array_add (card->properties, property);
          continue;
        }
      free_property (property);
    }
  return cards;
}

/**
 * store_vcard_find:
 * @card: a card
 * @name: a property, in capitals
 *
 * Returns: (nullable): the first of that name; borrowed. Any thread.
 */
const StoreVcardProperty *
store_vcard_find (const StoreVcard *card,
                  const char       *name)
{
  g_return_val_if_fail (card != NULL && name != NULL, NULL);

  for (guint i = 0; i < card->properties->len; i++)
    {
      const StoreVcardProperty *property = card->properties->pdata[i];

      if (g_str_equal (property->name, name))
        return property;
    }
  return NULL;
}

/**
 * store_vcard_property_is:
 * @property: a property
 * @type: a type or encoding, in capitals
 *
 * Returns: whether a parameter says so: "TYPE=CELL", "TYPE=CELL,PREF" or, in 2.1, "CELL".
 * Any thread.
 */
gboolean
store_vcard_property_is (const StoreVcardProperty *property,
                         const char               *type)
{
  g_return_val_if_fail (property != NULL && type != NULL, FALSE);

  for (guint i = 0; property->parameters[i] != NULL; i++)
    {
      const char *sign = strchr (property->parameters[i], '=');
      const char *list = sign != NULL ? sign + 1 : property->parameters[i];
      g_auto (GStrv) words = g_strsplit (list, ",", -1);

      if (g_strv_contains ((const char *const *) words, type))
        return TRUE;
    }
  return FALSE;
}

/**
 * store_vcard_property_get:
 * @property: a property
 * @parameter: the name of a parameter, in capitals
 *
 * Returns: (nullable): its value, in capitals; borrowed. Any thread.
 */
const char *
store_vcard_property_get (const StoreVcardProperty *property,
                          const char               *parameter)
{
  gsize length;

  g_return_val_if_fail (property != NULL && parameter != NULL, NULL);

  length = strlen (parameter);
  for (guint i = 0; property->parameters[i] != NULL; i++)
    if (strncmp (property->parameters[i], parameter, length) == 0 &&
        property->parameters[i][length] == '=')
      return property->parameters[i] + length + 1;
  return NULL;
}

/**
 * store_vcard_property_dup_parts:
 * @property: a property
 * @delimiter: what separates the parts of its value
 *
 * Returns: (transfer full): the parts without escapes; release with g_strfreev(). Any thread.
 */
char **
store_vcard_property_dup_parts (const StoreVcardProperty *property,
                                char                      delimiter)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GString) part = g_string_new (NULL);

  g_return_val_if_fail (property != NULL, NULL);

  for (const char *at = property->value; TRUE; at++)
    {
      if (*at == '\0' || *at == delimiter)
        {
          g_strv_builder_add (builder, part->str);
          g_string_truncate (part, 0);
          if (*at == '\0')
            return g_strv_builder_end (builder);
        }
      else if (*at == '\\' && at[1] != '\0')
        {
          at++;
          g_string_append_c (part, *at == 'n' || *at == 'N' ? '\n' : *at);
        }
      else
        g_string_append_c (part, *at);
    }
}

/**
 * store_vcard_property_dup_text:
 * @property: a property
 *
 * Returns: (transfer full): its whole value without escapes. Any thread.
 */
char *
store_vcard_property_dup_text (const StoreVcardProperty *property)
{
  g_auto (GStrv) parts = store_vcard_property_dup_parts (property, '\0');

  return g_strdup (parts[0]);
}

/**
 * store_vcard_escape:
 * @text: valid UTF-8
 *
 * Returns: (transfer full): @text as a value or a part of one (RFC 6350, section 3.4). Any thread.
 */
char *
store_vcard_escape (const char *text)
{
  GString *escaped = g_string_new (NULL);

  g_return_val_if_fail (text != NULL, NULL);

  for (; *text != '\0'; text++)
    if (*text == '\n')
      g_string_append (escaped, "\\n");
    else if (*text == ',' || *text == ';' || *text == '\\')
      g_string_append_printf (escaped, "\\%c", *text);
    else if (*text != '\r')
      g_string_append_c (escaped, *text);
  return g_string_free (escaped, FALSE);
}
