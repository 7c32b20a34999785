/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verbs for fields that two devices changed without sight of each other. */
#include "config.h"

#include "app-cli-change.h"
#include "app-cli-error.h"
#include "app-cli-verb.h"

#include "store-clash.h"

#include <glib/gi18n.h>

/* The currency of a side, for the amounts beside it in the same group. */
static const char *
find_currency (const StoreClash     *clash,
               const StoreClashSide *side,
               char                **owned)
{
  for (guint i = 0; i < clash->fields->len; i++)
    {
      const StoreField *field = g_ptr_array_index (clash->fields, i);

      if (field->type == STORE_FIELD_CURRENCY)
        return *owned = store_value_dup_text (&g_array_index (side->values, StoreValue, i));
    }
  return NULL;
}

typedef void (*ValueFunc) (const StoreField *field,
                           const char       *text,
                           gpointer          data);

static void
foreach_value (const StoreClash     *clash,
               const StoreClashSide *side,
               ValueFunc             func,
               gpointer              data)
{
  g_autofree char *owned = NULL;
  const char *currency = find_currency (clash, side, &owned);

  for (guint i = 0; i < clash->fields->len && i < side->values->len; i++)
    {
      const StoreField *field = g_ptr_array_index (clash->fields, i);
      g_autofree char *text =
        app_cli_change_dup_value (field, &g_array_index (side->values, StoreValue, i), currency);

      func (field, text, data);
    }
}

static void
print_value (const StoreField *field,
             const char       *text,
             gpointer          data)
{
  app_cli_session_print (data, "\t\t%s: %s\n", field->name, text ? text : "");
}

static void
build_value (const StoreField *field,
             const char       *text,
             gpointer          data)
{
  json_builder_set_member_name (data, field->name);
  if (text)
    json_builder_add_string_value (data, text);
  else
    json_builder_add_null_value (data);
}

static void
print_clash (AppCliSession    *session,
             const StoreClash *clash)
{
  char id[STORE_ID_STRING_LENGTH + 1];

  store_id_print (&clash->id, id);
  app_cli_session_print (session, "%s\t%s\t%s\n", clash->name, clash->kind->name, id);
  for (guint i = 0; i < clash->sides->len; i++)
    {
      const StoreClashSide *side = g_ptr_array_index (clash->sides, i);
      g_autofree char *time = app_cli_change_dup_time (side->time);

      app_cli_session_print (session, "\t%u\t%s\t%s\n", i + 1, side->own ? "mine" : "theirs",
                             time);
      foreach_value (clash, side, print_value, session);
    }
}

static void
build_side (JsonBuilder          *builder,
            const StoreClash     *clash,
            const StoreClashSide *side)
{
  g_autofree char *time = app_cli_change_dup_time (side->time);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "side");
  json_builder_add_string_value (builder, side->own ? "mine" : "theirs");
  json_builder_set_member_name (builder, "device");
  json_builder_add_string_value (builder, side->device);
  json_builder_set_member_name (builder, "time");
  json_builder_add_string_value (builder, time);
  json_builder_set_member_name (builder, "values");
  json_builder_begin_object (builder);
  foreach_value (clash, side, build_value, builder);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static void
