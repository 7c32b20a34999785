/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One row as a record of any kind but customers, orders among them.
 *
 * The record that a row is: the one whose id it gives; the one with the same number from elsewhere
 * (or article number, or whatever the catalog calls a key), the order with the same number; else
 * the one whose id comes from everything the row says. Two rows that say the same are two records,
 * for two orders of one customer on one day over one sum are lawful; the second of them is the
 * second also when the file comes again.
 *
 * Two shops may both have an order 1001, so an order's number counts together with its customer.
 * A number that comes twice in one file stands for the lines of one document. They cannot be taken
 * one for another, so the second is refused unless it says the same.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "store-error.h"
#include "store-import-private.h"

static gboolean
is_numbered (StoreImportRun *run)
{
  return g_str_equal (store_import_target_get_kind (run->target)->name, "document");
}

/* A document's own number, which others may give too; the number from elsewhere is one's own. */
static gboolean
is_shared_number (StoreImportRun *run,
                  const char     *field)
{
  return is_numbered (run) && g_str_equal (field, "number");
}

/* The text by which the draft names a record that may be there; NULL where it names none. */
static const char *
get_key (StoreImportRun  *run,
         StoreRecord     *draft,
         const char     **field)
{
  const StoreKind *kind = store_record_get_kind (draft);

  for (guint i = 0; i < kind->n_fields; i++)
    {
      *field = kind->fields[i].name;
      if (((kind->fields[i].flags & STORE_FIELD_DUPLICATE_KEY) != 0 ||
           g_strcmp0 (kind->key, *field) == 0) &&
          store_record_get_text (draft, *field) != NULL)
        return store_record_get_text (draft, *field);
    }
  *field = "number";
  return is_numbered (run) ? store_record_get_text (draft, "number") : NULL;
}

static gboolean
has_alias_value (StoreImportRun *run,
                 StoreRecord    *record)
{
  const StoreAlias *alias = store_import_target_get_alias (run->target);

  return alias == NULL ||
         g_strcmp0 (store_record_get_text (record, alias->field), alias->value) == 0;
}

/* Whether @record can be what @draft says under the number that both have. */
static gboolean
has_same_customer (StoreRecord *record,
                   StoreRecord *draft)
{
  StoreId here, there;

  return !store_record_get_reference (record, "party", &here) ||
         !store_record_get_reference (draft, "party", &there) || store_id_equal (&here, &there);
}

static gboolean
find_by_key (StoreImportRun  *run,
             StoreRecord     *draft,
             const char      *field,
             const char      *key,
             StoreRecord    **record,
             GError         **error)
{
  gboolean is_shared = is_shared_number (run, field);
  StoreValue value = store_value_text (key);
  g_autoptr (GPtrArray) records = NULL;

  records = store_transaction_find_all (run->transaction,
                                        store_import_target_get_kind (run->target), field, &value,
                                        error);
  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len && *record == NULL; i++)
    if (has_alias_value (run, records->pdata[i]) &&
        (!is_shared || has_same_customer (records->pdata[i], draft)))
      *record = g_object_ref (records->pdata[i]);
  return TRUE;
}

static gboolean
derive_link_id (StoreRecord *draft,
                StoreId     *id)
{
  const StoreKind *kind = store_record_get_kind (draft);
  StoreId ends[2];

  if (kind->pair == NULL || !store_record_get_reference (draft, kind->pair[0], &ends[0]) ||
      !store_record_get_reference (draft, kind->pair[1], &ends[1]))
    return FALSE;
  store_id_init_from_pair (id, kind->name, &ends[0], &ends[1]);
  return TRUE;
}

