/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Everything in open formats: a folder with two files a kind and a manifest.
 *
 *   manifest.json   {"format": "clientele-export", "version": 1, "created": UTC, "program": ...,
 *                    "kinds": [{"name", "records", "csv", "json", "fields"}]}
 *   party.csv       RFC 4180 in UTF-8 with a byte order mark; the first column is the id, the
 *                   others are the fields by name; cells that a spreadsheet would run are guarded
 *                   (store-cell-text.c)
 *   party.json      {"kind": "party", "records": [{"id": ..., field: value}]}; amounts and
 *                   quantities are decimal text, times ISO 8601 in UTC, references ids, empty
 *                   fields are left out
 *
 * All of it is one state of the store: one reading transaction. The records in the trash stay out.
 * The folder is written under another name beside its place and renamed when the disk has it, so
 * a folder of that name is always whole.
 */
#include "config.h"
#include "store-export.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "store-catalog.h"
#include "store-cell-text.h"
#include "store-connection.h"
#include "store-csv-writer.h"
#include "store-export-file.h"
#include "store-record-private.h"

#define CHECK_EVERY 256

typedef struct
{
  StoreConnection *connection;
  char *folder;
  JsonBuilder *manifest;
  gint64 n_total;
  gint64 n_done;
  StoreExportProgress progress;
  gpointer progress_data;
  GCancellable *cancellable;
} Export;

/* RFC 8259, section 7. */
static void
append_json_string (GString    *out,
                    const char *text)
{
  g_string_append_c (out, '"');
  for (; *text != '\0'; text++)
    if (*text == '"' || *text == '\\')
      g_string_append_printf (out, "\\%c", *text);
    else if ((guchar) *text < 0x20 || *text == 0x7f)
      g_string_append_printf (out, "\\u%04x", (guint) *text);
    else
      g_string_append_c (out, *text);
  g_string_append_c (out, '"');
}

static void
append_json_value (GString          *out,
                   StoreRecord      *record,
                   const StoreField *field,
                   const char       *text)
{
  if (field->type == STORE_FIELD_INTEGER)
    g_string_append (out, text);
  else if (field->type == STORE_FIELD_BOOLEAN)
    g_string_append (out, store_record_get_boolean (record, field->name) ? "true" : "false");
  else
    append_json_string (out, text);
}

static void
append_record (StoreRecord *record,
               GString     *csv,
               GString     *json,
               gboolean     is_first)
{
  const StoreKind *kind = store_record_get_kind (record);
  char id[STORE_ID_STRING_LENGTH + 1];

  store_id_print (store_record_get_id (record), id);
  store_csv_append_cell (csv, id, TRUE);
  g_string_append_printf (json, "%s\n{\"id\":\"%s\"", is_first ? "" : ",", id);
  for (guint i = 0; i < kind->n_fields; i++)
    {
      const StoreField *field = &kind->fields[i];
      g_autofree char *text = store_record_dup_raw_text (record, field->name);
      g_autofree char *cell = store_cell_text_guard (text != NULL ? text : "");

      store_csv_append_cell (csv, cell, FALSE);
      if (text == NULL)
        continue;
      g_string_append_printf (json, ",\"%s\":", field->name);
      append_json_value (json, record, field, text);
    }
  store_csv_append_line_end (csv);
  g_string_append_c (json, '}');
}

static void
append_heads (const StoreKind *kind,
              GString         *csv,
              GString         *json)
{
  g_string_append (csv, STORE_CSV_BOM);
  store_csv_append_cell (csv, "id", TRUE);
  for (guint i = 0; i < kind->n_fields; i++)
    store_csv_append_cell (csv, kind->fields[i].name, FALSE);
  store_csv_append_line_end (csv);
  g_string_append_printf (json, "{\"kind\":\"%s\",\"records\":[", kind->name);
}

static gboolean
report_progress (Export  *self,
                 GError **error)
{
  if (self->n_done++ % CHECK_EVERY != 0)
    return TRUE;
  if (self->progress != NULL)
    self->progress (self->n_total > 0 ? (double) self->n_done / (double) self->n_total : 1,
                    self->progress_data);
  if (!g_cancellable_is_cancelled (self->cancellable))
    return TRUE;
  g_set_error_literal (error, STORE_ERROR, STORE_ERROR_CANCELLED,
                       _("The export was stopped. Nothing was written."));
  return FALSE;
}

static gboolean
write_records (Export           *self,
               const StoreKind  *kind,
               StoreExportFile  *csv,
               StoreExportFile  *json,
               gint64           *n_records,
               GError          **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM \"%s\" WHERE trashed = 0 ORDER BY n",
                                          store_record_get_select (kind), kind->name);
  g_autoptr (StoreStatement) statement = store_connection_prepare (self->connection, sql, error);
  gboolean row = TRUE;

  if (statement == NULL)
    return FALSE;
  for (*n_records = 0; TRUE; (*n_records)++)
    {
      g_autoptr (StoreRecord) record = NULL;

      if (!store_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      record = store_record_read (kind, statement, 0);
      append_record (record, store_export_file_buffer (csv), store_export_file_buffer (json),
                     *n_records == 0);
      if (!report_progress (self, error) || !store_export_file_yield (csv, error) ||
          !store_export_file_yield (json, error))
        return FALSE;
    }
}

