/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-language.h"

#include <glib/gi18n.h>
#include <locale.h>

/**
 * app_language_init:
 *
 * Speaks the person's language from here on; to be called first in main(). Text is UTF-8 in every
 * locale. A program that runs from its build folder finds the translations there.
 */
void
app_language_init (void)
{
  gboolean uninstalled = g_file_test (CLIENTELE_BUILD_LOCALEDIR, G_FILE_TEST_IS_DIR);

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, uninstalled ? CLIENTELE_BUILD_LOCALEDIR : CLIENTELE_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
