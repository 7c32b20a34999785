/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "store-import-report.h"

G_BEGIN_DECLS

void app_import_report_rows_fill (AdwPreferencesGroup     *counts,
                                  AdwPreferencesGroup     *remarks,
                                  GPtrArray               *rows,
                                  const StoreImportReport *report);

G_END_DECLS
