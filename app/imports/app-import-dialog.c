/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Brings a table of another program over: choose the file, correct what its columns are, see what
 * would happen, let it happen, and take it back if it was wrong. */
#include "config.h"

#include "app-import-dialog.h"

#include <glib/gi18n-lib.h>

#include "app-import-columns.h"
#include "app-import-file.h"
#include "app-import-report-rows.h"

typedef enum
{
  CHOOSE,
  COLUMNS,
  REHEARSING,
  REHEARSED,
  IMPORTING,
  DONE,
} Stage;

typedef struct
{
  const char *page;
  const char *back;
  const char *next;
} StageLook;

/* Labels that are NULL have no button. */
static const StageLook looks[] = {
  [CHOOSE] = { "choose", N_("_Cancel"), N_("_Next") },
  [COLUMNS] = { "columns", N_("_Back"), N_("_Rehearse") },
  [REHEARSING] = { "running", N_("_Stop"), NULL },
  [REHEARSED] = { "report", N_("_Back"), N_("_Import") },
  [IMPORTING] = { "running", N_("_Stop"), NULL },
  [DONE] = { "report", N_("_Undo"), N_("_Done") },
};

static const char *const kinds[] = { "party", "order", "product" };

struct _AppImportDialog
{
  AdwWindow parent_instance;

  GtkWidget *back_button;
  GtkWidget *next_button;
  GtkLabel *problem;
  GtkStack *stages;
  AdwComboRow *kind_row;
  AdwActionRow *file_row;
  AppImportColumns *columns;
  GtkLabel *running_label;
  GtkProgressBar *progress;
  AdwPreferencesGroup *counts_group;
  AdwPreferencesGroup *remarks_group;

  StoreDatabase *database;
  Stage stage;
  GFile *chosen;
  GtkFileChooserNative *chooser;
  AppImportFile *file;
  StoreMapping *mapping;
  StoreImport *import;
  char *group;
  GCancellable *working;
  guint ticking;
  GPtrArray *rows;
};

G_DEFINE_FINAL_TYPE (AppImportDialog, app_import_dialog, ADW_TYPE_WINDOW)

static void
explain (AppImportDialog *self,
         const char      *text)
{
  gtk_label_set_label (self->problem, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

static void
update_actions (AppImportDialog *self)
{
  gboolean opening = self->stage == CHOOSE && self->working;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.next",
                                 !opening && (self->stage != CHOOSE || self->chosen));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.back",
                                 self->stage != DONE || self->group);
}

static void
set_stage (AppImportDialog *self,
           Stage            stage)
{
  const StageLook *look = &looks[stage];

  self->stage = stage;
  gtk_stack_set_visible_child_name (self->stages, look->page);
  gtk_button_set_label (GTK_BUTTON (self->back_button), _(look->back));
  gtk_widget_set_visible (self->next_button, look->next != NULL);
  if (look->next)
    gtk_button_set_label (GTK_BUTTON (self->next_button), _(look->next));
  update_actions (self);
}

static void
file_opened (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (AppImportDialog) self = data;
  g_autoptr (GError) error = NULL;
  AppImportFile *file = app_import_file_open_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->working);
  if (!file)
    {
      explain (self, error->message);
      update_actions (self);
      return;
    }

  g_clear_pointer (&self->file, app_import_file_free);
  self->file = file;
  app_import_columns_show (self->columns, file);
  set_stage (self, COLUMNS);
}

static void
open_file (AppImportDialog *self)
{
  explain (self, NULL);
  self->working = g_cancellable_new ();
  update_actions (self);
  app_import_file_open_async (self->chosen, kinds[adw_combo_row_get_selected (self->kind_row)],
                              self->working, file_opened, g_object_ref (self));
}

static gboolean
tick (gpointer data)
{
  AppImportDialog *self = data;

  gtk_progress_bar_set_fraction (self->progress,
                                 CLAMP (store_import_get_progress (self->import), 0, 1));
  return G_SOURCE_CONTINUE;
}

static void
stop_ticking (AppImportDialog *self)
{
  g_clear_handle_id (&self->ticking, g_source_remove);
}

