/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window remembers. g_settings_new() ends the program where the schema is missing, and
 * Clientele runs uninstalled too: the schema is looked up, in the build folder if need be, and
 * without one every setting has its default and nothing is remembered. */
#include "config.h"

#include "app-settings.h"

static GSettingsSchema *
find_schema (void)
{
  g_autoptr (GSettingsSchemaSource) built = NULL;
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  GSettingsSchema *schema;

  schema = source ? g_settings_schema_source_lookup (source, CLIENTELE_APP_ID, TRUE) : NULL;
  if (schema)
    return schema;

  built = g_settings_schema_source_new_from_directory (CLIENTELE_BUILD_SCHEMADIR, source, FALSE,
                                                       NULL);
  return built ? g_settings_schema_source_lookup (built, CLIENTELE_APP_ID, FALSE) : NULL;
}

/**
 * app_settings_get:
 *
 * Returns: (transfer none) (nullable): the settings, %NULL where there is no schema
 */
GSettings *
app_settings_get (void)
{
  static GSettings *settings;
  static gsize once;

  if (g_once_init_enter (&once))
    {
      g_autoptr (GSettingsSchema) schema = find_schema ();

      if (schema)
        settings = g_settings_new_full (schema, NULL, NULL);
      g_once_init_leave (&once, 1);
    }

  return settings;
}

gboolean
app_settings_get_boolean (const char *key,
                          gboolean    otherwise)
{
  GSettings *settings = app_settings_get ();

  return settings ? g_settings_get_boolean (settings, key) : otherwise;
}

int
app_settings_get_int (const char *key,
                      int         otherwise)
{
  GSettings *settings = app_settings_get ();

  return settings ? g_settings_get_int (settings, key) : otherwise;
}

char *
app_settings_dup_string (const char *key,
                         const char *otherwise)
{
  GSettings *settings = app_settings_get ();

  return settings ? g_settings_get_string (settings, key) : g_strdup (otherwise);
}

void
app_settings_set_boolean (const char *key,
                          gboolean    value)
{
  GSettings *settings = app_settings_get ();

  if (settings)
    g_settings_set_boolean (settings, key, value);
}

void
app_settings_set_int (const char *key,
                      int         value)
{
  GSettings *settings = app_settings_get ();

  if (settings)
    g_settings_set_int (settings, key, value);
}

void
app_settings_set_string (const char *key,
                         const char *value)
{
  GSettings *settings = app_settings_get ();

  if (settings)
    g_settings_set_string (settings, key, value);
}
