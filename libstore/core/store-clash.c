/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Clashes are read from the heads that did not win; nothing else knows of them. A clash is named
 * KIND-ID-GROUP, the same on every device.
 */
#include "config.h"

#include "store-clash.h"

#include "store-database-private.h"
#include "store-heads.h"
#include "store-transaction-private.h"

#include <glib/gi18n-lib.h>

static void
side_free (gpointer data)
{
  StoreClashSide *side = data;

  g_free (side->device);
  g_array_unref (side->values);
  g_free (side);
}

/**
 * store_clash_free:
 * @clash: a clash
 */
void
store_clash_free (StoreClash *clash)
{
  if (clash == NULL)
    return;
  g_free (clash->name);
  g_free (clash->version);
  g_clear_pointer (&clash->fields, g_ptr_array_unref);
  g_clear_pointer (&clash->sides, g_ptr_array_unref);
  g_free (clash);
}

static StoreClash *
new_clash (const StoreKind *kind,
           const StoreId   *id,
           guint            group,
           GPtrArray       *heads,
           guint32          own)
{
  StoreClash *clash = g_new0 (StoreClash, 1);
  g_autofree char *text = store_id_to_string (id);

  clash->name = g_strdup_printf ("%s-%s-%u", kind->name, text, group);
  clash->version = store_transaction_name_sides (heads);
  clash->kind = kind;
  clash->id = *id;
  clash->group = group;
  clash->fields = g_ptr_array_new ();
  clash->sides = g_ptr_array_new_with_free_func (side_free);
  for (guint i = 0; i < kind->n_fields; i++)
    if (store_field_get_group (&kind->fields[i]) == group)
      g_ptr_array_add (clash->fields, (gpointer) &kind->fields[i]);
  for (guint i = 0; i < heads->len; i++)
    {
      const StoreHead *head = g_ptr_array_index (heads, i);
      StoreClashSide *side = g_new0 (StoreClashSide, 1);

      side->device = store_stream_id_to_string (&head->mark.stream);
      side->own = head->stream == own;
      side->time = (gint64) (head->mark.stamp >> 16);
      side->values = g_array_ref (head->values);
      g_ptr_array_add (clash->sides, side);
    }
  return clash;
}

typedef struct
{
  GPtrArray *clashes;
} ListJob;

static GArray *
load_stream_ids (StoreConnection *connection,
                 GError         **error)
{
  g_autoptr (GArray) streams = g_array_new (FALSE, TRUE, sizeof (StoreStreamId));
  g_autoptr (StoreStatement) list = NULL;
  gboolean row = TRUE;

  list = store_connection_prepare (connection, "SELECT idx, id FROM stream", error);
  if (list == NULL)
    return NULL;
  while (row)
    {
      guint idx;

      if (!store_statement_step (list, &row, error))
        return NULL;
      if (!row)
        break;
      idx = (guint) sqlite3_column_int64 (list->handle, 0);
      if (streams->len <= idx)
        g_array_set_size (streams, idx + 1);
      memcpy (g_array_index (streams, StoreStreamId, idx).bytes,
              sqlite3_column_blob (list->handle, 1), STORE_STREAM_ID_SIZE);
    }
  return g_steal_pointer (&streams);
}

static gboolean
is_live (StoreConnection *connection,
         const StoreKind *kind,
         const StoreId   *id,
         gboolean        *live,
         GError         **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT 1 FROM \"%s\" WHERE id = ?1 AND trashed = 0",
                                          kind->name);
  g_autoptr (StoreStatement) find = store_connection_prepare (connection, sql, error);

  if (find == NULL)
    return FALSE;
  store_statement_bind_id (find, 1, id);
  return store_statement_step (find, live, error);
}

static gboolean
add_clash (StoreConnection     *connection,
           const StoreTableSet *tables,
           GArray              *streams,
           guint32              own,
           StoreStatement      *row,
           GPtrArray           *clashes,
           GError             **error)
{
  const StoreTable *table = store_table_set_find_by_id (tables,
                                                        (guint) sqlite3_column_int (row->handle,
                                                                                    0));
  guint group = (guint) sqlite3_column_int (row->handle, 2);
  g_autoptr (GPtrArray) sides = NULL;
  gboolean live;
  StoreId id;

  if (table == NULL || !store_statement_get_id (row, 1, &id))
    return TRUE;
  if (!is_live (connection, table->kind, &id, &live, error))
    return FALSE;
  if (!live)
    return TRUE;
  sides = store_transaction_list_sides (connection, streams, table, &id, group, error);
  if (sides == NULL)
    return FALSE;
  if (sides->len > 1)
    g_ptr_array_add (clashes, new_clash (table->kind, &id, group, sides, own));
  return TRUE;
}

