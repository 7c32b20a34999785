/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Colours that people with any colour vision can tell apart: the eight of Okabe and Ito (Color
 * Universal Design, 2008), their yellow and black left out because one of the two vanishes on each
 * ground. On a dark ground they are lightened to keep at least 3:1 against it.
 */
#include "config.h"

#include "app-chart-palette.h"

static const guint32 light_marks[] = {
  0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0x56b4e9, 0xb97a00, 0x6e6e6e, 0x7a4fa3,
};

static const guint32 dark_marks[] = {
  0x56b4e9, 0xff8a4c, 0x34c79a, 0xe3a0c4, 0x9ad3f5, 0xe69f00, 0xb0b0b0, 0xb794dc,
};

static GdkRGBA
rgba_from_hex (guint32 hex)
{
  return (GdkRGBA){
    ((hex >> 16) & 0xff) / 255.f,
    ((hex >> 8) & 0xff) / 255.f,
    (hex & 0xff) / 255.f,
    1.f,
  };
}

/**
 * app_chart_palette_init:
 * @foreground: the colour of text where the chart stands; it tells dark from light
 */
void
app_chart_palette_init (AppChartPalette *self,
                        const GdkRGBA   *foreground)
{
  g_return_if_fail (self != NULL && foreground != NULL);

  float light = .2126f * foreground->red + .7152f * foreground->green + .0722f * foreground->blue;

  self->foreground = *foreground;
  self->dark = light > .5f;
  self->background = rgba_from_hex (self->dark ? 0x242424 : 0xffffff);
}

/**
 * app_chart_palette_init_paper:
 *
 * For files and print: dark text on white.
 */
void
app_chart_palette_init_paper (AppChartPalette *self)
{
  GdkRGBA ink = rgba_from_hex (0x1e1e1e);

  app_chart_palette_init (self, &ink);
}

/**
 * app_chart_palette_get_mark:
 *
 * Returns: the colour of a series; after the eighth they come again.
 */
GdkRGBA
app_chart_palette_get_mark (const AppChartPalette *self,
                            guint                  index)
{
  const guint32 *marks = self->dark ? dark_marks : light_marks;

  return rgba_from_hex (marks[index % G_N_ELEMENTS (light_marks)]);
}

/**
 * app_chart_palette_get_faint:
 * @share: of the text's opacity
 */
GdkRGBA
app_chart_palette_get_faint (const AppChartPalette *self,
                             float                  share)
{
  GdkRGBA color = self->foreground;

  color.alpha *= share;
  return color;
}
