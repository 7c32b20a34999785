/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One field of a record as a row of a form, made from its line in the catalog.
 *
 * An editor holds two texts: the raw one, which store_record_set_from_text() takes, and the one
 * that a person reads. While the cursor is in the row the raw one is shown; Escape goes back to
 * it as it was. */
#include "config.h"

#include "app-field-editor.h"

#include <glib/gi18n-lib.h>

#include "app-field-row.h"
#include "app-value-text.h"

struct _AppFieldEditor
{
  GObject parent_instance;

  const StoreField *field;
  GtkWidget *row;
  /* What holds the value: the row itself, a switch, or a text view. */
  GtkWidget *input;
  GPtrArray *choices;
  char *raw;
  char *shown;
  /* Whose value it is. */
  StoreId id;
  gboolean typing;
  /* What was committed is on its way, or was refused and waits to be mended. */
  gboolean unsaved;
  gboolean loading;
};

enum
{
  COMMIT,
  ENTERED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AppFieldEditor, app_field_editor, G_TYPE_OBJECT)

static gboolean
is_line (AppFieldEditor *self)
{
  return ADW_IS_ENTRY_ROW (self->input);
}

static char *
dup_view_text (GtkWidget *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
set_title (AppFieldEditor *self)
{
  const char *label = store_field_get_label (self->field);
  g_autofree char *title = NULL;

  if (self->typing && self->field->type == STORE_FIELD_DATE)
    /* Translators: %s is the name of a date field; leave the letters, they are what is typed. */
    title = g_strdup_printf (_("%s (YYYY-MM-DD)"), label);
  else
    title = g_strdup (label);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), title);
}

/* Puts a text into the widget without taking that for the person's doing. */
static void
fill (AppFieldEditor *self,
      const char     *text)
{
  guint position;

  self->loading = TRUE;
  if (is_line (self))
    {
      if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->input)), text) != 0)
        gtk_editable_set_text (GTK_EDITABLE (self->input), text);
    }
  else if (GTK_IS_TEXT_VIEW (self->input))
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->input)), text, -1);
  else if (GTK_IS_SWITCH (self->input))
    gtk_switch_set_active (GTK_SWITCH (self->input), g_strcmp0 (text, "yes") == 0 ||
                                                     g_strcmp0 (text, "1") == 0 ||
                                                     g_strcmp0 (text, "true") == 0);
  else if (g_ptr_array_find_with_equal_func (self->choices, text, g_str_equal, &position))
    adw_combo_row_set_selected (ADW_COMBO_ROW (self->input), position);
  else
    {
      GListModel *model = adw_combo_row_get_model (ADW_COMBO_ROW (self->input));

      /* A value of a later version: kept, and shown as it is. */
      g_ptr_array_add (self->choices, g_strdup (text));
      gtk_string_list_append (GTK_STRING_LIST (model), text);
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->input), self->choices->len - 1);
    }
  self->loading = FALSE;
}

static void
commit (AppFieldEditor *self)
{
  if (self->loading || !app_field_editor_is_changed (self))
    return;

  self->unsaved = TRUE;
  g_signal_emit (self, signals[COMMIT], 0);
}

static void
typing_began (AppFieldEditor *self)
{
  self->typing = TRUE;
  set_title (self);
  if (g_strcmp0 (self->raw, self->shown) != 0)
    fill (self, self->raw);
}

static void
typing_ended (AppFieldEditor *self)
{
  self->typing = FALSE;
  set_title (self);
  if (app_field_editor_is_changed (self))
    commit (self);
  else
    fill (self, self->shown);
}

static void
entry_entered (AppFieldEditor *self)
{
  commit (self);
  g_signal_emit (self, signals[ENTERED], 0);
}

static gboolean
key_pressed (AppFieldEditor  *self,
             guint            keyval,
             guint            keycode,
             GdkModifierType  state)
{
  gboolean changed = app_field_editor_is_changed (self);

  /* Ctrl+Z takes back the letters that are being typed; where there are none, the last edit. GTK's
   * own entry keeps the key to itself even when it has nothing to take back. */
  if (!changed && (keyval == GDK_KEY_z || keyval == GDK_KEY_Z) &&
      (state & gtk_accelerator_get_default_mod_mask ()) == GDK_CONTROL_MASK)
    return gtk_widget_activate_action (self->row, "win.undo", NULL);
  if (keyval != GDK_KEY_Escape || !changed)
    return GDK_EVENT_PROPAGATE;

  fill (self, self->raw);
  app_field_editor_set_problem (self, NULL);
  return GDK_EVENT_STOP;
}

static void
watch_typing (AppFieldEditor *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_object (focus, "enter", G_CALLBACK (typing_began), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (typing_ended), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->input, focus);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->input, keys);
}

static void
make_row (AppFieldEditor *self)
{
  self->row = g_object_ref_sink (app_field_row_new (self->field, &self->input, &self->choices));
  set_title (self);

  if (self->choices)
    g_signal_connect_object (self->input, "notify::selected", G_CALLBACK (commit), self,
                             G_CONNECT_SWAPPED);
  else if (GTK_IS_SWITCH (self->input))
    g_signal_connect_object (self->input, "notify::active", G_CALLBACK (commit), self,
                             G_CONNECT_SWAPPED);
  else
    watch_typing (self);

  if (is_line (self))
    g_signal_connect_object (self->input, "entry-activated", G_CALLBACK (entry_entered), self,
                             G_CONNECT_SWAPPED);
}

static void
app_field_editor_finalize (GObject *object)
{
  AppFieldEditor *self = APP_FIELD_EDITOR (object);

  g_clear_object (&self->row);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_free (self->raw);
  g_free (self->shown);

  G_OBJECT_CLASS (app_field_editor_parent_class)->finalize (object);
}

