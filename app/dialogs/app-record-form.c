/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-record-form.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

#include "app-settings.h"

static const AppRecordForm forms[] = {
  { "customer", "party", N_("New customer"), N_("Customer added"), FALSE,
    { "display_name", "kind", "lifecycle", "job_title" },
    { "kind", "person", "lifecycle", "lead" } },
  { "note", "activity", N_("New note"), N_("Note added"), TRUE,
    { "body" },
    { "kind", "note", "state", "held", "start", "@now" } },
  { "call", "activity", N_("New call"), N_("Call added"), TRUE,
    { "subject", "direction", "outcome", "body" },
    { "kind", "call", "state", "held", "start", "@now", "direction", "out" } },
  { "meeting", "activity", N_("New meeting"), N_("Meeting added"), TRUE,
    { "subject", "outcome", "body" },
    { "kind", "meeting", "state", "held", "start", "@now" } },
  { "task", "task", N_("New task"), N_("Task added"), TRUE,
    { "title", "due", "priority", "notes" },
    { "state", "open", "priority", "normal" } },
  { "order", "document", N_("New order"), N_("Order added"), TRUE,
    { "total", "currency", "date", "number", "notes" },
    { "kind", "order", "state", "issued", "date", "@today", "currency", "@currency" } },
  { "deal", "deal", N_("New deal"), N_("Deal added"), TRUE,
    { "title", "value", "currency", "expected_close", "notes" },
    { "currency", "@currency" } },
  { "contact-point", "contact_point", N_("New contact"), N_("Contact added"), TRUE,
    { "value", "channel", "label", "preferred", "state" },
    { "channel", "phone", "state", "ok" } },
  { "address", "address", N_("New address"), N_("Address added"), TRUE,
    { "street", "postcode", "city", "region", "country", "label" },
    { NULL } },
};

/**
 * app_record_form_find:
 *
 * Returns: (nullable): the form of that name
 */
const AppRecordForm *
app_record_form_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (g_str_equal (forms[i].name, name))
      return &forms[i];

  return NULL;
}

/**
 * app_record_form_find_for:
 *
 * Returns: (nullable): the form in which a record that is there is edited
 */
const AppRecordForm *
app_record_form_find_for (StoreRecord *record)
{
  const char *kind = store_record_get_kind (record)->name;
  const AppRecordForm *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      if (!g_str_equal (forms[i].kind, kind))
        continue;
      if (!first)
        first = &forms[i];
      if (g_str_equal (kind, "activity") &&
          g_strcmp0 (forms[i].name, store_record_get_text (record, "kind")) == 0)
        return &forms[i];
    }

  return first;
}

/* The currency of the settings, else that of the business, else that of the person's locale. */
static char *
dup_currency (StoreDatabase *database)
{
  g_autofree char *chosen = app_settings_dup_string ("currency", "");
  g_autofree char *usual = NULL;
  const struct lconv *conventions = localeconv ();

  if (*chosen)
    return g_steal_pointer (&chosen);
  usual = store_database_dup_setting (database, "currency", NULL);
  if (usual && *usual)
    return g_steal_pointer (&usual);
  if (conventions->int_curr_symbol && strlen (conventions->int_curr_symbol) >= 3)
    return g_strndup (conventions->int_curr_symbol, 3);

  return g_strdup ("EUR");
}

static void
preset_field (StoreDatabase *database,
              StoreRecord   *record,
              const char    *field,
              const char    *value)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *text = NULL;

  if (g_str_equal (value, "@now"))
    {
      store_record_set_integer (record, field, g_get_real_time () / 1000);
      return;
    }

  if (g_str_equal (value, "@today"))
    text = g_date_time_format (now, "%Y-%m-%d");
  else if (g_str_equal (value, "@currency"))
    text = dup_currency (database);
  store_record_set_text (record, field, text ? text : value);
}

/**
 * app_record_form_new_record:
 * @database: whose usual currency is meant
 * @party: (nullable): the customer it belongs to
 *
 * Returns: (transfer full): a new record with the form's presets
 */
StoreRecord *
app_record_form_new_record (const AppRecordForm *form,
                            StoreDatabase       *database,
                            const StoreId       *party)
{
  StoreRecord *record = store_record_new (store_catalog_find (form->kind));

  for (guint i = 0; i + 1 < G_N_ELEMENTS (form->preset) && form->preset[i]; i += 2)
    preset_field (database, record, form->preset[i], form->preset[i + 1]);
  if (form->needs_party && party)
    store_record_set_reference (record, "party", party);

  return record;
}