static void
show_report (AppImportDialog         *self,
             const StoreImportReport *report)
{
  const char *title;

  if (report->rehearsal)
    title = _("This would happen");
  else if (report->complete)
    title = _("This was done");
  else
    title = _("Stopped; this was done before");
  adw_preferences_group_set_title (self->counts_group, title);
  adw_preferences_group_set_description (self->counts_group, report->rehearsal
                                                               ? _("Nothing is written yet.")
                                                               : NULL);
  app_import_report_rows_fill (self->counts_group, self->remarks_group, self->rows, report);
}

static void
run_finished (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (AppImportDialog) self = data;
  g_autoptr (GError) error = NULL;
  gboolean rehearsal = self->stage == REHEARSING;
  gboolean cancelled;
  StoreImportReport *report;

  store_import_run_finish (STORE_IMPORT (source), result, &error);
  stop_ticking (self);
  g_clear_object (&self->working);
  if (!self->problem)
    return;

  cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
              g_error_matches (error, STORE_ERROR, STORE_ERROR_CANCELLED);
  if (error && !cancelled)
    explain (self, error->message);
  report = store_import_get_report (self->import);
  if (!report || (error && rehearsal))
    {
      set_stage (self, COLUMNS);
      return;
    }

  if (!rehearsal)
    self->group = g_strdup (report->group);
  show_report (self, report);
  set_stage (self, rehearsal ? REHEARSED : DONE);
}

static void
run (AppImportDialog *self,
     Stage            stage)
{
  StoreImportOptions options = { .rehearse = stage == REHEARSING };

  explain (self, NULL);
  g_clear_object (&self->import);
  self->import = store_import_new (self->database, self->file->target, self->file->sheet,
                                   self->mapping, &options);
  self->working = g_cancellable_new ();
  gtk_label_set_label (self->running_label,
                       options.rehearse ? _("Rehearsing …") : _("Importing …"));
  gtk_progress_bar_set_fraction (self->progress, 0);
  self->ticking = g_timeout_add (100, tick, self);
  set_stage (self, stage);
  store_import_run_async (self->import, self->working, run_finished, g_object_ref (self));
}

static void
rehearse (AppImportDialog *self)
{
  g_autoptr (GError) error = NULL;
  StoreMapping *mapping = app_import_columns_new_mapping (self->columns, &error);

  if (!mapping)
    {
      explain (self, error->message);
      return;
    }

  g_clear_pointer (&self->mapping, store_mapping_free);
  self->mapping = mapping;
  run (self, REHEARSING);
}

static void
go_next (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  AppImportDialog *self = APP_IMPORT_DIALOG (widget);

  switch (self->stage)
    {
    case CHOOSE:
      open_file (self);
      break;
    case COLUMNS:
      rehearse (self);
      break;
    case REHEARSED:
      run (self, IMPORTING);
      break;
    case DONE:
      gtk_window_close (GTK_WINDOW (self));
      break;
    case REHEARSING:
    case IMPORTING:
    default:
      break;
    }
}

static void
undo (AppImportDialog *self)
{
  GtkWindow *below = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (below)
    gtk_widget_activate_action (GTK_WIDGET (below), "win.undo-group", "s", self->group);
  gtk_window_close (GTK_WINDOW (self));
}

static void
go_back (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  AppImportDialog *self = APP_IMPORT_DIALOG (widget);

  explain (self, NULL);
  switch (self->stage)
    {
    case CHOOSE:
      gtk_window_close (GTK_WINDOW (self));
      break;
    case COLUMNS:
      set_stage (self, CHOOSE);
      break;
    case REHEARSING:
    case IMPORTING:
      g_cancellable_cancel (self->working);
      break;
    case REHEARSED:
      set_stage (self, COLUMNS);
      break;
    case DONE:
    default:
      undo (self);
    }
}

static void
chooser_answered (GtkNativeDialog *chooser,
                  int              response,
                  AppImportDialog *self)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_clear_object (&self->chooser);
  if (file)
    app_import_dialog_take_file (self, file);
}

