/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-application.h"
#include "app-language.h"
#include "app-resources.h"

int
main (int   argc,
      char *argv[])
{
  g_autoptr (AppApplication) application = NULL;

  app_language_init ();
  /* The static library would leave its resources behind if nobody named them. */
  g_resources_register (app_get_resource ());

  application = app_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
