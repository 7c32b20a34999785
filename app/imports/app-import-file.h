/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-import.h"

G_BEGIN_DECLS

/**
 * AppImportFile:
 * @file: what was chosen
 * @target: what its lines are taken as
 * @sheet: the table in it
 * @guess: what its columns seem to be
 * @samples: (element-type utf8): for each column a few of its values
 *
 * A file about to be imported. One thread at a time.
 */
typedef struct
{
  GFile *file;
  StoreImportTarget *target;
  StoreSheet *sheet;
  StoreMapping *guess;
  GPtrArray *samples;
} AppImportFile;

void           app_import_file_free        (AppImportFile        *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppImportFile, app_import_file_free)

void           app_import_file_open_async  (GFile                *file,
                                            const char           *kind,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
AppImportFile *app_import_file_open_finish (GAsyncResult         *result,
                                            GError              **error);

G_END_DECLS
