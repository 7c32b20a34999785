/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-text-examples.h"

G_BEGIN_DECLS

/* Every @step-th message of a CSV file, all to be tried; NULL where @path is. Not sorted. */
StoreTextExamples *message_data_load (const char *path,
                                      const char *text_column,
                                      const char *label_column,
                                      guint       step);

G_END_DECLS