/* The id that comes from @key, or from everything the draft says. */
static void
derive_id (StoreImportRun *run,
           StoreRecord    *draft,
           const char     *field,
           const char     *key,
           StoreId        *id)
{
  const StoreKind *kind = store_record_get_kind (draft);
  g_autoptr (GString) cause = g_string_new (kind->name);
  g_autofree char *counted = NULL;
  guint n_before;

  if (derive_link_id (draft, id))
    return;
  if (key != NULL)
    g_string_append_printf (cause, "\n%s\n%s", field, key);
  if (key != NULL && is_shared_number (run, field))
    {
      g_autofree char *party = store_value_dup_text (store_record_get_value (draft, "party"));

      g_string_append_printf (cause, "\n%s", party != NULL ? party : "");
    }
  for (guint i = 0; i < kind->n_fields && key == NULL; i++)
    {
      const StoreValue *value = store_record_get_value (draft, kind->fields[i].name);
      g_autofree char *text = store_value_dup_text (value);

      if (text != NULL)
        g_string_append_printf (cause, "\n%s\n%s", kind->fields[i].name, text);
    }
  store_id_init_from_name (id, "import-record", cause->str);
  if (key != NULL)
    return;

  n_before = store_import_run_count (run, id);
  if (n_before == 0)
    return;
  counted = g_strdup_printf ("%s\n%u", cause->str, n_before);
  store_id_init_from_name (id, "import-record", counted);
}

static void
refuse (StoreImportRun     *run,
        StoreImportOutcome *outcome,
        const char         *reason)
{
  store_import_report_refuse (run->report, store_sheet_get_line (run->sheet), reason);
  *outcome = STORE_IMPORT_REFUSED;
}

/* A second line under the number of a document that this file has written already. */
static gboolean
is_second_line (StoreImportRun *run,
                StoreRecord    *record,
                const char     *key)
{
  return key != NULL && is_numbered (run) &&
         store_import_run_count (run, store_record_get_id (record)) > 0 &&
         store_record_get_changed (record) != 0;
}

static gboolean
find_or_make (StoreImportRun  *run,
              StoreRecord     *draft,
              const char      *field,
              const char      *key,
              StoreRecord    **record,
              GError         **error)
{
  const StoreKind *kind = store_record_get_kind (draft);
  StoreId id;
  gboolean is_named = store_import_run_get_id (run, &id);

  if (!is_named && key != NULL && !find_by_key (run, draft, field, key, record, error))
    return FALSE;
  if (*record != NULL)
    return TRUE;
  if (!is_named)
    derive_id (run, draft, field, key, &id);
  if (!store_import_run_load (run, kind, &id, record, error))
    return FALSE;
  if (*record == NULL)
    *record = store_record_new_with_id (kind, &id);
  return TRUE;
}

static gboolean
write_record (StoreImportRun      *run,
              StoreRecord         *draft,
              StoreRecord        **record,
              const char          *key,
              StoreImportOutcome  *outcome,
              GError             **error)
{
  gboolean changed = store_record_is_trashed (*record);
  gboolean is_new = store_record_is_new (*record);

  if (!is_new && !store_import_run_revive (run, record, error))
    return FALSE;
  store_import_draft_apply (draft, *record);
  if (is_second_line (run, *record, key))
    {
      refuse (run, outcome,
              _("The same number stands in a line before. Give each document one line."));
      return TRUE;
    }
  if (!store_import_run_save (run, *record, &changed, error))
    return FALSE;
  if (is_new)
    *outcome = STORE_IMPORT_TAKEN;
  else
    *outcome = changed ? STORE_IMPORT_UPDATED : STORE_IMPORT_UNCHANGED;
  return TRUE;
}

gboolean
store_import_record (StoreImportRun      *run,
                     StoreImportOutcome  *outcome,
                     GError             **error)
{
  const StoreAlias *alias = store_import_target_get_alias (run->target);
  g_autoptr (StoreRecord) draft = NULL;
  g_autoptr (StoreRecord) record = NULL;
  g_autofree char *refusal = NULL;
  const char *field;
  const char *key;

  if (!store_import_run_draft (run, &draft, &refusal, error))
    return FALSE;
  if (refusal != NULL)
    {
      refuse (run, outcome, refusal);
      return TRUE;
    }

  if (alias != NULL)
    store_record_set_text (draft, alias->field, alias->value);
  key = get_key (run, draft, &field);
  return find_or_make (run, draft, field, key, &record, error) &&
         write_record (run, draft, &record, key, outcome, error);
}
