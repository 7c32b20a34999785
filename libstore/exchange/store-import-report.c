/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-import-report.h"

static void
free_remark (gpointer data)
{
  StoreImportRemark *remark = data;

  g_free (remark->field);
  g_free (remark->reason);
  g_free (remark);
}

/**
 * store_import_report_new:
 *
 * Returns: (transfer full): a report with nothing in it. One thread at a time.
 */
StoreImportReport *
store_import_report_new (void)
{
  StoreImportReport *self = g_new0 (StoreImportReport, 1);

  g_atomic_ref_count_init (&self->references);
  self->refusals = g_ptr_array_new_with_free_func (free_remark);
  self->remarks = g_ptr_array_new_with_free_func (free_remark);
  self->mapped = g_new0 (char *, 1);
  self->ignored = g_new0 (char *, 1);
  return self;
}

/**
 * store_import_report_ref:
 * @self: a report
 *
 * Returns: (transfer full): @self
 */
StoreImportReport *
store_import_report_ref (StoreImportReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * store_import_report_unref:
 * @self: (transfer full): a report
 */
void
store_import_report_unref (StoreImportReport *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_ptr_array_unref (self->refusals);
  g_ptr_array_unref (self->remarks);
  g_strfreev (self->mapped);
  g_strfreev (self->ignored);
  g_free (self->group);
  g_free (self);
}

static void
add_remark (GPtrArray  *remarks,
            guint64     line,
            const char *field,
            const char *reason)
{
  StoreImportRemark *remark;

  if (remarks->len >= STORE_IMPORT_MAX_REMARKS)
    return;
  remark = g_new0 (StoreImportRemark, 1);
  remark->line = line;
  remark->field = g_strdup (field);
  remark->reason = g_strdup (reason);
  g_ptr_array_add (remarks, remark);
}

/**
 * store_import_report_refuse:
 * @self: a report
 * @line: a line of the file
 * @reason: why, translated
 *
 * Counts a line that was not taken.
 */
void
store_import_report_refuse (StoreImportReport *self,
                            guint64            line,
                            const char        *reason)
{
  g_return_if_fail (self != NULL && reason != NULL);

  self->refused++;
  add_remark (self->refusals, line, NULL, reason);
}

/**
 * store_import_report_leave:
 * @self: a report
 * @line: a line of the file
 * @field: (nullable): the field that the cell was for
 * @reason: why, translated
 *
 * Counts a cell that was not taken, of a line that was.
 */
void
store_import_report_leave (StoreImportReport *self,
                           guint64            line,
                           const char        *field,
                           const char        *reason)
{
  g_return_if_fail (self != NULL && reason != NULL);

  self->left_out++;
  add_remark (self->remarks, line, field, reason);
}

static void
build_count (JsonBuilder *builder,
             const char  *name,
             guint64      count)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, (gint64) count);
}

static void
build_remarks (JsonBuilder     *builder,
               const char      *name,
               const GPtrArray *remarks)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < remarks->len; i++)
    {
      const StoreImportRemark *remark = remarks->pdata[i];

      json_builder_begin_object (builder);
      build_count (builder, "line", remark->line);
      if (remark->field != NULL)
        {
          json_builder_set_member_name (builder, "field");
          json_builder_add_string_value (builder, remark->field);
        }
      json_builder_set_member_name (builder, "reason");
      json_builder_add_string_value (builder, remark->reason);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
build_strings (JsonBuilder *builder,
               const char  *name,
               char       **strings)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; strings[i] != NULL; i++)
    json_builder_add_string_value (builder, strings[i]);
  json_builder_end_array (builder);
}

/**
 * store_import_report_to_json:
 * @self: a report
 *
 * Returns: (transfer full): the report as the command line prints it
 */
JsonNode *
store_import_report_to_json (const StoreImportReport *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  g_return_val_if_fail (self != NULL, NULL);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "rehearsal");
  json_builder_add_boolean_value (builder, self->rehearsal);
  json_builder_set_member_name (builder, "complete");
  json_builder_add_boolean_value (builder, self->complete);
  build_count (builder, "taken", self->taken);
  build_count (builder, "updated", self->updated);
  build_count (builder, "unchanged", self->unchanged);
  build_count (builder, "refused", self->refused);
  build_count (builder, "totals", self->totals);
  build_count (builder, "left_out", self->left_out);
  build_count (builder, "companies", self->companies);
  build_count (builder, "customers", self->customers);
  build_count (builder, "ambiguous_dates", self->ambiguous_dates);
  build_remarks (builder, "refusals", self->refusals);
  build_remarks (builder, "remarks", self->remarks);
  build_strings (builder, "mapped", self->mapped);
  build_strings (builder, "ignored", self->ignored);
  json_builder_set_member_name (builder, "group");
  if (self->group != NULL)
    json_builder_add_string_value (builder, self->group);
  else
    json_builder_add_null_value (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
