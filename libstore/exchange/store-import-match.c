/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether a row of a file is a customer that the store has already.
 *
 *  1. The same number from elsewhere is the same customer; a different one never is.
 *  2. The id that an import derives from the row: the same row came before, on this device or
 *     another, whatever was changed since.
 *  3. The same e-mail address: with a name that agrees it is the same; with another name it is
 *     taken for a change of name, unless telephone or birthday speak against it.
 *  4. The same telephone number, and names that agree: telephones are shared at work and at home.
 *  5. The very same name (and company, where both have one), if there is one such customer only,
 *     and one of the two has no address or number at all: nothing can contradict.
 *
 * In doubt the row is a new customer: two of one are joined with a click, one of two never parted.
 */
#include "config.h"

#include <string.h>

#include "store-import-private.h"
#include "store-person-name.h"

typedef enum
{
  CONTACTS_NONE,
  CONTACTS_SHARED,
  CONTACTS_DIFFERENT,
} Contacts;

static gboolean
differ (const char *a,
        const char *b)
{
  return a != NULL && b != NULL && *a != '\0' && *b != '\0' && !g_str_equal (a, b);
}

static gboolean
is_number (const char *channel)
{
  return g_strcmp0 (channel, "phone") == 0 || g_strcmp0 (channel, "mobile") == 0;
}

