/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of a file, or would: how many lines of each fate, and why some were not taken. */
#include "config.h"

#include "app-import-report-rows.h"

#include <glib/gi18n-lib.h>

#include "app-value-text.h"

#define MAX_REMARKS 200

static void
add_row (AdwPreferencesGroup *group,
         GPtrArray           *rows,
         const char          *title,
         const char          *subtitle,
         const char          *suffix)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (suffix)
    {
      GtkWidget *label = gtk_label_new (suffix);

      gtk_widget_add_css_class (label, "numeric");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }
  adw_preferences_group_add (group, row);
  g_object_set_data (G_OBJECT (row), "group", group);
  g_ptr_array_add (rows, row);
}

static void
add_count (AdwPreferencesGroup *group,
           GPtrArray           *rows,
           const char          *title,
           guint64              count,
           gboolean             always)
{
  g_autofree char *number = app_number_to_text ((gint64) count);

  if (count > 0 || always)
    add_row (group, rows, title, NULL, number);
}

static void
add_remarks (AdwPreferencesGroup *group,
             GPtrArray           *rows,
             GPtrArray           *remarks,
             guint               *shown)
{
  for (guint i = 0; i < remarks->len && *shown < MAX_REMARKS; i++, (*shown)++)
    {
      const StoreImportRemark *remark = g_ptr_array_index (remarks, i);
      g_autofree char *line = app_number_to_text ((gint64) remark->line);
      g_autofree char *title = NULL;

      /* Translators: %s is the number of a line in a file. */
      title = g_strdup_printf (_("Line %s"), line);
      add_row (group, rows, title, remark->reason, NULL);
    }
}

/**
 * app_import_report_rows_fill:
 * @rows: (element-type GtkWidget): rows shown before, which are taken away; gets the new ones
 */
void
app_import_report_rows_fill (AdwPreferencesGroup     *counts,
                             AdwPreferencesGroup     *remarks,
                             GPtrArray               *rows,
                             const StoreImportReport *report)
{
  guint shown = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (rows, i);

      adw_preferences_group_remove (g_object_get_data (G_OBJECT (row), "group"), row);
    }
  g_ptr_array_set_size (rows, 0);

  add_count (counts, rows, _("New"), report->taken, TRUE);
  add_count (counts, rows, _("Changed"), report->updated, TRUE);
  add_count (counts, rows, _("Already there as they are"), report->unchanged, TRUE);
  add_count (counts, rows, _("Refused"), report->refused, TRUE);
  add_count (counts, rows, _("Companies added for their people"), report->companies, FALSE);
  add_count (counts, rows, _("Customers added for their orders"), report->customers, FALSE);
  add_count (counts, rows, _("Sums passed over"), report->totals, FALSE);
  add_count (counts, rows, _("Cells left out"), report->left_out, FALSE);
  add_count (counts, rows, _("Dates whose day and month could be swapped"),
             report->ambiguous_dates, FALSE);
  if (report->ignored && report->ignored[0])
    {
      /* Translators: stands between the names of columns. */
      g_autofree char *names = g_strjoinv (_(", "), report->ignored);

      add_row (counts, rows, _("Columns left out"), names, NULL);
    }

  add_remarks (remarks, rows, report->refusals, &shown);
  add_remarks (remarks, rows, report->remarks, &shown);
  gtk_widget_set_visible (GTK_WIDGET (remarks), shown > 0);
}
