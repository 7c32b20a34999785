/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-intent.h"

G_BEGIN_DECLS

/* Every @step-th message of a CSV file, all to be tried; NULL where @path is. Not sorted. */
StoreTextExamples *message_data_load (const char *path,
                                      const char *text_column,
                                      const char *label_column,
                                      guint       step);

/* The same messages without their labels. */
StoreMessages     *message_data_copy (const StoreTextExamples *examples);

void               message_data_add  (StoreMessages *messages,
                                      const char    *text,
                                      const char    *label);

/* What they want, asked on 2026-11-20. */
StoreIntent       *message_data_ask  (StoreMessages *messages);

G_END_DECLS
