/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ways to reach a customer as they are typed. The normal form, by which two writings of one number
 * are known as the same, is made here as the import makes it. */
#include "config.h"

#include "app-contact-text.h"

#include "store-catalog.h"
#include "store-email-text.h"
#include "store-phone-text.h"

/**
 * app_contact_text_normalise:
 * @record: written to where it is a contact point; any other is left alone
 */
void
app_contact_text_normalise (StoreRecord *record)
{
  g_autofree char *normal = NULL;
  const char *channel;
  const char *text;
  StoreReading reading = STORE_READING_REFUSED;

  if (!g_str_equal (store_record_get_kind (record)->name, "contact_point"))
    return;

  channel = store_record_get_text (record, "channel");
  text = store_record_get_text (record, "value");
  if (!text)
    return;

  if (g_strcmp0 (channel, "email") == 0)
    reading = store_email_text_parse (text, &normal, NULL);
  else if (g_strcmp0 (channel, "phone") == 0 || g_strcmp0 (channel, "mobile") == 0)
    reading = store_phone_text_parse (text, &normal, NULL);

  store_record_set_text (record, "normalised",
                         reading == STORE_READING_VALUE ? normal : text);
}

/**
 * app_contact_text_new_record:
 * @channel: "phone", "email" ...
 * @text: the number or address as it was typed
 *
 * Returns: (transfer full): a new contact point of the customer
 */
StoreRecord *
app_contact_text_new_record (const StoreId *party,
                             const char    *channel,
                             const char    *text)
{
  StoreRecord *record = store_record_new (store_catalog_find ("contact_point"));

  store_record_set_reference (record, "party", party);
  store_record_set_text (record, "channel", channel);
  store_record_set_text (record, "value", text);
  store_record_set_text (record, "state", "ok");
  app_contact_text_normalise (record);

  return record;
}
