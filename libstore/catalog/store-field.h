/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "store-value.h"

G_BEGIN_DECLS

/**
 * StoreFieldType:
 * @STORE_FIELD_TEXT: one line of text
 * @STORE_FIELD_LONG_TEXT: paragraphs
 * @STORE_FIELD_INTEGER: a whole number
 * @STORE_FIELD_BOOLEAN: 0 or 1
 * @STORE_FIELD_DATE: text, YYYY-MM-DD, or --MM-DD where the year is optional
 * @STORE_FIELD_TIME: UTC milliseconds since 1970
 * @STORE_FIELD_MONEY: minor units of the currency in the same group
 * @STORE_FIELD_CURRENCY: text, three letters (ISO 4217)
 * @STORE_FIELD_QUANTITY: 1/10000
 * @STORE_FIELD_ENUM: text, one of the choices (unknown ones are kept)
 * @STORE_FIELD_REFERENCE: the 16 bytes of another record's id
 * @STORE_FIELD_RANK: text, a fractional rank in a list
 * @STORE_FIELD_JSON: text holding one JSON value
 */
typedef enum
{
  STORE_FIELD_TEXT,
  STORE_FIELD_LONG_TEXT,
  STORE_FIELD_INTEGER,
  STORE_FIELD_BOOLEAN,
  STORE_FIELD_DATE,
  STORE_FIELD_TIME,
  STORE_FIELD_MONEY,
  STORE_FIELD_CURRENCY,
  STORE_FIELD_QUANTITY,
  STORE_FIELD_ENUM,
  STORE_FIELD_REFERENCE,
  STORE_FIELD_RANK,
  STORE_FIELD_JSON,
} StoreFieldType;

/**
 * StoreFieldFlags:
 * @STORE_FIELD_REQUIRED: a new record is refused without it
 * @STORE_FIELD_PERSONAL: tells of a person; digested in the chain, redacted by erasure
 * @STORE_FIELD_INDEXED: has an index (field, n)
 * @STORE_FIELD_PARENT: the record it refers to takes this one along into the trash
 * @STORE_FIELD_DUPLICATE_KEY: equal values speak for the same record
 * @STORE_FIELD_YEAR_OPTIONAL: a date that may lack its year
 * @STORE_FIELD_QUIET: a difference in it alone is no clash (ranks)
 * @STORE_FIELD_HIDDEN: not offered in forms and columns
 */
typedef enum
{
  STORE_FIELD_REQUIRED = 1 << 0,
  STORE_FIELD_PERSONAL = 1 << 1,
  STORE_FIELD_INDEXED = 1 << 2,
  STORE_FIELD_PARENT = 1 << 3,
  STORE_FIELD_DUPLICATE_KEY = 1 << 4,
  STORE_FIELD_YEAR_OPTIONAL = 1 << 5,
  STORE_FIELD_QUIET = 1 << 6,
  STORE_FIELD_HIDDEN = 1 << 7,
} StoreFieldFlags;

/**
 * StoreChoice:
 * @value: what is stored
 * @label: what a person reads (msgid)
 */
typedef struct
{
  const char *value;
  const char *label;
} StoreChoice;

/**
 * StoreField:
 * @id: 1 to 63, never reused within its kind; the bit in masks
 * @group: the id of the first field of its group, 0 for a group of its own; for life
 * @name: the column, the command line's and JSON's name
 * @label: what a person reads (msgid)
 * @type: see #StoreFieldType
 * @flags: see #StoreFieldFlags
 * @search: weight in the search, 0 for not searched
 * @refers: the kind that a reference points to
 * @choices: (nullable): of an enum, ended by an entry without value
 * @fallback: (nullable): the field that stands in where this one is empty, in orderings
 *
 * One line of a kind's declaration. Static data; any thread.
 */
typedef struct
{
  guint8 id;
  guint8 group;
  const char *name;
  const char *label;
  StoreFieldType type;
  guint flags;
  guint search;
  const char *refers;
  const StoreChoice *choices;
  const char *fallback;
} StoreField;

guint          store_field_get_group       (const StoreField *field);
StoreValueType store_field_get_value_type  (const StoreField *field);
const char    *store_field_get_label       (const StoreField *field);
const char    *store_field_get_choice_label (const StoreField *field,
                                            const char       *value);

G_END_DECLS
