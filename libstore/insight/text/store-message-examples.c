/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The messages that come with the program, so that it can answer before a person has labelled any:
 * words/examples.txt. */
#include "config.h"

#include "store-message-examples.h"

#include <gio/gio.h>

#define BUILT_IN "/org/clientele/store/text/examples.txt"

/**
 * store_message_examples_foreach:
 * @func: (scope call): called with each message
 * @data: for @func
 *
 * Any thread.
 */
void
store_message_examples_foreach (StoreMessageExampleFunc func,
                                gpointer                data)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (BUILT_IN, 0, NULL);
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) head = NULL;

  g_return_if_fail (bytes != NULL && func != NULL);

  lines = g_strsplit (g_bytes_get_data (bytes, NULL), "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] == '@')
      {
        g_strfreev (head);
        head = g_strsplit (lines[i] + 2, " ", 2);
        g_assert (g_strv_length (head) == 2);
      }
    else if (lines[i][0] != '\0' && lines[i][0] != '#')
      func (lines[i], head[0], head[1], data);
}
