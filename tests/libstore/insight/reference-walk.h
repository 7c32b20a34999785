/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Compares one value of a reference; @steps are the names and array positions that lead to it. */
typedef void (*ReferenceFunc) (char     **steps,
                               JsonNode  *value,
                               gpointer   data);

/* Values whose path (steps joined by slashes, * for anything) matches are what @check is for. What
 * says nothing of the answers (versions, comments) has %NULL there. A lone * takes single
 * values, not objects and arrays. */
typedef struct
{
  const char *pattern;
  ReferenceFunc check;
} ReferenceRow;

/* Visits every value of a reference from the root down and gives it to the first row that matches;
 * a value that no row knows, and a row that knows no value, fail the test. */
void   reference_walk        (JsonNode           *root,
                              const ReferenceRow *rows,
                              guint               n_rows,
                              gpointer            data);

double reference_walk_number (JsonNode           *value,
                              guint               which);

G_END_DECLS
