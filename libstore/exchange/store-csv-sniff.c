/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which delimiter a table has, from its beginning: the one that cuts most lines into the same
 * number of cells, two at least. Quoted parts do not count. Of two that do equally well the rarer
 * character wins: every line of "1,5;2,5;3,5" has its commas too, as decimal points.
 */
#include "store-csv-sniff.h"

#include <string.h>

#define MAX_RECORDS 100
#define MAX_CELLS 256

typedef struct
{
  guint records;
  guint agree;
} Score;

static const char delimiters[] = { '\t', '|', ';', ',' };

static void
count_record (Score *score,
              guint *by_cells,
              guint  cells)
{
  score->records++;
  by_cells[MIN (cells, MAX_CELLS - 1)]++;
}

static Score
score_delimiter (const char *text,
                 gsize       length,
                 char        delimiter)
{
  guint by_cells[MAX_CELLS] = { 0 };
  Score score = { 0 };
  gboolean quoted = FALSE;
  gboolean at_cell_start = TRUE;
  gboolean blank = TRUE;
  guint cells = 1;

  for (gsize i = 0; i < length && score.records < MAX_RECORDS; i++)
    {
      char c = text[i];

      if (c == '"' && (quoted || at_cell_start))
        {
          quoted = !quoted;
          blank = FALSE;
          continue;
        }
      if (quoted)
        continue;
      if (c == delimiter)
        {
          cells++;
          at_cell_start = TRUE;
          continue;
        }
      if (c == '\n' || c == '\r')
        {
          if (!blank)
            count_record (&score, by_cells, cells);
          blank = at_cell_start = TRUE;
          cells = 1;
          continue;
        }
      blank = blank && c == ' ';
      at_cell_start = at_cell_start && c == ' ';
    }
  if (!blank && score.records < MAX_RECORDS)
    count_record (&score, by_cells, cells);

  for (guint n = 2; n < MAX_CELLS; n++)
    score.agree = MAX (score.agree, by_cells[n]);
  return score;
}

static gboolean
is_better (Score a,
           Score b)
{
  return (guint64) a.agree * MAX (b.records, 1) > (guint64) b.agree * MAX (a.records, 1);
}

/**
 * store_csv_sniff_delimiter:
 * @text: the beginning of a file, UTF-8, not terminated
 * @length: bytes of it
 *
 * Returns: comma, semicolon, tab or bar; a comma where nothing tells. Any thread.
 */
char
store_csv_sniff_delimiter (const char *text,
                           gsize       length)
{
  char best = ',';
  Score best_score = { 0 };

  g_return_val_if_fail (text != NULL || length == 0, ',');

  for (guint i = 0; i < G_N_ELEMENTS (delimiters); i++)
    {
      Score score = score_delimiter (text, length, delimiters[i]);

      if (is_better (score, best_score))
        {
          best = delimiters[i];
          best_score = score;
        }
    }
  return best;
}
