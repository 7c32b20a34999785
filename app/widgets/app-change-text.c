/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-change-text.h"

#include <glib/gi18n-lib.h>

#include "app-value-text.h"

#define MAX_VALUE_CHARS 80

static char *
shorten (char *text)
{
  if (g_utf8_strlen (text, -1) > MAX_VALUE_CHARS)
    {
      char *end = g_utf8_offset_to_pointer (text, MAX_VALUE_CHARS);
      g_autofree char *cut = g_strndup (text, end - text);

      g_free (text);
      return g_strconcat (cut, "…", NULL);
    }

  return text;
}

static char *
value_to_text (const StoreField *field,
               const StoreValue *value)
{
  g_autofree char *text = NULL;

  if (value->type == STORE_VALUE_NULL)
    /* Translators: the value of a field that is empty. */
    return g_strdup (_("nothing"));
  if (field->type == STORE_FIELD_REFERENCE)
    /* Translators: the value of a field that points to another record. */
    return g_strdup (_("another record"));

  text = app_value_to_text (field, value, NULL);
  g_strdelimit (text, "\n", ' ');
  return shorten (g_steal_pointer (&text));
}

static char *
record_change_to_text (const StoreHistoryChange *change)
{
  const char *kind = change->kind ? store_kind_get_label (change->kind) : _("A record");

  if (g_str_equal (change->action, "add"))
    return g_strdup_printf (_("%s added"), kind);
  if (g_str_equal (change->action, "delete"))
    return g_strdup_printf (_("%s moved to the trash"), kind);
  if (g_str_equal (change->action, "restore"))
    return g_strdup_printf (_("%s taken out of the trash"), kind);

  return g_strdup_printf (_("%s changed"), kind);
}

/**
 * app_change_to_text:
 *
 * Returns: (transfer full): the change in a line, the old value before the new one
 */
char *
app_change_to_text (const StoreHistoryChange *change)
{
  g_autofree char *old_text = NULL;
  g_autofree char *new_text = NULL;

  if (!change->field)
    return record_change_to_text (change);

  new_text = value_to_text (change->field, &change->new_value);
  if (change->old_value.type == STORE_VALUE_NULL)
    /* Translators: a field's name, then its value. */
    return g_strdup_printf (_("%s: %s"), store_field_get_label (change->field), new_text);

  old_text = value_to_text (change->field, &change->old_value);
  /* Translators: a field's name, its old value, its new value. */
  return g_strdup_printf (_("%s: %s → %s"), store_field_get_label (change->field), old_text,
                          new_text);
}

static const StoreHistoryChange *
find_coming (const StoreHistoryEntry *entry,
             const StoreId           *id)
{
  for (guint i = 0; i < entry->changes->len; i++)
    {
      const StoreHistoryChange *change = g_ptr_array_index (entry->changes, i);

      if (!change->field && g_str_equal (change->action, "add") && store_id_equal (&change->id, id))
        return change;
    }

  return NULL;
}

/* What is kept for the program's own use is no news for a person, nor is each value of a record
 * that came. */
static gboolean
is_news (const StoreHistoryEntry  *entry,
         const StoreHistoryChange *change)
{
  if (!change->field)
    return TRUE;

  return !(change->field->flags & STORE_FIELD_HIDDEN) && !find_coming (entry, &change->id);
}

/* "Customer added: Ada" rather than all that is known of Ada. */
static char *
describe (const StoreHistoryEntry  *entry,
          const StoreHistoryChange *change)
{
  g_autofree char *text = app_change_to_text (change);

  if (change->field || !change->kind || !change->kind->title ||
      !g_str_equal (change->action, "add"))
    return g_steal_pointer (&text);

  for (guint i = 0; i < entry->changes->len; i++)
    {
      const StoreHistoryChange *other = g_ptr_array_index (entry->changes, i);
      g_autofree char *title = NULL;

      if (!other->field || !g_str_equal (other->field->name, change->kind->title) ||
          !store_id_equal (&other->id, &change->id))
        continue;
      title = value_to_text (other->field, &other->new_value);
      /* Translators: "Customer added", then the customer's name. */
      return g_strdup_printf (_("%s: %s"), text, title);
    }

  return g_steal_pointer (&text);
}

/**
 * app_changes_to_text:
 * @max_lines: more changes than that are only counted
 *
 * Returns: (transfer full): the changes of an entry, one a line
 */
char *
app_changes_to_text (const StoreHistoryEntry *entry,
                     guint                    max_lines)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint told = 0;
  guint more = 0;

  for (guint i = 0; i < entry->changes->len; i++)
    {
      const StoreHistoryChange *change = g_ptr_array_index (entry->changes, i);
      g_autofree char *line = NULL;

      if (!is_news (entry, change))
        continue;
      if (told >= max_lines)
        {
          more++;
          continue;
        }
      line = describe (entry, change);
      if (told++)
        g_string_append_c (text, '\n');
      g_string_append (text, line);
    }

  if (more)
    g_string_append_printf (text, ngettext ("\nand %u more", "\nand %u more", more), more);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
