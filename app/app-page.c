/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-page.h"

typedef struct
{
  StoreDatabase *database;
  gboolean narrow;
  guint narrowing;
} AppPagePrivate;

enum
{
  PROP_0,
  PROP_DATABASE,
  PROP_NARROW,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (AppPage, app_page, ADW_TYPE_BIN)

static gboolean
tell_narrow (gpointer data)
{
  AppPage *self = data;
  AppPagePrivate *priv = app_page_get_instance_private (self);

  priv->narrowing = 0;
  if (APP_PAGE_GET_CLASS (self)->narrow_changed)
    APP_PAGE_GET_CLASS (self)->narrow_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);

  return G_SOURCE_REMOVE;
}

/* It becomes known while the window gives its children their places; what they change about
 * themselves in that moment is lost. */
static void
app_page_set_narrow (AppPage  *self,
                     gboolean  narrow)
{
  AppPagePrivate *priv = app_page_get_instance_private (self);

  if (priv->narrow == narrow)
    return;

  priv->narrow = narrow;
  if (!priv->narrowing)
    priv->narrowing = g_idle_add_full (G_PRIORITY_HIGH_IDLE, tell_narrow, self, NULL);
}

static void
app_page_get_property (GObject    *object,
                       guint       prop_id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  AppPagePrivate *priv = app_page_get_instance_private (APP_PAGE (object));

  switch (prop_id)
    {
    case PROP_DATABASE:
      g_value_set_object (value, priv->database);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, priv->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
app_page_set_property (GObject      *object,
                       guint         prop_id,
                       const GValue *value,
                       GParamSpec   *pspec)
{
  AppPage *self = APP_PAGE (object);

  switch (prop_id)
    {
    case PROP_DATABASE:
      app_page_set_database (self, g_value_get_object (value));
      break;
    case PROP_NARROW:
      app_page_set_narrow (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
app_page_dispose (GObject *object)
{
  AppPagePrivate *priv = app_page_get_instance_private (APP_PAGE (object));

  g_clear_handle_id (&priv->narrowing, g_source_remove);
  g_clear_object (&priv->database);

  G_OBJECT_CLASS (app_page_parent_class)->dispose (object);
}

static void
app_page_class_init (AppPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = app_page_get_property;
  object_class->set_property = app_page_set_property;
  object_class->dispose = app_page_dispose;

  properties[PROP_DATABASE] =
    g_param_spec_object ("database", NULL, NULL, STORE_TYPE_DATABASE,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_NARROW] =
    g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
app_page_init (AppPage *self)
{
}

/**
 * app_page_get_database:
 *
 * Returns: (transfer none) (nullable): the store that is shown
 */
StoreDatabase *
app_page_get_database (AppPage *self)
{
  AppPagePrivate *priv = app_page_get_instance_private (self);

  g_return_val_if_fail (APP_IS_PAGE (self), NULL);

  return priv->database;
}

void
app_page_set_database (AppPage       *self,
                       StoreDatabase *database)
{
  AppPagePrivate *priv = app_page_get_instance_private (self);

  g_return_if_fail (APP_IS_PAGE (self));

  if (!g_set_object (&priv->database, database))
    return;

  if (APP_PAGE_GET_CLASS (self)->database_changed)
    APP_PAGE_GET_CLASS (self)->database_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DATABASE]);
}

gboolean
app_page_get_narrow (AppPage *self)
{
  AppPagePrivate *priv = app_page_get_instance_private (self);

  g_return_val_if_fail (APP_IS_PAGE (self), FALSE);

  return priv->narrow;
}

gboolean
app_page_can_search (AppPage *self)
{
  g_return_val_if_fail (APP_IS_PAGE (self), FALSE);

  return APP_PAGE_GET_CLASS (self)->start_search != NULL;
}

void
app_page_start_search (AppPage *self)
{
  g_return_if_fail (APP_IS_PAGE (self));

  if (APP_PAGE_GET_CLASS (self)->start_search)
    APP_PAGE_GET_CLASS (self)->start_search (self);
}
