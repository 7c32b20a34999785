/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The file, version 1. A table a kind, derived from the catalog:
 *
 *   n        local row number, for lists and search
 *   id       16 bytes, the record's key on every device
 *   fields   in the order of their numbers; STRICT, so a type is a type
 *   trashed  1 while a delete covers the record (local, derived)
 *   clock    see store-row-clock.c
 *
 * and the machinery:
 *
 *   store_state   one row: last stamp, own stream, digest, level of the catalog
 *   stream        a row a device: numbers as in StoreStream, how much of it our own last record
 *                 told to have seen
 *   seen          what the last record applied of one stream had seen of another
 *   log           every record applied or passed by, in the order in which that happened here:
 *                 state 0 applied, 2 quarantined; body as in store-entry.c; back: for each row the
 *                 log row of the transaction on it before, as numbers; sum: SipHash-2-4 of body and
 *                 back, so that a changed byte is found even where nothing else depends on it
 *   inbox         records that wait for what their writer had seen
 *   head          the heads of contested field groups that did not win, with their values
 *   trash         open deletes: a row for each record that a delete covers
 *   signed_point  where streams can be cut, with the author's signature
 *   cursor        what callers remember in the same transaction
 *   dirty         rows written by other programs: the row as it was, in SQL literals
 *
 * Triggers fill "dirty" with nothing but built-in functions, so any program may write to the file;
 * our own connections switch triggers off. References are not constraints: a child may arrive
 * before its parent.
 */
#include "config.h"

#include "store-schema.h"

#include "store-catalog.h"
#include "store-error.h"

#include <glib/gi18n-lib.h>

static const char machinery[] =
  "CREATE TABLE IF NOT EXISTS store_state (one INTEGER PRIMARY KEY CHECK (one = 1),"
  " stamp INTEGER NOT NULL, own INTEGER NOT NULL, digest BLOB NOT NULL, level INTEGER NOT NULL)"
  " STRICT;"
  "CREATE TABLE IF NOT EXISTS stream (idx INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE,"
  " number INTEGER NOT NULL DEFAULT 0, told INTEGER NOT NULL DEFAULT 0) STRICT;"
  "CREATE TABLE IF NOT EXISTS seen (stream INTEGER NOT NULL, other INTEGER NOT NULL,"
  " number INTEGER NOT NULL, PRIMARY KEY (stream, other)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE IF NOT EXISTS log (seq INTEGER PRIMARY KEY, stream INTEGER NOT NULL,"
  " number INTEGER NOT NULL, state INTEGER NOT NULL, grp BLOB, body BLOB NOT NULL,"
  " back BLOB NOT NULL, sum INTEGER NOT NULL) STRICT;"
  "CREATE UNIQUE INDEX IF NOT EXISTS log_number ON log (stream, number);"
  "CREATE INDEX IF NOT EXISTS log_group ON log (grp) WHERE grp IS NOT NULL;"
  "CREATE TABLE IF NOT EXISTS inbox (stream INTEGER NOT NULL, number INTEGER NOT NULL,"
  " body BLOB NOT NULL, PRIMARY KEY (stream, number)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE IF NOT EXISTS head (kind INTEGER NOT NULL, id BLOB NOT NULL,"
  " grp INTEGER NOT NULL, stamp INTEGER NOT NULL, stream INTEGER NOT NULL, body BLOB NOT NULL,"
  " PRIMARY KEY (kind, id, grp, stamp, stream)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE IF NOT EXISTS trash (kind INTEGER NOT NULL, id BLOB NOT NULL,"
  " stamp INTEGER NOT NULL, stream INTEGER NOT NULL, number INTEGER NOT NULL,"
  " PRIMARY KEY (kind, id, stamp, stream)) STRICT, WITHOUT ROWID;"
  "CREATE INDEX IF NOT EXISTS trash_delete ON trash (stamp, stream);"
  "CREATE TABLE IF NOT EXISTS signed_point (stream INTEGER NOT NULL, number INTEGER NOT NULL,"
  " hash BLOB NOT NULL, signature BLOB, PRIMARY KEY (stream, number)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE IF NOT EXISTS cursor (name TEXT PRIMARY KEY, value BLOB) STRICT, WITHOUT ROWID;"
  "CREATE TABLE IF NOT EXISTS dirty (kind INTEGER NOT NULL, n INTEGER NOT NULL,"
  " old TEXT, PRIMARY KEY (kind, n)) STRICT, WITHOUT ROWID;";

