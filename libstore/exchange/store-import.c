/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An import goes through the file twice: once to see how each column writes dates and amounts, and
 * once to write. The rows are written in transactions short enough that an edit which a person
 * types meanwhile does not wait; all of them are one group, so one undo takes the import back.
 *
 * A rehearsal does the very same in one transaction and lets it go, so its report cannot differ
 * from the one that follows.
 */
#include "config.h"
#include "store-import.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store-error.h"
#include "store-import-private.h"

/* A chunk ends after so long, or so many rows: 4,096 records are one visible step of the sync. */
#define CHUNK_MS 30
#define CHUNK_ROWS 1000
#define FALLBACK_CURRENCY "EUR"

struct _StoreImport
{
  GObject parent_instance;

  StoreDatabase *database;
  StoreImportRun run;
  gboolean rehearse;
  guint chunk_rows;
  gboolean at_end;
  GCancellable *cancellable;

  GMutex lock;
  double progress;
  guint64 n_rows;
};

G_DEFINE_FINAL_TYPE (StoreImport, store_import, G_TYPE_OBJECT)

static void
store_import_finalize (GObject *object)
{
  StoreImport *self = STORE_IMPORT (object);
  StoreImportRun *run = &self->run;

  g_clear_object (&self->database);
  g_clear_object (&run->sheet);
  g_clear_pointer (&run->target, store_import_target_unref);
  g_clear_pointer (&run->report, store_import_report_unref);
  g_clear_pointer (&run->companies, g_hash_table_unref);
  g_clear_pointer (&run->customers, g_hash_table_unref);
  g_clear_pointer (&run->tags, g_hash_table_unref);
  g_clear_pointer (&run->seen, g_hash_table_unref);
  g_free (run->guesses);
  g_free (run->currency);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (store_import_parent_class)->finalize (object);
}

static void
store_import_class_init (StoreImportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = store_import_finalize;
}

static void
store_import_init (StoreImport *self)
{
  StoreImportRun *run = &self->run;

  g_mutex_init (&self->lock);
  run->report = store_import_report_new ();
  run->companies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  run->customers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  run->tags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  run->seen = g_hash_table_new_full (store_id_hash, store_id_equal, g_free, NULL);
}

static void
describe_mapping (StoreImport *self)
{
  StoreImportRun *run = &self->run;
  g_autoptr (GStrvBuilder) mapped = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) ignored = g_strv_builder_new ();

  for (guint i = 0; i < store_sheet_get_n_columns (run->sheet); i++)
    {
      const char *field = store_mapping_get_field (run->mapping, i);
      const char *name = store_sheet_get_name (run->sheet, i);
      g_autofree char *pair = g_strconcat (field != NULL ? field : "", "=", name, NULL);

      if (field != NULL)
        g_strv_builder_add (mapped, pair);
      else
        g_strv_builder_add (ignored, name);
    }
  g_strfreev (run->report->mapped);
  g_strfreev (run->report->ignored);
  run->report->mapped = g_strv_builder_end (mapped);
  run->report->ignored = g_strv_builder_end (ignored);
}

/**
 * store_import_new:
 * @database: the store
 * @target: what the rows become
 * @sheet: the file
 * @mapping: what its columns are; not to be changed or freed while the import lives
 * @options: (nullable): how
 *
 * Returns: (transfer full): an import to run once
 */
StoreImport *
store_import_new (StoreDatabase            *database,
                  StoreImportTarget        *target,
                  StoreSheet               *sheet,
                  StoreMapping             *mapping,
                  const StoreImportOptions *options)
{
  StoreImport *self;

  g_return_val_if_fail (STORE_IS_DATABASE (database), NULL);
  g_return_val_if_fail (target != NULL && STORE_IS_SHEET (sheet) && mapping != NULL, NULL);

  self = g_object_new (STORE_TYPE_IMPORT, NULL);
  self->database = g_object_ref (database);
  self->run.target = store_import_target_ref (target);
  self->run.sheet = g_object_ref (sheet);
  self->run.mapping = mapping;
  self->run.guesses = g_new0 (StoreColumnGuess, store_sheet_get_n_columns (sheet));
  self->chunk_rows = CHUNK_ROWS;
  if (options != NULL)
    {
      self->rehearse = options->rehearse;
      self->run.currency = g_strdup (options->currency);
      if (options->chunk_rows != 0)
        self->chunk_rows = options->chunk_rows;
    }
  self->run.report->rehearsal = self->rehearse;
  describe_mapping (self);
  return self;
}

