/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One thing in the story with a customer: a record that has a day, or a change of the customer. */
#include "config.h"

#include "app-story-entry.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "app-change-text.h"
#include "app-device-names.h"
#include "app-value-text.h"

#define MAX_CHANGES 6
/* What touched more records than these was an import or the like; the history page takes it
 * back. */
#define MAX_RECORDS_TO_UNDO 5

struct _AppStoryEntry
{
  GObject parent_instance;

  gint64 time;
  const char *icon_name;
  char *title;
  char *detail;
  StoreRecord *record;
  char *group;
};

G_DEFINE_FINAL_TYPE (AppStoryEntry, app_story_entry, G_TYPE_OBJECT)

typedef struct
{
  const char *kind;
  const char *choice;
  const char *icon_name;
} Icon;

static const Icon icons[] = {
  { "activity", "call", "call-start-symbolic" },
  { "activity", "meeting", "system-users-symbolic" },
  { "activity", "mail", "mail-unread-symbolic" },
  { "activity", "letter", "mail-unread-symbolic" },
  { "activity", "sms", "user-available-symbolic" },
  { "activity", "chat", "user-available-symbolic" },
  { "activity", NULL, "document-edit-symbolic" },
  { "task", NULL, "object-select-symbolic" },
  { "document", NULL, "x-office-document-symbolic" },
  { "deal", NULL, "starred-symbolic" },
};

static const char *
find_icon (StoreRecord *record)
{
  const char *kind = store_record_get_kind (record)->name;
  const char *choice = g_str_equal (kind, "activity") ? store_record_get_text (record, "kind")
                                                      : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    if (g_str_equal (icons[i].kind, kind) &&
        (!icons[i].choice || g_strcmp0 (icons[i].choice, choice) == 0))
      return icons[i].icon_name;

  return "document-edit-symbolic";
}

static gint64
day_to_time (const char *date)
{
  g_autoptr (GDateTime) day = NULL;
  int year;
  int month;
  int month_day;

  if (!date || sscanf (date, "%4d-%2d-%2d", &year, &month, &month_day) != 3)
    return 0;

  /* Noon: a day has no time of its own, and noon is that day nearly everywhere. */
  day = g_date_time_new_local (year, month, month_day, 12, 0, 0);
  return day ? g_date_time_to_unix (day) * 1000 : 0;
}

/* When the record was made, which its UUIDv7 begins with; derived ids have none. */
static gint64
birth_of (StoreRecord *record)
{
  const StoreId *id = store_record_get_id (record);
  gint64 time = 0;

  if (id->bytes[6] >> 4 != 7)
    return 0;
  for (guint i = 0; i < 6; i++)
    time = time << 8 | id->bytes[i];

  return time;
}

static gint64
find_time (StoreRecord *record)
{
  const char *kind = store_record_get_kind (record)->name;
  gint64 time = 0;

  if (g_str_equal (kind, "activity"))
    time = store_record_get_integer (record, "start");
  else if (g_str_equal (kind, "task"))
    time = day_to_time (store_record_get_text (record, "due"));
  else if (g_str_equal (kind, "document"))
    time = day_to_time (store_record_get_text (record, "date"));

  return time ? time : birth_of (record);
}

static void
append (GString    *text,
        const char *part)
{
  if (!part || !*part)
    return;
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
}

static void
append_field (GString     *text,
              StoreRecord *record,
              const char  *field)
{
  g_autofree char *part = app_record_to_text (record, field);

  append (text, part);
}

static char *
first_line (const char *text)
{
  const char *end = text ? strchr (text, '\n') : NULL;

  return end ? g_strndup (text, end - text) : g_strdup (text);
}

static char *
describe_activity (StoreRecord *record)
{
  const char *subject = store_record_get_text (record, "subject");
  const char *body = store_record_get_text (record, "body");

  if (subject && *subject)
    return g_strdup (subject);
  if (body && *body)
    return first_line (body);

  return app_record_to_text (record, "kind");
}

static char *
describe_document (StoreRecord *record)
{
  g_autofree char *kind = app_record_to_text (record, "kind");
  g_autofree char *total = app_record_to_text (record, "total");

  /* Translators: what was issued and its amount: "Order, €120.00". */
  return *total ? g_strdup_printf (_("%s, %s"), kind, total) : g_steal_pointer (&kind);
}

static char *
describe_deal (StoreRecord *record)
{
  g_autofree char *value = app_record_to_text (record, "value");
  const char *title = store_record_get_title (record);

  return *value ? g_strdup_printf (_("%s, %s"), title, value) : g_strdup (title);
}

static void
describe (AppStoryEntry *self)
{
  StoreRecord *record = self->record;
  const char *kind = store_record_get_kind (record)->name;
  g_autoptr (GString) detail = g_string_new (NULL);
  g_autofree char *day = NULL;

  if (g_str_equal (kind, "activity"))
    {
      self->title = describe_activity (record);
      append_field (detail, record, "kind");
      append_field (detail, record, "start");
      append_field (detail, record, "outcome");
    }
  else if (g_str_equal (kind, "task"))
    {
      self->title = g_strdup (store_record_get_title (record));
      append (detail, store_kind_get_label (store_record_get_kind (record)));
      append_field (detail, record, "state");
      append_field (detail, record, "due");
    }
  else if (g_str_equal (kind, "document"))
    {
      self->title = describe_document (record);
      append_field (detail, record, "number");
      append_field (detail, record, "date");
      append_field (detail, record, "state");
    }
  else
    {
      self->title = describe_deal (record);
      append (detail, store_kind_get_label (store_record_get_kind (record)));
      append_field (detail, record, "expected_close");
      if (self->time)
        day = app_moment_to_text (self->time);
      append (detail, day);
    }

  self->detail = g_string_free (g_steal_pointer (&detail), FALSE);
}

