/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A scene as a file, drawn from the same node tree as the window's, with no display: PNG at twice
 * the size, SVG and PDF as shapes. The file is written beside its place and moved there when it is
 * whole.
 */
#include "config.h"

#include "app-chart-file.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <pango/pangocairo.h>

#define PNG_SCALE 2
#define MARGIN 16

typedef cairo_surface_t *(*SurfaceFunc) (const char *path,
                                         double      width,
                                         double      height);

static cairo_surface_t *
create_image (const char *path,
              double      width,
              double      height)
{
  cairo_surface_t *surface = cairo_image_surface_create (
    CAIRO_FORMAT_ARGB32, (int) width * PNG_SCALE, (int) height * PNG_SCALE);

  cairo_surface_set_device_scale (surface, PNG_SCALE, PNG_SCALE);
  return surface;
}

static SurfaceFunc
find_format (const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  if (g_str_has_suffix (lower, ".png"))
    return create_image;
  if (g_str_has_suffix (lower, ".svg"))
    return cairo_svg_surface_create;
  if (g_str_has_suffix (lower, ".pdf"))
    return cairo_pdf_surface_create;
  return NULL;
}

/* The title of the drawing above it; the window has its own. Returns the height it takes. */
static float
draw_title (AppChartScene      *scene,
            const AppChartPlot *plot,
            GtkSnapshot        *snapshot,
            float               width)
{
  const char *title = app_chart_scene_get_title (scene);

  if (!title)
    return 0;

  g_autoptr (PangoLayout) layout = app_chart_plot_create_text (plot, title, width);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  int height;

  pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_get_pixel_size (layout, NULL, &height);
  app_chart_plot_draw_text (plot, snapshot, layout, 0, 0, &plot->palette.foreground);
  return height + MARGIN;
}

static void
draw_scene (AppChartScene *scene,
            AppChartPlot  *plot,
            GtkSnapshot   *snapshot,
            float          width,
            float          height)
{
  float top;

  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (MARGIN, MARGIN));
  top = draw_title (scene, plot, snapshot, width);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, top));
  app_chart_scene_lay_out (scene, plot, width, height - top);
  app_chart_scene_snapshot (scene, plot, snapshot, width);
}

static PangoContext *
create_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans 10");

  pango_context_set_font_description (context, font);
  return context;
}

/* Many bars take more room than was asked for. */
static int
find_height (AppChartScene *scene,
             int            wanted)
{
  PangoContext *context = create_context ();
  int least = app_chart_scene_get_minimum_height (scene, context) + 4 * MARGIN;

  g_object_unref (context);
  return MAX (wanted, least);
}

static GskRenderNode *
build_node (AppChartScene *scene,
            int            width,
            int            height)
{
  PangoContext *context = create_context ();
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  AppChartPlot plot = { .context = context, .vector = TRUE, .scale = 1 };
  GdkRGBA paper = { 1, 1, 1, 1 };

  app_chart_palette_init_paper (&plot.palette);
  gtk_snapshot_append_color (snapshot, &paper, &GRAPHENE_RECT_INIT (0, 0, width, height));
  draw_scene (scene, &plot, snapshot, width - 2 * MARGIN, height - 2 * MARGIN);
  g_object_unref (context);
  return gtk_snapshot_free_to_node (snapshot);
}

static cairo_status_t
draw (AppChartScene *scene,
      SurfaceFunc    create,
      const char    *path,
      int            width,
      int            height)
{
  cairo_surface_t *surface = create (path, width, height);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GskRenderNode) node = build_node (scene, width, height);

  if (cairo_status (cr) == CAIRO_STATUS_SUCCESS)
    gsk_render_node_draw (node, cr);

  cairo_status_t status = cairo_status (cr);

  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS && create == create_image)
    status = cairo_surface_write_to_png (surface, path);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return status;
}

/**
 * app_chart_file_write:
 * @path: ends in .png, .svg or .pdf
 * @width: in pixels, or points on paper
 * @height: likewise, the least
 *
 * Needs no display; gtk_init_check() must have been called, whatever it answered.
 */
gboolean
app_chart_file_write (AppChartScene  *scene,
                      const char     *path,
                      int             width,
                      int             height,
                      GError        **error)
{
  g_return_val_if_fail (APP_IS_CHART_SCENE (scene) && path != NULL, FALSE);

  SurfaceFunc create = find_format (path);

  if (!create)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   _("A chart can be written to a file that ends in .png, .svg or .pdf, not to "
                     "“%s”."),
                   path);
      return FALSE;
    }

  g_autofree char *partial = g_strconcat (path, ".part", NULL);
  cairo_status_t status =
    draw (scene, create, partial, width, find_height (scene, height));

  if (status == CAIRO_STATUS_SUCCESS && g_rename (partial, path) == 0)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("The chart could not be written to %s: %s"),
               path, status ? cairo_status_to_string (status) : g_strerror (errno));
  g_unlink (partial);
  return FALSE;
}
