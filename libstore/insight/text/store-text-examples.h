/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-folded-text.h"

G_BEGIN_DECLS

/* Between labels of one message, where it has several. */
#define STORE_TEXT_LABEL_SEPARATOR "|"

/**
 * StoreTextExamples:
 * @n: messages
 * @texts: (array length=n): them, folded
 * @cells: (array length=n): the label of each; several are joined by `|`; empty for none
 * @importance: (array length=n): how much each counts, 1 for most
 * @tested: (array length=n): whether answers shall be tried on it
 * @priors: (nullable): for each message and each label of store_text_examples_dup_labels(), what a
 *   list of words says for it, in log odds
 *
 * Messages of which is known what they want.
 */
typedef struct
{
  guint n;
  StoreFoldedText **texts;
  char **cells;
  double *importance;
  gboolean *tested;
  float *priors;
} StoreTextExamples;

StoreTextExamples *store_text_examples_new         (void);
void               store_text_examples_free        (StoreTextExamples       *self);
void               store_text_examples_take        (StoreTextExamples       *self,
                                                    StoreFoldedText         *text,
                                                    const char              *cell,
                                                    double                   importance,
                                                    gboolean                 tested);
void               store_text_examples_sort        (StoreTextExamples       *self);
gboolean           store_text_examples_is_same     (const StoreTextExamples *self,
                                                    guint                    a,
                                                    guint                    b);
char             **store_text_examples_dup_labels  (const StoreTextExamples *self);
gboolean           store_text_examples_has_several (const StoreTextExamples *self);
guint8            *store_text_examples_dup_truth   (const StoreTextExamples *self,
                                                    char                   **labels);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreTextExamples, store_text_examples_free)

G_END_DECLS
