/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages of a file, a line each. */
#include "config.h"

#include "app-cli-insight-messages.h"

#include "app-cli-columns.h"

enum { TEXT, LABEL, ID, N_COLUMNS };

static const AppCliColumn columns[N_COLUMNS] = {
  { "text", APP_CLI_COLUMN_TEXT, TRUE, NULL },
  { "label", APP_CLI_COLUMN_TEXT, FALSE, NULL },
  { "id", APP_CLI_COLUMN_TEXT, FALSE, NULL },
};

void
app_cli_messages_free (AppCliMessages *self)
{
  g_array_unref (self->array);
  g_string_chunk_free (self->texts);
  g_free (self);
}

static gboolean
add_message (const AppCliCell  *cells,
             gpointer           data,
             GError           **error)
{
  AppCliMessages *self = data;
  AppCliMessage message = { .text = g_string_chunk_insert (self->texts, cells[TEXT].text) };

  if (cells[LABEL].given)
    message.label = g_string_chunk_insert_const (self->texts, cells[LABEL].text);
  if (cells[ID].given)
    message.id = g_string_chunk_insert (self->texts, cells[ID].text);
  g_array_append_val (self->array, message);
  return TRUE;
}

/**
 * app_cli_insight_read_messages:
 * @arguments: those of APP_CLI_INSIGHT_MESSAGES_OPTIONS, with --messages
 *
 * Returns: (transfer full) (nullable): the messages
 */
AppCliMessages *
app_cli_insight_read_messages (AppCliSession    *session,
                               AppCliArguments  *arguments,
                               GError          **error)
{
  g_return_val_if_fail (session != NULL && arguments != NULL, NULL);

  g_autoptr (AppCliMessages) self = g_new0 (AppCliMessages, 1);

  self->array = g_array_new (FALSE, FALSE, sizeof (AppCliMessage));
  self->texts = g_string_chunk_new (1 << 16);
  if (!app_cli_columns_read (session, arguments, "messages", columns, N_COLUMNS, add_message, self,
                             error))
    return NULL;
  self->n = self->array->len;
  self->messages = (const AppCliMessage *) self->array->data;
  return g_steal_pointer (&self);
}
