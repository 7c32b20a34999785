/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "store-field.h"

G_BEGIN_DECLS

GtkWidget *app_field_row_new (const StoreField  *field,
                              GtkWidget        **input,
                              GPtrArray        **choices);

G_END_DECLS
