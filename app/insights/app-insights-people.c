/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The customers behind a mark as a list model: the row numbers are kept, an item is made when it
 * is looked at. */
#include "config.h"

#include "app-insights-people.h"

struct _AppInsightsPeople
{
  GObject parent_instance;

  AppInsightsResult *result;
  GArray *rows;
};

static GType
get_item_type (GListModel *model)
{
  return APP_TYPE_INSIGHTS_PERSON;
}

static guint
get_n_items (GListModel *model)
{
  return APP_INSIGHTS_PEOPLE (model)->rows->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  AppInsightsPeople *self = APP_INSIGHTS_PEOPLE (model);

  if (position >= self->rows->len)
    return NULL;
  return app_insights_person_new (self->result, g_array_index (self->rows, guint32, position));
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (AppInsightsPeople, app_insights_people, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
app_insights_people_finalize (GObject *object)
{
  AppInsightsPeople *self = APP_INSIGHTS_PEOPLE (object);

  g_clear_object (&self->result);
  g_clear_pointer (&self->rows, g_array_unref);
  G_OBJECT_CLASS (app_insights_people_parent_class)->finalize (object);
}

static void
app_insights_people_class_init (AppInsightsPeopleClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = app_insights_people_finalize;
}

static void
app_insights_people_init (AppInsightsPeople *self)
{
}

/**
 * app_insights_people_new:
 * @rows: (element-type guint32): which customers, in which order
 *
 * Returns: (transfer full): a list of #AppInsightsPerson.
 */
AppInsightsPeople *
app_insights_people_new (AppInsightsResult *result,
                         GArray            *rows)
{
  g_return_val_if_fail (APP_IS_INSIGHTS_RESULT (result) && rows != NULL, NULL);

  AppInsightsPeople *self = g_object_new (APP_TYPE_INSIGHTS_PEOPLE, NULL);

  self->result = g_object_ref (result);
  self->rows = g_array_ref (rows);
  return self;
}
