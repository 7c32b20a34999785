/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as orders: every analysis answers them with finite numbers, or says why not. */
#include "every-analysis.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  every_analysis_answer (data, size);
  return 0;
}
