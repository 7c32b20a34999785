/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-segments.h"

G_BEGIN_DECLS

void store_segment_names_give (StoreSegment *segments,
                               guint         n);

G_END_DECLS
