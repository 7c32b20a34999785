/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The other computers: how it stands with them, who they are, and the key that lets one join. */
#include "config.h"

#include "app-sync-page.h"

#include <glib/gi18n-lib.h>

#include "app-account-dialog.h"
#include "app-sync-state.h"
#include "app-value-text.h"

struct _AppSyncPage
{
  AppPage parent_instance;

  GtkStack *states;
  AdwActionRow *state_row;
  GtkSpinner *spinner;
  GtkWidget *sync_button;
  AdwActionRow *pending_row;
  AdwActionRow *remote_row;
  AdwPreferencesGroup *devices_group;
  AdwActionRow *recovery_row;
  GtkButton *recovery_button;

  AppSyncState *state;
  GPtrArray *device_rows;
  gboolean showing_recovery;
};

enum
{
  PROP_0,
  PROP_SYNCING,
  PROP_WORDS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (AppSyncPage, app_sync_page, APP_TYPE_PAGE)

static void
add_device_row (AppSyncPage      *self,
                const SyncDevice *device)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *when = app_moment_to_text (device->enrolled_at);
  g_autofree char *subtitle = NULL;

  if (device->own)
    subtitle = g_strdup (_("This computer"));
  else
    /* Translators: %s is a date and time. */
    subtitle = g_strdup_printf (_("Joined: %s"), when);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), device->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("computer-symbolic"));
  adw_preferences_group_add (self->devices_group, row);
  g_ptr_array_add (self->device_rows, row);
}

static void
show_devices (AppSyncPage *self)
{
  GPtrArray *devices = app_sync_state_get_devices (self->state);

  for (guint i = 0; i < self->device_rows->len; i++)
    adw_preferences_group_remove (self->devices_group, g_ptr_array_index (self->device_rows, i));
  g_ptr_array_set_size (self->device_rows, 0);

  for (guint i = 0; devices && i < devices->len; i++)
    add_device_row (self, g_ptr_array_index (devices, i));
  gtk_widget_set_visible (GTK_WIDGET (self->devices_group), self->device_rows->len > 0);
}

static void
hide_recovery (AppSyncPage *self)
{
  self->showing_recovery = FALSE;
  adw_action_row_set_subtitle (self->recovery_row, NULL);
  gtk_button_set_label (self->recovery_button, _("_Show"));
}

static void
show_state (AppSyncPage *self)
{
  SyncStatus *status = self->state ? app_sync_state_get_status (self->state) : NULL;
  gboolean running = self->state && app_sync_state_is_running (self->state);
  g_autofree char *words = NULL;
  g_autofree char *pending = NULL;

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SYNCING]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WORDS]);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sync.create", status != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sync.join", status != NULL);

  if (!status || !status->has_account)
    {
      gtk_stack_set_visible_child_name (self->states, "alone");
      return;
    }

  words = app_sync_state_dup_words (self->state);
  pending = g_strdup_printf (ngettext ("%u change", "%u changes", (guint) status->pending),
                             (guint) status->pending);
  adw_action_row_set_subtitle (self->state_row, words);
  adw_action_row_set_subtitle (self->pending_row, pending);
  adw_action_row_set_subtitle (self->remote_row, status->remote);
  gtk_spinner_set_spinning (self->spinner, running);
  gtk_widget_set_visible (self->sync_button, !running);
  show_devices (self);
  gtk_stack_set_visible_child_name (self->states, "account");
}

static void
finished (AppSyncPage *self,
          const char  *text)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.tell", "s", text);
}

static void
account_made (gpointer owner)
{
  AppSyncPage *self = owner;

  if (!self->state)
    return;

  app_sync_state_refresh (self->state);
  app_sync_state_run (self->state);
}

static void
present_dialog (AppSyncPage    *self,
                AppAccountWay   way)
{
  if (self->state)
    app_account_dialog_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                app_sync_state_get_engine (self->state), way, self, account_made);
}

static void
create_account (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  present_dialog (APP_SYNC_PAGE (widget), APP_ACCOUNT_CREATE);
}

static void
join_account (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  present_dialog (APP_SYNC_PAGE (widget), APP_ACCOUNT_JOIN);
}

static void
read_recovery_in_thread (GTask        *task,
                         gpointer      source,
                         gpointer      engine,
                         GCancellable *cancellable)
{
  GError *error = NULL;
  char *words = sync_engine_dup_recovery (engine, &error);

  if (words)
    g_task_return_pointer (task, words, g_free);
  else
    g_task_return_error (task, error);
}

static void
recovery_read (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  AppSyncPage *self = APP_SYNC_PAGE (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *words = g_task_propagate_pointer (G_TASK (result), &error);

  if (!words)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.tell", "s", error->message);
      return;
    }

  self->showing_recovery = TRUE;
  adw_action_row_set_subtitle (self->recovery_row, words);
  gtk_button_set_label (self->recovery_button, _("_Hide"));
}

