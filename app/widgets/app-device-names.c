/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the person calls their computers. The change log knows them by the numbers of their streams;
 * the names are in the account's roster, and become known some time after the window has opened. */
#include "config.h"

#include "app-device-names.h"

#include <glib/gi18n-lib.h>

static GMutex lock;
static GHashTable *known;

/**
 * app_device_names_take:
 * @names: (transfer full) (nullable): stream id in hexadecimal to name
 *
 * Any thread.
 */
void
app_device_names_take (GHashTable *names)
{
  g_mutex_lock (&lock);
  g_clear_pointer (&known, g_hash_table_unref);
  known = names;
  g_mutex_unlock (&lock);
}

/**
 * app_device_to_text:
 * @device: the stream id in hexadecimal
 * @own: whether it is this one
 *
 * Any thread.
 *
 * Returns: (transfer full): the device in words
 */
char *
app_device_to_text (const char *device,
                    gboolean    own)
{
  g_autofree char *name = NULL;

  if (own)
    return g_strdup (_("this computer"));

  g_mutex_lock (&lock);
  if (known)
    name = g_strdup (g_hash_table_lookup (known, device));
  g_mutex_unlock (&lock);
  if (name && *name)
    return g_steal_pointer (&name);

  /* Translators: %.4s is the beginning of the device's number. */
  return g_strdup_printf (_("computer %.4s"), device);
}
