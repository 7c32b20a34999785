/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-default-store.h"

/**
 * app_default_store_dup_path:
 *
 * Returns: (transfer full): where the person's store lies unless they name another
 */
char *
app_default_store_dup_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "clientele", "store.clientele", NULL);
}

/**
 * app_default_store_dup_demo_path:
 *
 * Returns: (transfer full): where the sample business lies, never the person's own store
 */
char *
app_default_store_dup_demo_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "clientele", "demo", "demo.clientele", NULL);
}
