/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A scene in a window: the pointer and the arrow keys walk over its marks, a click or Enter opens
 * what is behind one. The drawing is kept as a render node; moving over it draws the frame and the
 * text of one mark only.
 */
#include "config.h"

#include "app-chart.h"

#define NO_MARK G_MAXUINT
#define EMPTY_HEIGHT 120
#define USUAL_HEIGHT 280
#define LEAST_WIDTH 200
#define USUAL_WIDTH 480

struct _AppChart
{
  GtkWidget parent_instance;

  AppChartScene *scene;
  AppChartPlot plot;
  GskRenderNode *drawing;
  guint hovered;
  guint focused;
};

enum
{
  MARK_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AppChart, app_chart, GTK_TYPE_WIDGET)

static void
invalidate (AppChart *self)
{
  g_clear_pointer (&self->drawing, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
lay_out (AppChart *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  app_chart_palette_init (&self->plot.palette, &color);
  self->plot.context = gtk_widget_get_pango_context (widget);
  self->plot.scale = gtk_widget_get_scale_factor (widget);
  app_chart_scene_lay_out (self->scene, &self->plot, gtk_widget_get_width (widget),
                           gtk_widget_get_height (widget));
}

static void
ensure_drawing (AppChart *self)
{
  if (self->drawing)
    return;

  GtkSnapshot *snapshot = gtk_snapshot_new ();

  lay_out (self);
  app_chart_scene_snapshot (self->scene, &self->plot, snapshot,
                            gtk_widget_get_width (GTK_WIDGET (self)));
  self->drawing = gtk_snapshot_free_to_node (snapshot);
}

static void
app_chart_snapshot (GtkWidget   *widget,
                    GtkSnapshot *snapshot)
{
  AppChart *self = APP_CHART (widget);

  if (!self->scene)
    return;

  ensure_drawing (self);
  if (self->drawing)
    gtk_snapshot_append_node (snapshot, self->drawing);

  guint position = self->hovered != NO_MARK ? self->hovered : self->focused;

  if (position != NO_MARK && (self->hovered != NO_MARK || gtk_widget_has_visible_focus (widget)))
    app_chart_scene_snapshot_mark (self->scene, &self->plot, snapshot,
                                   app_chart_scene_get_mark (self->scene, position),
                                   gtk_widget_get_width (widget), gtk_widget_get_height (widget));
}

static void
app_chart_measure (GtkWidget      *widget,
                   GtkOrientation  orientation,
                   int             for_size,
                   int            *minimum,
                   int            *natural,
                   int            *minimum_baseline,
                   int            *natural_baseline)
{
  AppChart *self = APP_CHART (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = LEAST_WIDTH;
      *natural = USUAL_WIDTH;
      return;
    }

  *minimum = EMPTY_HEIGHT;
  if (self->scene)
    *minimum =
      app_chart_scene_get_minimum_height (self->scene, gtk_widget_get_pango_context (widget));
  *natural = MAX (*minimum, USUAL_HEIGHT);
}

static void
app_chart_size_allocate (GtkWidget *widget,
                         int        width,
                         int        height,
                         int        baseline)
{
  invalidate (APP_CHART (widget));
}

static void
app_chart_css_changed (GtkWidget         *widget,
                       GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (app_chart_parent_class)->css_changed (widget, change);
  invalidate (APP_CHART (widget));
}

/* The name of the chart is its title and the mark that has the focus, so that a screen reader
 * says each mark as it is reached. */
static void
update_name (AppChart *self)
{
  const char *title = self->scene ? app_chart_scene_get_title (self->scene) : NULL;
  const char *label = NULL;

  if (self->scene && self->focused != NO_MARK)
    label = app_chart_scene_get_label (self->scene,
                                       app_chart_scene_get_mark (self->scene, self->focused));

  g_autofree char *name = label ? g_strdup_printf ("%s: %s", title ? title : "", label)
                                : g_strdup (title ? title : "");

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
focus_mark (AppChart *self,
            guint     position)
{
  self->focused = position;
  self->hovered = NO_MARK;
  update_name (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Who comes by the Tab key sees at once which mark the arrows start from. */
static void
on_focus_changed (AppChart *self)
{
  if (gtk_widget_has_visible_focus (GTK_WIDGET (self)) && self->focused == NO_MARK &&
      self->scene && app_chart_scene_get_n_marks (self->scene) > 0)
    focus_mark (self, 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
activate_mark (AppChart *self,
               guint     position)
{
  AppChartMark mark = app_chart_scene_get_mark (self->scene, position);

  g_signal_emit (self, signals[MARK_ACTIVATED], 0, mark.layer, mark.index);
}

static gboolean
on_move (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   data)
{
  AppChart *self = APP_CHART (widget);
  guint n_marks = self->scene ? app_chart_scene_get_n_marks (self->scene) : 0;
  int step = g_variant_get_int32 (arguments);
  gint64 from = self->focused;

  if (n_marks == 0)
    return FALSE;
  if (self->focused == NO_MARK)
    from = step > 0 ? -1 : (gint64) n_marks;
  focus_mark (self, (guint) CLAMP (from + step, 0, (gint64) n_marks - 1));
  return TRUE;
}

static gboolean
on_activate (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   data)
{
  AppChart *self = APP_CHART (widget);

  if (!self->scene || self->focused == NO_MARK)
    return FALSE;
  activate_mark (self, self->focused);
  return TRUE;
}

static gboolean
find_at (AppChart *self,
         double    x,
         double    y,
         guint    *position)
{
  AppChartMark mark;

  if (!self->scene || !self->drawing ||
      !app_chart_scene_find (self->scene, &self->plot, (float) x, (float) y, &mark))
    return FALSE;
  *position = app_chart_scene_get_position (self->scene, mark);
  return TRUE;
}

static void
on_motion (AppChart *self,
           double    x,
           double    y)
{
  guint position = NO_MARK;

  find_at (self, x, y, &position);
  if (position == self->hovered)
    return;
  self->hovered = position;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), position != NO_MARK ? "pointer" : NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_leave (AppChart *self)
{
  self->hovered = NO_MARK;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_released (AppChart *self,
             int       n_press,
             double    x,
             double    y)
{
  guint position;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (!find_at (self, x, y, &position))
    return;
  focus_mark (self, position);
  activate_mark (self, position);
}

static void
app_chart_dispose (GObject *object)
{
  AppChart *self = APP_CHART (object);

  g_clear_object (&self->scene);
  g_clear_pointer (&self->drawing, gsk_render_node_unref);
  G_OBJECT_CLASS (app_chart_parent_class)->dispose (object);
}

static void
add_move (GtkWidgetClass *class,
          guint           key,
          int             step)
{
  gtk_widget_class_add_binding (class, key, 0, on_move, "i", step);
}

static void
app_chart_class_init (AppChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = app_chart_dispose;
  widget_class->snapshot = app_chart_snapshot;
  widget_class->measure = app_chart_measure;
  widget_class->size_allocate = app_chart_size_allocate;
  widget_class->css_changed = app_chart_css_changed;

  signals[MARK_ACTIVATED] =
    g_signal_new ("mark-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);

  add_move (widget_class, GDK_KEY_Right, 1);
  add_move (widget_class, GDK_KEY_Down, 1);
  add_move (widget_class, GDK_KEY_Left, -1);
  add_move (widget_class, GDK_KEY_Up, -1);
  add_move (widget_class, GDK_KEY_Page_Down, 10);
  add_move (widget_class, GDK_KEY_Page_Up, -10);
  add_move (widget_class, GDK_KEY_Home, -G_MAXINT);
  add_move (widget_class, GDK_KEY_End, G_MAXINT);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, on_activate, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, on_activate, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, 0, on_activate, NULL);

  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
app_chart_init (AppChart *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->hovered = NO_MARK;
  self->focused = NO_MARK;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect_swapped (click, "released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (on_focus_changed), NULL);
}

GtkWidget *
app_chart_new (void)
{
  return g_object_new (APP_TYPE_CHART, NULL);
}

/**
 * app_chart_set_scene:
 * @scene: (nullable): a finished scene; changes to it afterwards are not followed
 */
void
app_chart_set_scene (AppChart      *self,
                     AppChartScene *scene)
{
  g_return_if_fail (APP_IS_CHART (self));

  g_set_object (&self->scene, scene);
  self->hovered = NO_MARK;
  self->focused = NO_MARK;
  update_name (self);
  g_clear_pointer (&self->drawing, gsk_render_node_unref);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * app_chart_get_scene:
 *
 * Returns: (transfer none) (nullable): what is shown.
 */
AppChartScene *
app_chart_get_scene (AppChart *self)
{
  g_return_val_if_fail (APP_IS_CHART (self), NULL);

  return self->scene;
}
