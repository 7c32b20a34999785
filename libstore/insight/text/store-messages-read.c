/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The messages of a store are its mails, text messages, chats and letters that did not go out to
 * the customer, and any other activity of which a person said what it wants. Field "intent" holds
 * that, and "mood" the mood: both are fields like any other, so a correction is an edit of the
 * record; it stands in the log, can be undone, and reaches the other devices, which then learn it,
 * too.
 *
 * The person's entries of the list of words are settings, one a word, so that two devices that add
 * different words never clash.
 */
#include "config.h"

#include "store-calendar-month.h"
#include "store-messages-read.h"

#include <sqlite3.h>
#include <string.h>

#include "store-connection.h"
#include "store-database-private.h"
#include "store-id.h"

#define MESSAGES \
  "SELECT id, subject, body, intent, mood, start FROM activity WHERE trashed = 0" \
  " AND ((kind IN ('mail', 'sms', 'chat', 'letter') AND direction IS NOT 'out')" \
  "      OR intent IS NOT NULL) ORDER BY id"
#define ENTRIES \
  "SELECT name, value FROM setting WHERE trashed = 0 AND name GLOB ?1 AND value IS NOT NULL" \
  " ORDER BY name"

typedef gboolean (*RowFunc) (StoreStatement *statement,
                             gpointer        data);

typedef struct
{
  StoreLexicon *lexicon;
  GStrvBuilder *refused;
} Entries;

static gboolean
step_through (StoreStatement  *statement,
              RowFunc          func,
              gpointer         data,
              GError         **error)
{
  gboolean row = statement != NULL;

  while (row)
    {
      if (!store_statement_step (statement, &row, error))
        return FALSE;
      row = row && func (statement, data);
    }
  return statement != NULL;
}

static const char *
get_text (StoreStatement *statement,
          int             column)
{
  const char *text = (const char *) sqlite3_column_text (statement->handle, column);

  return text != NULL ? text : "";
}

/* The day by the clock on the wall here. */
static gint32
get_day (StoreStatement *statement,
         int             column)
{
  g_autoptr (GDateTime) time = NULL;
  GDate date;

  if (sqlite3_column_type (statement->handle, column) != SQLITE_INTEGER)
    return STORE_MESSAGE_NO_DAY;
  time = g_date_time_new_from_unix_local (sqlite3_column_int64 (statement->handle, column) / 1000);
  if (time == NULL)
    return STORE_MESSAGE_NO_DAY;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) g_date_time_get_day_of_month (time),
                  (GDateMonth) g_date_time_get_month (time),
                  (GDateYear) g_date_time_get_year (time));
  return (gint32) g_date_get_julian (&date) - STORE_JULIAN_OF_EPOCH;
}

static gboolean
take_message (StoreStatement *statement,
              gpointer        data)
{
  const char *subject = get_text (statement, 1);
  const char *body = get_text (statement, 2);
  const char *joint = *subject != '\0' && *body != '\0' ? "\n" : "";
  g_autofree char *text = g_strconcat (subject, joint, body, NULL);
  g_autofree char *id_text = NULL;
  StoreMessage message = {
    .text = text,
    .label = (char *) get_text (statement, 3),
    .mood = (char *) get_text (statement, 4),
    .day = get_day (statement, 5),
  };
  StoreId id;

  if (store_statement_get_id (statement, 0, &id))
    message.id = id_text = store_id_to_string (&id);
  store_messages_add (data, &message);
  return TRUE;
}

static gboolean
read_messages (StoreConnection  *connection,
               gpointer          data,
               GError          **error)
{
  g_autoptr (StoreStatement) statement = store_connection_prepare (connection, MESSAGES, error);

  return step_through (statement, take_message, data, error);
}

/**
 * store_messages_read:
 *
 * Returns: (transfer full) (nullable): the messages of a store, with what persons said of them.
 *   Blocks; any thread that may block.
 */
StoreMessages *
store_messages_read (StoreDatabase  *database,
                     GError        **error)
{
  g_return_val_if_fail (STORE_IS_DATABASE (database), NULL);

  g_autoptr (StoreMessages) messages = store_messages_new ();

  return store_database_read (database, read_messages, messages, error)
           ? g_steal_pointer (&messages)
           : NULL;
}

static gboolean
take_entry (StoreStatement *statement,
            gpointer        data)
{
  Entries *entries = data;
  const char *word = get_text (statement, 0) + strlen (STORE_LEXICON_SETTING);
  g_autoptr (GError) error = NULL;

  if (!store_lexicon_set (entries->lexicon, word, get_text (statement, 1), &error))
    g_strv_builder_add (entries->refused, error->message);
  return TRUE;
}

static gboolean
read_entries (StoreConnection  *connection,
              gpointer          data,
              GError          **error)
{
  g_autoptr (StoreStatement) statement = store_connection_prepare (connection, ENTRIES, error);

  if (statement != NULL)
    sqlite3_bind_text (statement->handle, 1, STORE_LEXICON_SETTING "*", -1, SQLITE_STATIC);
  return step_through (statement, take_entry, data, error);
}

/**
 * store_lexicon_read:
 * @refused: (out) (transfer full): sentences about entries of the person's that say nothing
 *
 * Returns: (transfer full) (nullable): the list of words with what the person added to it. Blocks;
 *   any thread that may block.
 */
StoreLexicon *
store_lexicon_read (StoreDatabase   *database,
                    char          ***refused,
                    GError         **error)
{
  g_return_val_if_fail (STORE_IS_DATABASE (database) && refused != NULL, NULL);

  g_autoptr (StoreLexicon) lexicon = store_lexicon_new ();
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  Entries entries = { lexicon, builder };
  gboolean read = store_database_read (database, read_entries, &entries, error);

  *refused = g_strv_builder_end (builder);
  return read ? g_steal_pointer (&lexicon) : NULL;
}