static gboolean
has_contact (const StorePartyClues *clues,
             const char            *normalised)
{
  for (guint i = 0; i < clues->contacts->len; i++)
    {
      const StoreContactClue *contact = clues->contacts->pdata[i];

      if (g_strcmp0 (contact->normalised, normalised) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_channel (const StorePartyClues *clues,
             gboolean               numbers_only)
{
  for (guint i = 0; i < clues->contacts->len; i++)
    {
      const StoreContactClue *contact = clues->contacts->pdata[i];

      if (!numbers_only || is_number (contact->channel))
        return TRUE;
    }
  return FALSE;
}

/* How the ways to reach @party compare with those of the row. */
static gboolean
compare_contacts (StoreImportRun         *run,
                  const StorePartyClues  *clues,
                  StoreRecord            *party,
                  gboolean                numbers_only,
                  Contacts               *result,
                  GError                **error)
{
  g_autoptr (GPtrArray) contacts = NULL;

  *result = CONTACTS_NONE;
  if (!has_channel (clues, numbers_only))
    return TRUE;
  contacts = store_import_run_children (run, STORE_KIND ("contact_point"), party, error);
  if (contacts == NULL)
    return FALSE;
  for (guint i = 0; i < contacts->len && *result != CONTACTS_SHARED; i++)
    {
      StoreRecord *contact = contacts->pdata[i];

      if (numbers_only && !is_number (store_record_get_text (contact, "channel")))
        continue;
      *result = has_contact (clues, store_record_get_text (contact, "normalised"))
                  ? CONTACTS_SHARED
                  : CONTACTS_DIFFERENT;
    }
  return TRUE;
}

static gboolean
names_agree (const StorePartyClues *clues,
             StoreRecord           *party)
{
  const char *name = store_record_get_text (party, "display_name");
  g_autofree char *key = store_person_name_key (name != NULL ? name : "");

  return store_person_name_agrees (clues->name_key, key);
}

static gboolean
is_contradicted (const StorePartyClues *clues,
                 StoreRecord           *party)
{
  return differ (clues->external_id, store_record_get_text (party, "external_id"));
}

/* Parties that can be reached by @normalised, each once. */
static GPtrArray *
find_reached (StoreImportRun  *run,
              const char      *normalised,
              GError         **error)
{
  StoreValue value = store_value_text (normalised);
  g_autoptr (GPtrArray) parties = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) contacts = NULL;

  contacts = store_transaction_find_all (run->transaction, STORE_KIND ("contact_point"),
                                         "normalised", &value, error);
  if (contacts == NULL)
    return NULL;
  for (guint i = 0; i < contacts->len; i++)
    {
      StoreRecord *party = NULL;
      gboolean known = FALSE;
      StoreId id;

      if (!store_record_get_reference (contacts->pdata[i], "party", &id))
        continue;
      for (guint j = 0; j < parties->len; j++)
        known = known || store_id_equal (store_record_get_id (parties->pdata[j]), &id);
      if (known)
        continue;
      if (!store_import_run_load (run, STORE_KIND ("party"), &id, &party, error))
        return NULL;
      if (party != NULL && !store_record_is_trashed (party))
        g_ptr_array_add (parties, party);
      else
        g_clear_object (&party);
    }
  return g_steal_pointer (&parties);
}

static StoreRecord *
find_agreeing (const StorePartyClues *clues,
               GPtrArray             *parties)
{
  for (guint i = 0; i < parties->len; i++)
    if (!is_contradicted (clues, parties->pdata[i]) && names_agree (clues, parties->pdata[i]))
      return g_object_ref (parties->pdata[i]);
  return NULL;
}

/* The one customer with the address, who may have changed the name. */
static gboolean
find_renamed (StoreImportRun         *run,
              const StorePartyClues  *clues,
              GPtrArray              *parties,
              StoreRecord           **party,
              GError                **error)
{
  StoreRecord *only = parties->len == 1 ? parties->pdata[0] : NULL;
  Contacts numbers;

  if (only == NULL || is_contradicted (clues, only) ||
      differ (clues->birthday, store_record_get_text (only, "birthday")))
    return TRUE;
  if (!compare_contacts (run, clues, only, TRUE, &numbers, error))
    return FALSE;
  if (numbers != CONTACTS_DIFFERENT)
    *party = g_object_ref (only);
  return TRUE;
}

static gboolean
match_contacts (StoreImportRun         *run,
                const StorePartyClues  *clues,
                gboolean                emails,
                StoreRecord           **party,
                GError                **error)
{
  for (guint i = 0; i < clues->contacts->len && *party == NULL; i++)
    {
      const StoreContactClue *contact = clues->contacts->pdata[i];
      g_autoptr (GPtrArray) parties = NULL;

      if (emails ? !g_str_equal (contact->channel, "email") : !is_number (contact->channel))
        continue;
      parties = find_reached (run, contact->normalised, error);
      if (parties == NULL)
        return FALSE;
      *party = find_agreeing (clues, parties);
      if (*party == NULL && emails && !find_renamed (run, clues, parties, party, error))
        return FALSE;
    }
  return TRUE;
}

/* The key of the company that @party works at, "" for none. */
static gboolean
get_company_key (StoreImportRun  *run,
                 StoreRecord     *party,
                 char           **key,
                 GError         **error)
{
  g_autoptr (GPtrArray) links = NULL;

  *key = g_strdup ("");
  links = store_import_run_children (run, STORE_KIND ("party_link"), party, error);
  if (links == NULL)
    return FALSE;
  for (guint i = 0; i < links->len && **key == '\0'; i++)
    {
      g_autoptr (StoreRecord) company = NULL;
      StoreId id;

      if (!store_record_get_reference (links->pdata[i], "other", &id))
        continue;
      if (!store_import_run_load (run, STORE_KIND ("party"), &id, &company, error))
        return FALSE;
      if (company == NULL || g_strcmp0 (store_record_get_text (company, "kind"), "company") != 0)
        continue;
      g_free (*key);
      *key = store_person_name_key (store_record_get_text (company, "display_name"));
    }
  return TRUE;
}

static gboolean
may_be_namesake (StoreImportRun         *run,
                 const StorePartyClues  *clues,
                 StoreRecord            *party,
                 gboolean               *may_be,
                 GError                **error)
{
  g_autofree char *company = NULL;
  Contacts contacts;

  *may_be = FALSE;
  if (is_contradicted (clues, party) ||
      differ (clues->birthday, store_record_get_text (party, "birthday")))
    return TRUE;
  if (!compare_contacts (run, clues, party, FALSE, &contacts, error) ||
      !get_company_key (run, party, &company, error))
    return FALSE;
  *may_be = contacts != CONTACTS_DIFFERENT && !differ (clues->company_key, company);
  return TRUE;
}

static gboolean
match_name (StoreImportRun         *run,
            const StorePartyClues  *clues,
            StoreRecord           **party,
            GError                **error)
{
  StoreValue name = store_value_text (clues->name);
  g_autoptr (GPtrArray) namesakes = NULL;
  g_autoptr (StoreRecord) found = NULL;
  guint n_found = 0;

  namesakes = store_transaction_find_all (run->transaction, STORE_KIND ("party"), "display_name",
                                          &name, error);
  if (namesakes == NULL)
    return FALSE;
  for (guint i = 0; i < namesakes->len && n_found < 2; i++)
    {
      gboolean may_be;

      if (!may_be_namesake (run, clues, namesakes->pdata[i], &may_be, error))
        return FALSE;
      n_found += may_be;
      if (may_be)
        g_set_object (&found, namesakes->pdata[i]);
    }
  if (n_found == 1)
    *party = g_steal_pointer (&found);
  return TRUE;
}

/**
 * store_import_match:
 * @run: an import
 * @clues: what the row says about who it is
 * @party: (out) (transfer full) (nullable): the customer it is, in the trash or not
 * @error: the store failed
 *
 * Looks for the customer that the row is.
 */
gboolean
store_import_match (StoreImportRun         *run,
                    const StorePartyClues  *clues,
                    StoreRecord           **party,
                    GError                **error)
{
  StoreId id;

  *party = NULL;
  if (clues->external_id != NULL &&
      !store_import_run_find (run, STORE_KIND ("party"), "external_id", clues->external_id, party,
                              error))
    return FALSE;
  if (*party != NULL)
    return TRUE;

  store_party_clues_derive_id (clues, &id);
  if (!store_import_run_load (run, STORE_KIND ("party"), &id, party, error))
    return FALSE;
  if (*party != NULL)
    return TRUE;

  if (!match_contacts (run, clues, TRUE, party, error) ||
      (*party == NULL && !match_contacts (run, clues, FALSE, party, error)))
    return FALSE;
  if (*party == NULL && clues->name != NULL)
    return match_name (run, clues, party, error);
  return TRUE;
}
