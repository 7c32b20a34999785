/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app-demo-party.h"

void
app_demo_party_free (AppDemoParty *self)
{
  g_free (self->name);
  g_free (self->latin);
  g_free (self);
}
