/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person sees before there is a store: the four ways to begin. */
#include "config.h"

#include "app-start-page.h"

struct _AppStartPage
{
  AdwBin parent_instance;

  GtkLabel *problem;
};

G_DEFINE_FINAL_TYPE (AppStartPage, app_start_page, ADW_TYPE_BIN)

static void
app_start_page_class_init (AppStartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/clientele/Clientele/app-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AppStartPage, problem);
}

static void
app_start_page_init (AppStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * app_start_page_explain:
 * @text: (nullable): why the store could not be opened, a translated sentence
 */
void
app_start_page_explain (AppStartPage *self,
                        const char   *text)
{
  g_return_if_fail (APP_IS_START_PAGE (self));

  gtk_label_set_label (self->problem, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}
