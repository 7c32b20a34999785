/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StoreMessage:
 * @id: (nullable): which it is
 * @text: what was written; bytes that are no UTF-8 are one character each
 * @label: (nullable): what a person says it wants; several are joined by `|`
 * @mood: (nullable): what a person says of its mood: good, neutral, bad
 * @day: when it was written, days since 1970-01-01, or %STORE_MESSAGE_NO_DAY
 */
typedef struct
{
  char *id;
  char *text;
  char *label;
  char *mood;
  gint32 day;
} StoreMessage;

#define STORE_MESSAGE_NO_DAY G_MININT32

/**
 * StoreMessages:
 *
 * Messages in memory, with what a person said of them. To be filled by one thread before others
 * read it.
 */
typedef struct _StoreMessages StoreMessages;

StoreMessages      *store_messages_new   (void);
StoreMessages      *store_messages_ref   (StoreMessages       *self);
void                store_messages_unref (StoreMessages       *self);
void                store_messages_add   (StoreMessages       *self,
                                          const StoreMessage  *message);
guint               store_messages_get_n (const StoreMessages *self);
const StoreMessage *store_messages_get   (const StoreMessages *self,
                                          guint                row);
gboolean            store_messages_find  (const StoreMessages *self,
                                          const char          *id,
                                          guint               *row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreMessages, store_messages_unref)

G_END_DECLS
