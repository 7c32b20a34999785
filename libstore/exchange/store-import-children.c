/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a row of customers says beside the customer: the company they work at, how to reach them,
 * where they live, what they are filed under.
 *
 * The id of each comes from the customer and what it is, so the same row again makes nothing twice,
 * also where a person has since corrected a number: then the corrected record has that id, and
 * stays.
 */
#include "config.h"

#include <string.h>

#include "store-cell-text.h"
#include "store-import-private.h"
#include "store-person-name.h"

#define TAG_DELIMITERS ";,|/、，；\n\r"

static void
derive_child_id (StoreId       *id,
                 const StoreId *parent,
                 const char    *kind,
                 const char    *what)
{
  char parent_text[STORE_ID_STRING_LENGTH + 1];
  g_autofree char *domain = g_strconcat ("import-", kind, NULL);
  g_autofree char *cause = NULL;

  store_id_print (parent, parent_text);
  cause = g_strconcat (parent_text, "\n", what, NULL);
  store_id_init_from_name (id, domain, cause);
}

/* The record of that id, out of the trash; a new one where there is none. */
static gboolean
load_or_make (StoreImportRun   *run,
              const StoreKind  *kind,
              const StoreId    *id,
              StoreRecord     **record,
              gboolean         *changed,
              GError          **error)
{
  if (!store_import_run_load (run, kind, id, record, error))
    return FALSE;
  if (*record == NULL)
    {
      *record = store_record_new_with_id (kind, id);
      return TRUE;
    }
  *changed = *changed || store_record_is_trashed (*record);
  return store_import_run_revive (run, record, error);
}

static gboolean
find_company (StoreImportRun  *run,
              const char      *name,
              StoreRecord    **company,
              GError         **error)
{
  StoreValue value = store_value_text (name);
  g_autoptr (GPtrArray) parties = NULL;

  *company = NULL;
  parties = store_transaction_find_all (run->transaction, STORE_KIND ("party"), "display_name",
                                        &value, error);
  if (parties == NULL)
    return FALSE;
  for (guint i = 0; i < parties->len && *company == NULL; i++)
    if (g_strcmp0 (store_record_get_text (parties->pdata[i], "kind"), "company") == 0)
      *company = g_object_ref (parties->pdata[i]);
  return TRUE;
}

/* Finds the company of that name, or makes it; two ways of writing it in one file are one. */
gboolean
store_import_company (StoreImportRun  *run,
                      const char      *name,
                      StoreRecord    **company,
                      GError         **error)
{
  const StoreKind *kind = STORE_KIND ("party");
  g_autofree char *clean = store_cell_text_clean (name);
  g_autofree char *key = store_person_name_key (clean);
  const StoreId *known = g_hash_table_lookup (run->companies, key);
  gboolean changed = FALSE;
  StoreId id;

  *company = NULL;
  if (known != NULL)
    return store_import_run_load (run, kind, known, company, error);

  g_strdelimit (clean, "\n\t", ' ');
  if (!find_company (run, clean, company, error))
    return FALSE;
  if (*company == NULL)
    {
      store_id_init_from_name (&id, "import-company", key);
      if (!load_or_make (run, kind, &id, company, &changed, error))
        return FALSE;
    }
  if (store_record_is_new (*company))
    {
      store_record_set_text (*company, "kind", "company");
      store_record_set_text (*company, "display_name", clean);
      run->report->companies++;
    }
  if (!store_import_run_save (run, *company, &changed, error))
    return FALSE;
  g_hash_table_insert (run->companies, g_strdup (key),
                       g_memdup2 (store_record_get_id (*company), sizeof (StoreId)));
  return TRUE;
}

