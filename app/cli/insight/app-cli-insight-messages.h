/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-cli-arguments.h"
#include "app-cli-session.h"

G_BEGIN_DECLS

/**
 * AppCliMessage:
 * @text: what was written, may be empty
 * @label: (nullable): what a person says it means, where --label was given and the cell is filled
 * @id: (nullable): which message, where --id was given
 */
typedef struct
{
  const char *text;
  const char *label;
  const char *id;
} AppCliMessage;

/**
 * AppCliMessages:
 * @n: number of messages
 * @messages: in the order of the file; their texts live as long as this
 */
typedef struct
{
  guint n;
  const AppCliMessage *messages;

  GArray *array;
  GStringChunk *texts;
} AppCliMessages;

AppCliMessages *app_cli_insight_read_messages (AppCliSession    *session,
                                               AppCliArguments  *arguments,
                                               GError          **error);
void            app_cli_messages_free         (AppCliMessages   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppCliMessages, app_cli_messages_free)

G_END_DECLS
