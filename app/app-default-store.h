/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *app_default_store_dup_path (void);
char *app_default_store_dup_demo_path (void);

G_END_DECLS