static void
publish (StoreImport *self,
         guint64      n_rows)
{
  g_mutex_lock (&self->lock);
  self->n_rows = n_rows;
  self->progress = store_sheet_get_progress (self->run.sheet);
  g_mutex_unlock (&self->lock);
}

/* A stop is no failure: what was written stands, and the report says that it is not all. */
static gboolean
is_stop (StoreImport  *self,
         GError      **failure)
{
  if (!g_error_matches (*failure, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
      !(g_cancellable_is_cancelled (self->cancellable) && *failure == NULL))
    return FALSE;
  g_clear_error (failure);
  return TRUE;
}

static gboolean
needs_first_pass (StoreImport *self)
{
  guint n_fields;
  const StoreImportField *fields = store_import_target_get_fields (self->run.target, &n_fields);

  for (guint i = 0; i < n_fields; i++)
    if (store_column_guess_can (fields[i].field) &&
        store_mapping_get_column (self->run.mapping, fields[i].name) >= 0)
      return TRUE;
  return FALSE;
}

/* A file that cuts cells with semicolons does so because its decimal sign is the comma. */
static void
lean_on_delimiter (StoreImport *self)
{
  StoreImportRun *run = &self->run;

  if (store_csv_reader_get_delimiter (store_sheet_get_reader (run->sheet)) != ';')
    return;
  for (guint i = 0; i < store_sheet_get_n_columns (run->sheet); i++)
    if (run->guesses[i].amounts.decimal_comma == 0 && run->guesses[i].amounts.decimal_point == 0)
      run->guesses[i].amounts.decimal_comma = 1;
}

static void
look_at_row (StoreImport *self)
{
  StoreImportRun *run = &self->run;

  for (guint i = 0; i < store_sheet_get_n_columns (run->sheet); i++)
    {
      const char *name = store_mapping_get_field (run->mapping, i);
      const StoreImportField *field = name != NULL ? store_import_target_find (run->target, name)
                                                   : NULL;

      if (field != NULL && store_column_guess_can (field->field))
        store_column_guess_add (&run->guesses[i], field->field,
                                store_sheet_get_cell (run->sheet, i));
    }
}

/* The first time through the file. */
static gboolean
look_at_columns (StoreImport  *self,
                 GError      **error)
{
  StoreImportRun *run = &self->run;
  g_autoptr (GError) failure = NULL;

  if (!store_sheet_rewind (run->sheet, self->cancellable, error))
    return FALSE;
  if (!needs_first_pass (self))
    return TRUE;

  while (store_sheet_next (run->sheet, self->cancellable, &failure))
    if (store_sheet_get_row (run->sheet) == STORE_SHEET_ROW_DATA)
      look_at_row (self);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  for (guint i = 0; i < store_sheet_get_n_columns (run->sheet); i++)
    run->report->ambiguous_dates += store_date_guess_get_ambiguous (&run->guesses[i].dates);
  lean_on_delimiter (self);
  return store_sheet_rewind (run->sheet, self->cancellable, error);
}

static void
count (StoreImportReport  *report,
       StoreImportOutcome  outcome)
{
  switch (outcome)
    {
    case STORE_IMPORT_TAKEN:
      report->taken++;
      break;
    case STORE_IMPORT_UPDATED:
      report->updated++;
      break;
    case STORE_IMPORT_UNCHANGED:
      report->unchanged++;
      break;
    case STORE_IMPORT_REFUSED:
    default:
      break;
    }
}

static void
note_extra_cells (StoreImportRun *run)
{
  guint n_extra = store_sheet_get_n_extra (run->sheet);
  g_autofree char *reason = NULL;

  if (n_extra == 0)
    return;
  reason = g_strdup_printf (ngettext ("The line has %u cell more than the table has columns.",
                                      "The line has %u cells more than the table has columns.",
                                      n_extra),
                            n_extra);
  store_import_run_leave (run, NULL, reason);
}

static gboolean
write_row (StoreImport  *self,
           GError      **error)
{
  StoreImportRun *run = &self->run;
  gboolean is_party = g_str_equal (store_import_target_get_kind (run->target)->name, "party");
  StoreImportOutcome outcome = STORE_IMPORT_REFUSED;

  switch (store_sheet_get_row (run->sheet))
    {
    case STORE_SHEET_ROW_TOTAL:
      run->report->totals++;
      return TRUE;

    case STORE_SHEET_ROW_FAULT:
      store_import_report_refuse (run->report, store_sheet_get_line (run->sheet),
                                  store_sheet_get_fault (run->sheet));
      return TRUE;

    case STORE_SHEET_ROW_DATA:
    default:
      break;
    }

  if (!(is_party ? store_import_party (run, &outcome, error)
                 : store_import_record (run, &outcome, error)))
    return FALSE;
  if (outcome != STORE_IMPORT_REFUSED)
    note_extra_cells (run);
  count (run->report, outcome);
  return TRUE;
}

/* As many rows as a transaction should hold; all of them in a rehearsal, which then is let go. */
static gboolean
write_chunk (StoreTransaction  *transaction,
             gpointer           data,
             GError           **error)
{
  StoreImport *self = data;
  gint64 end = g_get_monotonic_time () + CHUNK_MS * 1000;
  g_autoptr (GError) failure = NULL;
  guint64 n_rows = self->n_rows;

  self->run.transaction = transaction;
  for (guint n = 0; self->rehearse || (n < self->chunk_rows && g_get_monotonic_time () < end); n++)
    {
      if (g_cancellable_is_cancelled (self->cancellable) ||
          !store_sheet_next (self->run.sheet, self->cancellable, &failure))
        {
          self->at_end = TRUE;
          break;
        }
      if (!write_row (self, error))
        return FALSE;
      if (self->rehearse && n % CHUNK_ROWS == 0)
        publish (self, n_rows + n);
      n_rows += !self->rehearse;
    }

  publish (self, n_rows);
  if (self->at_end)
    self->run.report->complete = !is_stop (self, &failure) && failure == NULL;
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (self->rehearse)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_CANCELLED, "rehearsal");
      return FALSE;
    }
  return TRUE;
}

