/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* More lines than this are counted, but not kept with their reasons. */
#define STORE_IMPORT_MAX_REMARKS 10000

/**
 * StoreImportRemark:
 * @line: the line of the file, from 1
 * @field: (nullable): the field that was left out; %NULL where the whole line was, or a cell that
 *   belongs to no column
 * @reason: a sentence, translated
 */
typedef struct
{
  guint64 line;
  char *field;
  char *reason;
} StoreImportRemark;

/**
 * StoreImportReport:
 * @rehearsal: whether nothing was written
 * @complete: whether the end of the file was reached; %FALSE after a cancel
 * @taken: lines that became a new record
 * @updated: lines that changed a record
 * @unchanged: lines that said nothing new
 * @refused: lines that were not taken at all
 * @totals: lines that sum up others, passed over
 * @left_out: cells that were not taken from lines that were
 * @companies: companies that came into being for people who work there
 * @customers: customers that came into being for their orders
 * @ambiguous_dates: dates read by custom, for nothing in their column tells day from month
 * @refusals: (element-type StoreImportRemark): why lines were refused
 * @remarks: (element-type StoreImportRemark): why cells were left out
 * @mapped: (array zero-terminated=1): "field=column", as they were taken
 * @ignored: (array zero-terminated=1): the columns that were nothing
 * @group: (nullable): what undo takes
 *
 * What became of a file. Reference counted.
 */
typedef struct
{
  gatomicrefcount references;
  gboolean rehearsal;
  gboolean complete;
  guint64 taken;
  guint64 updated;
  guint64 unchanged;
  guint64 refused;
  guint64 totals;
  guint64 left_out;
  guint64 companies;
  guint64 customers;
  guint64 ambiguous_dates;
  GPtrArray *refusals;
  GPtrArray *remarks;
  char **mapped;
  char **ignored;
  char *group;
} StoreImportReport;

StoreImportReport *store_import_report_new     (void);
StoreImportReport *store_import_report_ref     (StoreImportReport        *self);
void               store_import_report_unref   (StoreImportReport        *self);
void               store_import_report_refuse  (StoreImportReport        *self,
                                                guint64                   line,
                                                const char               *reason);
void               store_import_report_leave   (StoreImportReport        *self,
                                                guint64                   line,
                                                const char               *field,
                                                const char               *reason);
JsonNode          *store_import_report_to_json (const StoreImportReport  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreImportReport, store_import_report_unref)

G_END_DECLS
