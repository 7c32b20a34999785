/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text in columns: for a person a table with aligned columns under their titles, for a pipe a line
 * a row with tabs between the cells (tabs and line ends within a cell become spaces).
 */
#include "config.h"

#include "app-cli-grid.h"

#include <unistd.h>

#define WIDEST 48

struct _AppCliGrid
{
  GPtrArray *titles;
  GPtrArray *cells;
};

/**
 * app_cli_grid_new:
 *
 * Returns: (transfer full): a grid without columns.
 */
AppCliGrid *
app_cli_grid_new (void)
{
  AppCliGrid *self = g_new0 (AppCliGrid, 1);

  self->titles = g_ptr_array_new_with_free_func (g_free);
  self->cells = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
app_cli_grid_free (AppCliGrid *self)
{
  g_ptr_array_unref (self->titles);
  g_ptr_array_unref (self->cells);
  g_free (self);
}

/**
 * app_cli_grid_add_column:
 * @title: what stands above it on a terminal
 *
 * All columns are added before the first cell.
 */
void
app_cli_grid_add_column (AppCliGrid *self,
                         const char *title)
{
  g_return_if_fail (self != NULL && self->cells->len == 0);

  g_ptr_array_add (self->titles, g_strdup (title));
}

/**
 * app_cli_grid_take_cell:
 * @text: (transfer full) (nullable): the next cell, row by row
 */
void
app_cli_grid_take_cell (AppCliGrid *self,
                        char       *text)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_add (self->cells, text ? g_strdelimit (text, "\t\r\n", ' ') : g_strdup (""));
}

static guint
count_rows (AppCliGrid *self)
{
  return self->titles->len ? self->cells->len / self->titles->len : 0;
}

static const char *
get_cell (AppCliGrid *self,
          guint       row,
          guint       column)
{
  return g_ptr_array_index (self->cells, row * self->titles->len + column);
}

static void
print_lines (AppCliGrid    *self,
             AppCliSession *session)
{
  for (guint row = 0; row < count_rows (self); row++)
    {
      for (guint column = 0; column < self->titles->len; column++)
        app_cli_session_print (session, "%s%s", column ? "\t" : "", get_cell (self, row, column));
      app_cli_session_print (session, "\n");
    }
}

static guint
get_character_width (gunichar character)
{
  return g_unichar_iszerowidth (character) ? 0 : g_unichar_iswide (character) ? 2 : 1;
}

static guint
get_width (const char *text)
{
  guint width = 0;

  for (; *text; text = g_utf8_next_char (text))
    width += get_character_width (g_utf8_get_char (text));
  return width;
}

/* Prints a cell of a table, cut with an ellipsis where it is too wide, and filled up. */
static void
print_cell (AppCliSession *session,
            const char    *text,
            guint          width)
{
  guint used = 0;
  const char *end = text;
  gboolean cut = get_width (text) > width;

  for (; *end; end = g_utf8_next_char (end))
    {
      guint next = get_character_width (g_utf8_get_char (end));

      if (used + next > width - cut)
        break;
      used += next;
    }
  app_cli_session_print (session, "%.*s%s%*s", (int) (end - text), text, cut ? "…" : "",
                         (int) (width - cut - used + 2), "");
}

/* A column that is empty in every row takes no room; the last one is never cut. */
static guint
measure_column (AppCliGrid *self,
                guint       column)
{
  guint widest = 0;

  for (guint row = 0; row < count_rows (self); row++)
    widest = MAX (widest, get_width (get_cell (self, row, column)));
  if (!widest)
    return 0;
  widest = MAX (widest, get_width (g_ptr_array_index (self->titles, column)));
  return column + 1 < self->titles->len ? MIN (widest, WIDEST) : widest;
}

static void
print_table (AppCliGrid    *self,
             AppCliSession *session)
{
  g_autofree guint *widths = g_new0 (guint, self->titles->len + 1);

  for (guint column = 0; column < self->titles->len; column++)
    {
      widths[column] = measure_column (self, column);
      if (widths[column])
        print_cell (session, g_ptr_array_index (self->titles, column), widths[column]);
    }
  app_cli_session_print (session, "\n");

  for (guint row = 0; row < count_rows (self); row++)
    {
      for (guint column = 0; column < self->titles->len; column++)
        if (widths[column])
          print_cell (session, get_cell (self, row, column), widths[column]);
      app_cli_session_print (session, "\n");
    }
}

/**
 * app_cli_grid_print:
 *
 * Adds the grid to the answer.
 */
void
app_cli_grid_print (AppCliGrid    *self,
                    AppCliSession *session)
{
  g_return_if_fail (self != NULL);

  if (isatty (STDOUT_FILENO))
    print_table (self, session);
  else
    print_lines (self, session);
}
