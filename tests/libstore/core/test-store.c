/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-store.h"

#include <glib/gstdio.h>

static gint64
get_time (gpointer data)
{
  TestStore *self = data;

  return self->now;
}

void
test_store_reopen (TestStore *self)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&self->database);
  self->database = store_database_open (self->path, STORE_OPEN_CREATE, &error);
  g_assert_no_error (error);
  store_database_set_time (self->database, get_time, self);
}

TestStore *
test_store_new (void)
{
  TestStore *self = g_new0 (TestStore, 1);

  self->folder = g_dir_make_tmp ("clientele-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "store.db", NULL);
  self->now = 1700000000000;
  test_store_reopen (self);
  return self;
}

void
test_store_free (TestStore *self)
{
  static const char *const endings[] = { "", "-wal", "-shm" };

  g_clear_object (&self->database);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = g_strconcat (self->path, endings[i], NULL);

      g_remove (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->path);
  g_free (self);
}

StoreRecord *
test_store_add_party (TestStore  *self,
                      const char *name)
{
  g_autoptr (GError) error = NULL;
  StoreRecord *record = store_record_new (STORE_KIND ("party"));

  store_record_set_text (record, "kind", "person");
  store_record_set_text (record, "display_name", name);
  store_database_save (self->database, "Add", record, NULL, &error);
  g_assert_no_error (error);
  return record;
}

char *
test_store_set (TestStore     *self,
                const char    *kind,
                const StoreId *id,
                const char    *field,
                const char    *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreRecord) record = NULL;
  char *group = NULL;

  self->now++;
  record = store_database_load (self->database, STORE_KIND (kind), id, &error);
  g_assert_no_error (error);
  store_record_set_from_text (record, field, text, &error);
  g_assert_no_error (error);
  store_database_save (self->database, "Edit", record, &group, &error);
  g_assert_no_error (error);
  return group;
}

char *
test_store_get (TestStore     *self,
                const char    *kind,
                const StoreId *id,
                const char    *field)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreRecord) record = store_database_load (self->database, STORE_KIND (kind), id,
                                                        &error);

  g_assert_no_error (error);
  return store_record_dup_raw_text (record, field);
}

typedef struct
{
  const StoreKind *kind;
  const StoreId *id;
} Target;

static gboolean
do_delete (StoreTransaction *transaction,
           gpointer          data,
           GError          **error)
{
  Target *target = data;

  return store_transaction_delete (transaction, target->kind, target->id, error);
}

static gboolean
do_restore (StoreTransaction *transaction,
            gpointer          data,
            GError          **error)
{
  Target *target = data;

  return store_transaction_restore (transaction, target->kind, target->id, error);
}

void
test_store_delete (TestStore     *self,
                   const char    *kind,
                   const StoreId *id)
{
  g_autoptr (GError) error = NULL;
  Target target = { STORE_KIND (kind), id };

  self->now++;
  store_database_write (self->database, "Delete", NULL, do_delete, &target, NULL, &error);
  g_assert_no_error (error);
}

void
test_store_restore (TestStore     *self,
                    const char    *kind,
                    const StoreId *id)
{
  g_autoptr (GError) error = NULL;
  Target target = { STORE_KIND (kind), id };

  self->now++;
  store_database_write (self->database, "Restore", NULL, do_restore, &target, NULL, &error);
  g_assert_no_error (error);
}

gboolean
test_store_is_trashed (TestStore     *self,
                       const char    *kind,
                       const StoreId *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreRecord) record = store_database_load (self->database, STORE_KIND (kind), id,
                                                        &error);

  g_assert_no_error (error);
  return store_record_is_trashed (record);
}

/* Every stream of @from goes to @self, in batches of a few records. */
void
test_store_pull (TestStore *self,
                 TestStore *from)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) theirs = store_log_list_streams (from->database, &error);
  g_autoptr (GArray) ours = store_log_list_streams (self->database, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < theirs->len; i++)
    {
      const StoreStream *stream = &g_array_index (theirs, StoreStream, i);
      guint64 after = 0;

      for (guint j = 0; j < ours->len; j++)
        {
          const StoreStream *mine = &g_array_index (ours, StoreStream, j);

          if (store_stream_id_compare (&mine->id, &stream->id) == 0)
            after = mine->own ? stream->received : mine->received;
        }
      while (after < stream->received)
        {
          g_autoptr (GPtrArray) bodies = NULL;
          guint8 hash[STORE_HASH_SIZE];
          StoreIntake intake;

          bodies = store_log_read (from->database, &stream->id, after, 0, 300, &error);
          g_assert_no_error (error);
          store_log_get_hash (from->database, &stream->id, after + bodies->len, hash, &error);
          g_assert_no_error (error);
          store_log_take (self->database, &stream->id, after + 1, bodies, hash, NULL, NULL, NULL,
                          &intake, &error);
          g_assert_no_error (error);
          after += bodies->len;
        }
    }
}

void
test_store_sync (TestStore *a,
                 TestStore *b)
{
  test_store_pull (a, b);
  test_store_pull (b, a);
}

guint
test_store_count_clashes (TestStore *self)
{
  g_autoptr (GError) error = NULL;
  guint count;

  store_clash_count (self->database, &count, &error);
  g_assert_no_error (error);
  return count;
}

/* Everything that two stores with the same records must agree on. */
char *
test_store_describe (TestStore *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) clashes = store_clash_list (self->database, &error);
  GString *text = g_string_new (NULL);
  guint8 digest[STORE_DIGEST_SIZE];

  g_assert_no_error (error);
  store_log_get_digest (self->database, digest, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < sizeof digest; i++)
    g_string_append_printf (text, "%02x", digest[i]);
  g_string_append_c (text, '\n');
  for (guint i = 0; i < clashes->len; i++)
    {
      const StoreClash *clash = g_ptr_array_index (clashes, i);

      g_string_append (text, clash->name);
      for (guint j = 0; j < clash->sides->len; j++)
        {
          const StoreClashSide *side = g_ptr_array_index (clash->sides, j);

          for (guint k = 0; k < side->values->len; k++)
            {
              g_autofree char *value =
                store_value_dup_text (&g_array_index (side->values, StoreValue, k));

              g_string_append_printf (text, " [%s]", value ? value : "-");
            }
        }
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}
