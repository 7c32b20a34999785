/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app-insights-people.h"

G_BEGIN_DECLS

#define APP_TYPE_PEOPLE_WINDOW (app_people_window_get_type ())
G_DECLARE_FINAL_TYPE (AppPeopleWindow, app_people_window, APP, PEOPLE_WINDOW, AdwWindow)

/* Signal "chosen" (const char *id): a customer was opened; the window closes. */

AppPeopleWindow *app_people_window_new (GtkWindow         *parent,
                                        StoreDatabase     *database,
                                        const char        *title,
                                        AppInsightsPeople *people);

G_END_DECLS
