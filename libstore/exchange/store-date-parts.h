/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-date-text.h"

G_BEGIN_DECLS

typedef enum
{
  STORE_DATE_SEPARATOR_DOT,
  STORE_DATE_SEPARATOR_SLASH,
  STORE_DATE_SEPARATOR_DASH,
  STORE_DATE_SEPARATOR_SPACE,
} StoreDateSeparator;

typedef enum
{
  STORE_DATE_SHAPE_NONE,
  STORE_DATE_SHAPE_FIXED,
  STORE_DATE_SHAPE_ORDERED,
  STORE_DATE_SHAPE_SERIAL,
} StoreDateShape;

/* A date taken apart; for %STORE_DATE_SHAPE_ORDERED month and day wait for the order. */
typedef struct
{
  StoreDateShape shape;
  StoreDateSeparator separator;
  StoreDateText date;
  int first;
  int second;
} StoreDateParts;

gboolean store_date_parts_parse (const char     *plain,
                                 StoreDateParts *parts);

G_END_DECLS
