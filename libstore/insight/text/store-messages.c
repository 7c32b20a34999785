/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-messages.h"

struct _StoreMessages
{
  gatomicrefcount refs;
  GArray *messages;
};

static void
clear_message (gpointer data)
{
  StoreMessage *message = data;

  g_free (message->id);
  g_free (message->text);
  g_free (message->label);
  g_free (message->mood);
}

StoreMessages *
store_messages_new (void)
{
  StoreMessages *self = g_new0 (StoreMessages, 1);

  g_atomic_ref_count_init (&self->refs);
  self->messages = g_array_new (FALSE, FALSE, sizeof (StoreMessage));
  g_array_set_clear_func (self->messages, clear_message);
  return self;
}

StoreMessages *
store_messages_ref (StoreMessages *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
store_messages_unref (StoreMessages *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_array_unref (self->messages);
  g_free (self);
}

static char *
dup_filled (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

/**
 * store_messages_add:
 * @message: copied; an empty label, mood or id is none
 */
void
store_messages_add (StoreMessages      *self,
                    const StoreMessage *message)
{
  g_return_if_fail (self != NULL && message != NULL && message->text != NULL);

  StoreMessage copy = {
    .id = dup_filled (message->id),
    .text = g_utf8_make_valid (message->text, -1),
    .label = dup_filled (message->label),
    .mood = dup_filled (message->mood),
    .day = message->day,
  };

  g_array_append_val (self->messages, copy);
}

guint
store_messages_get_n (const StoreMessages *self)
{
  return self->messages->len;
}

const StoreMessage *
store_messages_get (const StoreMessages *self,
                    guint                row)
{
  g_return_val_if_fail (row < self->messages->len, NULL);

  return &g_array_index (self->messages, StoreMessage, row);
}

/**
 * store_messages_find:
 * @id: of a message
 * @row: (out): which it is; of several the first
 *
 * Returns: whether there is one
 */
gboolean
store_messages_find (const StoreMessages *self,
                     const char          *id,
                     guint               *row)
{
  g_return_val_if_fail (self != NULL && id != NULL && row != NULL, FALSE);

  for (*row = 0; *row < self->messages->len; ++*row)
    if (g_strcmp0 (store_messages_get (self, *row)->id, id) == 0)
      return TRUE;
  return FALSE;
}