static gboolean
find_currency (StoreImport  *self,
               GError      **error)
{
  g_autoptr (GError) failure = NULL;

  if (self->run.currency == NULL)
    self->run.currency = store_database_dup_setting (self->database, "currency", &failure);
  if (failure != NULL && !g_error_matches (failure, STORE_ERROR, STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (self->run.currency == NULL || strlen (self->run.currency) != 3)
    {
      g_free (self->run.currency);
      self->run.currency = g_strdup (FALLBACK_CURRENCY);
    }
  return TRUE;
}

static gboolean
rehearse (StoreImport  *self,
          GError      **error)
{
  g_autoptr (GError) failure = NULL;

  store_database_write (self->database, N_("Import"), NULL, write_chunk, self, NULL, &failure);
  if (self->at_end && g_error_matches (failure, STORE_ERROR, STORE_ERROR_CANCELLED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
write_all (StoreImport  *self,
           GError      **error)
{
  StoreImportReport *report = self->run.report;

  report->group = store_database_new_group (self->database);
  while (!self->at_end)
    if (!store_database_write (self->database, N_("Import"), report->group, write_chunk, self, NULL,
                               error))
      return FALSE;
  if (report->taken + report->updated + report->companies + report->customers == 0)
    g_clear_pointer (&report->group, g_free);
  return TRUE;
}

/**
 * store_import_run:
 * @self: an import
 * @cancellable: (nullable): to stop; what was written until then stands, and undo takes it back
 * @error: the mapping lacks a field, the file cannot be read, or the store failed
 *
 * Does it all, blocking; call it once, on a thread that may wait. Also after a failure the report
 * says what was written.
 */
gboolean
store_import_run (StoreImport   *self,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_return_val_if_fail (STORE_IS_IMPORT (self) && !self->at_end, FALSE);

  self->cancellable = cancellable;
  return store_mapping_check (self->run.mapping, error) && find_currency (self, error) &&
         look_at_columns (self, error) &&
         (self->rehearse ? rehearse (self, error) : write_all (self, error));
}

static void
run_in_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (store_import_run (STORE_IMPORT (source), cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * store_import_run_async:
 * @self: an import
 * @cancellable: (nullable): to stop
 * @callback: called on the caller's main context
 * @user_data: for @callback
 *
 * As store_import_run(), on a thread of its own.
 */
void
store_import_run_async (StoreImport         *self,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (STORE_IS_IMPORT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, store_import_run_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, run_in_thread);
}

/**
 * store_import_run_finish:
 * @self: an import
 * @result: what the callback got
 * @error: as store_import_run()
 */
gboolean
store_import_run_finish (StoreImport   *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * store_import_get_report:
 * @self: an import that ran
 *
 * Returns: (transfer none): what became of the file
 */
StoreImportReport *
store_import_get_report (StoreImport *self)
{
  g_return_val_if_fail (STORE_IS_IMPORT (self), NULL);

  return self->run.report;
}

/**
 * store_import_get_progress:
 * @self: an import
 *
 * Returns: how much of the file was written, 0 to 1; any thread, at any time
 */
double
store_import_get_progress (StoreImport *self)
{
  double progress;

  g_return_val_if_fail (STORE_IS_IMPORT (self), 0);

  g_mutex_lock (&self->lock);
  progress = self->progress;
  g_mutex_unlock (&self->lock);
  return progress;
}

/**
 * store_import_get_rows:
 * @self: an import
 *
 * Returns: how many rows were written; any thread, at any time
 */
guint64
store_import_get_rows (StoreImport *self)
{
  guint64 n_rows;

  g_return_val_if_fail (STORE_IS_IMPORT (self), 0);

  g_mutex_lock (&self->lock);
  n_rows = self->n_rows;
  g_mutex_unlock (&self->lock);
  return n_rows;
}

/**
 * store_import_file:
 * @database: the store
 * @file: the file
 * @kind: what its rows become: a kind of the catalog or an alias such as "order"
 * @rules: (nullable) (array zero-terminated=1): "FIELD=COLUMN", before the guess
 * @options: (nullable): how
 * @cancellable: (nullable): to stop
 * @error: as store_import_run(), or the kind, a field or a column is not known
 *
 * Opens, guesses, maps and imports; blocking.
 *
 * Returns: (transfer full) (nullable): what became of the file
 */
StoreImportReport *
store_import_file (StoreDatabase             *database,
                   GFile                     *file,
                   const char                *kind,
                   const char *const         *rules,
                   const StoreImportOptions  *options,
                   GCancellable              *cancellable,
                   GError                   **error)
{
  g_autoptr (StoreImportTarget) target = store_import_target_new (kind, error);
  g_autoptr (StoreSheet) sheet = NULL;
  g_autoptr (StoreMapping) mapping = NULL;
  g_autoptr (StoreImport) import = NULL;

  if (target == NULL)
    return NULL;
  sheet = store_sheet_open (file, NULL, cancellable, error);
  if (sheet == NULL)
    return NULL;
  mapping = store_mapping_new (target, sheet);
  if (!store_mapping_guess (mapping, cancellable, error) ||
      (rules != NULL && !store_mapping_apply (mapping, rules, error)))
    return NULL;

  import = store_import_new (database, target, sheet, mapping, options);
  if (!store_import_run (import, cancellable, error))
    return NULL;
  return store_import_report_ref (import->run.report);
}
