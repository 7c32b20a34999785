/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-device.h"

/**
 * sync_device_free:
 * @device: a device
 */
void
sync_device_free (SyncDevice *device)
{
  if (device == NULL)
    return;

  g_free (device->name);
  g_free (device);
}
