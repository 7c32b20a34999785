/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verbs that look back, and take back. */
#include "config.h"

#include "app-cli-change.h"
#include "app-cli-error.h"
#include "app-cli-record.h"
#include "app-cli-verb.h"

#include "store-history.h"

#include <glib/gi18n.h>

#define USUAL_LIMIT 50

static void
print_changes (AppCliSession *session,
               StoreDatabase *database,
               GPtrArray     *changes)
{
  for (guint i = 0; changes && i < changes->len; i++)
    {
      const StoreHistoryChange *change = g_ptr_array_index (changes, i);
      g_autofree char *currency = app_cli_change_dup_currency (changes, change, database);

      app_cli_change_print (change, currency, session);
    }
}

static void
print_entry (AppCliSession           *session,
             const StoreHistoryEntry *entry)
{
  g_autofree char *time = app_cli_change_dup_time (entry->time);

  app_cli_session_print (session, "%s\t%s\t%s\t%u\t%s%s\n", entry->group, time, entry->label,
                         entry->n_records, entry->own ? _("here") : entry->device,
                         entry->undone ? _(", undone") : "");
}

static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *text)
{
  json_builder_set_member_name (builder, name);
  if (text)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
build_changes (JsonBuilder   *builder,
               StoreDatabase *database,
               const char    *name,
               GPtrArray     *changes)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; changes && i < changes->len; i++)
    {
      const StoreHistoryChange *change = g_ptr_array_index (changes, i);
      g_autofree char *currency = app_cli_change_dup_currency (changes, change, database);

      app_cli_change_build_json (change, currency, builder);
    }
  json_builder_end_array (builder);
}

static void
build_entry (JsonBuilder             *builder,
             StoreDatabase           *database,
             const StoreHistoryEntry *entry)
{
  g_autofree char *time = app_cli_change_dup_time (entry->time);

  json_builder_begin_object (builder);
  add_text (builder, "group", entry->group);
  add_text (builder, "label", entry->label);
  add_text (builder, "undoes", entry->undoes);
  json_builder_set_member_name (builder, "undone");
  json_builder_add_boolean_value (builder, entry->undone);
  add_text (builder, "device", entry->device);
  json_builder_set_member_name (builder, "own");
  json_builder_add_boolean_value (builder, entry->own);
  add_text (builder, "time", time);
  json_builder_set_member_name (builder, "records");
  json_builder_add_int_value (builder, entry->n_records);
  build_changes (builder, database, "changes", entry->changes);
  json_builder_end_object (builder);
}

static GPtrArray *
read_history (StoreDatabase  *database,
              const char     *id,
              guint           limit,
              GError        **error)
{
  if (!id)
    return store_history_of_store (database, limit, error);

  g_autoptr (StoreRecord) record = app_cli_record_load (database, id, error);

  if (!record)
    return NULL;
  return store_history_of_record (database, store_record_get_kind (record),
                                  store_record_get_id (record), limit, error);
}

static gboolean
run_history (AppCliSession    *session,
             AppCliArguments  *arguments,
             GError          **error)
{
  const char *id = app_cli_arguments_get (arguments, 0);
  guint limit = USUAL_LIMIT;

  if (!app_cli_arguments_get_number (arguments, "limit", 1, &limit, error))
    return FALSE;

  StoreDatabase *database = app_cli_session_open (session, error);
  g_autoptr (GPtrArray) entries = database ? read_history (database, id, limit, error) : NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!entries)
    return FALSE;

  json_builder_begin_array (builder);
  for (guint i = 0; i < entries->len; i++)
    {
      const StoreHistoryEntry *entry = g_ptr_array_index (entries, i);

      build_entry (builder, database, entry);
      print_entry (session, entry);
      if (id)
        print_changes (session, database, entry->changes);
    }
  json_builder_end_array (builder);
  app_cli_session_take_json (session, json_builder_get_root (builder));
  return TRUE;
}

static void
answer_undo (AppCliSession         *session,
             StoreDatabase         *database,
             const StoreUndoReport *report)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  app_cli_session_print (session, "%s\n", report->new_group);
  app_cli_session_say (session, _("Taken back: %s"), report->label);
  if (report->kept && report->kept->len > 0)
    app_cli_session_say (session, ngettext ("%u field was changed afterwards and is left alone.",
                                            "%u fields were changed afterwards and are left alone.",
                                            report->kept->len),
                         report->kept->len);

  json_builder_begin_object (builder);
  add_text (builder, "group", report->group);
  add_text (builder, "new_group", report->new_group);
  add_text (builder, "label", report->label);
  json_builder_set_member_name (builder, "undone");
  json_builder_add_int_value (builder, report->undone);
  build_changes (builder, database, "kept", report->kept);
  json_builder_end_object (builder);
  app_cli_session_take_json (session, json_builder_get_root (builder));
}

static gboolean
run_undo (AppCliSession    *session,
          AppCliArguments  *arguments,
          GError          **error)
{
  StoreDatabase *database = app_cli_session_open (session, error);

  if (!database)
    return FALSE;

  g_autoptr (StoreUndoReport) report =
    store_undo (database, app_cli_arguments_get (arguments, 0), error);

  if (!report)
    return FALSE;
  answer_undo (session, database, report);
  return TRUE;
}

static const AppCliOption history_options[] = {
  { "limit", "N", N_("At most so many groups of changes") },
  { NULL },
};

static const AppCliVerb verbs[] = {
  { "history", "[ID]", N_("Say what was changed, in one record or in all"),
    N_("A line a group of changes, newest first: what undo takes, time, what was done, number of\n"
       "records, device. Of one record the changed fields follow as “field: old → new”."),
    0, 1, history_options, run_history },
  { "undo", "[GROUP]", N_("Take a group of changes back, the last one of this device if not named"),
    N_("What was changed again since is left alone and reported. Prints the group that undoes; to\n"
       "redo, undo that one."),
    0, 1, NULL, run_undo },
  { NULL },
};

const AppCliFamily app_cli_history = { N_("History:"), verbs };
