/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "store-purchase-table.h"

G_BEGIN_DECLS

/* The next line of a text, ended in place, or NULL. (Splitting it whole takes squared time under
 * the address sanitizer.) */
char               *line_next             (char      **rest);

/* The large data and the reference answers that lie outside of this project. Where they are not
 * at hand these return NULL, after marking the running test as skipped. */
char               *shared_data_find      (const char *path);
JsonNode           *shared_reference_load (const char *name);
double              shared_reference_get  (JsonNode   *root,
                                           const char *path);
guint               shared_reference_count (JsonNode  *root,
                                            const char *path);
const char         *shared_reference_get_text (JsonNode   *root,
                                               const char *path);

/* Purchases from a plain CSV file (no quotes); columns count from 0, a value column below 0 means
 * that every order is worth 1.00. */
StorePurchaseTable *purchases_load        (const char *path,
                                           guint       id_column,
                                           guint       date_column,
                                           int         value_column,
                                           const char *until);
/* The sales of Online Retail: no cancellations, no lines without customer or price. Every line is
 * an order, or every invoice. */
StorePurchaseTable *online_retail_load    (const char *until,
                                           gboolean    by_line);
gint32              day_of                (const char *iso_date);

/* Columns first to first + p - 1 of a CSV file with one title line, row by row. */
double             *numbers_load          (const char *path,
                                           guint       first,
                                           guint       p,
                                           guint      *n);
void                numbers_standardise   (double     *points,
                                           guint       n,
                                           guint       p);

/* |got - expected| <= tolerance * max(1, |expected|), told with both numbers where not. */
#define assert_close(got, expected, tolerance)                                                     \
  G_STMT_START                                                                                     \
  {                                                                                                \
    double got_ = (got);                                                                           \
    double expected_ = (expected);                                                                 \
    if (!(ABS (got_ - expected_) <= (tolerance) * MAX (1.0, ABS (expected_))))                     \
      {                                                                                            \
        g_test_message (#got ": %.15g, expected %.15g", got_, expected_);                          \
        g_assert_cmpfloat_with_epsilon (got_, expected_, (tolerance) * MAX (1.0, ABS (expected_))); \
      }                                                                                            \
  }                                                                                                \
  G_STMT_END

/* |got / expected - 1| <= tolerance. */
#define assert_relative(got, expected, tolerance)                                                  \
  G_STMT_START                                                                                     \
  {                                                                                                \
    double got_ = (got);                                                                           \
    double expected_ = (expected);                                                                 \
    if (!(ABS (got_ - expected_) <= (tolerance) * ABS (expected_)))                                \
      {                                                                                            \
        g_test_message (#got ": %.15g, expected %.15g", got_, expected_);                          \
        g_assert_cmpfloat_with_epsilon (got_, expected_, (tolerance) * ABS (expected_));           \
      }                                                                                            \
  }                                                                                                \
  G_STMT_END

G_END_DECLS