static gboolean
list_clashes (StoreConnection *connection,
              gpointer         data,
              GError         **error)
{
  ListJob *job = data;
  g_autoptr (StoreTableSet) tables = NULL;
  g_autoptr (GArray) streams = NULL;
  g_autoptr (StoreStatement) list = NULL;
  gboolean row = TRUE;
  gint64 any, own;

  /* As a rule nothing is contested, and the count is asked for after every change. */
  if (!store_connection_get_number (connection, "SELECT EXISTS (SELECT 1 FROM head)", &any, error))
    return FALSE;
  if (!any)
    return TRUE;

  tables = store_table_set_load (connection, error);
  streams = tables ? load_stream_ids (connection, error) : NULL;
  if (streams == NULL ||
      !store_connection_get_number (connection, "SELECT own FROM store_state", &own, error))
    return FALSE;
  list = store_connection_prepare (connection,
                                   "SELECT DISTINCT kind, id, grp FROM head ORDER BY kind, id, grp",
                                   error);
  if (list == NULL)
    return FALSE;
  while (row)
    {
      if (!store_statement_step (list, &row, error))
        return FALSE;
      if (row && !add_clash (connection, tables, streams, (guint32) own, list, job->clashes, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * store_clash_list:
 * @database: a store
 * @error: where to say what failed
 *
 * Returns: (transfer full) (element-type StoreClash): what was written on two devices without
 *   sight of each other and nobody has chosen between, in records that are not in the trash.
 *   Waits; any thread but the store's own.
 */
GPtrArray *
store_clash_list (StoreDatabase *database,
                  GError       **error)
{
  g_autoptr (GPtrArray) clashes = g_ptr_array_new_with_free_func ((GDestroyNotify) store_clash_free);
  ListJob job = { clashes };

  if (!store_database_read (database, list_clashes, &job, error))
    return NULL;
  return g_steal_pointer (&clashes);
}

/**
 * store_clash_count:
 * @database: a store
 * @count: (out): how many
 * @error: where to say what failed
 */
gboolean
store_clash_count (StoreDatabase *database,
                   guint         *count,
                   GError       **error)
{
  g_autoptr (GPtrArray) clashes = store_clash_list (database, error);

  if (clashes == NULL)
    return FALSE;
  *count = clashes->len;
  return TRUE;
}

typedef struct
{
  const StoreKind *kind;
  StoreId id;
  guint group;
  const char *version;
  guint side;
} SettleJob;

static gboolean
parse_name (const char *name,
            SettleJob  *job,
            GError    **error)
{
  const char *first = strchr (name, '-');
  g_autofree char *kind = first ? g_strndup (name, (gsize) (first - name)) : NULL;
  g_autofree char *id = NULL;
  guint64 group;

  if (first && strlen (first) > STORE_ID_STRING_LENGTH + 2)
    id = g_strndup (first + 1, STORE_ID_STRING_LENGTH);
  if (id && (job->kind = store_catalog_find (kind)) && store_id_parse (&job->id, id) &&
      first[STORE_ID_STRING_LENGTH + 1] == '-' &&
      g_ascii_string_to_unsigned (first + STORE_ID_STRING_LENGTH + 2, 10, 1, 63, &group, NULL))
    {
      job->group = (guint) group;
      return TRUE;
    }
  g_set_error (error, STORE_ERROR, STORE_ERROR_INVALID,
               _("“%s” is no clash; take one from the list of clashes."), name);
  return FALSE;
}

static gboolean
settle (StoreTransaction *transaction,
        gpointer          data,
        GError          **error)
{
  SettleJob *job = data;

  return store_transaction_settle (transaction, job->kind, &job->id, job->group,
                                   job->version, job->side, error);
}

/**
 * store_clash_settle:
 * @database: a store
 * @name: a clash's name
 * @version: the clash's version, as it was shown
 * @side: the place in its sides of the value to keep
 * @group_out: (out) (optional): what undo takes
 * @error: %STORE_ERROR_NOT_FOUND where it is settled already, %STORE_ERROR_EXISTS where another
 *   side came since
 *
 * Waits; any thread but the store's own.
 */
gboolean
store_clash_settle (StoreDatabase *database,
                    const char    *name,
                    const char    *version,
                    guint          side,
                    char         **group_out,
                    GError       **error)
{
  SettleJob job = { .version = version, .side = side };

  g_return_val_if_fail (name != NULL && version != NULL, FALSE);

  return parse_name (name, &job, error) &&
         store_database_write (database, N_("Settle a clash"), NULL, settle, &job, group_out,
                               error);
}
