/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be sold, what is on offer, what was sold. */
#include "config.h"

#include "store-catalog-private.h"

#include <glib/gi18n-lib.h>

static const StoreField pipeline_fields[] = {
  { 1, 0, "name", N_("Name"), STORE_FIELD_TEXT, STORE_FIELD_REQUIRED, 1 },
  { 2, 0, "rank", N_("Rank"), STORE_FIELD_RANK, STORE_FIELD_QUIET | STORE_FIELD_HIDDEN },
  { 3, 0, "archived", N_("Archived"), STORE_FIELD_BOOLEAN, 0 },
};

const StoreKind store_kind_pipeline = {
  20, "pipeline", N_("Pipeline"), N_("Pipelines"), STORE_MERGE_FIELDS, "name",
  .fields = pipeline_fields, .n_fields = G_N_ELEMENTS (pipeline_fields),
};

static const StoreChoice stage_outcomes[] = {
  { "open", N_("Open") },
  { "won", N_("Won") },
  { "lost", N_("Lost") },
  { NULL },
};

static const StoreField stage_fields[] = {
  { 1, 0, "pipeline", N_("Pipeline"), STORE_FIELD_REFERENCE,
    STORE_FIELD_REQUIRED | STORE_FIELD_INDEXED | STORE_FIELD_PARENT, .refers = "pipeline" },
  { 2, 0, "name", N_("Name"), STORE_FIELD_TEXT, STORE_FIELD_REQUIRED, 1 },
  { 3, 0, "probability", N_("Probability (%)"), STORE_FIELD_INTEGER, 0 },
  { 4, 0, "rot_days", N_("Rots after (days)"), STORE_FIELD_INTEGER, 0 },
  { 5, 0, "outcome", N_("Outcome"), STORE_FIELD_ENUM, 0, .choices = stage_outcomes },
  { 6, 0, "rank", N_("Rank"), STORE_FIELD_RANK, STORE_FIELD_QUIET | STORE_FIELD_HIDDEN },
};

const StoreKind store_kind_stage = {
  21, "stage", N_("Stage"), N_("Stages"), STORE_MERGE_FIELDS, "name",
  .fields = stage_fields, .n_fields = G_N_ELEMENTS (stage_fields),
};

static const StoreField deal_fields[] = {
  { 1, 0, "title", N_("Deal"), STORE_FIELD_TEXT, STORE_FIELD_REQUIRED, 4 },
  { 2, 0, "party", N_("Customer"), STORE_FIELD_REFERENCE,
    STORE_FIELD_INDEXED | STORE_FIELD_PARENT, .refers = "party" },
  { 3, 3, "stage", N_("Stage"), STORE_FIELD_REFERENCE, STORE_FIELD_INDEXED, .refers = "stage" },
  { 4, 3, "rank", N_("Rank"), STORE_FIELD_RANK, STORE_FIELD_QUIET | STORE_FIELD_HIDDEN },
  { 5, 5, "value", N_("Value"), STORE_FIELD_MONEY, STORE_FIELD_INDEXED },
  { 6, 5, "currency", N_("Currency"), STORE_FIELD_CURRENCY, 0 },
  { 7, 0, "expected_close", N_("Expected close"), STORE_FIELD_DATE, STORE_FIELD_INDEXED },
  { 8, 0, "last_open_stage", N_("Last open stage"), STORE_FIELD_REFERENCE, STORE_FIELD_HIDDEN,
    .refers = "stage" },
  { 9, 0, "lost_reason", N_("Lost because"), STORE_FIELD_TEXT, 0 },
  { 10, 0, "notes", N_("Notes"), STORE_FIELD_LONG_TEXT, STORE_FIELD_PERSONAL, 1 },
};

const StoreKind store_kind_deal = {
  22, "deal", N_("Deal"), N_("Deals"), STORE_MERGE_FIELDS, "title",
  .fields = deal_fields, .n_fields = G_N_ELEMENTS (deal_fields),
};