static const char *
get_column_type (const StoreField *field)
{
  switch (store_field_get_value_type (field))
    {
    case STORE_VALUE_INTEGER:
      return "INTEGER";
    case STORE_VALUE_BLOB:
      return "BLOB";
    case STORE_VALUE_NULL:
    case STORE_VALUE_TEXT:
    default:
      return "TEXT";
    }
}

static void
append_table (GString         *sql,
              const StoreKind *kind)
{
  g_string_append_printf (sql,
                          "CREATE TABLE IF NOT EXISTS \"%s\" (n INTEGER PRIMARY KEY,"
                          " id BLOB NOT NULL UNIQUE",
                          kind->name);
  for (guint i = 0; i < kind->n_fields; i++)
    g_string_append_printf (sql, ", \"%s\" %s", kind->fields[i].name,
                            get_column_type (&kind->fields[i]));
  g_string_append (sql, ", trashed INTEGER NOT NULL DEFAULT 0, clock BLOB) STRICT;");
}

static void
append_indexes (GString         *sql,
                const StoreKind *kind)
{
  g_string_append_printf (sql,
                          "CREATE INDEX IF NOT EXISTS \"%s_trashed\" ON \"%s\" (trashed)"
                          " WHERE trashed = 1;",
                          kind->name, kind->name);
  for (guint i = 0; i < kind->n_fields; i++)
    {
      const StoreField *field = &kind->fields[i];

      if (!(field->flags & STORE_FIELD_INDEXED))
        continue;
      g_string_append_printf (sql, "CREATE INDEX IF NOT EXISTS \"%s_%s\" ON \"%s\" (\"%s\");",
                              kind->name, field->name, kind->name, field->name);
      /* Both fields stand in it too: SQLite 3.40 visits the row for what an expression reads. */
      if (field->fallback)
        g_string_append_printf (sql,
                                "CREATE INDEX IF NOT EXISTS \"%s_%s_order\" ON \"%s\""
                                " (coalesce(\"%s\", \"%s\") COLLATE NOCASE, \"%s\", \"%s\");",
                                kind->name, field->name, kind->name, field->name, field->fallback,
                                field->name, field->fallback);
    }
  /* The few rows in the trash, so that an ordering's index alone can list all the others. */
  g_string_append_printf (sql,
                          "CREATE INDEX IF NOT EXISTS \"%s_trashed\" ON \"%s\" (trashed)"
                          " WHERE trashed = 1;",
                          kind->name, kind->name);
}

/* A row as SQL literals with "," between them: quote() keeps every value exactly. */
static void
append_quoted_row (GString         *sql,
                   const StoreKind *kind)
{
  g_string_append (sql, "quote(OLD.id)");
  for (guint i = 0; i < kind->n_fields; i++)
    g_string_append_printf (sql, " || ',' || quote(OLD.\"%s\")", kind->fields[i].name);
  g_string_append (sql, " || ',' || quote(OLD.trashed) || ',' || quote(OLD.clock)");
}

