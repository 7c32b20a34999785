/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row as a customer, with all that hangs on it. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store-cell-text.h"
#include "store-email-text.h"
#include "store-header-words.h"
#include "store-import-private.h"
#include "store-person-name.h"
#include "store-phone-text.h"

/* What the head of a column of mobile numbers holds, folded. */
static const char *const mobile_words[] = { "mobil", "cell", "handy", "手机", "移动", "携帯" };

static char *
get_clean (StoreImportRun *run,
           const char     *field)
{
  char *clean = store_cell_text_clean (store_import_run_get_cell (run, field));

  return g_strdelimit (clean, "\n\t", ' ');
}

static char *
get_name (StoreImportRun *run)
{
  g_autofree char *name = get_clean (run, "display_name");
  g_autofree char *given = get_clean (run, "given_name");
  g_autofree char *middle = get_clean (run, "middle_name");
  g_autofree char *family = get_clean (run, "family_name");

  if (*name != '\0')
    return g_steal_pointer (&name);
  return store_person_name_compose (given, middle, family);
}

static void
add_emails (StoreImportRun  *run,
            StorePartyClues *clues)
{
  g_auto (GStrv) cells = store_import_run_get_cells (run, "email");

  for (guint i = 0; cells[i] != NULL; i++)
    {
      g_auto (GStrv) parts = store_email_text_split (cells[i]);

      for (guint j = 0; parts[j] != NULL; j++)
        {
          g_autofree char *address = NULL;
          g_autoptr (GError) error = NULL;

          if (store_email_text_parse (parts[j], &address, &error) == STORE_READING_VALUE)
            store_party_clues_add_contact (clues, "email", address, address);
          else if (error != NULL)
            store_import_run_leave (run, "email", error->message);
        }
    }
}

