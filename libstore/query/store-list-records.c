/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which rows live and how they get their records. A row lives while somebody holds it, and some
 * longer (store-row-cache.c). What is missing is asked for by the page, one request at a time, the
 * place looked at last first; a page none of whose rows lives any more is not asked for.
 *
 * Stale news cannot stay: a page that was asked for under another kind is known by its generation,
 * and what was asked for before a change that has been told since is asked for once more.
 */
#include "config.h"

#include "store-list-records.h"

#include "store-list-page.h"
#include "store-row-cache.h"
#include "store-row-set.h"

/* How many pages one request asks for at most. */
#define PAGES_AT_ONCE 2

struct _StoreListRecords
{
  gatomicrefcount references;
  StoreDatabase *database;
  StoreListOrder order;
  const StoreKind *kind;
  guint page;

  StoreRowCache *cache;
  GArray *wanted_pages;
  GHashTable *stale;
  guint generation;
  gboolean asking;
  gboolean changed_since;
  guint ask_id;
};

/* What a request for a page remembers. */
typedef struct
{
  StoreListRecords *records;
  guint generation;
} Ask;

static void ask (StoreListRecords *self);

static void
unref (StoreListRecords *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_array_unref (self->wanted_pages);
  g_hash_table_unref (self->stale);
  store_row_cache_free (self->cache);
  g_object_unref (self->database);
  g_free (self);
}

/**
 * store_list_records_new:
 * @database: a store
 * @order: how to ask the list
 * @page: rows loaded at once
 * @kept: rows kept that nobody holds
 *
 * Returns: (transfer full): records of no kind yet
 */
StoreListRecords *
store_list_records_new (StoreDatabase        *database,
                        const StoreListOrder *order,
                        guint                 page,
                        guint                 kept)
{
  StoreListRecords *self = g_new0 (StoreListRecords, 1);

  g_atomic_ref_count_init (&self->references);
  self->database = g_object_ref (database);
  self->order = *order;
  self->page = page;
  self->cache = store_row_cache_new (kept);
  self->wanted_pages = g_array_new (FALSE, FALSE, sizeof (guint));
  self->stale = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return self;
}

/**
 * store_list_records_free:
 * @self: (nullable) (transfer full): records
 *
 * The list is not asked any more; what is under way ends by itself.
 */
void
store_list_records_free (StoreListRecords *self)
{
  if (self == NULL)
    return;
  g_clear_handle_id (&self->ask_id, g_source_remove);
  g_array_set_size (self->wanted_pages, 0);
  g_hash_table_remove_all (self->stale);
  self->generation++;
  self->kind = NULL;
  unref (self);
}

/**
 * store_list_records_set_kind:
 * @self: records
 * @kind: what is listed from now on
 *
 * Forgets all rows where it is another kind: their numbers mean something else.
 */
void
store_list_records_set_kind (StoreListRecords *self,
                             const StoreKind  *kind)
{
  if (self->kind == kind)
    return;
  self->kind = kind;
  self->generation++;
  store_row_cache_clear (self->cache);
  g_array_set_size (self->wanted_pages, 0);
  g_hash_table_remove_all (self->stale);
}

static gboolean
on_ask (gpointer data)
{
  StoreListRecords *self = data;

  self->ask_id = 0;
  ask (self);
  return G_SOURCE_REMOVE;
}

static void
queue_ask (StoreListRecords *self)
{
  if (self->ask_id == 0 && !self->asking)
    self->ask_id = g_idle_add_full (G_PRIORITY_DEFAULT, on_ask, self, NULL);
}

static void
want_page (StoreListRecords *self,
           guint             page)
{
  for (guint i = self->wanted_pages->len; i > 0; i--)
    if (g_array_index (self->wanted_pages, guint, i - 1) == page)
      return;
  g_array_append_val (self->wanted_pages, page);
  queue_ask (self);
}

/**
 * store_list_records_get:
 * @self: records
 * @position: a position in the list
 *
 * Returns: (transfer none): the row there; its record is asked for where it is missing
 */
StoreRow *
store_list_records_get (StoreListRecords *self,
                        guint             position)
{
  gint64 number = self->order.get_number (self->order.data, position);
  StoreRow *row = store_row_cache_touch (self->cache, number);

  if (store_row_get_record (row) == NULL)
    want_page (self, position / self->page);
  return row;
}

/* The rows of a page whose record is missing, if one of them lives. */
static void
collect_page (StoreListRecords *self,
              guint             page,
              GArray           *numbers)
{
  guint first = page * self->page;
  guint last = MIN (first + self->page, self->order.count (self->order.data));
  guint before = numbers->len;
  gboolean any = FALSE;

  for (guint i = first; i < last; i++)
    {
      gint64 number = self->order.get_number (self->order.data, i);
      StoreRow *row = store_row_cache_find (self->cache, number);

      if (row && store_row_get_record (row))
        continue;
      any = any || row;
      g_array_append_val (numbers, number);
    }
  if (!any)
    g_array_set_size (numbers, before);
}

