/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-insights-person.h"

struct _AppInsightsPerson
{
  GObject parent_instance;

  AppInsightsResult *result;
  guint row;
};

G_DEFINE_FINAL_TYPE (AppInsightsPerson, app_insights_person, G_TYPE_OBJECT)

static void
app_insights_person_dispose (GObject *object)
{
  g_clear_object (&APP_INSIGHTS_PERSON (object)->result);
  G_OBJECT_CLASS (app_insights_person_parent_class)->dispose (object);
}

static void
app_insights_person_class_init (AppInsightsPersonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = app_insights_person_dispose;
}

static void
app_insights_person_init (AppInsightsPerson *self)
{
}

/**
 * app_insights_person_new:
 * @row: of the result
 *
 * Returns: (transfer full): one customer of a result, as an item of a list.
 */
AppInsightsPerson *
app_insights_person_new (AppInsightsResult *result,
                         guint              row)
{
  g_return_val_if_fail (APP_IS_INSIGHTS_RESULT (result), NULL);

  AppInsightsPerson *self = g_object_new (APP_TYPE_INSIGHTS_PERSON, NULL);

  self->result = g_object_ref (result);
  self->row = row;
  return self;
}

gboolean
app_insights_person_get_id (AppInsightsPerson *self,
                            StoreId           *id)
{
  g_return_val_if_fail (APP_IS_INSIGHTS_PERSON (self), FALSE);

  return app_insights_result_get_id (self->result, self->row, id);
}

const char *
app_insights_person_get_name (AppInsightsPerson *self)
{
  g_return_val_if_fail (APP_IS_INSIGHTS_PERSON (self), NULL);

  return app_insights_result_get_name (self->result, self->row);
}

char *
app_insights_person_dup_facts (AppInsightsPerson *self)
{
  g_return_val_if_fail (APP_IS_INSIGHTS_PERSON (self), NULL);

  return app_insights_result_dup_facts (self->result, self->row);
}
