/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People and companies, how they hang together, how to reach them, what they are filed under. */
#include "config.h"

#include "store-catalog-private.h"

#include <glib/gi18n-lib.h>

static const StoreChoice party_kinds[] = {
  { "person", N_("Person") },
  { "company", N_("Company") },
  { NULL },
};

static const StoreChoice lifecycles[] = {
  { "lead", N_("Lead") },
  { "prospect", N_("Prospect") },
  { "customer", N_("Customer") },
  { "lapsed", N_("Lapsed") },
  { NULL },
};

static const StoreField party_fields[] = {
  { 1, 0, "kind", N_("Kind"), STORE_FIELD_ENUM, STORE_FIELD_REQUIRED, .choices = party_kinds },
  { 2, 0, "display_name", N_("Name"), STORE_FIELD_TEXT,
    STORE_FIELD_REQUIRED | STORE_FIELD_PERSONAL | STORE_FIELD_INDEXED, 10 },
  { 3, 3, "given_name", N_("Given name"), STORE_FIELD_TEXT, STORE_FIELD_PERSONAL },
  { 4, 3, "family_name", N_("Family name"), STORE_FIELD_TEXT, STORE_FIELD_PERSONAL },
  { 5, 3, "name_prefix", N_("Title"), STORE_FIELD_TEXT, STORE_FIELD_PERSONAL },
  { 6, 3, "name_suffix", N_("Suffix"), STORE_FIELD_TEXT, STORE_FIELD_PERSONAL },
  { 7, 0, "nickname", N_("Nickname"), STORE_FIELD_TEXT, STORE_FIELD_PERSONAL, 5 },
  { 8, 0, "sort_name", N_("Sort name"), STORE_FIELD_TEXT,
    STORE_FIELD_PERSONAL | STORE_FIELD_INDEXED, 2, .fallback = "display_name" },
  { 9, 0, "lifecycle", N_("Lifecycle"), STORE_FIELD_ENUM, STORE_FIELD_INDEXED,
    .choices = lifecycles },
  { 10, 0, "source", N_("Source"), STORE_FIELD_TEXT, 0, 1 },
  { 11, 0, "referred_by", N_("Referred by"), STORE_FIELD_REFERENCE, 0, .refers = "party" },
  { 12, 0, "language", N_("Language"), STORE_FIELD_TEXT, 0 },
  { 13, 0, "birthday", N_("Birthday"), STORE_FIELD_DATE,
    STORE_FIELD_PERSONAL | STORE_FIELD_YEAR_OPTIONAL },
  { 14, 0, "touch_every", N_("Keep in touch every (days)"), STORE_FIELD_INTEGER, 0 },
  { 15, 0, "notes", N_("Notes"), STORE_FIELD_LONG_TEXT, STORE_FIELD_PERSONAL, 1 },
  { 16, 0, "star", N_("Star"), STORE_FIELD_BOOLEAN, 0 },
  { 17, 0, "archived", N_("Archived"), STORE_FIELD_BOOLEAN, 0 },
  { 18, 0, "external_id", N_("Number elsewhere"), STORE_FIELD_TEXT,
    STORE_FIELD_INDEXED | STORE_FIELD_DUPLICATE_KEY, 3 },
  { 19, 0, "job_title", N_("Job title"), STORE_FIELD_TEXT, STORE_FIELD_PERSONAL, 1 },
};

const StoreKind store_kind_party = {
  1, "party", N_("Customer"), N_("Customers"), STORE_MERGE_FIELDS, "display_name",
  .fields = party_fields, .n_fields = G_N_ELEMENTS (party_fields),
};

static const StoreField party_link_fields[] = {
  { 1, 0, "party", N_("Customer"), STORE_FIELD_REFERENCE,
    STORE_FIELD_REQUIRED | STORE_FIELD_INDEXED | STORE_FIELD_PARENT, .refers = "party" },
  { 2, 0, "other", N_("Related to"), STORE_FIELD_REFERENCE,
    STORE_FIELD_REQUIRED | STORE_FIELD_INDEXED | STORE_FIELD_PARENT, .refers = "party" },
  { 3, 0, "role", N_("Role"), STORE_FIELD_TEXT, 0 },
  { 4, 4, "since", N_("Since"), STORE_FIELD_DATE, 0 },
  { 5, 4, "until", N_("Until"), STORE_FIELD_DATE, 0 },
};

const StoreKind store_kind_party_link = {
  2, "party_link", N_("Relation"), N_("Relations"), STORE_MERGE_FIELDS, "role",
  .fields = party_link_fields, .n_fields = G_N_ELEMENTS (party_link_fields),
};

