/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-row.h"

struct _StoreRow
{
  GObject parent_instance;

  gint64 number;
  StoreRecord *record;
};

G_DEFINE_FINAL_TYPE (StoreRow, store_row, G_TYPE_OBJECT)

enum
{
  PROP_RECORD = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
store_row_get_property (GObject    *object,
                        guint       id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  StoreRow *self = STORE_ROW (object);

  if (id == PROP_RECORD)
    g_value_set_object (value, self->record);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
store_row_dispose (GObject *object)
{
  g_clear_object (&STORE_ROW (object)->record);

  G_OBJECT_CLASS (store_row_parent_class)->dispose (object);
}

static void
store_row_class_init (StoreRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = store_row_get_property;
  object_class->dispose = store_row_dispose;

  properties[PROP_RECORD] =
    g_param_spec_object ("record", NULL, NULL, STORE_TYPE_RECORD,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
store_row_init (StoreRow *self)
{
}

/**
 * store_row_new:
 * @number: the local number of a record
 *
 * Returns: (transfer full): a row that has not been loaded
 */
StoreRow *
store_row_new (gint64 number)
{
  StoreRow *self = g_object_new (STORE_TYPE_ROW, NULL);

  self->number = number;
  return self;
}

/**
 * store_row_get_number:
 * @self: a row
 *
 * Returns: the local number of its record. Main thread.
 */
gint64
store_row_get_number (StoreRow *self)
{
  g_return_val_if_fail (STORE_IS_ROW (self), 0);

  return self->number;
}

/**
 * store_row_get_record:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the record, %NULL while it is being loaded. Main thread.
 */
StoreRecord *
store_row_get_record (StoreRow *self)
{
  g_return_val_if_fail (STORE_IS_ROW (self), NULL);

  return self->record;
}

/**
 * store_row_set_record:
 * @self: a row
 * @record: (transfer none): what was loaded
 *
 * For the list. Main thread.
 */
void
store_row_set_record (StoreRow    *self,
                      StoreRecord *record)
{
  g_return_if_fail (STORE_IS_ROW (self) && STORE_IS_RECORD (record));

  if (g_set_object (&self->record, record))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECORD]);
}