static void
app_story_entry_finalize (GObject *object)
{
  AppStoryEntry *self = APP_STORY_ENTRY (object);

  g_free (self->title);
  g_free (self->detail);
  g_free (self->group);
  g_clear_object (&self->record);

  G_OBJECT_CLASS (app_story_entry_parent_class)->finalize (object);
}

static void
app_story_entry_class_init (AppStoryEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = app_story_entry_finalize;
}

static void
app_story_entry_init (AppStoryEntry *self)
{
}

/**
 * app_story_entry_new_for_record:
 * @record: an activity, task, document or deal
 */
AppStoryEntry *
app_story_entry_new_for_record (StoreRecord *record)
{
  AppStoryEntry *self = g_object_new (APP_TYPE_STORY_ENTRY, NULL);

  self->record = g_object_ref (record);
  self->time = find_time (record);
  self->icon_name = find_icon (record);
  describe (self);

  return self;
}

/**
 * app_story_entry_new_for_history:
 * @entry: a change of the customer
 */
AppStoryEntry *
app_story_entry_new_for_history (const StoreHistoryEntry *entry)
{
  AppStoryEntry *self = g_object_new (APP_TYPE_STORY_ENTRY, NULL);
  g_autofree char *when = app_moment_to_text (entry->time);
  g_autofree char *where = app_device_to_text (entry->device, entry->own);

  self->time = entry->time;
  self->icon_name = "document-open-recent-symbolic";
  if (entry->n_records <= MAX_RECORDS_TO_UNDO)
    self->group = g_strdup (entry->group);
  self->title = app_changes_to_text (entry, MAX_CHANGES);
  self->detail = g_strdup_printf ("%s · %s · %s", entry->label, when, where);

  return self;
}

gint64
app_story_entry_get_time (AppStoryEntry *self)
{
  g_return_val_if_fail (APP_IS_STORY_ENTRY (self), 0);

  return self->time;
}

const char *
app_story_entry_get_icon_name (AppStoryEntry *self)
{
  g_return_val_if_fail (APP_IS_STORY_ENTRY (self), NULL);

  return self->icon_name;
}

const char *
app_story_entry_get_title (AppStoryEntry *self)
{
  g_return_val_if_fail (APP_IS_STORY_ENTRY (self), NULL);

  return self->title;
}

const char *
app_story_entry_get_detail (AppStoryEntry *self)
{
  g_return_val_if_fail (APP_IS_STORY_ENTRY (self), NULL);

  return self->detail;
}

/**
 * app_story_entry_get_record:
 *
 * Returns: (transfer none) (nullable): the record behind it, %NULL for a change
 */
StoreRecord *
app_story_entry_get_record (AppStoryEntry *self)
{
  g_return_val_if_fail (APP_IS_STORY_ENTRY (self), NULL);

  return self->record;
}

/**
 * app_story_entry_get_group:
 *
 * Returns: (nullable): of a change of a few records, what undo takes
 */
const char *
app_story_entry_get_group (AppStoryEntry *self)
{
  g_return_val_if_fail (APP_IS_STORY_ENTRY (self), NULL);

  return self->group;
}

gboolean
app_story_entry_equal (AppStoryEntry *a,
                       AppStoryEntry *b)
{
  if (a->time != b->time || g_strcmp0 (a->title, b->title) || g_strcmp0 (a->detail, b->detail) ||
      g_strcmp0 (a->group, b->group) || !a->record != !b->record)
    return FALSE;

  return !a->record ||
         store_id_equal (store_record_get_id (a->record), store_record_get_id (b->record));
}

/* Open tasks first, the next one on top; then what happened, the latest on top. */
static gboolean
is_ahead (const AppStoryEntry *entry)
{
  return entry->record && g_str_equal (store_record_get_kind (entry->record)->name, "task") &&
         g_strcmp0 (store_record_get_text (entry->record, "state"), "done") != 0 &&
         g_strcmp0 (store_record_get_text (entry->record, "state"), "dropped") != 0;
}

/**
 * app_story_entry_compare:
 * @a: a pointer to an #AppStoryEntry, as g_ptr_array_sort() gives it
 */
gint
app_story_entry_compare (gconstpointer a,
                         gconstpointer b)
{
  const AppStoryEntry *first = *(const AppStoryEntry *const *) a;
  const AppStoryEntry *second = *(const AppStoryEntry *const *) b;
  gboolean first_ahead = is_ahead (first);
  gboolean second_ahead = is_ahead (second);

  if (first_ahead != second_ahead)
    return first_ahead ? -1 : 1;
  if (first->time == second->time)
    return 0;
  if (first_ahead)
    return first->time < second->time ? -1 : 1;

  return first->time > second->time ? -1 : 1;
}