static void
collect_stale (StoreListRecords *self,
               GArray           *numbers)
{
  GHashTableIter iter;
  gint64 *number;

  g_hash_table_iter_init (&iter, self->stale);
  while (numbers->len < self->page && g_hash_table_iter_next (&iter, (gpointer *) &number, NULL))
    {
      if (store_row_cache_find (self->cache, *number))
        g_array_append_vals (numbers, number, 1);
      g_hash_table_iter_remove (&iter);
    }
}

static void
set_stale (StoreListRecords *self,
           gint64            number)
{
  g_hash_table_add (self->stale, g_memdup2 (&number, sizeof number));
}

static void
take_record (StoreListRecords *self,
             StoreRecord      *record)
{
  gint64 number = store_record_get_row (record);
  StoreRow *row = store_row_cache_find (self->cache, number);

  if (row == NULL)
    row = store_row_cache_touch (self->cache, number);
  /* It may have been read before the change that has been told since. */
  if (self->changed_since)
    set_stale (self, number);
  store_row_set_record (row, record);
}

static void
on_page (GObject      *database,
         GAsyncResult *result,
         gpointer      data)
{
  g_autofree Ask *request = data;
  StoreListRecords *self = request->records;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records =
    store_list_page_load_finish (STORE_DATABASE (database), result, &error);

  self->asking = FALSE;
  if (records == NULL)
    g_debug ("list: %s", error ? error->message : "the store was closed");
  /* Whoever listens to a row may put another query in place, or drop the list. */
  for (guint i = 0; records && i < records->len && request->generation == self->generation; i++)
    take_record (self, records->pdata[i]);
  if (self->wanted_pages->len > 0 || g_hash_table_size (self->stale) > 0)
    queue_ask (self);
  unref (self);
}

static void
ask (StoreListRecords *self)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  Ask *request;

  if (self->asking)
    return;
  collect_stale (self, numbers);
  while (self->wanted_pages->len > 0 && numbers->len <= (PAGES_AT_ONCE - 1) * self->page)
    {
      guint last = self->wanted_pages->len - 1;

      collect_page (self, g_array_index (self->wanted_pages, guint, last), numbers);
      g_array_set_size (self->wanted_pages, last);
    }
  if (numbers->len == 0)
    return;

  request = g_new0 (Ask, 1);
  request->records = self;
  request->generation = self->generation;
  g_atomic_ref_count_inc (&self->references);
  self->asking = TRUE;
  self->changed_since = FALSE;
  store_list_page_load_async (self->database, self->kind, numbers, self->page, on_page, request);
}

static void
add_missing (gpointer row,
             gpointer missing)
{
  if (store_row_get_record (row) == NULL)
    store_row_set_add (missing, store_row_get_number (row));
}

/**
 * store_list_records_order_changed:
 * @self: records
 *
 * Positions have moved: whoever waits for a record is asked for where it stands now.
 */
void
store_list_records_order_changed (StoreListRecords *self)
{
  g_autoptr (StoreRowSet) missing = store_row_set_new ();
  guint n_rows = self->order.count (self->order.data);

  g_array_set_size (self->wanted_pages, 0);
  store_row_cache_foreach (self->cache, add_missing, missing);
  if (store_row_set_get_size (missing) == 0)
    return;
  for (guint i = 0; i < n_rows; i++)
    if (store_row_set_contains (missing, self->order.get_number (self->order.data, i)))
      want_page (self, i / self->page);
}

typedef struct
{
  StoreListRecords *records;
  StoreChangeSet *changes;
} Marking;

static void
mark_stale (gpointer row,
            gpointer data)
{
  Marking *marking = data;
  StoreRecord *record = store_row_get_record (row);

  if (record && store_change_set_contains (marking->changes, store_record_get_kind (record),
                                           store_record_get_id (record)))
    set_stale (marking->records, store_row_get_number (row));
}

/**
 * store_list_records_take_changes:
 * @self: records
 * @changes: what was committed, and touches the kind
 */
void
store_list_records_take_changes (StoreListRecords *self,
                                 StoreChangeSet   *changes)
{
  Marking marking = { self, changes };

  store_row_cache_foreach (self->cache, mark_stale, &marking);
  self->changed_since = TRUE;
  if (g_hash_table_size (self->stale) > 0)
    queue_ask (self);
}

/**
 * store_list_records_is_settled:
 * @self: records
 *
 * Returns: whether nothing is asked for, now or soon
 */
gboolean
store_list_records_is_settled (StoreListRecords *self)
{
  return !self->asking && self->ask_id == 0;
}

/**
 * store_list_records_count_living:
 * @self: records
 *
 * Returns: how many rows are in memory
 */
guint
store_list_records_count_living (StoreListRecords *self)
{
  return store_row_cache_get_size (self->cache);
}