static gboolean
is_mobile_column (StoreImportRun *run,
                  int             column)
{
  g_autofree char *folded = store_header_words_fold (store_sheet_get_name (run->sheet,
                                                                           (guint) column));

  for (guint i = 0; i < G_N_ELEMENTS (mobile_words); i++)
    if (strstr (folded, mobile_words[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* Chinese mobile numbers tell themselves; of others the column may. */
static gboolean
is_mobile (const char *number)
{
  return g_str_has_prefix (number, "+861") && strlen (number) == strlen ("+8613800000000");
}

static void
add_phones_of_column (StoreImportRun  *run,
                      StorePartyClues *clues,
                      int              column)
{
  g_auto (GStrv) parts = NULL;

  parts = store_phone_text_split (store_sheet_get_cell (run->sheet, (guint) column));
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *number = NULL;
      g_autofree char *shown = store_cell_text_plain (parts[i]);
      g_autoptr (GError) error = NULL;
      StoreReading reading = store_phone_text_parse (parts[i], &number, &error);

      if (reading == STORE_READING_VALUE)
        store_party_clues_add_contact (clues,
                                       is_mobile (number) || is_mobile_column (run, column)
                                         ? "mobile"
                                         : "phone",
                                       shown, number);
      else if (error != NULL)
        store_import_run_leave (run, "phone", error->message);
    }
}

static void
add_phones (StoreImportRun  *run,
            StorePartyClues *clues)
{
  guint n_columns;
  const int *columns = store_mapping_get_columns (run->mapping, "phone", &n_columns);

  for (guint i = 0; i < n_columns; i++)
    add_phones_of_column (run, clues, columns[i]);
}

static void
add_others (StoreImportRun  *run,
            StorePartyClues *clues,
            const char      *channel)
{
  g_auto (GStrv) cells = store_import_run_get_cells (run, channel);

  for (guint i = 0; cells[i] != NULL; i++)
    {
      g_auto (GStrv) parts = store_cell_text_split (cells[i], "\n\r");

      for (guint j = 0; parts[j] != NULL; j++)
        {
          g_autofree char *value = store_cell_text_clean (parts[j]);
          g_autofree char *normalised = store_cell_text_plain (value);

          store_party_clues_add_contact (clues, channel, value, normalised);
        }
    }
}

static gboolean
has_letters (const char *name)
{
  g_autofree char *key = store_person_name_key (name);

  return *key != '\0';
}

static StorePartyClues *
collect_clues (StoreImportRun *run,
               StoreRecord    *draft)
{
  StorePartyClues *clues = store_party_clues_new ();
  g_autofree char *name = get_name (run);
  g_autofree char *company = get_clean (run, "company");

  clues->is_company = *name == '\0' && *company != '\0';
  /* Letters that an encoding lost leave "???" behind, which is nobody's name. */
  if (*name != '\0' && !has_letters (name))
    {
      store_import_run_leave (run, "display_name",
                              _("The letters of the name were lost when the file was made."));
      *name = '\0';
    }
  clues->external_id = g_strdup (store_record_get_text (draft, "external_id"));
  clues->birthday = g_strdup (store_record_get_text (draft, "birthday"));
  if (*name != '\0')
    store_party_clues_set_name (clues, name);
  store_party_clues_set_company (clues, company);
  add_emails (run, clues);
  add_phones (run, clues);
  add_others (run, clues, "wechat");
  add_others (run, clues, "web");
  return clues;
}

static gboolean
says_nobody (const StorePartyClues *clues)
{
  return clues->name == NULL && !clues->is_company && clues->external_id == NULL &&
         clues->contacts->len == 0;
}

/* The customer whose id the row gives. */
static gboolean
find_named (StoreImportRun  *run,
            const StoreId   *id,
            StoreRecord    **party,
            gboolean        *changed,
            GError         **error)
{
  if (!store_import_run_load (run, STORE_KIND ("party"), id, party, error))
    return FALSE;
  if (*party == NULL)
    *party = store_record_new_with_id (STORE_KIND ("party"), id);
  *changed = store_record_is_trashed (*party);
  return store_import_run_revive (run, party, error);
}

/* The customer that the row is: found, or new with an id that every device derives. */
static gboolean
find_party (StoreImportRun         *run,
            const StorePartyClues  *clues,
            StoreRecord           **party,
            gboolean               *changed,
            GError                **error)
{
  StoreId id;

  if (store_import_run_get_id (run, &id))
    return find_named (run, &id, party, changed, error);
  if (clues->is_company)
    return store_import_company (run, store_import_run_get_cell (run, "company"), party, error);

  if (!store_import_match (run, clues, party, error))
    return FALSE;
  if (*party == NULL)
    {
      store_party_clues_derive_id (clues, &id);
      *party = store_record_new_with_id (STORE_KIND ("party"), &id);
      return TRUE;
    }
  *changed = store_record_is_trashed (*party);
  return store_import_run_revive (run, party, error);
}

/* What a customer is called whose row gives no name. */
static const char *
get_stand_in (const StorePartyClues *clues)
{
  if (clues->contacts->len > 0)
    return ((const StoreContactClue *) clues->contacts->pdata[0])->value;
  return clues->external_id;
}

static void
apply_name (StoreRecord           *party,
            const StorePartyClues *clues)
{
  const char *there = store_record_get_text (party, "display_name");
  g_autofree char *key = NULL;

  if (there == NULL)
    {
      store_record_set_text (party, "display_name",
                             clues->name != NULL ? clues->name : get_stand_in (clues));
      return;
    }

  /* Another way of writing the same name is no news. */
  key = store_person_name_key (there);
  if (clues->name != NULL && !g_str_equal (key, clues->name_key))
    store_record_set_text (party, "display_name", clues->name);
}

static void
apply_row (StoreRecord           *party,
           StoreRecord           *draft,
           const StorePartyClues *clues)
{
  g_autofree char *there = g_strdup (store_record_get_text (party, "display_name"));

  store_import_draft_apply (draft, party);
  store_record_set_text (party, "display_name", there);
  apply_name (party, clues);
  if (store_record_get_text (party, "kind") == NULL)
    store_record_set_text (party, "kind", "person");
}

static gboolean
write_row (StoreImportRun         *run,
           StoreRecord            *party,
           const StorePartyClues  *clues,
           gboolean               *changed,
           GError                **error)
{
  const char *company_name = store_import_run_get_cell (run, "company");
  g_autoptr (StoreRecord) company = NULL;

  if (!store_import_run_save (run, party, changed, error) ||
      !store_import_contacts (run, party, clues, changed, error))
    return FALSE;
  if (!clues->is_company && *clues->company_key != '\0' &&
      (!store_import_company (run, company_name, &company, error) ||
       !store_import_link (run, party, company, changed, error)))
    return FALSE;
  return store_import_address (run, party, changed, error) &&
         store_import_tags (run, party, changed, error);
}

gboolean
store_import_party (StoreImportRun      *run,
                    StoreImportOutcome  *outcome,
                    GError             **error)
{
  g_autoptr (StoreRecord) draft = NULL;
  g_autoptr (StoreRecord) party = NULL;
  g_autoptr (StorePartyClues) clues = NULL;
  g_autofree char *refusal = NULL;
  guint64 n_companies = run->report->companies;
  gboolean changed = FALSE;
  gboolean is_new;

  if (!store_import_run_draft (run, &draft, &refusal, error))
    return FALSE;
  clues = collect_clues (run, draft);
  if (says_nobody (clues))
    {
      store_import_report_refuse (run->report, store_sheet_get_line (run->sheet),
                                  _("The line names nobody: no name, address or number."));
      *outcome = STORE_IMPORT_REFUSED;
      return TRUE;
    }

  run->is_fresh = FALSE;
  if (!find_party (run, clues, &party, &changed, error))
    return FALSE;
  is_new = store_record_is_new (party);
  if (clues->is_company)
    {
      is_new = run->report->companies > n_companies;
      run->report->companies = n_companies;
    }
  run->is_fresh = is_new;
  apply_row (party, draft, clues);
  if (!write_row (run, party, clues, &changed, error))
    return FALSE;

  if (is_new)
    *outcome = STORE_IMPORT_TAKEN;
  else
    *outcome = changed ? STORE_IMPORT_UPDATED : STORE_IMPORT_UNCHANGED;
  return TRUE;
}