static const StoreChoice channels[] = {
  { "email", N_("E-mail") },
  { "phone", N_("Phone") },
  { "mobile", N_("Mobile") },
  { "wechat", N_("WeChat") },
  { "web", N_("Website") },
  { "other", N_("Other") },
  { NULL },
};

static const StoreChoice contact_states[] = {
  { "ok", N_("In use") },
  { "invalid", N_("Not valid") },
  { "bounced", N_("Bounced") },
  { "opted_out", N_("Opted out") },
  { NULL },
};

static const StoreField contact_point_fields[] = {
  { 1, 0, "party", N_("Customer"), STORE_FIELD_REFERENCE,
    STORE_FIELD_REQUIRED | STORE_FIELD_INDEXED | STORE_FIELD_PARENT, .refers = "party" },
  { 2, 2, "channel", N_("Channel"), STORE_FIELD_ENUM, STORE_FIELD_REQUIRED, .choices = channels },
  { 3, 2, "value", N_("Number or address"), STORE_FIELD_TEXT,
    STORE_FIELD_REQUIRED | STORE_FIELD_PERSONAL, 6 },
  { 4, 2, "normalised", N_("Normal form"), STORE_FIELD_TEXT,
    STORE_FIELD_PERSONAL | STORE_FIELD_INDEXED | STORE_FIELD_DUPLICATE_KEY | STORE_FIELD_HIDDEN,
    4 },
  { 5, 0, "label", N_("Label"), STORE_FIELD_TEXT, 0 },
  { 6, 0, "preferred", N_("Preferred"), STORE_FIELD_BOOLEAN, 0 },
  { 7, 0, "state", N_("State"), STORE_FIELD_ENUM, 0, .choices = contact_states },
};

const StoreKind store_kind_contact_point = {
  3, "contact_point", N_("Contact"), N_("Contacts"), STORE_MERGE_FIELDS, "value",
  .fields = contact_point_fields, .n_fields = G_N_ELEMENTS (contact_point_fields),
};

static const StoreField address_fields[] = {
  { 1, 0, "party", N_("Customer"), STORE_FIELD_REFERENCE,
    STORE_FIELD_REQUIRED | STORE_FIELD_INDEXED | STORE_FIELD_PARENT, .refers = "party" },
  { 2, 2, "street", N_("Street"), STORE_FIELD_TEXT, STORE_FIELD_PERSONAL, 2 },
  { 3, 2, "postcode", N_("Postcode"), STORE_FIELD_TEXT, STORE_FIELD_PERSONAL, 2 },
  { 4, 2, "city", N_("City"), STORE_FIELD_TEXT, STORE_FIELD_PERSONAL, 3 },
  { 5, 2, "region", N_("Region"), STORE_FIELD_TEXT, STORE_FIELD_PERSONAL },
  { 6, 2, "country", N_("Country"), STORE_FIELD_TEXT, 0, 1 },
  { 7, 0, "label", N_("Label"), STORE_FIELD_TEXT, 0 },
};

const StoreKind store_kind_address = {
  4, "address", N_("Address"), N_("Addresses"), STORE_MERGE_FIELDS, "city",
  .fields = address_fields, .n_fields = G_N_ELEMENTS (address_fields),
};

static const StoreField tag_fields[] = {
  { 1, 0, "name", N_("Name"), STORE_FIELD_TEXT, STORE_FIELD_REQUIRED | STORE_FIELD_INDEXED, 3 },
  { 2, 0, "color", N_("Colour"), STORE_FIELD_TEXT, 0 },
};

const StoreKind store_kind_tag = {
  5, "tag", N_("Tag"), N_("Tags"), STORE_MERGE_FIELDS, "name", .key = "name",
  .fields = tag_fields, .n_fields = G_N_ELEMENTS (tag_fields),
};

static const StoreField tagging_fields[] = {
  { 1, 0, "party", N_("Customer"), STORE_FIELD_REFERENCE,
    STORE_FIELD_REQUIRED | STORE_FIELD_INDEXED | STORE_FIELD_PARENT, .refers = "party" },
  { 2, 0, "tag", N_("Tag"), STORE_FIELD_REFERENCE,
    STORE_FIELD_REQUIRED | STORE_FIELD_INDEXED | STORE_FIELD_PARENT, .refers = "tag" },
};

static const char *const tagging_pair[] = { "party", "tag", NULL };

const StoreKind store_kind_tagging = {
  6, "tagging", N_("Tagging"), N_("Taggings"), STORE_MERGE_SET, .pair = tagging_pair,
  .fields = tagging_fields, .n_fields = G_N_ELEMENTS (tagging_fields),
};
