/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The story with a customer: what was said and done, and what is to be done. */
#include "config.h"

#include "store-catalog-private.h"

#include <glib/gi18n-lib.h>

static const StoreChoice activity_kinds[] = {
  { "note", N_("Note") },
  { "call", N_("Call") },
  { "meeting", N_("Meeting") },
  { "mail", N_("Mail") },
  { "sms", N_("Text message") },
  { "letter", N_("Letter") },
  { "chat", N_("Chat") },
  { NULL },
};

static const StoreChoice activity_states[] = {
  { "planned", N_("Planned") },
  { "held", N_("Held") },
  { NULL },
};

static const StoreChoice directions[] = {
  { "in", N_("From the customer") },
  { "out", N_("To the customer") },
  { NULL },
};

static const StoreChoice moods[] = {
  { "good", N_("Good") },
  { "neutral", N_("Neutral") },
  { "bad", N_("Bad") },
  { NULL },
};

/* What libstore/insight/text tells apart; a person's choice here is what it learns from. */
static const StoreChoice intents[] = {
  { "order", N_("Order") },
  { "price", N_("Price") },
  { "stock", N_("Availability") },
  { "delivery", N_("Delivery") },
  { "return", N_("Return") },
  { "complaint", N_("Complaint") },
  { "praise", N_("Praise") },
  { "cancel", N_("Cancellation") },
  { "invoice", N_("Invoice") },
  { "appointment", N_("Appointment") },
  { "optout", N_("No more messages") },
  { "update_contact", N_("New contact details") },
  { "competitor", N_("Competitor") },
  { "personal", N_("Personal news") },
  { "payment", N_("Payment") },
  { "greeting", N_("Greeting") },
  { NULL },
};

static const StoreField activity_fields[] = {
  { 1, 0, "kind", N_("Kind"), STORE_FIELD_ENUM, STORE_FIELD_REQUIRED, .choices = activity_kinds },
  { 2, 0, "party", N_("Customer"), STORE_FIELD_REFERENCE,
    STORE_FIELD_INDEXED | STORE_FIELD_PARENT, .refers = "party" },
  { 3, 0, "state", N_("State"), STORE_FIELD_ENUM, 0, .choices = activity_states },
  { 4, 0, "direction", N_("Direction"), STORE_FIELD_ENUM, 0, .choices = directions },
  { 5, 5, "start", N_("Start"), STORE_FIELD_TIME, STORE_FIELD_INDEXED },
  { 6, 5, "end", N_("End"), STORE_FIELD_TIME, 0 },
  { 7, 5, "zone", N_("Time zone"), STORE_FIELD_TEXT, 0 },
  { 8, 0, "subject", N_("Subject"), STORE_FIELD_TEXT, STORE_FIELD_PERSONAL, 2 },
  { 9, 0, "body", N_("Text"), STORE_FIELD_LONG_TEXT, STORE_FIELD_PERSONAL, 1 },
  { 10, 0, "outcome", N_("Outcome"), STORE_FIELD_TEXT, STORE_FIELD_PERSONAL },
  { 11, 0, "mood", N_("Mood"), STORE_FIELD_ENUM, 0, .choices = moods },
  { 12, 0, "rrule", N_("Repeats"), STORE_FIELD_TEXT, 0 },
  { 13, 0, "intent", N_("Intent"), STORE_FIELD_ENUM, 0, .choices = intents },
};

const StoreKind store_kind_activity = {
  10, "activity", N_("Activity"), N_("Activities"), STORE_MERGE_FIELDS, "subject",
  .fields = activity_fields, .n_fields = G_N_ELEMENTS (activity_fields),
};

static const StoreField activity_link_fields[] = {
  { 1, 0, "activity", N_("Activity"), STORE_FIELD_REFERENCE,
    STORE_FIELD_REQUIRED | STORE_FIELD_INDEXED | STORE_FIELD_PARENT, .refers = "activity" },
  { 2, 0, "party", N_("Customer"), STORE_FIELD_REFERENCE,
    STORE_FIELD_REQUIRED | STORE_FIELD_INDEXED | STORE_FIELD_PARENT, .refers = "party" },
};

static const char *const activity_link_pair[] = { "activity", "party", NULL };

const StoreKind store_kind_activity_link = {
  11, "activity_link", N_("Participant"), N_("Participants"), STORE_MERGE_SET,
  .pair = activity_link_pair,
  .fields = activity_link_fields, .n_fields = G_N_ELEMENTS (activity_link_fields),
};

static const StoreChoice task_states[] = {
  { "open", N_("Open") },
  { "done", N_("Done") },
  { "dropped", N_("Dropped") },
  { NULL },
};

static const StoreChoice priorities[] = {
  { "high", N_("High") },
  { "normal", N_("Normal") },
  { "low", N_("Low") },
  { NULL },
};

static const StoreField task_fields[] = {
  { 1, 0, "title", N_("Task"), STORE_FIELD_TEXT, STORE_FIELD_REQUIRED | STORE_FIELD_PERSONAL, 3 },
  { 2, 0, "party", N_("Customer"), STORE_FIELD_REFERENCE,
    STORE_FIELD_INDEXED | STORE_FIELD_PARENT, .refers = "party" },
  { 3, 0, "deal", N_("Deal"), STORE_FIELD_REFERENCE, STORE_FIELD_INDEXED, .refers = "deal" },
  { 4, 0, "due", N_("Due"), STORE_FIELD_DATE, STORE_FIELD_INDEXED },
  { 5, 0, "priority", N_("Priority"), STORE_FIELD_ENUM, 0, .choices = priorities },
  { 6, 0, "state", N_("State"), STORE_FIELD_ENUM, 0, .choices = task_states },
  { 7, 0, "next_step", N_("Next step"), STORE_FIELD_BOOLEAN, 0 },
  { 8, 0, "rrule", N_("Repeats"), STORE_FIELD_TEXT, 0 },
  { 9, 0, "notes", N_("Notes"), STORE_FIELD_LONG_TEXT, STORE_FIELD_PERSONAL, 1 },
  { 10, 0, "done_at", N_("Done at"), STORE_FIELD_TIME, 0 },
};

const StoreKind store_kind_task = {
  12, "task", N_("Task"), N_("Tasks"), STORE_MERGE_FIELDS, "title",
  .fields = task_fields, .n_fields = G_N_ELEMENTS (task_fields),
};
