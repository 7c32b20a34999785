/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verbs that make, change and show records. */
#include "config.h"

#include "app-cli-error.h"
#include "app-cli-record.h"
#include "app-cli-verb.h"
#include "app-contact-text.h"

#include <glib/gi18n.h>

/* Prints the ids alone, or an object that also names the group that undo takes. */
static void
answer_change (AppCliSession *session,
               StoreRecord   *record,
               const char    *group,
               gboolean       print_id)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  char id[STORE_ID_STRING_LENGTH + 1];

  store_id_print (store_record_get_id (record), id);
  if (print_id)
    app_cli_session_print (session, "%s\n", id);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "id");
  json_builder_add_string_value (builder, id);
  json_builder_set_member_name (builder, "group");
  json_builder_add_string_value (builder, group);
  json_builder_end_object (builder);
  app_cli_session_take_json (session, json_builder_get_root (builder));
}

static gboolean
run_init (AppCliSession    *session,
          AppCliArguments  *arguments,
          GError          **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const char *path = app_cli_session_get_path (session);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_EXISTS,
                   _("There is a store at %s already; it was left as it is."), path);
      return FALSE;
    }
  if (!app_cli_session_create (session, error))
    return FALSE;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "store");
  json_builder_add_string_value (builder, path);
  json_builder_end_object (builder);
  app_cli_session_take_json (session, json_builder_get_root (builder));
  app_cli_session_say (session, _("Made an empty store at %s."), path);
  return TRUE;
}

static char **
collect_assignments (AppCliArguments  *arguments,
                     const StoreAlias *alias)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (alias)
    {
      g_autofree char *implied = g_strdup_printf ("%s=%s", alias->field, alias->value);

      g_strv_builder_add (builder, implied);
    }
  for (guint i = 1; i < app_cli_arguments_get_count (arguments); i++)
    g_strv_builder_add (builder, app_cli_arguments_get (arguments, i));
  return g_strv_builder_end (builder);
}

/* A customer is a person, an activity a note, unless something else is said. */
static gboolean
fill_kind (StoreRecord  *record,
           GError      **error)
{
  const char *kind = store_record_get_kind (record)->name;
  const char *usual = g_str_equal (kind, "party") ? "person"
                      : g_str_equal (kind, "activity") ? "note" : NULL;

  if (!usual || store_record_get_text (record, "kind"))
    return TRUE;
  return store_record_set_from_text (record, "kind", usual, error);
}

static gboolean
run_add (AppCliSession    *session,
         AppCliArguments  *arguments,
         GError          **error)
{
  const StoreAlias *alias;
  const StoreKind *kind =
    app_cli_record_find_kind (app_cli_arguments_get (arguments, 0), &alias, error);

  if (!kind)
    return FALSE;

  StoreDatabase *database = app_cli_session_open (session, error);

  if (!database)
    return FALSE;

  g_auto (GStrv) assignments = collect_assignments (arguments, alias);
  g_autoptr (StoreRecord) record = store_record_new (kind);
  g_autofree char *group = NULL;

  if (!app_cli_record_assign (record, database, (const char *const *) assignments, error) ||
      !fill_kind (record, error))
    return FALSE;
  app_contact_text_normalise (record);
  if (!store_database_save (database, N_("Add"), record, &group, error))
    return FALSE;

  answer_change (session, record, group, TRUE);
  return TRUE;
}

static gboolean
run_set (AppCliSession    *session,
         AppCliArguments  *arguments,
         GError          **error)
{
  StoreDatabase *database = app_cli_session_open (session, error);

  if (!database)
    return FALSE;

  g_autoptr (StoreRecord) record =
    app_cli_record_load (database, app_cli_arguments_get (arguments, 0), error);
  g_auto (GStrv) assignments = collect_assignments (arguments, NULL);
  g_autofree char *group = NULL;

  if (!record ||
      !app_cli_record_assign (record, database, (const char *const *) assignments, error))
    return FALSE;
  app_contact_text_normalise (record);
  if (!store_database_save (database, N_("Edit"), record, &group, error))
    return FALSE;

  answer_change (session, record, group, FALSE);
  return TRUE;
}

static gboolean
run_show (AppCliSession    *session,
          AppCliArguments  *arguments,
          GError          **error)
{
  StoreDatabase *database = app_cli_session_open (session, error);

  if (!database)
    return FALSE;

  g_autoptr (StoreRecord) record =
    app_cli_record_load (database, app_cli_arguments_get (arguments, 0), error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!record)
    return FALSE;

  app_cli_record_print (record, session);
  app_cli_record_build_json (record, builder);
  app_cli_session_take_json (session, json_builder_get_root (builder));
  return TRUE;
}

/* What a deletion or a restoration needs to find its record on the writer's thread. */
typedef gboolean (*ChangeFunc) (StoreTransaction  *transaction,
                                const StoreKind   *kind,
                                const StoreId     *id,
                                GError           **error);

typedef struct
{
  StoreRecord *record;
  ChangeFunc func;
} Change;

static gboolean
write_change (StoreTransaction  *transaction,
              gpointer           data,
              GError           **error)
{
  Change *change = data;

  return change->func (transaction, store_record_get_kind (change->record),
                       store_record_get_id (change->record), error);
}

static gboolean
apply_change (AppCliSession    *session,
              AppCliArguments  *arguments,
              const char       *label,
              ChangeFunc        func,
              GError          **error)
{
  StoreDatabase *database = app_cli_session_open (session, error);

  if (!database)
    return FALSE;

  g_autoptr (StoreRecord) record =
    app_cli_record_load (database, app_cli_arguments_get (arguments, 0), error);
  Change change = { record, func };
  g_autofree char *group = NULL;

  if (!record ||
      !store_database_write (database, label, NULL, write_change, &change, &group, error))
    return FALSE;

  answer_change (session, record, group, FALSE);
  return TRUE;
}

static gboolean
run_delete (AppCliSession    *session,
            AppCliArguments  *arguments,
            GError          **error)
{
  return apply_change (session, arguments, N_("Delete"), store_transaction_delete, error);
}

static gboolean
run_restore (AppCliSession    *session,
             AppCliArguments  *arguments,
             GError          **error)
{
  return apply_change (session, arguments, N_("Restore"), store_transaction_restore, error);
}

static const AppCliVerb verbs[] = {
  { "init", NULL, N_("Make an empty store"), NULL, 0, 0, NULL, run_init },
  { "add", "KIND field=value …", N_("Add a record and print its id"),
    N_("KIND is party, party_link, contact_point, address, tag, tagging, activity, activity_link, "
       "task,\npipeline, stage, deal, product, document, document_line, saved_view or setting; "
       "or one of\norder (a document of kind order), person and company (a party of that kind). "
       "A party is a\nperson and an activity a note where kind=… does not say otherwise.\n"
       "Dates are YYYY-MM-DD, money is in major units (total=1234.50 currency=EUR), references "
       "are ids."),
    2, APP_CLI_MANY, NULL, run_add },
  { "set", "ID field=value …", N_("Change fields of a record; an empty value clears one"), NULL,
    2, APP_CLI_MANY, NULL, run_set },
  { "show", "ID", N_("Print a record as lines of “field: raw value”"),
    N_("A text of several lines goes on behind a tab. Empty fields are left out."),
    1, 1, NULL, run_show },
  { "delete", "ID", N_("Put a record into the trash"), NULL, 1, 1, NULL, run_delete },
  { "restore", "ID", N_("Take a record out of the trash"), NULL, 1, 1, NULL, run_restore },
  { NULL },
};

const AppCliFamily app_cli_records = { N_("Records:"), verbs };