static const StoreField product_fields[] = {
  { 1, 0, "sku", N_("Article number"), STORE_FIELD_TEXT,
    STORE_FIELD_INDEXED | STORE_FIELD_DUPLICATE_KEY, 4 },
  { 2, 0, "name", N_("Name"), STORE_FIELD_TEXT, STORE_FIELD_REQUIRED | STORE_FIELD_INDEXED, 5 },
  { 3, 3, "price", N_("Price"), STORE_FIELD_MONEY, 0 },
  { 4, 3, "currency", N_("Currency"), STORE_FIELD_CURRENCY, 0 },
  { 5, 3, "tax_rate", N_("Tax (1/100 %)"), STORE_FIELD_INTEGER, 0 },
  { 6, 0, "cost", N_("Cost"), STORE_FIELD_MONEY, 0 },
  { 7, 0, "unit", N_("Unit"), STORE_FIELD_TEXT, 0 },
  { 8, 0, "notes", N_("Notes"), STORE_FIELD_LONG_TEXT, 0, 1 },
  { 9, 0, "archived", N_("Archived"), STORE_FIELD_BOOLEAN, 0 },
};

const StoreKind store_kind_product = {
  23, "product", N_("Product"), N_("Products"), STORE_MERGE_FIELDS, "name",
  .fields = product_fields, .n_fields = G_N_ELEMENTS (product_fields),
};

static const StoreChoice document_kinds[] = {
  { "quote", N_("Quote") },
  { "order", N_("Order") },
  { "invoice", N_("Invoice") },
  { "credit", N_("Credit note") },
  { NULL },
};

static const StoreChoice document_states[] = {
  { "draft", N_("Draft") },
  { "issued", N_("Issued") },
  { "paid", N_("Paid") },
  { "cancelled", N_("Cancelled") },
  { NULL },
};

static const StoreField document_fields[] = {
  { 1, 0, "kind", N_("Kind"), STORE_FIELD_ENUM, STORE_FIELD_REQUIRED, .choices = document_kinds },
  { 2, 0, "party", N_("Customer"), STORE_FIELD_REFERENCE,
    STORE_FIELD_INDEXED | STORE_FIELD_PARENT, .refers = "party" },
  { 3, 0, "state", N_("State"), STORE_FIELD_ENUM, 0, .choices = document_states },
  { 4, 0, "number", N_("Number"), STORE_FIELD_TEXT, STORE_FIELD_INDEXED, 4 },
  { 5, 0, "date", N_("Date"), STORE_FIELD_DATE, STORE_FIELD_INDEXED },
  { 6, 0, "due", N_("Due"), STORE_FIELD_DATE, 0 },
  { 7, 7, "total", N_("Total"), STORE_FIELD_MONEY, STORE_FIELD_INDEXED },
  { 8, 7, "currency", N_("Currency"), STORE_FIELD_CURRENCY, 0 },
  { 9, 7, "tax", N_("Tax"), STORE_FIELD_MONEY, 0 },
  { 10, 0, "notes", N_("Notes"), STORE_FIELD_LONG_TEXT, STORE_FIELD_PERSONAL, 1 },
  { 11, 0, "external_id", N_("Number elsewhere"), STORE_FIELD_TEXT,
    STORE_FIELD_INDEXED | STORE_FIELD_DUPLICATE_KEY, 2 },
};

const StoreKind store_kind_document = {
  24, "document", N_("Document"), N_("Documents"), STORE_MERGE_FROZEN, "number",
  .fields = document_fields, .n_fields = G_N_ELEMENTS (document_fields),
};

static const StoreField document_line_fields[] = {
  { 1, 0, "document", N_("Document"), STORE_FIELD_REFERENCE,
    STORE_FIELD_REQUIRED | STORE_FIELD_INDEXED | STORE_FIELD_PARENT, .refers = "document" },
  { 2, 0, "product", N_("Product"), STORE_FIELD_REFERENCE, STORE_FIELD_INDEXED,
    .refers = "product" },
  { 3, 0, "text", N_("Text"), STORE_FIELD_TEXT, 0 },
  { 4, 4, "quantity", N_("Quantity"), STORE_FIELD_QUANTITY, 0 },
  { 5, 4, "price", N_("Price"), STORE_FIELD_MONEY, 0 },
  { 6, 4, "tax_rate", N_("Tax (1/100 %)"), STORE_FIELD_INTEGER, 0 },
  { 7, 0, "rank", N_("Rank"), STORE_FIELD_RANK, STORE_FIELD_QUIET | STORE_FIELD_HIDDEN },
};

const StoreKind store_kind_document_line = {
  25, "document_line", N_("Line"), N_("Lines"), STORE_MERGE_FROZEN, "text",
  .fields = document_line_fields, .n_fields = G_N_ELEMENTS (document_line_fields),
};
