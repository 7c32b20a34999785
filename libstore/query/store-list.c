/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A live list over a query.
 *
 * The order is an array of row numbers, read by store-list-load.c; the records of the rows that are
 * looked at are the matter of store-list-records.c. When the store changes, the order is read again
 * only if a field that decides on it was touched. While edits are told, the list is the new order
 * up to a seam and the old one behind it, so that each told state is what a caller sees.
 */
#include "config.h"

#include "store-list-private.h"

#include "store-list-diff.h"
#include "store-list-load.h"
#include "store-list-page.h"
#include "store-list-records.h"
#include "store-query-private.h"

/* More changed records than these are not told apart. */
#define MOST_CHANGED 500

/* A list that takes long to read is read again after a rest of so many times as long. */
#define REST 2

#define ASK_AGAIN_MS 250

struct _StoreList
{
  GObject parent_instance;

  StoreDatabase *database;
  StoreQuery *query;
  guint64 deciding_fields;
  guint page;

  GArray *rows;
  GArray *next_rows;
  guint seam;
  guint next_seam;

  StoreListRecords *records;

  StoreListLoad *load;
  gboolean fresh;
  GArray *changed;
  gboolean read_again;
  gint64 load_began;
  gint64 rest_until;
  guint rest_id;
  GError *error;
};