static void
choose_file (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  AppImportDialog *self = APP_IMPORT_DIALOG (widget);
  g_autoptr (GtkFileFilter) tables = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  if (self->chooser)
    return;

  gtk_file_filter_set_name (tables, _("Tables (CSV)"));
  gtk_file_filter_add_suffix (tables, "csv");
  gtk_file_filter_add_suffix (tables, "tsv");
  gtk_file_filter_add_suffix (tables, "txt");
  gtk_file_filter_set_name (all, _("All files"));
  gtk_file_filter_add_pattern (all, "*");

  self->chooser = gtk_file_chooser_native_new (_("Choose a table"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"),
                                               _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), tables);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), all);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chooser_answered), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
app_import_dialog_dispose (GObject *object)
{
  AppImportDialog *self = APP_IMPORT_DIALOG (object);

  stop_ticking (self);
  g_cancellable_cancel (self->working);
  g_clear_object (&self->working);
  g_clear_object (&self->chooser);
  g_clear_object (&self->chosen);
  self->problem = NULL;

  G_OBJECT_CLASS (app_import_dialog_parent_class)->dispose (object);
}

/* Not before the run has let go of the dialog: it reads the file on its thread. */
static void
app_import_dialog_finalize (GObject *object)
{
  AppImportDialog *self = APP_IMPORT_DIALOG (object);

  g_clear_object (&self->import);
  g_clear_object (&self->database);
  g_clear_pointer (&self->mapping, store_mapping_free);
  g_clear_pointer (&self->file, app_import_file_free);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self->group);

  G_OBJECT_CLASS (app_import_dialog_parent_class)->finalize (object);
}

static void
app_import_dialog_class_init (AppImportDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = app_import_dialog_dispose;
  object_class->finalize = app_import_dialog_finalize;

  g_type_ensure (APP_TYPE_IMPORT_COLUMNS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/clientele/Clientele/app-import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, AppImportDialog, back_button);
  gtk_widget_class_bind_template_child (widget_class, AppImportDialog, next_button);
  gtk_widget_class_bind_template_child (widget_class, AppImportDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, AppImportDialog, stages);
  gtk_widget_class_bind_template_child (widget_class, AppImportDialog, kind_row);
  gtk_widget_class_bind_template_child (widget_class, AppImportDialog, file_row);
  gtk_widget_class_bind_template_child (widget_class, AppImportDialog, columns);
  gtk_widget_class_bind_template_child (widget_class, AppImportDialog, running_label);
  gtk_widget_class_bind_template_child (widget_class, AppImportDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, AppImportDialog, counts_group);
  gtk_widget_class_bind_template_child (widget_class, AppImportDialog, remarks_group);
  gtk_widget_class_install_action (widget_class, "import.next", NULL, go_next);
  gtk_widget_class_install_action (widget_class, "import.back", NULL, go_back);
  gtk_widget_class_install_action (widget_class, "import.choose", NULL, choose_file);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "import.next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
app_import_dialog_init (AppImportDialog *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  set_stage (self, CHOOSE);
}

/**
 * app_import_dialog_present:
 *
 * Returns: (transfer none): the dialog, until it is closed
 */
AppImportDialog *
app_import_dialog_present (GtkWindow     *parent,
                           StoreDatabase *database)
{
  AppImportDialog *self = g_object_new (APP_TYPE_IMPORT_DIALOG, "transient-for", parent, NULL);

  self->database = g_object_ref (database);
  gtk_window_present (GTK_WINDOW (self));

  return self;
}

/**
 * app_import_dialog_take_file:
 * @file: as if the person had chosen it
 */
void
app_import_dialog_take_file (AppImportDialog *self,
                             GFile           *file)
{
  g_autofree char *name = NULL;

  g_return_if_fail (APP_IS_IMPORT_DIALOG (self));

  g_set_object (&self->chosen, file);
  name = g_filename_display_name (g_file_peek_path (file) ? g_file_peek_path (file) : "");
  adw_action_row_set_subtitle (self->file_row, name);
  explain (self, NULL);
  update_actions (self);
  gtk_widget_grab_focus (self->next_button);
}