static void
app_field_editor_class_init (AppFieldEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = app_field_editor_finalize;

  signals[COMMIT] = g_signal_new ("commit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  signals[ENTERED] = g_signal_new ("entered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
app_field_editor_init (AppFieldEditor *self)
{
  self->raw = g_strdup ("");
  self->shown = g_strdup ("");
}

/**
 * app_field_editor_new:
 * @field: a line of the catalog; no reference
 */
AppFieldEditor *
app_field_editor_new (const StoreField *field)
{
  AppFieldEditor *self;

  g_return_val_if_fail (field, NULL);
  g_return_val_if_fail (field->type != STORE_FIELD_REFERENCE, NULL);

  self = g_object_new (APP_TYPE_FIELD_EDITOR, NULL);
  self->field = field;
  make_row (self);
  if (self->choices)
    app_field_editor_set_text (self, g_ptr_array_index (self->choices, 0));

  return self;
}

/**
 * app_field_editor_get_row:
 *
 * Returns: (transfer none): a row for a list in which the field is edited
 */
GtkWidget *
app_field_editor_get_row (AppFieldEditor *self)
{
  g_return_val_if_fail (APP_IS_FIELD_EDITOR (self), NULL);

  return self->row;
}

const StoreField *
app_field_editor_get_field (AppFieldEditor *self)
{
  g_return_val_if_fail (APP_IS_FIELD_EDITOR (self), NULL);

  return self->field;
}

static void
take_texts (AppFieldEditor *self,
            char           *raw,
            char           *shown,
            gboolean        same)
{
  /* What the person has typed is theirs until it is saved; the new value waits beneath it. */
  gboolean keep = same && (self->typing || self->unsaved) && app_field_editor_is_changed (self);

  g_free (self->raw);
  g_free (self->shown);
  self->raw = raw;
  self->shown = shown;
  if (keep)
    return;

  fill (self, self->typing || !is_line (self) ? self->raw : self->shown);
  app_field_editor_set_problem (self, NULL);
}

/**
 * app_field_editor_show:
 * @record: of the kind that has the field
 *
 * Shows the record's value.
 */
void
app_field_editor_show (AppFieldEditor *self,
                       StoreRecord    *record)
{
  gboolean same;
  char *raw;

  g_return_if_fail (APP_IS_FIELD_EDITOR (self));
  g_return_if_fail (STORE_IS_RECORD (record));

  same = store_id_equal (&self->id, store_record_get_id (record));
  self->id = *store_record_get_id (record);
  raw = store_record_dup_raw_text (record, self->field->name);
  take_texts (self, raw ? raw : g_strdup (""), app_record_to_text (record, self->field->name),
              same);
}

/**
 * app_field_editor_set_text:
 * @text: the raw text to begin with
 */
void
app_field_editor_set_text (AppFieldEditor *self,
                           const char     *text)
{
  g_return_if_fail (APP_IS_FIELD_EDITOR (self));

  take_texts (self, g_strdup (text), g_strdup (text), FALSE);
}

/**
 * app_field_editor_dup_text:
 *
 * Returns: (transfer full): what stands in the row, as store_record_set_from_text() takes it
 */
char *
app_field_editor_dup_text (AppFieldEditor *self)
{
  g_return_val_if_fail (APP_IS_FIELD_EDITOR (self), NULL);

  if (GTK_IS_TEXT_VIEW (self->input))
    return dup_view_text (self->input);
  if (GTK_IS_SWITCH (self->input))
    return g_strdup (gtk_switch_get_active (GTK_SWITCH (self->input)) ? "yes" : "no");
  if (self->choices)
    {
      guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->input));

      if (selected < self->choices->len)
        return g_strdup (g_ptr_array_index (self->choices, selected));
      return g_strdup (self->raw);
    }

  /* Untouched, the row shows the text for reading; what counts is beneath. */
  if (!g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->input)), self->shown))
    return g_strdup (self->raw);
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->input))));
}

gboolean
app_field_editor_is_empty (AppFieldEditor *self)
{
  g_autofree char *text = app_field_editor_dup_text (self);

  return !*text;
}

/**
 * app_field_editor_is_changed:
 *
 * Returns: whether the row holds another value than it was given
 */
gboolean
app_field_editor_is_changed (AppFieldEditor *self)
{
  g_autofree char *text = app_field_editor_dup_text (self);

  if (GTK_IS_SWITCH (self->input))
    {
      gboolean was = g_str_equal (self->raw, "yes") || g_str_equal (self->raw, "1") ||
                     g_str_equal (self->raw, "true");

      return was != gtk_switch_get_active (GTK_SWITCH (self->input));
    }

  return g_strcmp0 (text, self->raw) != 0;
}

/**
 * app_field_editor_set_problem:
 * @problem: (nullable): why the value cannot be taken, a translated sentence; %NULL when it is
 *   saved
 */
void
app_field_editor_set_problem (AppFieldEditor *self,
                              const char     *problem)
{
  g_return_if_fail (APP_IS_FIELD_EDITOR (self));

  self->unsaved = problem != NULL;
  if (problem)
    gtk_widget_add_css_class (self->row, "error");
  else
    gtk_widget_remove_css_class (self->row, "error");
  gtk_widget_set_tooltip_text (self->row, problem);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->row), GTK_ACCESSIBLE_STATE_INVALID,
                               problem ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

void
app_field_editor_focus (AppFieldEditor *self)
{
  g_return_if_fail (APP_IS_FIELD_EDITOR (self));

  gtk_widget_grab_focus (self->input);
}