static void
show_recovery (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  AppSyncPage *self = APP_SYNC_PAGE (widget);
  g_autoptr (GTask) task = NULL;

  if (self->showing_recovery)
    {
      hide_recovery (self);
      return;
    }
  if (!self->state)
    return;

  task = g_task_new (self, NULL, recovery_read, NULL);
  g_task_set_task_data (task, g_object_ref (app_sync_state_get_engine (self->state)),
                        g_object_unref);
  g_task_run_in_thread (task, read_recovery_in_thread);
}

static void
drop_state (AppSyncPage *self)
{
  if (!self->state)
    return;

  g_signal_handlers_disconnect_by_data (self->state, self);
  app_sync_state_close (self->state);
  g_clear_object (&self->state);
}

static void
app_sync_page_database_changed (AppPage *page)
{
  AppSyncPage *self = APP_SYNC_PAGE (page);
  StoreDatabase *database = app_page_get_database (page);

  drop_state (self);
  hide_recovery (self);
  if (database)
    {
      self->state = app_sync_state_new (database);
      g_signal_connect_swapped (self->state, "changed", G_CALLBACK (show_state), self);
      g_signal_connect_swapped (self->state, "finished", G_CALLBACK (finished), self);
    }
  show_state (self);
}

static void
app_sync_page_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  AppSyncPage *self = APP_SYNC_PAGE (object);

  switch (prop_id)
    {
    case PROP_SYNCING:
      g_value_set_boolean (value, self->state && app_sync_state_is_running (self->state));
      break;
    case PROP_WORDS:
      g_value_take_string (value, self->state ? app_sync_state_dup_words (self->state) : NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/* The key is not left in sight when the person goes elsewhere. */
static void
app_sync_page_unmap (GtkWidget *widget)
{
  hide_recovery (APP_SYNC_PAGE (widget));

  GTK_WIDGET_CLASS (app_sync_page_parent_class)->unmap (widget);
}

static void
app_sync_page_dispose (GObject *object)
{
  AppSyncPage *self = APP_SYNC_PAGE (object);

  drop_state (self);
  g_clear_pointer (&self->device_rows, g_ptr_array_unref);

  G_OBJECT_CLASS (app_sync_page_parent_class)->dispose (object);
}

static void
app_sync_page_class_init (AppSyncPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = app_sync_page_dispose;
  object_class->get_property = app_sync_page_get_property;
  widget_class->unmap = app_sync_page_unmap;
  APP_PAGE_CLASS (klass)->database_changed = app_sync_page_database_changed;

  properties[PROP_SYNCING] = g_param_spec_boolean ("syncing", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_WORDS] = g_param_spec_string ("words", NULL, NULL, NULL,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/clientele/Clientele/app-sync-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AppSyncPage, states);
  gtk_widget_class_bind_template_child (widget_class, AppSyncPage, state_row);
  gtk_widget_class_bind_template_child (widget_class, AppSyncPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, AppSyncPage, sync_button);
  gtk_widget_class_bind_template_child (widget_class, AppSyncPage, pending_row);
  gtk_widget_class_bind_template_child (widget_class, AppSyncPage, remote_row);
  gtk_widget_class_bind_template_child (widget_class, AppSyncPage, devices_group);
  gtk_widget_class_bind_template_child (widget_class, AppSyncPage, recovery_row);
  gtk_widget_class_bind_template_child (widget_class, AppSyncPage, recovery_button);
  gtk_widget_class_install_action (widget_class, "sync.create", NULL, create_account);
  gtk_widget_class_install_action (widget_class, "sync.join", NULL, join_account);
  gtk_widget_class_install_action (widget_class, "sync.show-recovery", NULL, show_recovery);
}

static void
app_sync_page_init (AppSyncPage *self)
{
  self->device_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  show_state (self);
}

AppPage *
app_sync_page_new (void)
{
  return g_object_new (APP_TYPE_SYNC_PAGE, NULL);
}

/**
 * app_sync_page_sync:
 *
 * Synchronises; where there is no account yet, asks to make one.
 */
void
app_sync_page_sync (AppSyncPage *self)
{
  SyncStatus *status;

  g_return_if_fail (APP_IS_SYNC_PAGE (self));

  status = self->state ? app_sync_state_get_status (self->state) : NULL;
  if (status && status->has_account)
    app_sync_state_run (self->state);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "s", "sync");
}

void
app_sync_page_join (AppSyncPage *self)
{
  g_return_if_fail (APP_IS_SYNC_PAGE (self));

  present_dialog (self, APP_ACCOUNT_JOIN);
}