static void
describe_kind (JsonBuilder     *manifest,
               const StoreKind *kind,
               gint64           n_records,
               const char      *csv_name,
               const char      *json_name)
{
  json_builder_begin_object (manifest);
  json_builder_set_member_name (manifest, "name");
  json_builder_add_string_value (manifest, kind->name);
  json_builder_set_member_name (manifest, "records");
  json_builder_add_int_value (manifest, n_records);
  json_builder_set_member_name (manifest, "csv");
  json_builder_add_string_value (manifest, csv_name);
  json_builder_set_member_name (manifest, "json");
  json_builder_add_string_value (manifest, json_name);
  json_builder_set_member_name (manifest, "fields");
  json_builder_begin_array (manifest);
  for (guint i = 0; i < kind->n_fields; i++)
    json_builder_add_string_value (manifest, kind->fields[i].name);
  json_builder_end_array (manifest);
  json_builder_end_object (manifest);
}

static gboolean
write_kind (Export           *self,
            const StoreKind  *kind,
            GError          **error)
{
  g_autofree char *csv_name = g_strconcat (kind->name, ".csv", NULL);
  g_autofree char *json_name = g_strconcat (kind->name, ".json", NULL);
  g_autofree char *csv_path = g_build_filename (self->folder, csv_name, NULL);
  g_autofree char *json_path = g_build_filename (self->folder, json_name, NULL);
  g_autoptr (StoreExportFile) csv = store_export_file_new (csv_path, error);
  g_autoptr (StoreExportFile) json = NULL;
  gint64 n_records;

  if (csv == NULL)
    return FALSE;
  json = store_export_file_new (json_path, error);
  if (json == NULL)
    return FALSE;

  append_heads (kind, store_export_file_buffer (csv), store_export_file_buffer (json));
  if (!write_records (self, kind, csv, json, &n_records, error))
    return FALSE;
  g_string_append (store_export_file_buffer (json), "\n]}\n");
  if (!store_export_file_close (csv, error) || !store_export_file_close (json, error))
    return FALSE;
  describe_kind (self->manifest, kind, n_records, csv_name, json_name);
  return TRUE;
}

static gboolean
is_exported (const StoreKind *kind)
{
  return kind->merge != STORE_MERGE_LOCAL;
}

static gboolean
count_records (Export  *self,
               GError **error)
{
  guint n_kinds;
  const StoreKind *const *kinds = store_catalog_get_kinds (&n_kinds);

  for (guint i = 0; i < n_kinds; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM \"%s\" WHERE trashed = 0",
                                              kinds[i]->name);
      gint64 n = 0;

      if (is_exported (kinds[i]) && !store_connection_get_number (self->connection, sql, &n, error))
        return FALSE;
      self->n_total += n;
    }
  return TRUE;
}

static void
begin_manifest (Export *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *created = g_date_time_format_iso8601 (now);

  self->manifest = json_builder_new ();
  json_builder_begin_object (self->manifest);
  json_builder_set_member_name (self->manifest, "format");
  json_builder_add_string_value (self->manifest, "clientele-export");
  json_builder_set_member_name (self->manifest, "version");
  json_builder_add_int_value (self->manifest, STORE_EXPORT_VERSION);
  json_builder_set_member_name (self->manifest, "created");
  json_builder_add_string_value (self->manifest, created);
  json_builder_set_member_name (self->manifest, "program");
  json_builder_add_string_value (self->manifest, "clientele " CLIENTELE_VERSION);
  json_builder_set_member_name (self->manifest, "kinds");
  json_builder_begin_array (self->manifest);
}

static JsonNode *
write_manifest (Export  *self,
                GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, "manifest.json", NULL);
  g_autoptr (StoreExportFile) file = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  json_builder_end_array (self->manifest);
  json_builder_end_object (self->manifest);
  node = json_builder_get_root (self->manifest);
  text = json_to_string (node, TRUE);

  file = store_export_file_new (path, error);
  if (file == NULL)
    return NULL;
  g_string_append_printf (store_export_file_buffer (file), "%s\n", text);
  if (!store_export_file_close (file, error))
    return NULL;
  return g_steal_pointer (&node);
}

static JsonNode *
write_files (Export  *self,
             GError **error)
{
  guint n_kinds;
  const StoreKind *const *kinds = store_catalog_get_kinds (&n_kinds);
  g_autoptr (JsonNode) manifest = NULL;

  begin_manifest (self);
  if (!store_connection_execute (self->connection, "BEGIN", error) || !count_records (self, error))
    return NULL;
  for (guint i = 0; i < n_kinds; i++)
    if (is_exported (kinds[i]) && !write_kind (self, kinds[i], error))
      return NULL;
  if (!store_connection_execute (self->connection, "END", error))
    return NULL;
  manifest = write_manifest (self, error);
  if (manifest == NULL || !store_export_sync_folder (self->folder, error))
    return NULL;
  return g_steal_pointer (&manifest);
}

