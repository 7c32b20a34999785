/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "store-folded-text.h"

G_BEGIN_DECLS

/**
 * StoreEntityKind:
 * @STORE_ENTITY_ORDER: the number of an order, parcel or invoice; its letters in capitals
 * @STORE_ENTITY_PHONE: a number to call, as store_phone_text_parse() writes it
 * @STORE_ENTITY_EMAIL: an address
 * @STORE_ENTITY_AMOUNT: money; @number in major units, @unit the currency or %NULL
 * @STORE_ENTITY_DATE: a day, YYYY-MM-DD, or the first and last of a span with a slash between
 * @STORE_ENTITY_TIME: a time of day, HH:MM
 * @STORE_ENTITY_QUANTITY: so many of something; @unit what is counted, where it is said
 * @STORE_ENTITY_SHARE: a part of a whole (三成, 30%); @number is .3
 * @STORE_ENTITY_DISCOUNT: what remains to be paid (八折, 20% off); @number is .8
 */
typedef enum
{
  STORE_ENTITY_ORDER,
  STORE_ENTITY_PHONE,
  STORE_ENTITY_EMAIL,
  STORE_ENTITY_AMOUNT,
  STORE_ENTITY_DATE,
  STORE_ENTITY_TIME,
  STORE_ENTITY_QUANTITY,
  STORE_ENTITY_SHARE,
  STORE_ENTITY_DISCOUNT,
} StoreEntityKind;

/**
 * StoreEntity:
 * @kind: what it is
 * @start: first character of the text as written, from 0
 * @end: the character behind its last
 * @value: its one form
 * @number: as a number; 0 where it is none
 * @unit: (nullable): currency, or what is counted
 *
 * Something in a message that a program can use.
 */
typedef struct
{
  StoreEntityKind kind;
  guint start;
  guint end;
  char *value;
  double number;
  char *unit;
} StoreEntity;

GPtrArray  *store_entities_find         (const StoreFoldedText *text,
                                         gint32                 today);
void        store_entities_add_json     (JsonBuilder           *builder,
                                         const GPtrArray       *entities,
                                         const char            *written);
const char *store_entity_kind_get_name  (StoreEntityKind        kind);
void        store_entity_free           (StoreEntity           *self);

G_END_DECLS
