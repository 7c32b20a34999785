/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-application.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

#include "app-default-store.h"
#include "app-settings.h"
#include "app-window.h"

struct _AppApplication
{
  AdwApplication parent_instance;

  char *store_path;
  gboolean demo;
};

G_DEFINE_FINAL_TYPE (AppApplication, app_application, ADW_TYPE_APPLICATION)

/* The store that was named, else the one opened last, else the person's default. */
static char *
dup_store_path (AppApplication *self)
{
  g_autofree char *last = NULL;

  if (self->store_path)
    return g_strdup (self->store_path);

  last = app_settings_dup_string ("default-store", "");
  return *last ? g_steal_pointer (&last) : app_default_store_dup_path ();
}

static void
app_application_activate (GApplication *application)
{
  AppApplication *self = APP_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (!window)
    {
      g_autofree char *path = dup_store_path (self);

      window = GTK_WINDOW (app_window_new (GTK_APPLICATION (self)));
      if (self->demo)
        gtk_widget_activate_action (GTK_WIDGET (window), "win.begin", "s", "sample");
      else
        app_window_open_store (APP_WINDOW (window), path, FALSE);
    }

  gtk_window_present (window);
}

static void
show_about (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  GtkApplication *application = data;

  adw_show_about_window (gtk_application_get_active_window (application),
                         "application-name", _("Clientele"),
                         "application-icon", CLIENTELE_APP_ID,
                         "version", CLIENTELE_VERSION,
                         "developer-name", _("The Clientele maintainers"),
                         "comments", _("Know your customers, keep them and grow them."),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         /* Translators: your name, and others' who translated before you. */
                         "translator-credits", _("translator-credits"),
                         NULL);
}

static void
quit (GSimpleAction *action,
      GVariant      *parameter,
      gpointer       data)
{
  GtkApplication *application = data;
  GtkWindow *window;

  /* Closing commits what is being typed, which quitting outright would lose. */
  while ((window = gtk_application_get_active_window (application)))
    {
      GList *before = gtk_application_get_windows (application);
      guint n = g_list_length (before);

      gtk_window_close (window);
      if (g_list_length (gtk_application_get_windows (application)) >= n)
        break;
    }
}

static const GActionEntry actions[] = {
  { "about", show_about },
  { "quit", quit },
};

static void
set_accelerators (GtkApplication *application)
{
  static const struct
  {
    const char *action;
    const char *accelerators[3];
  } keys[] = {
    { "app.quit", { "<Control>q" } },
    { "window.close", { "<Control>w" } },
    { "win.add-customer", { "<Control>n" } },
    { "win.add-note", { "<Control><Shift>n" } },
    { "win.add-call", { "<Control><Shift>l" } },
    { "win.add-task", { "<Control><Shift>t" } },
    { "win.add-order", { "<Control><Shift>o" } },
    { "win.search", { "<Control>f" } },
    { "win.sync", { "F5", "<Control>r" } },
    { "win.import", { "<Control>i" } },
    { "win.show-page('customers')", { "<Alt>1" } },
    { "win.show-page('insights')", { "<Alt>2" } },
    { "win.show-page('history')", { "<Alt>3" } },
    { "win.show-page('clashes')", { "<Alt>4" } },
    { "win.show-page('sync')", { "<Alt>5" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (application, keys[i].action,
                                           (const char *const *) keys[i].accelerators);
}

static void
app_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (app_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  set_accelerators (GTK_APPLICATION (application));
  gtk_window_set_default_icon_name (CLIENTELE_APP_ID);
}

/* A store that is named is opened in a program of its own: it must not land in the window of
 * another store. */
static int
app_application_handle_local_options (GApplication *application,
                                      GVariantDict *options)
{
  AppApplication *self = APP_APPLICATION (application);

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("clientele %s\n", CLIENTELE_VERSION);
      return 0;
    }

  g_variant_dict_lookup (options, "demo", "b", &self->demo);
  g_variant_dict_lookup (options, "store", "^ay", &self->store_path);
  if (self->store_path && self->demo)
    {
      g_printerr ("%s\n", _("--demo opens a store of its own; leave --store out."));
      return 2;
    }
  if (self->store_path || self->demo)
    g_application_set_flags (application,
                             g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);

  return -1;
}

static void
app_application_finalize (GObject *object)
{
  AppApplication *self = APP_APPLICATION (object);

  g_free (self->store_path);

  G_OBJECT_CLASS (app_application_parent_class)->finalize (object);
}

static void
app_application_class_init (AppApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->finalize = app_application_finalize;
  application_class->activate = app_application_activate;
  application_class->startup = app_application_startup;
  application_class->handle_local_options = app_application_handle_local_options;
}

static void
app_application_init (AppApplication *self)
{
  static const GOptionEntry options[] = {
    { "store", 's', 0, G_OPTION_ARG_FILENAME, NULL,
      N_("Open the store in this file"), N_("FILE") },
    { "demo", 0, 0, G_OPTION_ARG_NONE, NULL,
      N_("Open a sample business in a store of its own"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and leave"), NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

AppApplication *
app_application_new (void)
{
  return g_object_new (APP_TYPE_APPLICATION,
                       "application-id", CLIENTELE_APP_ID,
                       "resource-base-path", "/org/clientele/Clientele",
                       NULL);
}
