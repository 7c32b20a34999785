/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-id.h"

G_BEGIN_DECLS

/**
 * StoreContactClue:
 * @channel: the channel of the catalog: email, phone, mobile, wechat, web
 * @value: as a person is to read it
 * @normalised: the one form, by which it is found
 */
typedef struct
{
  const char *channel;
  char *value;
  char *normalised;
} StoreContactClue;

/**
 * StorePartyClues:
 * @external_id: (nullable): the number that another program gave
 * @name: (nullable): the name
 * @name_key: the key of the name, "" for none
 * @company_key: the key of the company's name, "" for none
 * @birthday: (nullable): as the catalog keeps it
 * @is_company: whether the row names a company and nobody who works there
 * @contacts: (element-type StoreContactClue): ways to reach them
 *
 * What a row says about who it is.
 */
typedef struct
{
  char *external_id;
  char *name;
  char *name_key;
  char *company_key;
  char *birthday;
  gboolean is_company;
  GPtrArray *contacts;
} StorePartyClues;

StorePartyClues *store_party_clues_new         (void);
void             store_party_clues_free        (StorePartyClues        *clues);
void             store_party_clues_set_name    (StorePartyClues        *clues,
                                                const char             *name);
void             store_party_clues_set_company (StorePartyClues        *clues,
                                                const char             *name);
void             store_party_clues_add_contact (StorePartyClues        *clues,
                                                const char             *channel,
                                                const char             *value,
                                                const char             *normalised);
void             store_party_clues_derive_id   (const StorePartyClues  *clues,
                                                StoreId                *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StorePartyClues, store_party_clues_free)

G_END_DECLS
