/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-demo-store.h"
#include "app-language.h"

#include <glib/gi18n.h>

/* clientele-demo STORE [TODAY]: makes the sample business. A tool of the source tree, used by
 * app/run; the desktop makes the sample itself, by the same function. */
int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  gint today;

  app_language_init ();

  if (argc < 2 || argc > 3 || g_str_has_prefix (argv[1], "-"))
    {
      g_printerr (_("Usage: %s STORE [TODAY]\n"), argv[0]);
      return 2;
    }

  today = argc == 3 ? app_demo_day_of_text (argv[2]) : app_demo_day_of_today ();
  if (today == APP_DEMO_DAY_NONE)
    {
      g_printerr (_("“%s” is not a date such as 2026-05-31.\n"), argv[2]);
      return 2;
    }

  if (!app_demo_store_make (argv[1], today, NULL, NULL, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  return 0;
}
