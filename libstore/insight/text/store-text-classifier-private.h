/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-text-classifier.h"

G_BEGIN_DECLS

/**
 * StoreTextHeldBack:
 * @examples: all messages
 * @truth: for each message and label, whether it has it
 * @margins: for each message @stride numbers: what was said of it by what was learnt without it
 * @stride: numbers a message
 *
 * Margins of messages that nothing was learnt from.
 */
typedef struct
{
  const StoreTextExamples *examples;
  const guint8 *truth;
  const float *margins;
  guint stride;
} StoreTextHeldBack;

void store_text_classifier_calibrate (StoreTextClassifier     *self,
                                      const StoreTextHeldBack *held_back);
void store_text_classifier_try       (StoreTextClassifier     *self,
                                      const StoreTextHeldBack *held_back);

G_END_DECLS