build_clash (JsonBuilder      *builder,
             const StoreClash *clash)
{
  char id[STORE_ID_STRING_LENGTH + 1];

  store_id_print (&clash->id, id);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "clash");
  json_builder_add_string_value (builder, clash->name);
  json_builder_set_member_name (builder, "type");
  json_builder_add_string_value (builder, clash->kind->name);
  json_builder_set_member_name (builder, "id");
  json_builder_add_string_value (builder, id);

  json_builder_set_member_name (builder, "fields");
  json_builder_begin_array (builder);
  for (guint i = 0; i < clash->fields->len; i++)
    json_builder_add_string_value (
      builder, ((const StoreField *) g_ptr_array_index (clash->fields, i))->name);
  json_builder_end_array (builder);

  json_builder_set_member_name (builder, "sides");
  json_builder_begin_array (builder);
  for (guint i = 0; i < clash->sides->len; i++)
    build_side (builder, clash, g_ptr_array_index (clash->sides, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static gboolean
run_clashes (AppCliSession    *session,
             AppCliArguments  *arguments,
             GError          **error)
{
  StoreDatabase *database = app_cli_session_open (session, error);
  g_autoptr (GPtrArray) clashes = database ? store_clash_list (database, error) : NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!clashes)
    return FALSE;

  json_builder_begin_array (builder);
  for (guint i = 0; i < clashes->len; i++)
    {
      build_clash (builder, g_ptr_array_index (clashes, i));
      print_clash (session, g_ptr_array_index (clashes, i));
    }
  json_builder_end_array (builder);
  app_cli_session_take_json (session, json_builder_get_root (builder));
  return TRUE;
}

static StoreClash *
find_clash (GPtrArray  *clashes,
            const char *name)
{
  for (guint i = 0; i < clashes->len; i++)
    {
      StoreClash *clash = g_ptr_array_index (clashes, i);

      if (g_str_equal (clash->name, name))
        return clash;
    }
  return NULL;
}

/* "mine" is what this device wrote, "theirs" the newest of the others; a number, as `clashes`
 * prints it, names any side. */
static gboolean
choose_side (const StoreClash  *clash,
             const char        *choice,
             guint             *side,
             GError           **error)
{
  gboolean mine = g_str_equal (choice, "mine");
  guint64 number;

  if (!mine && !g_str_equal (choice, "theirs"))
    {
      if (!g_ascii_string_to_unsigned (choice, 10, 1, clash->sides->len, &number, NULL))
        {
          g_set_error (error, APP_CLI_ERROR, APP_CLI_ERROR_USAGE,
                       _("Say “mine” or “theirs”, or the number of a side from 1 to %u."),
                       clash->sides->len);
          return FALSE;
        }
      *side = (guint) number - 1;
      return TRUE;
    }

  for (guint i = 0; i < clash->sides->len; i++)
    if (((const StoreClashSide *) g_ptr_array_index (clash->sides, i))->own == mine)
      {
        *side = i;
        return TRUE;
      }
  g_set_error (error, STORE_ERROR, STORE_ERROR_INVALID,
               _("No side of %s is “%s”. Name it by its number, as `clashes` prints it."),
               clash->name, choice);
  return FALSE;
}

static gboolean
run_settle (AppCliSession    *session,
            AppCliArguments  *arguments,
            GError          **error)
{
  const char *name = app_cli_arguments_get (arguments, 0);
  StoreDatabase *database = app_cli_session_open (session, error);
  g_autoptr (GPtrArray) clashes = database ? store_clash_list (database, error) : NULL;
  StoreClash *clash = clashes ? find_clash (clashes, name) : NULL;
  g_autofree char *group = NULL;
  guint side;

  if (!clashes)
    return FALSE;
  if (!clash)
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
                   _("There is no open clash “%s”. `clashes` lists them."), name);
      return FALSE;
    }
  if (!choose_side (clash, app_cli_arguments_get (arguments, 1), &side, error) ||
      !store_clash_settle (database, name, clash->version, side, &group, error))
    return FALSE;

  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "clash");
  json_builder_add_string_value (builder, name);
  json_builder_set_member_name (builder, "group");
  json_builder_add_string_value (builder, group);
  json_builder_end_object (builder);
  app_cli_session_take_json (session, json_builder_get_root (builder));
  return TRUE;
}

static const AppCliVerb verbs[] = {
  { "clashes", NULL, N_("List fields that two devices changed without sight of each other"),
    N_("The first side is what the record shows now. A side is “mine” where this device wrote it."),
    0, 0, NULL, run_clashes },
  { "settle", "CLASH mine|theirs", N_("Choose between the sides of a clash"),
    N_("The decision travels to the other devices, and can be undone."), 2, 2, NULL, run_settle },
  { NULL },
};

const AppCliFamily app_cli_clashes = { N_("Clashes:"), verbs };