enum
{
  PROP_DATABASE = 1,
  PROP_QUERY,
  PROP_LOADING,
  PROP_N_ITEMS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void read_again (StoreList *self);

static guint
count (gpointer data)
{
  StoreList *self = data;

  return self->seam + (self->rows->len - self->next_seam);
}

/* Before the seam the new order, behind it the old one. */
static gint64
get_number (gpointer data,
            guint    position)
{
  StoreList *self = data;

  if (position < self->seam)
    return g_array_index (self->next_rows, gint64, position);
  return g_array_index (self->rows, gint64, position - self->seam + self->next_seam);
}

static GType
store_list_get_item_type (GListModel *model)
{
  return STORE_TYPE_ROW;
}

static guint
store_list_get_n_items (GListModel *model)
{
  return count (model);
}

static gpointer
store_list_get_item (GListModel *model,
                     guint       position)
{
  StoreList *self = STORE_LIST (model);

  if (position >= count (self))
    return NULL;
  return g_object_ref (store_list_records_get (self->records, position));
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = store_list_get_item_type;
  iface->get_n_items = store_list_get_n_items;
  iface->get_item = store_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (StoreList, store_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
tell (StoreList *self,
      guint      position,
      guint      removed,
      guint      added)
{
  if (removed == 0 && added == 0)
    return;
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
  if (removed != added)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
}

static void
take_first_piece (StoreList *self,
                  GArray    *rows)
{
  guint removed = self->rows->len;

  g_array_unref (self->rows);
  self->rows = g_array_ref (rows);
  self->fresh = FALSE;
  tell (self, 0, removed, self->rows->len);
  store_list_records_order_changed (self->records);
}

static void
take_piece (StoreList *self,
            GArray    *rows)
{
  guint position = self->rows->len;

  g_array_append_vals (self->rows, rows->data, rows->len);
  tell (self, position, 0, rows->len);
}

static void
take_edits (StoreList *self,
            GArray    *rows,
            GArray    *edits)
{
  self->next_rows = g_array_ref (rows);
  for (guint i = 0; i < edits->len; i++)
    {
      const StoreListEdit *edit = &g_array_index (edits, StoreListEdit, i);

      self->next_seam += edit->position - self->seam + edit->removed;
      self->seam = edit->position + edit->added;
      tell (self, edit->position, edit->removed, edit->added);
      /* Whoever listens has put a list of another kind in place. */
      if (self->next_rows != rows)
        return;
    }
  g_array_unref (self->rows);
  self->rows = g_steal_pointer (&self->next_rows);
  self->seam = self->next_seam = 0;
  if (edits->len > 0)
    store_list_records_order_changed (self->records);
}

static gboolean
on_rested (gpointer data)
{
  StoreList *self = data;

  self->rest_id = 0;
  read_again (self);
  return G_SOURCE_REMOVE;
}

/* Now, when the reading at hand is over, or after a rest. */
static void
queue_reading (StoreList *self,
               gint64     not_before)
{
  gint64 now = g_get_monotonic_time ();

  self->read_again = TRUE;
  if (self->load || self->rest_id != 0)
    return;
  if (now >= not_before)
    read_again (self);
  else
    self->rest_id = g_timeout_add ((guint) ((not_before - now) / 1000) + 1, on_rested, self);
}

static void
end_load (StoreList           *self,
          const StoreListNews *news)
{
  gint64 now = g_get_monotonic_time ();

  g_clear_pointer (&self->load, store_list_load_cancel);
  g_clear_error (&self->error);
  if (news->error)
    {
      g_debug ("list: %s", news->error->message);
      self->error = g_error_copy (news->error);
    }
  self->rest_until = now + (now - self->load_began) * REST;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
  if (!news->complete)
    queue_reading (self, now + ASK_AGAIN_MS * 1000);
  else if (self->read_again)
    queue_reading (self, self->rest_until);
}

static void
on_news (const StoreListNews *news,
         gpointer             data)
{
  StoreList *self = data;

  g_object_ref (self);
  if (news->edits)
    take_edits (self, news->rows, news->edits);
  else if (news->rows && self->fresh)
    take_first_piece (self, news->rows);
  else if (news->rows)
    take_piece (self, news->rows);
  /* Whoever listens may have put another query in place. */
  if (news->last && self->load == news->load)
    end_load (self, news);
  g_object_unref (self);
}

static void
start_load (StoreList *self,
            gboolean   fresh)
{
  g_autoptr (GArray) changed = g_steal_pointer (&self->changed);

  g_clear_pointer (&self->load, store_list_load_cancel);
  g_clear_handle_id (&self->rest_id, g_source_remove);
  self->changed = g_array_new (FALSE, FALSE, sizeof (StoreId));
  self->read_again = FALSE;
  self->fresh = fresh;
  self->load_began = g_get_monotonic_time ();
  self->load = store_list_load_start (self->database, self->query, fresh ? NULL : self->rows,
                                      changed, self->page * 2, on_news, self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

/* A new list of which nothing has been told yet is begun again as a new one. */
static void
read_again (StoreList *self)
{
  start_load (self, self->fresh);
}

/* What the store's changes mean to the list. */
typedef struct
{
  StoreList *list;
  const StoreKind *kind;
  gboolean decides;
} Effect;

static void
look_at_change (const StoreKind *kind,
                const StoreId   *id,
                guint64          fields,
                gpointer         data)
{
  Effect *effect = data;
  StoreList *self = effect->list;

  if (kind != effect->kind || (fields != G_MAXUINT64 && (fields & self->deciding_fields) == 0))
    return;
  effect->decides = TRUE;
  if (self->changed->len < MOST_CHANGED)
    g_array_append_vals (self->changed, id, 1);
}

/* A record goes into the trash, and comes back, along with the one that it belongs to. */
static gboolean
touches_parent (const StoreKind *kind,
                StoreChangeSet  *changes)
{
  for (guint i = 0; i < kind->n_fields; i++)
    {
      const StoreField *field = &kind->fields[i];

      if (field->flags & STORE_FIELD_PARENT && field->refers &&
          store_change_set_touches_kind (changes, store_catalog_find (field->refers)))
        return TRUE;
    }
  return FALSE;
}

static void
on_changed (StoreDatabase  *database,
            StoreChangeSet *changes,
            StoreList      *self)
{
  Effect effect = { self, store_query_get_kind (self->query), FALSE };

  effect.decides =
    store_query_looks_beyond (self->query) || touches_parent (effect.kind, changes);
  if (store_change_set_touches_kind (changes, effect.kind))
    {
      store_change_set_foreach (changes, look_at_change, &effect);
      store_list_records_take_changes (self->records, changes);
    }
  if (effect.decides)
    queue_reading (self, self->rest_until);
}

static void
store_list_get_property (GObject    *object,
                         guint       id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  StoreList *self = STORE_LIST (object);

  switch (id)
    {
    case PROP_DATABASE:
      g_value_set_object (value, self->database);
      break;
    case PROP_QUERY:
      g_value_set_object (value, self->query);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, store_list_is_loading (self));
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, count (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
store_list_set_property (GObject      *object,
                         guint         id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  if (id == PROP_QUERY)
    store_list_set_query (STORE_LIST (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
store_list_dispose (GObject *object)
{
  StoreList *self = STORE_LIST (object);

  g_clear_pointer (&self->load, store_list_load_cancel);
  g_clear_handle_id (&self->rest_id, g_source_remove);
  if (self->database)
    g_signal_handlers_disconnect_by_data (self->database, self);
  g_clear_object (&self->database);
  g_clear_object (&self->query);

  G_OBJECT_CLASS (store_list_parent_class)->dispose (object);
}

static void
store_list_finalize (GObject *object)
{
  StoreList *self = STORE_LIST (object);

  store_list_records_free (self->records);
  g_array_unref (self->rows);
  g_array_unref (self->changed);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (store_list_parent_class)->finalize (object);
}

static void
store_list_class_init (StoreListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = store_list_get_property;
  object_class->set_property = store_list_set_property;
  object_class->dispose = store_list_dispose;
  object_class->finalize = store_list_finalize;

  properties[PROP_DATABASE] =
    g_param_spec_object ("database", NULL, NULL, STORE_TYPE_DATABASE, readable);
  properties[PROP_QUERY] =
    g_param_spec_object ("query", NULL, NULL, STORE_TYPE_QUERY, readable | G_PARAM_WRITABLE);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, readable);
  properties[PROP_N_ITEMS] =
    g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
store_list_init (StoreList *self)
{
  self->rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->changed = g_array_new (FALSE, FALSE, sizeof (StoreId));
}

/**
 * store_list_new_sized:
 * @database: a store
 * @query: what is listed
 * @page: rows loaded at once
 * @kept: rows kept that nobody holds
 *
 * Returns: (transfer full): the list, being read
 */
StoreList *
store_list_new_sized (StoreDatabase *database,
                      StoreQuery    *query,
                      guint          page,
                      guint          kept)
{
  StoreList *self = g_object_new (STORE_TYPE_LIST, NULL);
  StoreListOrder order = { count, get_number, self };

  self->database = g_object_ref (database);
  self->page = page;
  self->records = store_list_records_new (database, &order, page, kept);
  g_signal_connect (database, "changed", G_CALLBACK (on_changed), self);
  store_list_set_query (self, query);
  return self;
}

/**
 * store_list_new:
 * @database: a store
 * @query: (transfer none): what is listed; not to be changed afterwards
 *
 * Returns: (transfer full): the list, empty until the first rows are read
 */
StoreList *
store_list_new (StoreDatabase *database,
                StoreQuery    *query)
{
  g_return_val_if_fail (STORE_IS_DATABASE (database) && STORE_IS_QUERY (query), NULL);

  return store_list_new_sized (database, query, STORE_LIST_PAGE, STORE_LIST_KEPT);
}

/* Numbers of rows mean something else from now on. */
static void
forget_order (StoreList *self)
{
  guint removed = count (self);

  g_array_unref (self->rows);
  self->rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_clear_pointer (&self->next_rows, g_array_unref);
  self->seam = self->next_seam = 0;
  store_list_records_set_kind (self->records, store_query_get_kind (self->query));
  tell (self, 0, removed, 0);
}

/**
 * store_list_set_query:
 * @self: a list
 * @query: (transfer none): what is listed from now on; not to be changed afterwards
 *
 * The rows stay as they are until the first of the new ones are read.
 */
void
store_list_set_query (StoreList  *self,
                      StoreQuery *query)
{
  gboolean other_kind;

  g_return_if_fail (STORE_IS_LIST (self) && STORE_IS_QUERY (query));

  if (self->query == query)
    return;
  other_kind =
    self->query && store_query_get_kind (self->query) != store_query_get_kind (query);
  g_set_object (&self->query, query);
  self->deciding_fields = store_query_get_fields (query);
  start_load (self, TRUE);
  if (other_kind)
    forget_order (self);
  store_list_records_set_kind (self->records, store_query_get_kind (query));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_QUERY]);
}

/**
 * store_list_get_query:
 * @self: a list
 *
 * Returns: (transfer none): what is listed
 */
StoreQuery *
store_list_get_query (StoreList *self)
{
  g_return_val_if_fail (STORE_IS_LIST (self), NULL);

  return self->query;
}

/**
 * store_list_is_loading:
 * @self: a list
 *
 * Returns: whether row numbers are being read
 */
gboolean
store_list_is_loading (StoreList *self)
{
  g_return_val_if_fail (STORE_IS_LIST (self), FALSE);

  return self->load != NULL;
}

/**
 * store_list_is_settled:
 * @self: a list
 *
 * Returns: whether nothing is being read or asked for, now or soon. For tests.
 */
gboolean
store_list_is_settled (StoreList *self)
{
  return !self->load && !self->rest_id && store_list_records_is_settled (self->records);
}

/**
 * store_list_count_living:
 * @self: a list
 *
 * Returns: how many rows are in memory. For tests.
 */
guint
store_list_count_living (StoreList *self)
{
  return store_list_records_count_living (self->records);
}

/**
 * store_list_get_error:
 * @self: a list
 *
 * Returns: (transfer none) (nullable): why the list could not be read when it was last tried
 */
const GError *
store_list_get_error (StoreList *self)
{
  g_return_val_if_fail (STORE_IS_LIST (self), NULL);

  return self->error;
}

/**
 * store_list_find:
 * @self: a list
 * @id: a record's id
 *
 * Asks the store for one number, which takes a fraction of a millisecond, unless both its readers
 * are busy.
 *
 * Returns: the record's position, -1 where it is not in the list
 */
gint
store_list_find (StoreList     *self,
                 const StoreId *id)
{
  gint64 number;

  g_return_val_if_fail (STORE_IS_LIST (self) && id != NULL, -1);

  if (!store_list_page_find_number (self->database, store_query_get_kind (self->query), id, &number,
                                    NULL))
    return -1;
  for (guint i = 0; i < count (self); i++)
    if (get_number (self, i) == number)
      return (gint) i;
  return -1;
}
