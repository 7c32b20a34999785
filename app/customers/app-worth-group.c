/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a customer is worth, with the reason; not there for who never ordered. */
#include "config.h"

#include "app-worth-group.h"

#include "app-nearest.h"

#include <glib/gi18n-lib.h>

struct _AppWorthGroup
{
  AdwPreferencesGroup parent_instance;

  GtkWidget *value_row;
  GtkWidget *group_row;
  GtkWidget *past_row;
  GtkWidget *nearest_row;

  AppWorth *worth;
  AppNearest *nearest;
  StoreId party;
  GCancellable *looking;
};

G_DEFINE_FINAL_TYPE (AppWorthGroup, app_worth_group, ADW_TYPE_PREFERENCES_GROUP)

static void
show_row (GtkWidget  *row,
          const char *title,
          const char *subtitle)
{
  gtk_widget_set_visible (row, title != NULL);
  if (!title)
    return;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
}

static void
show_figures (AppWorthGroup         *self,
              const AppWorthFigures *figures)
{
  g_autofree char *value = NULL;
  g_autofree char *description = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), figures->past != NULL);
  if (!figures->past)
    return;

  /* Translators: %s is an amount of money. */
  value = figures->value ? g_strdup_printf (_("%s within the next year"), figures->value) : NULL;
  /* Translators: %s is a date. */
  description = g_strdup_printf (_("From the orders up to %s"), figures->until);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), description);
  show_row (self->value_row, value ? value : _("Too few orders to look ahead"), figures->reason);
  show_row (self->past_row, figures->past, _("So far"));
  show_row (self->group_row, figures->group, _("Group of alike customers"));
}

static void
found_nearest (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (AppWorthGroup) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *lines = app_nearest_look_finish (APP_NEAREST (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->looking);
  if (error)
    g_debug ("Nobody like this customer can be told: %s", error->message);
  show_row (self->nearest_row,
            lines ? _("Who stood like this a quarter ago, and what came then") : NULL, lines);
}

static void
looked (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autoptr (AppWorthGroup) self = data;
  g_autoptr (AppWorthFigures) figures = NULL;
  g_autoptr (GError) error = NULL;

  figures = app_worth_look_finish (APP_WORTH (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (figures)
    {
      show_figures (self, figures);
      app_nearest_look_async (self->nearest, &self->party, self->looking, found_nearest,
                              g_object_ref (self));
    }
  else
    {
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      g_debug ("A customer's worth cannot be told: %s", error->message);
    }
}

static void
stop (AppWorthGroup *self)
{
  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
}

static void
app_worth_group_dispose (GObject *object)
{
  AppWorthGroup *self = APP_WORTH_GROUP (object);

  stop (self);
  g_clear_object (&self->worth);
  g_clear_object (&self->nearest);

  G_OBJECT_CLASS (app_worth_group_parent_class)->dispose (object);
}

static void
app_worth_group_class_init (AppWorthGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = app_worth_group_dispose;
}

static GtkWidget *
add_row (AppWorthGroup *self)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);

  return row;
}

static void
app_worth_group_init (AppWorthGroup *self)
{
  self->value_row = add_row (self);
  self->past_row = add_row (self);
  self->group_row = add_row (self);
  self->nearest_row = add_row (self);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self->nearest_row), 0);
}

/**
 * app_worth_group_set_database:
 * @database: (nullable): whose orders count
 */
void
app_worth_group_set_database (AppWorthGroup *self,
                              StoreDatabase *database)
{
  g_return_if_fail (APP_IS_WORTH_GROUP (self));

  stop (self);
  g_clear_object (&self->worth);
  g_clear_object (&self->nearest);
  if (!database)
    return;

  self->worth = app_worth_new (database);
  self->nearest = app_nearest_new (database);
}

/**
 * app_worth_group_show:
 * @party: a customer; the group shows itself when the figures have come
 */
void
app_worth_group_show (AppWorthGroup *self,
                      const StoreId *party)
{
  g_return_if_fail (APP_IS_WORTH_GROUP (self));

  stop (self);
  if (!self->worth)
    return;

  self->party = *party;
  gtk_widget_set_visible (self->nearest_row, FALSE);
  self->looking = g_cancellable_new ();
  app_worth_look_async (self->worth, party, self->looking, looked, g_object_ref (self));
}