/* The files that an export makes, and nothing else. */
static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

static gboolean
is_free (const char  *path,
         GError     **error)
{
  g_autoptr (GDir) folder = NULL;
  g_autofree char *name = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  folder = g_dir_open (path, 0, NULL);
  if (folder != NULL && g_dir_read_name (folder) == NULL)
    return TRUE;
  name = g_filename_display_name (path);
  g_set_error (error, STORE_ERROR, STORE_ERROR_EXISTS,
               _("“%s” is there already and not empty. Choose a new or an empty folder."), name);
  return FALSE;
}

static gboolean
move_into_place (const char  *from,
                 const char  *to,
                 GError     **error)
{
  g_autofree char *parent = g_path_get_dirname (to);

  if (rename (from, to) != 0)
    {
      store_export_set_error (error, to, errno);
      return FALSE;
    }
  return store_export_sync_folder (parent, error);
}

static void
clear_export (Export *self)
{
  g_clear_pointer (&self->connection, store_connection_free);
  g_clear_object (&self->manifest);
  g_free (self->folder);
}

/**
 * store_export_folder:
 * @database: the store
 * @path: where the folder is to be; not there yet, or empty
 * @progress: (nullable): told now and then how far it is
 * @progress_data: for @progress
 * @cancellable: (nullable): to stop
 * @error: %STORE_ERROR_EXISTS, %STORE_ERROR_FULL, %STORE_ERROR_CANCELLED, %STORE_ERROR_FAILED;
 *   nothing is left at @path then
 *
 * Writes every live record of every kind, blocking; on a thread that may wait.
 *
 * Returns: (transfer full) (nullable): the manifest
 */
JsonNode *
store_export_folder (StoreDatabase        *database,
                     const char           *path,
                     StoreExportProgress   progress,
                     gpointer              progress_data,
                     GCancellable         *cancellable,
                     GError              **error)
{
  g_autofree char *plain = g_canonicalize_filename (path, NULL);
  g_autoptr (JsonNode) manifest = NULL;
  Export export = {
    .progress = progress,
    .progress_data = progress_data,
    .cancellable = cancellable,
  };

  g_return_val_if_fail (STORE_IS_DATABASE (database) && path != NULL, NULL);

  if (!is_free (plain, error))
    return NULL;
  export.folder = g_strconcat (plain, ".part-XXXXXX", NULL);
  if (g_mkdtemp (export.folder) == NULL)
    {
      store_export_set_error (error, plain, errno);
      clear_export (&export);
      return NULL;
    }

  export.connection = store_connection_open (store_database_get_path (database),
                                             STORE_CONNECTION_READ, error);
  if (export.connection != NULL)
    manifest = write_files (&export, error);
  if (manifest != NULL && !move_into_place (export.folder, plain, error))
    g_clear_pointer (&manifest, json_node_unref);
  if (manifest == NULL)
    remove_folder (export.folder);
  clear_export (&export);
  return g_steal_pointer (&manifest);
}

typedef struct
{
  char *path;
  StoreExportProgress progress;
  gpointer progress_data;
} Request;

static void
free_request (gpointer data)
{
  Request *request = data;

  g_free (request->path);
  g_free (request);
}

static void
export_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      data,
                  GCancellable *cancellable)
{
  Request *request = data;
  g_autoptr (GError) error = NULL;
  JsonNode *manifest = store_export_folder (STORE_DATABASE (source), request->path,
                                            request->progress, request->progress_data,
                                            cancellable, &error);

  if (manifest != NULL)
    g_task_return_pointer (task, manifest, (GDestroyNotify) json_node_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * store_export_folder_async:
 * @database: the store
 * @path: where the folder is to be; not there yet, or empty
 * @progress: (nullable): told on the thread that writes
 * @progress_data: for @progress, until the callback
 * @cancellable: (nullable): to stop
 * @callback: called on the caller's main context
 * @user_data: for @callback
 *
 * As store_export_folder(), on a thread of its own.
 */
void
store_export_folder_async (StoreDatabase        *database,
                           const char           *path,
                           StoreExportProgress   progress,
                           gpointer              progress_data,
                           GCancellable         *cancellable,
                           GAsyncReadyCallback   callback,
                           gpointer              user_data)
{
  g_autoptr (GTask) task = NULL;
  Request *request;

  g_return_if_fail (STORE_IS_DATABASE (database) && path != NULL);

  request = g_new0 (Request, 1);
  request->path = g_strdup (path);
  request->progress = progress;
  request->progress_data = progress_data;
  task = g_task_new (database, cancellable, callback, user_data);
  g_task_set_source_tag (task, store_export_folder_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, request, free_request);
  g_task_run_in_thread (task, export_in_thread);
}

/**
 * store_export_folder_finish:
 * @database: the store
 * @result: what the callback got
 * @error: as store_export_folder()
 *
 * Returns: (transfer full) (nullable): the manifest
 */
JsonNode *
store_export_folder_finish (StoreDatabase  *database,
                            GAsyncResult   *result,
                            GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, database), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
