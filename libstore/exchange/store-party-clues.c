/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-party-clues.h"

#include "store-person-name.h"

static void
free_contact (gpointer data)
{
  StoreContactClue *contact = data;

  g_free (contact->value);
  g_free (contact->normalised);
  g_free (contact);
}

/**
 * store_party_clues_new:
 *
 * Returns: (transfer full): clues that say nothing. One thread at a time.
 */
StorePartyClues *
store_party_clues_new (void)
{
  StorePartyClues *clues = g_new0 (StorePartyClues, 1);

  clues->name_key = g_strdup ("");
  clues->company_key = g_strdup ("");
  clues->contacts = g_ptr_array_new_with_free_func (free_contact);
  return clues;
}

/**
 * store_party_clues_free:
 * @clues: (transfer full): clues
 */
void
store_party_clues_free (StorePartyClues *clues)
{
  g_free (clues->external_id);
  g_free (clues->name);
  g_free (clues->name_key);
  g_free (clues->company_key);
  g_free (clues->birthday);
  g_ptr_array_unref (clues->contacts);
  g_free (clues);
}

/**
 * store_party_clues_set_name:
 * @clues: clues
 * @name: the name
 *
 * Says what they are called.
 */
void
store_party_clues_set_name (StorePartyClues *clues,
                            const char      *name)
{
  g_return_if_fail (clues != NULL && name != NULL);

  g_free (clues->name);
  g_free (clues->name_key);
  clues->name = g_strdup (name);
  clues->name_key = store_person_name_key (name);
}

/**
 * store_party_clues_set_company:
 * @clues: clues
 * @name: the name of the company
 *
 * Says where they work.
 */
void
store_party_clues_set_company (StorePartyClues *clues,
                               const char      *name)
{
  g_return_if_fail (clues != NULL && name != NULL);

  g_free (clues->company_key);
  clues->company_key = store_person_name_key (name);
}

/**
 * store_party_clues_add_contact:
 * @clues: clues
 * @channel: a channel of the catalog, static
 * @value: as a person is to read it
 * @normalised: the one form
 *
 * Says how to reach them; the same again is the same.
 */
void
store_party_clues_add_contact (StorePartyClues *clues,
                               const char      *channel,
                               const char      *value,
                               const char      *normalised)
{
  StoreContactClue *contact;

  g_return_if_fail (clues != NULL && channel != NULL && value != NULL && normalised != NULL);

  for (guint i = 0; i < clues->contacts->len; i++)
    {
      const StoreContactClue *other = clues->contacts->pdata[i];

      if (g_str_equal (other->normalised, normalised))
        return;
    }
  contact = g_new0 (StoreContactClue, 1);
  contact->channel = channel;
  contact->value = g_strdup (value);
  contact->normalised = g_strdup (normalised);
  g_ptr_array_add (clues->contacts, contact);
}

static const StoreContactClue *
find_contact (const StorePartyClues *clues,
              gboolean               is_email)
{
  for (guint i = 0; i < clues->contacts->len; i++)
    {
      const StoreContactClue *contact = clues->contacts->pdata[i];

      if (is_email ? g_str_equal (contact->channel, "email")
                   : g_str_equal (contact->channel, "phone") ||
                       g_str_equal (contact->channel, "mobile"))
        return contact;
    }
  return NULL;
}

/**
 * store_party_clues_derive_id:
 * @clues: clues
 * @id: (out): the id
 *
 * Gives the id that a customer with these clues gets when an import makes it: the same on every
 * device, so that two devices that import one file have one of each. It comes from the strongest
 * clue; a name goes with all but the number from elsewhere, for families share an address.
 */
void
store_party_clues_derive_id (const StorePartyClues *clues,
                             StoreId               *id)
{
  const StoreContactClue *email, *phone;
  g_autofree char *cause = NULL;

  g_return_if_fail (clues != NULL && id != NULL);

  email = find_contact (clues, TRUE);
  phone = find_contact (clues, FALSE);
  if (clues->external_id != NULL)
    cause = g_strconcat ("number\n", clues->external_id, NULL);
  else if (email != NULL)
    cause = g_strconcat ("email\n", email->normalised, "\n", clues->name_key, NULL);
  else if (phone != NULL)
    cause = g_strconcat ("phone\n", phone->normalised, "\n", clues->name_key, NULL);
  else
    cause = g_strconcat ("name\n", clues->name_key, "\n", clues->company_key, "\n",
                         clues->birthday != NULL ? clues->birthday : "", NULL);
  store_id_init_from_name (id, "import-party", cause);
}
