/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes an account at a server, or joins the one of the other computer with its recovery key. */
#include "config.h"

#include "app-account-dialog.h"

#include <glib/gi18n-lib.h>

struct _AppAccountDialog
{
  AdwWindow parent_instance;

  GtkWidget *go_button;
  GtkLabel *problem;
  AdwPreferencesGroup *group;
  GtkEditable *url_row;
  GtkEditable *invite_row;
  GtkEditable *name_row;
  GtkWidget *words_group;
  GtkTextView *words_view;
  GtkSpinner *spinner;

  SyncEngine *engine;
  AppAccountWay way;
  GWeakRef owner;
  AppAccountMade made;
  GCancellable *going;
};

G_DEFINE_FINAL_TYPE (AppAccountDialog, app_account_dialog, ADW_TYPE_WINDOW)

static void
explain (AppAccountDialog *self,
         const char       *text)
{
  gtk_label_set_label (self->problem, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

static void
set_going (AppAccountDialog *self,
           gboolean          going)
{
  g_clear_object (&self->going);
  if (going)
    self->going = g_cancellable_new ();
  gtk_spinner_set_spinning (self->spinner, going);
  /* A line that is not sensitive must not have the cursor. */
  if (going)
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->group), !going);
  gtk_widget_set_sensitive (self->words_group, !going);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.go", !going);
}

static void
gone (GObject      *source,
      GAsyncResult *result,
      gpointer      data)
{
  g_autoptr (AppAccountDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GObject) owner = NULL;
  gboolean done;

  if (self->way == APP_ACCOUNT_CREATE)
    done = sync_engine_create_account_finish (SYNC_ENGINE (source), result, &error);
  else
    done = sync_engine_join_account_finish (SYNC_ENGINE (source), result, &error);

  /* Also where the dialog was closed meanwhile: the account is there. */
  owner = g_weak_ref_get (&self->owner);
  if (done && owner)
    self->made (owner);
  if (!self->spinner)
    return;

  set_going (self, FALSE);
  if (done)
    gtk_window_destroy (GTK_WINDOW (self));
  else
    explain (self, error->message);
}

static char *
dup_words (AppAccountDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->words_view);
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static const char *
get_text (GtkEditable *editable)
{
  const char *text = gtk_editable_get_text (editable);

  return *text ? text : NULL;
}

static void
go (GtkWidget  *widget,
    const char *action,
    GVariant   *parameter)
{
  AppAccountDialog *self = APP_ACCOUNT_DIALOG (widget);
  g_autofree char *url = g_strstrip (g_strdup (gtk_editable_get_text (self->url_row)));
  g_autofree char *words = dup_words (self);

  explain (self, NULL);
  if (!*url)
    {
      explain (self, _("Fill in the address of the server."));
      gtk_widget_grab_focus (GTK_WIDGET (self->url_row));
      return;
    }
  if (self->way == APP_ACCOUNT_JOIN && !*g_strstrip (words))
    {
      explain (self, _("Fill in the 24 words of the recovery key."));
      gtk_widget_grab_focus (GTK_WIDGET (self->words_view));
      return;
    }

  set_going (self, TRUE);
  if (self->way == APP_ACCOUNT_CREATE)
    sync_engine_create_account_async (self->engine, url, get_text (self->invite_row),
                                      get_text (self->name_row), self->going, gone,
                                      g_object_ref (self));
  else
    sync_engine_join_account_async (self->engine, url, words, get_text (self->name_row),
                                    self->going, gone, g_object_ref (self));
}

static void
app_account_dialog_dispose (GObject *object)
{
  AppAccountDialog *self = APP_ACCOUNT_DIALOG (object);

  g_cancellable_cancel (self->going);
  g_clear_object (&self->going);
  g_clear_object (&self->engine);
  self->spinner = NULL;

  G_OBJECT_CLASS (app_account_dialog_parent_class)->dispose (object);
}

static void
app_account_dialog_finalize (GObject *object)
{
  g_weak_ref_clear (&APP_ACCOUNT_DIALOG (object)->owner);

  G_OBJECT_CLASS (app_account_dialog_parent_class)->finalize (object);
}

static void
app_account_dialog_class_init (AppAccountDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = app_account_dialog_dispose;
  object_class->finalize = app_account_dialog_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/clientele/Clientele/app-account-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, AppAccountDialog, go_button);
  gtk_widget_class_bind_template_child (widget_class, AppAccountDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, AppAccountDialog, group);
  gtk_widget_class_bind_template_child (widget_class, AppAccountDialog, url_row);
  gtk_widget_class_bind_template_child (widget_class, AppAccountDialog, invite_row);
  gtk_widget_class_bind_template_child (widget_class, AppAccountDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, AppAccountDialog, words_group);
  gtk_widget_class_bind_template_child (widget_class, AppAccountDialog, words_view);
  gtk_widget_class_bind_template_child (widget_class, AppAccountDialog, spinner);
  gtk_widget_class_install_action (widget_class, "dialog.go", NULL, go);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "dialog.go", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
app_account_dialog_init (AppAccountDialog *self)
{
  g_weak_ref_init (&self->owner, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * app_account_dialog_present:
 * @owner: a #GObject that @made is for
 * @made: called once the store belongs to an account
 */
void
app_account_dialog_present (GtkWindow      *parent,
                            SyncEngine     *engine,
                            AppAccountWay   way,
                            gpointer        owner,
                            AppAccountMade  made)
{
  gboolean create = way == APP_ACCOUNT_CREATE;
  AppAccountDialog *self;

  self = g_object_new (APP_TYPE_ACCOUNT_DIALOG,
                       "transient-for", parent,
                       "title", create ? _("Create an account") : _("Join my other computer"),
                       NULL);
  self->engine = g_object_ref (engine);
  self->way = way;
  self->made = made;
  g_weak_ref_set (&self->owner, owner);

  gtk_button_set_label (GTK_BUTTON (self->go_button), create ? _("_Create") : _("_Join"));
  gtk_editable_set_text (self->name_row, g_get_host_name ());
  gtk_widget_set_visible (GTK_WIDGET (self->invite_row), create);
  gtk_widget_set_visible (self->words_group, !create);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->url_row));
}