static void
append_triggers (GString         *sql,
                 const StoreKind *kind)
{
  g_string_append_printf (sql,
                          "DROP TRIGGER IF EXISTS \"%s_dirty_insert\";"
                          "CREATE TRIGGER \"%s_dirty_insert\" AFTER INSERT ON \"%s\" BEGIN"
                          " INSERT OR IGNORE INTO dirty (kind, n, old) VALUES (%u, NEW.n, NULL);"
                          " END;",
                          kind->name, kind->name, kind->name, kind->id);
  g_string_append_printf (sql,
                          "DROP TRIGGER IF EXISTS \"%s_dirty_update\";"
                          "CREATE TRIGGER \"%s_dirty_update\" AFTER UPDATE ON \"%s\" BEGIN"
                          " INSERT OR IGNORE INTO dirty (kind, n, old) VALUES (%u, OLD.n, ",
                          kind->name, kind->name, kind->name, kind->id);
  append_quoted_row (sql, kind);
  g_string_append (sql, "); END;");
  g_string_append_printf (sql,
                          "DROP TRIGGER IF EXISTS \"%s_dirty_delete\";"
                          "CREATE TRIGGER \"%s_dirty_delete\" AFTER DELETE ON \"%s\" BEGIN"
                          " INSERT OR IGNORE INTO dirty (kind, n, old) VALUES (%u, OLD.n, ",
                          kind->name, kind->name, kind->name, kind->id);
  append_quoted_row (sql, kind);
  g_string_append (sql, "); END;");
}

/* A field that the catalog gained since the file was made becomes a column; nothing is logged. */
static gboolean
add_missing_columns (StoreConnection *connection,
                     const StoreKind *kind,
                     GError         **error)
{
  for (guint i = 0; i < kind->n_fields; i++)
    {
      g_autofree char *question = NULL;
      g_autofree char *alter = NULL;
      gint64 there;

      question = g_strdup_printf ("SELECT count(*) FROM pragma_table_info('%s') WHERE name = '%s'",
                                  kind->name, kind->fields[i].name);
      if (!store_connection_get_number (connection, question, &there, error))
        return FALSE;
      if (there)
        continue;
      alter = g_strdup_printf ("ALTER TABLE \"%s\" ADD COLUMN \"%s\" %s", kind->name,
                               kind->fields[i].name, get_column_type (&kind->fields[i]));
      if (!store_connection_execute (connection, alter, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * store_schema_verify:
 * @connection: a connection to a file
 * @error: %STORE_ERROR_DAMAGED for a file that is no store, %STORE_ERROR_TOO_NEW for a later one
 *
 * Returns: whether the file is a store that this version can read
 */
gboolean
store_schema_verify (StoreConnection *connection,
                     GError         **error)
{
  gint64 application, version, tables;

  if (!store_connection_get_number (connection, "PRAGMA application_id", &application, error) ||
      !store_connection_get_number (connection, "PRAGMA user_version", &version, error) ||
      !store_connection_get_number (connection, "SELECT count(*) FROM sqlite_schema", &tables,
                                    error))
    return FALSE;

  if (tables > 0 && application != STORE_APPLICATION_ID)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_DAMAGED,
                           _("This file is a database, but not a Clientele store."));
      return FALSE;
    }
  if (version > STORE_FILE_VERSION)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_NEW,
                           _("This store was written by a later version of Clientele. Update the program."));
      return FALSE;
    }
  return TRUE;
}

/**
 * store_schema_apply:
 * @connection: a writing connection, outside a transaction
 * @error: where to say what failed
 *
 * Makes or completes the tables. Does nothing where all is there.
 */
gboolean
store_schema_apply (StoreConnection *connection,
                    GError         **error)
{
  g_autoptr (GString) sql = g_string_new (machinery);
  guint n_kinds;
  const StoreKind *const *kinds = store_catalog_get_kinds (&n_kinds);

  for (guint i = 0; i < n_kinds; i++)
    append_table (sql, kinds[i]);
  if (!store_connection_execute (connection, sql->str, error))
    return FALSE;

  g_string_truncate (sql, 0);
  for (guint i = 0; i < n_kinds; i++)
    {
      if (!add_missing_columns (connection, kinds[i], error))
        return FALSE;
      append_indexes (sql, kinds[i]);
      append_triggers (sql, kinds[i]);
    }
  g_string_append_printf (sql, "PRAGMA application_id = %d; PRAGMA user_version = %d;",
                          STORE_APPLICATION_ID, STORE_FILE_VERSION);
  return store_connection_execute (connection, sql->str, error);
}
