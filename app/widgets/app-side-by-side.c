/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lays two children next to each other where there is room for both, else one under the other. */
#include "config.h"

#include "app-side-by-side.h"

#define MIN_WIDTH_FOR_TWO 760
#define GAP 24

struct _AppSideBySide
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (AppSideBySide, app_side_by_side, GTK_TYPE_LAYOUT_MANAGER)

static int
height_for (GtkWidget *child,
            int        width)
{
  int minimum;
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &minimum, &natural, NULL, NULL);
  return natural;
}

/* The first child is the narrower one. */
static int
first_width (int width)
{
  return width >= MIN_WIDTH_FOR_TWO ? (width - GAP) * 2 / 5 : width;
}

static int
second_width (int width)
{
  return width >= MIN_WIDTH_FOR_TWO ? width - GAP - first_width (width) : width;
}

static void
measure_width (GtkWidget *widget,
               int       *minimum,
               int       *natural)
{
  GtkWidget *child;

  *minimum = 0;
  *natural = 0;
  for (child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum;
      int child_natural;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural,
                          NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural = MAX (*natural, child_natural);
    }
  *natural = MAX (*natural, *minimum);
}

static void
app_side_by_side_measure (GtkLayoutManager *manager,
                          GtkWidget        *widget,
                          GtkOrientation    orientation,
                          int               for_size,
                          int              *minimum,
                          int              *natural,
                          int              *minimum_baseline,
                          int              *natural_baseline)
{
  GtkWidget *first = gtk_widget_get_first_child (widget);
  GtkWidget *second = gtk_widget_get_next_sibling (first);
  int a;
  int b;

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (widget, minimum, natural);
      return;
    }

  if (for_size < 0)
    measure_width (widget, &a, &for_size);
  a = height_for (first, first_width (for_size));
  b = height_for (second, second_width (for_size));
  *minimum = *natural = for_size >= MIN_WIDTH_FOR_TWO ? MAX (a, b) : a + GAP + b;
}

static void
app_side_by_side_allocate (GtkLayoutManager *manager,
                           GtkWidget        *widget,
                           int               width,
                           int               height,
                           int               baseline)
{
  GtkWidget *first = gtk_widget_get_first_child (widget);
  GtkWidget *second = gtk_widget_get_next_sibling (first);
  gboolean two = width >= MIN_WIDTH_FOR_TWO;
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkAllocation a = { 0, 0, first_width (width), 0 };
  GtkAllocation b = { 0, 0, second_width (width), 0 };

  a.height = two ? height : height_for (first, a.width);
  b.height = two ? height : MAX (height - a.height - GAP, 0);
  b.y = two ? 0 : a.height + GAP;
  if (two && mirrored)
    a.x = b.width + GAP;
  else if (two)
    b.x = a.width + GAP;

  gtk_widget_size_allocate (first, &a, -1);
  gtk_widget_size_allocate (second, &b, -1);
}

static GtkSizeRequestMode
app_side_by_side_get_request_mode (GtkLayoutManager *manager,
                                   GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
app_side_by_side_class_init (AppSideBySideClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  manager_class->measure = app_side_by_side_measure;
  manager_class->allocate = app_side_by_side_allocate;
  manager_class->get_request_mode = app_side_by_side_get_request_mode;
}

static void
app_side_by_side_init (AppSideBySide *self)
{
}

/**
 * app_side_by_side_new:
 *
 * Returns: (transfer full): a layout for a widget with exactly two children
 */
GtkLayoutManager *
app_side_by_side_new (void)
{
  return g_object_new (APP_TYPE_SIDE_BY_SIDE, NULL);
}
