/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The record that a cell of another table names: a customer by id, number from elsewhere, address,
 * telephone or name; anything else by what a person knows it by.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store-cell-text.h"
#include "store-email-text.h"
#include "store-import-private.h"
#include "store-phone-text.h"

/* Keeps what is found from growing beyond what a file of a million customers needs. */
#define MAX_KNOWN 2000000

static gboolean
find_by_contact (StoreImportRun  *run,
                 const char      *normalised,
                 StoreRecord    **party,
                 GError         **error)
{
  g_autoptr (StoreRecord) contact = NULL;
  StoreId id;

  if (!store_import_run_find (run, STORE_KIND ("contact_point"), "normalised", normalised, &contact,
                              error))
    return FALSE;
  return contact == NULL || !store_record_get_reference (contact, "party", &id) ||
         store_import_run_load (run, STORE_KIND ("party"), &id, party, error);
}

static gboolean
find_by_title (StoreImportRun   *run,
               const StoreKind  *kind,
               const char       *text,
               StoreRecord     **record,
               char            **refusal,
               GError          **error)
{
  StoreValue value = store_value_text (text);
  g_autoptr (GPtrArray) records = NULL;

  records = store_transaction_find_all (run->transaction, kind, kind->title, &value, error);
  if (records == NULL)
    return FALSE;
  if (records->len == 1)
    *record = g_object_ref (records->pdata[0]);
  if (records->len > 1)
    *refusal = g_strdup_printf (_("There are several called “%s”. Use their number instead."),
                                text);
  return TRUE;
}

/* The customer that @text names, NULL where there is none. */
static gboolean
find_customer (StoreImportRun  *run,
               const char      *text,
               StoreRecord    **party,
               char           **refusal,
               GError         **error)
{
  const StoreKind *kind = STORE_KIND ("party");
  g_autofree char *normalised = NULL;
  StoreId id;

  if (store_id_parse (&id, text))
    return store_import_run_load (run, kind, &id, party, error);
  if (!store_import_run_find (run, kind, "external_id", text, party, error) || *party != NULL)
    return *party != NULL;

  if (store_email_text_parse (text, &normalised, NULL) == STORE_READING_VALUE ||
      store_phone_text_parse (text, &normalised, NULL) == STORE_READING_VALUE)
    if (!find_by_contact (run, normalised, party, error))
      return FALSE;
  return *party != NULL || find_by_title (run, kind, text, party, refusal, error);
}

/* A word with digits in it is the number that another program gave; a name has none. */
static gboolean
is_number (const char *text)
{
  return strpbrk (text, "0123456789") != NULL && strpbrk (text, " \t@") == NULL;
}

static StorePartyClues *
get_clues (const char *text)
{
  StorePartyClues *clues = store_party_clues_new ();
  g_autofree char *address = NULL;

  store_party_clues_set_name (clues, text);
  if (store_email_text_parse (text, &address, NULL) == STORE_READING_VALUE)
    store_party_clues_add_contact (clues, "email", address, address);
  else if (is_number (text))
    clues->external_id = g_strdup (text);
  return clues;
}

static gboolean
make_customer (StoreImportRun  *run,
               const char      *text,
               StoreRecord    **party,
               GError         **error)
{
  g_autoptr (StorePartyClues) clues = get_clues (text);
  gboolean changed = FALSE;
  StoreId id;

  store_party_clues_derive_id (clues, &id);
  if (!store_import_run_load (run, STORE_KIND ("party"), &id, party, error))
    return FALSE;
  run->report->customers++;
  if (*party != NULL)
    return store_import_run_revive (run, party, error);

  *party = store_record_new_with_id (STORE_KIND ("party"), &id);
  store_record_set_text (*party, "kind", "person");
  store_record_set_text (*party, "display_name", text);
  store_record_set_text (*party, "lifecycle", "customer");
  store_record_set_text (*party, "external_id", clues->external_id);
  return store_import_run_save (run, *party, &changed, error) &&
         store_import_contacts (run, *party, clues, &changed, error);
}

/**
 * store_import_customer:
 * @run: an import
 * @cell: what the row names the customer with
 * @create: whether to make one where there is none
 * @id: (out): the customer
 * @refusal: (out) (nullable): why none can be named
 * @error: the store failed
 */
gboolean
store_import_customer (StoreImportRun  *run,
                       const char      *cell,
                       gboolean         create,
                       StoreId         *id,
                       char           **refusal,
                       GError         **error)
{
  g_autofree char *text = store_cell_text_clean (cell);
  const StoreId *known = g_hash_table_lookup (run->customers, text);
  g_autoptr (StoreRecord) party = NULL;

  if (known != NULL)
    {
      *id = *known;
      return TRUE;
    }

  g_strdelimit (text, "\n\t", ' ');
  if (!find_customer (run, text, &party, refusal, error))
    return FALSE;
  if (party != NULL && !store_import_run_revive (run, &party, error))
    return FALSE;
  if (party == NULL && create && *refusal == NULL && !make_customer (run, text, &party, error))
    return FALSE;
  if (party == NULL)
    {
      g_autofree char *shown = store_cell_text_shorten (text);

      if (*refusal == NULL)
        *refusal = g_strdup_printf (_("There is no customer “%s”."), shown);
      return TRUE;
    }

  *id = *store_record_get_id (party);
  if (g_hash_table_size (run->customers) < MAX_KNOWN)
    g_hash_table_insert (run->customers, g_steal_pointer (&text), g_memdup2 (id, sizeof *id));
  return TRUE;
}

/* The record of the kind that @field refers to, by its id or by what a person knows it by. */
gboolean
store_import_find_titled (StoreImportRun    *run,
                          const StoreField  *field,
                          const char        *cell,
                          StoreId           *id,
                          char             **refusal,
                          GError           **error)
{
  const StoreKind *kind = store_catalog_find (field->refers);
  g_autofree char *text = store_cell_text_clean (cell);
  g_autoptr (StoreRecord) record = NULL;

  if (store_id_parse (id, text) ? !store_import_run_load (run, kind, id, &record, error)
                                : kind->title != NULL &&
                                    !find_by_title (run, kind, text, &record, refusal, error))
    return FALSE;
  if (record == NULL && *refusal == NULL)
    {
      g_autofree char *shown = store_cell_text_shorten (text);

      *refusal = g_strdup_printf (_("There is no “%s” called “%s”."), store_kind_get_label (kind),
                                  shown);
    }
  if (record != NULL)
    *id = *store_record_get_id (record);
  return TRUE;
}
