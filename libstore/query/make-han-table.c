/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Prints the table of traditional Han characters and their simplified forms, for store-fold.c, from
 * ICU's transliterator "Traditional-Simplified" (Unicode CLDR). It runs once, when the program is
 * built: the transliterator itself takes tens of milliseconds to load, far too long for a search.
 */
#include <stdio.h>
#include <stdlib.h>

#include <unicode/uclean.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#define FIRST 0x3400
#define LAST 0x9fff
#define COUNT (LAST - FIRST + 1)

/* Each character stands between two spaces, so that no rule sees a neighbour. */
static UChar text[COUNT * 2 + 16];

int
main (void)
{
  UErrorCode error = U_ZERO_ERROR;
  UTransliterator *simplify;
  UChar name[32];
  int32_t length = COUNT * 2;
  int32_t limit = COUNT * 2;

  u_uastrcpy (name, "Traditional-Simplified");
  simplify = utrans_openU (name, -1, UTRANS_FORWARD, NULL, 0, NULL, &error);
  for (int i = 0; i < COUNT; i++)
    {
      text[i * 2] = (UChar) (FIRST + i);
      text[i * 2 + 1] = ' ';
    }
  if (U_SUCCESS (error))
    utrans_transUChars (simplify, text, &length, COUNT * 2 + 16, 0, &limit, &error);
  if (U_FAILURE (error) || length != COUNT * 2)
    {
      fprintf (stderr, "No table of Han characters: %s\n", u_errorName (error));
      return EXIT_FAILURE;
    }

  printf ("/* Made by make-han-table.c from ICU's Traditional-Simplified. */\n"
          "static const struct\n{\n"
          "  guint16 traditional;\n  guint16 simplified;\n"
          "} han_table[] = {\n");
  for (int i = 0; i < COUNT; i++)
    if (text[i * 2] != FIRST + i)
      printf ("  { 0x%04x, 0x%04x },\n", FIRST + i, text[i * 2]);
  printf ("};\n");

  utrans_close (simplify);
  u_cleanup ();
  return EXIT_SUCCESS;
}
