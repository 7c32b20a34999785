/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes that a person makes in the window. Each is one group of the history, runs on the store's
 * writer thread, and ends in a sentence with an Undo button, or in one that says what to do. */
#include "config.h"

#include "app-edit.h"

#include <glib/gi18n-lib.h>

#include "app-contact-text.h"

typedef struct
{
  GtkWidget *window;
  char *told;
  GWeakRef owner;
  AppEditFinished finished;
} Edit;

static void
edit_free (Edit *edit)
{
  g_clear_object (&edit->window);
  g_free (edit->told);
  g_weak_ref_clear (&edit->owner);
  g_free (edit);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Edit, edit_free)

/* A dialog is gone when its edit is done: the sentence is for the window below. */
static GtkWidget *
find_window (GtkWidget *origin)
{
  GtkRoot *root = gtk_widget_get_root (origin);
  GtkWindow *below = GTK_IS_WINDOW (root) ? gtk_window_get_transient_for (GTK_WINDOW (root)) : NULL;

  return below ? find_window (GTK_WIDGET (below)) : GTK_WIDGET (root);
}

static void
written (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (Edit) edit = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GObject) owner = NULL;
  g_autofree char *group = NULL;

  store_database_write_finish (STORE_DATABASE (source), result, &group, &error);
  if (g_application_get_default ())
    g_application_release (g_application_get_default ());

  owner = g_weak_ref_get (&edit->owner);
  if (owner && edit->finished)
    edit->finished (owner, error);

  /* The window may have been closed meanwhile, which is no reason not to write. */
  if (!edit->window || !gtk_widget_get_realized (edit->window))
    return;
  if (error)
    gtk_widget_activate_action (edit->window, "win.tell", "s", error->message);
  else if (edit->told && group)
    gtk_widget_activate_action (edit->window, "win.done", "(ss)", group, edit->told);
}

/**
 * app_edit_write:
 * @origin: a widget of the window that the edit comes from
 * @label: (transfer none): msgid for the history, a static string
 * @told: (nullable): the translated sentence when it is done
 * @owner: (nullable): a #GObject that @finished is for; when it is gone, nobody is called
 * @finished: (nullable): called on the main thread
 */
void
app_edit_write (GtkWidget       *origin,
                StoreDatabase   *database,
                const char      *label,
                const char      *told,
                StoreWriteFunc   func,
                gpointer         data,
                GDestroyNotify   destroy,
                gpointer         owner,
                AppEditFinished  finished)
{
  Edit *edit = g_new0 (Edit, 1);
  GtkWidget *window = find_window (origin);

  edit->window = window ? g_object_ref (window) : NULL;
  edit->told = g_strdup (told);
  edit->finished = finished;
  g_weak_ref_init (&edit->owner, owner);

  /* Whoever closes the window right after an edit means to keep the edit. */
  if (g_application_get_default ())
    g_application_hold (g_application_get_default ());
  store_database_write_async (database, label, NULL, func, data, destroy, NULL, written, edit);
}

static gboolean
save_all (StoreTransaction  *transaction,
          gpointer           data,
          GError           **error)
{
  GPtrArray *records = data;

  for (guint i = 0; i < records->len; i++)
    if (!store_transaction_save (transaction, g_ptr_array_index (records, i), error))
      return FALSE;

  return TRUE;
}

/**
 * app_edit_save:
 * @records: (element-type StoreRecord): what is written at once; let go of them
 */
void
app_edit_save (GtkWidget       *origin,
               StoreDatabase   *database,
               const char      *label,
               const char      *told,
               GPtrArray       *records,
               gpointer         owner,
               AppEditFinished  finished)
{
  app_edit_write (origin, database, label, told, save_all, g_ptr_array_ref (records),
                  (GDestroyNotify) g_ptr_array_unref, owner, finished);
}

typedef struct
{
  const StoreKind *kind;
  StoreId id;
  GPtrArray *fields;
  GPtrArray *texts;
} FieldTexts;

static void
field_texts_free (gpointer data)
{
  FieldTexts *texts = data;

  g_ptr_array_unref (texts->fields);
  g_ptr_array_unref (texts->texts);
  g_free (texts);
}

static gboolean
write_fields (StoreTransaction  *transaction,
              gpointer           data,
              GError           **error)
{
  FieldTexts *texts = data;
  g_autoptr (StoreRecord) record = NULL;

  record = store_transaction_load (transaction, texts->kind, &texts->id, error);
  if (!record)
    return FALSE;

  for (guint i = 0; i < texts->fields->len; i++)
    {
      const StoreField *field = g_ptr_array_index (texts->fields, i);

      if (!store_record_set_from_text (record, field->name, g_ptr_array_index (texts->texts, i),
                                       error))
        return FALSE;
    }
  app_contact_text_normalise (record);

  return store_transaction_save (transaction, record, error);
}

static char *
describe_fields (StoreRecord *record,
                 GPtrArray   *fields)
{
  const StoreField *field = g_ptr_array_index (fields, 0);

  if (fields->len == 1)
    /* Translators: %s is the name of a field. */
    return g_strdup_printf (_("%s changed"), store_field_get_label (field));

  /* Translators: %s is a kind of record, such as Address. */
  return g_strdup_printf (_("%s changed"), store_kind_get_label (store_record_get_kind (record)));
}

/**
 * app_edit_fields:
 * @record: what is edited; read only here, the store's newest is what is written to
 * @editors: (element-type AppFieldEditor): those with a new value are written
 */
void
app_edit_fields (GtkWidget       *origin,
                 StoreDatabase   *database,
                 StoreRecord     *record,
                 GPtrArray       *editors,
                 gpointer         owner,
                 AppEditFinished  finished)
{
  FieldTexts *texts = g_new0 (FieldTexts, 1);
  g_autofree char *told = NULL;

  texts->kind = store_record_get_kind (record);
  texts->id = *store_record_get_id (record);
  texts->fields = g_ptr_array_new ();
  texts->texts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < editors->len; i++)
    {
      AppFieldEditor *editor = g_ptr_array_index (editors, i);

      if (!app_field_editor_is_changed (editor))
        continue;
      g_ptr_array_add (texts->fields, (gpointer) app_field_editor_get_field (editor));
      g_ptr_array_add (texts->texts, app_field_editor_dup_text (editor));
    }
  if (texts->fields->len == 0)
    {
      field_texts_free (texts);
      if (finished)
        finished (owner, NULL);
      return;
    }

  told = describe_fields (record, texts->fields);
  app_edit_write (origin, database, N_("Edit"), told, write_fields, texts, field_texts_free, owner,
                  finished);
}

static gboolean
delete_record (StoreTransaction  *transaction,
               gpointer           data,
               GError           **error)
{
  StoreRecord *record = data;

  return store_transaction_delete (transaction, store_record_get_kind (record),
                                   store_record_get_id (record), error);
}

void
app_edit_delete (GtkWidget       *origin,
                 StoreDatabase   *database,
                 StoreRecord     *record,
                 gpointer         owner,
                 AppEditFinished  finished)
{
  const char *title = store_record_get_title (record);
  g_autofree char *told = NULL;

  if (title && *title)
    /* Translators: %s is the name of a record. */
    told = g_strdup_printf (_("“%s” is in the trash"), title);
  else
    told = g_strdup_printf (_("%s is in the trash"),
                            store_kind_get_label (store_record_get_kind (record)));

  app_edit_write (origin, database, N_("Delete"), told, delete_record, g_object_ref (record),
                  g_object_unref, owner, finished);
}
