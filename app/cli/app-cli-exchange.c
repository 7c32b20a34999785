/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verbs that bring files in and take everything out. */
#include "config.h"

#include "app-cli-error.h"
#include "app-cli-verb.h"

#include "store-export.h"
#include "store-import.h"

#include <glib/gi18n.h>
#include <string.h>

static void
print_remarks (AppCliSession *session,
               GPtrArray     *remarks,
               const char    *word)
{
  for (guint i = 0; i < remarks->len; i++)
    {
      const StoreImportRemark *remark = g_ptr_array_index (remarks, i);

      app_cli_session_print (session, "%s\t%" G_GUINT64_FORMAT "\t%s%s%s\n", word, remark->line,
                             remark->field ? remark->field : "", remark->field ? ": " : "",
                             remark->reason);
    }
}

static void
print_columns (AppCliSession *session,
               const char    *word,
               char         **columns)
{
  g_autofree char *list = g_strjoinv (", ", columns);

  if (columns[0])
    app_cli_session_print (session, "%s: %s\n", word, list);
}

static void
print_report (AppCliSession           *session,
              const StoreImportReport *report)
{
  guint n_ambiguous = (guint) MIN (report->ambiguous_dates, G_MAXUINT);

  app_cli_session_print (session,
                         "taken: %" G_GUINT64_FORMAT "\nupdated: %" G_GUINT64_FORMAT
                         "\nunchanged: %" G_GUINT64_FORMAT "\nrefused: %" G_GUINT64_FORMAT "\n",
                         report->taken, report->updated, report->unchanged, report->refused);
  if (report->group)
    app_cli_session_print (session, "group: %s\n", report->group);
  print_columns (session, "columns", report->mapped);
  print_columns (session, "columns not taken", report->ignored);
  print_remarks (session, report->refusals, "refused");
  print_remarks (session, report->remarks, "left out");
  if (n_ambiguous > 0)
    app_cli_session_say (session,
                         ngettext ("%u date can be read with the day or the month first, and "
                                   "nothing in the file tells. Look at it.",
                                   "%u dates can be read with the day or the month first, and "
                                   "nothing in the file tells. Look at them.",
                                   n_ambiguous),
                         n_ambiguous);
  if (report->rehearsal)
    app_cli_session_say (session, _("This was a rehearsal: nothing was written."));
}

static gboolean
check_rules (const char *const  *rules,
             GError            **error)
{
  for (guint i = 0; rules[i]; i++)
    if (!strchr (rules[i], '=') || rules[i][0] == '=')
      {
        g_set_error (error, APP_CLI_ERROR, APP_CLI_ERROR_USAGE,
                     _("--map is of the form FIELD=COLUMN, not “%s”."), rules[i]);
        return FALSE;
      }
  return TRUE;
}

static gboolean
run_import (AppCliSession    *session,
            AppCliArguments  *arguments,
            GError          **error)
{
  const char *kind = app_cli_arguments_get_value (arguments, "as");
  const char *const *rules = app_cli_arguments_get_values (arguments, "map");
  StoreImportOptions options = { .rehearse = app_cli_arguments_has (arguments, "rehearse") };

  if (!kind)
    {
      g_set_error_literal (error, APP_CLI_ERROR, APP_CLI_ERROR_USAGE,
                           _("Say what the lines are: --as party, --as order …"));
      return FALSE;
    }

  StoreDatabase *database =
    check_rules (rules, error) ? app_cli_session_open (session, error) : NULL;
  g_autoptr (GFile) file = g_file_new_for_path (app_cli_arguments_get (arguments, 0));
  g_autoptr (StoreImportReport) report =
    database ? store_import_file (database, file, kind, rules, &options, NULL, error) : NULL;

  if (!report)
    return FALSE;
  print_report (session, report);
  app_cli_session_take_json (session, store_import_report_to_json (report));
  return TRUE;
}

static gboolean
run_export (AppCliSession    *session,
            AppCliArguments  *arguments,
            GError          **error)
{
  const char *folder = app_cli_arguments_get (arguments, 0);
  StoreDatabase *database = app_cli_session_open (session, error);
  JsonNode *manifest =
    database ? store_export_folder (database, folder, NULL, NULL, NULL, error) : NULL;

  if (!manifest)
    return FALSE;
  app_cli_session_take_json (session, manifest);
  app_cli_session_say (session, _("Everything was written into %s."), folder);
  return TRUE;
}

static const AppCliOption import_options[] = {
  { "as", "KIND", N_("What a line of the file is: party, order, or any kind") },
  { "map", "FIELD=COLUMN", N_("Take a column as this field; may be given several times") },
  { "rehearse", NULL, N_("Report what would happen, and write nothing") },
  { NULL },
};

static const AppCliVerb verbs[] = {
  { "import", "FILE --as KIND [--map FIELD=COLUMN]… [--rehearse]", N_("Read a CSV file, or contact cards (vCard)"),
    N_("Encoding, separator and columns are found out; --map corrects what was guessed. As party\n"
       "it also takes email, phone, company, street, postcode, city, country and tag; as order it\n"
       "finds or creates the customer by the column mapped to party. Lines taken, updated and\n"
       "refused are reported, each refusal with its line and reason. The same file twice doubles\n"
       "nothing; undo takes the whole import back."),
    1, 1, import_options, run_import },
  { "export", "DIR", N_("Write everything into a new folder"),
    N_("One CSV file and one JSON file for each kind of record, and a manifest that counts them."),
    1, 1, NULL, run_export },
  { NULL },
};

const AppCliFamily app_cli_exchange = { N_("Import and export:"), verbs };