static gboolean
is_among (GPtrArray  *contacts,
          const char *normalised)
{
  for (guint i = 0; i < contacts->len; i++)
    if (g_strcmp0 (store_record_get_text (contacts->pdata[i], "normalised"), normalised) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
add_contact (StoreImportRun          *run,
             StoreRecord             *party,
             const StoreContactClue  *clue,
             gboolean                *changed,
             GError                 **error)
{
  const StoreKind *kind = STORE_KIND ("contact_point");
  gboolean is_number = g_str_equal (clue->channel, "mobile");
  g_autofree char *what = g_strconcat (is_number ? "phone" : clue->channel, "\n",
                                       clue->normalised, NULL);
  g_autoptr (StoreRecord) contact = NULL;
  StoreId id;

  derive_child_id (&id, store_record_get_id (party), kind->name, what);
  if (!load_or_make (run, kind, &id, &contact, changed, error))
    return FALSE;
  if (!store_record_is_new (contact))
    return TRUE;

  store_record_set_reference (contact, "party", store_record_get_id (party));
  store_record_set_text (contact, "channel", clue->channel);
  store_record_set_text (contact, "value", clue->value);
  store_record_set_text (contact, "normalised", clue->normalised);
  return store_import_run_save (run, contact, changed, error);
}

/* Adds the ways to reach @party that it does not have yet. */
gboolean
store_import_contacts (StoreImportRun         *run,
                       StoreRecord            *party,
                       const StorePartyClues  *clues,
                       gboolean               *changed,
                       GError                **error)
{
  g_autoptr (GPtrArray) contacts = NULL;

  if (clues->contacts->len == 0)
    return TRUE;
  contacts = store_import_run_children (run, STORE_KIND ("contact_point"), party, error);
  if (contacts == NULL)
    return FALSE;
  for (guint i = 0; i < clues->contacts->len; i++)
    {
      const StoreContactClue *clue = clues->contacts->pdata[i];

      if (!is_among (contacts, clue->normalised) &&
          !add_contact (run, party, clue, changed, error))
        return FALSE;
    }
  return TRUE;
}

/* What the link is called: data, so in the language of the data and the same on every device. */
static const char *
get_role (StoreRecord *party)
{
  const char *name = store_record_get_text (party, "display_name");

  return name != NULL && store_person_name_has_han (name) ? "任职于" : "works at";
}

/* Says that @party works at @company, unless it is said already. */
gboolean
store_import_link (StoreImportRun  *run,
                   StoreRecord     *party,
                   StoreRecord     *company,
                   gboolean        *changed,
                   GError         **error)
{
  const StoreKind *kind = STORE_KIND ("party_link");
  g_autoptr (GPtrArray) links = NULL;
  g_autoptr (StoreRecord) link = NULL;
  StoreId id;

  if (store_id_equal (store_record_get_id (party), store_record_get_id (company)))
    return TRUE;
  links = store_import_run_children (run, kind, party, error);
  if (links == NULL)
    return FALSE;
  for (guint i = 0; i < links->len; i++)
    if (store_record_get_reference (links->pdata[i], "other", &id) &&
        store_id_equal (&id, store_record_get_id (company)))
      return TRUE;

  store_id_init_from_pair (&id, "import-party_link", store_record_get_id (party),
                           store_record_get_id (company));
  if (!load_or_make (run, kind, &id, &link, changed, error))
    return FALSE;
  if (!store_record_is_new (link))
    return TRUE;
  store_record_set_reference (link, "party", store_record_get_id (party));
  store_record_set_reference (link, "other", store_record_get_id (company));
  store_record_set_text (link, "role", get_role (party));
  return store_import_run_save (run, link, changed, error);
}

static const char *const address_parts[] = { "street", "postcode", "city", "region", "country" };

/* The parts of the row's address; FALSE where it has none. */
static gboolean
read_address (StoreImportRun *run,
              char           *parts[G_N_ELEMENTS (address_parts)])
{
  gboolean has_any = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (address_parts); i++)
    {
      g_auto (GStrv) cells = store_import_run_get_cells (run, address_parts[i]);
      g_autofree char *joined = g_strjoinv (", ", cells);

      parts[i] = store_cell_text_clean (joined);
      g_strdelimit (parts[i], "\n\t", ' ');
      has_any = has_any || *parts[i] != '\0';
    }
  return has_any;
}

/* Whether nothing in the row's address speaks against the one that is there. */
static gboolean
is_same_address (StoreRecord *address,
                 char        *parts[G_N_ELEMENTS (address_parts)])
{
  for (guint i = 0; i < G_N_ELEMENTS (address_parts); i++)
    {
      const char *text = store_record_get_text (address, address_parts[i]);
      g_autofree char *here = store_cell_text_key (text != NULL ? text : "");
      g_autofree char *there = store_cell_text_key (parts[i]);

      if (*here != '\0' && *there != '\0' && !g_str_equal (here, there))
        return FALSE;
    }
  return TRUE;
}

static gboolean
save_address (StoreImportRun  *run,
              StoreRecord     *party,
              char            *parts[G_N_ELEMENTS (address_parts)],
              gboolean        *changed,
              GError         **error)
{
  const StoreKind *kind = STORE_KIND ("address");
  g_autoptr (GPtrArray) addresses = store_import_run_children (run, kind, party, error);
  g_autoptr (StoreRecord) address = NULL;
  g_autofree char *whole = NULL;
  StoreId id;

  if (addresses == NULL)
    return FALSE;
  for (guint i = 0; i < addresses->len && address == NULL; i++)
    if (is_same_address (addresses->pdata[i], parts))
      address = g_object_ref (addresses->pdata[i]);
  if (address == NULL)
    {
      whole = g_strjoin ("\n", parts[0], parts[1], parts[2], parts[3], parts[4], NULL);
      derive_child_id (&id, store_record_get_id (party), kind->name, whole);
      if (!load_or_make (run, kind, &id, &address, changed, error))
        return FALSE;
      if (!store_record_is_new (address))
        return TRUE;
      store_record_set_reference (address, "party", store_record_get_id (party));
    }

  for (guint i = 0; i < G_N_ELEMENTS (address_parts); i++)
    if (*parts[i] != '\0' && store_record_get_text (address, address_parts[i]) == NULL)
      store_record_set_text (address, address_parts[i], parts[i]);
  return store_import_run_save (run, address, changed, error);
}

/* Adds the row's address, or completes the one that it is. */
gboolean
store_import_address (StoreImportRun  *run,
                      StoreRecord     *party,
                      gboolean        *changed,
                      GError         **error)
{
  char *parts[G_N_ELEMENTS (address_parts)];
  gboolean done = TRUE;

  if (read_address (run, parts))
    done = save_address (run, party, parts, changed, error);
  for (guint i = 0; i < G_N_ELEMENTS (address_parts); i++)
    g_free (parts[i]);
  return done;
}

static gboolean
find_tag (StoreImportRun  *run,
          const char      *name,
          StoreId         *id,
          GError         **error)
{
  const StoreId *known = g_hash_table_lookup (run->tags, name);
  g_autoptr (StoreRecord) tag = NULL;
  gboolean changed = FALSE;

  if (known != NULL)
    {
      *id = *known;
      return TRUE;
    }
  if (!store_import_run_find (run, STORE_KIND ("tag"), "name", name, &tag, error))
    return FALSE;
  if (tag == NULL)
    {
      tag = store_record_new (STORE_KIND ("tag"));
      store_record_set_text (tag, "name", name);
      if (!store_import_run_save (run, tag, &changed, error))
        return FALSE;
    }
  *id = *store_record_get_id (tag);
  g_hash_table_insert (run->tags, g_strdup (name), g_memdup2 (id, sizeof *id));
  return TRUE;
}

static gboolean
add_tag (StoreImportRun  *run,
         StoreRecord     *party,
         const char      *name,
         gboolean        *changed,
         GError         **error)
{
  const StoreKind *kind = STORE_KIND ("tagging");
  g_autoptr (StoreRecord) there = NULL;
  g_autoptr (StoreRecord) tagging = store_record_new (kind);
  StoreId tag, id;

  if (!find_tag (run, name, &tag, error))
    return FALSE;
  store_id_init_from_pair (&id, kind->name, store_record_get_id (party), &tag);
  if (!store_import_run_load (run, kind, &id, &there, error))
    return FALSE;
  if (there != NULL && !store_record_is_trashed (there))
    return TRUE;
  store_record_set_reference (tagging, "party", store_record_get_id (party));
  store_record_set_reference (tagging, "tag", &tag);
  return store_import_run_save (run, tagging, changed, error);
}

/* Files @party under the row's tags; the groups that an address book makes itself are none. */
gboolean
store_import_tags (StoreImportRun  *run,
                   StoreRecord     *party,
                   gboolean        *changed,
                   GError         **error)
{
  g_auto (GStrv) cells = store_import_run_get_cells (run, "tag");

  for (guint i = 0; cells[i] != NULL; i++)
    {
      g_auto (GStrv) names = store_cell_text_split (cells[i], TAG_DELIMITERS);

      for (guint j = 0; names[j] != NULL; j++)
        {
          g_autofree char *name = store_cell_text_clean (names[j]);

          if (!g_str_has_prefix (name, "* ") && !add_tag (run, party, name, changed, error))
            return FALSE;
        }
    }
  return TRUE;
}
