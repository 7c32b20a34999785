/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gsl/gsl_errno.h>

#include "store-gsl.h"

/* By default GSL aborts the program on any error; whoever uses it calls this first and looks at
 * what comes back. */
void
store_gsl_prepare (void)
{
  static gsize done = 0;

  if (!g_once_init_enter (&done))
    return;
  gsl_set_error_handler_off ();
  g_once_init_leave (&done, 1);
}
