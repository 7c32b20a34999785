/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fault-proxy.h"

/* The proxy as a program, for tests of real processes. It prints its address, then obeys lines on
 * standard input and answers each with one line:
 *
 *     upstream URL        pass requests there                       "ok"
 *     fault KIND N        spoil the N-th request from now           "ok"
 *     kill PID POINT      SIGKILL a process at a point from now: 2k-1 is before the k-th
 *                         request is passed on, 2k before its answer is     "ok"
 *     count               requests since the last fault or kill     a number
 */

typedef struct
{
  int process;
  guint point;
} Kill;

static void
kill_at (guint    request,
         gboolean is_done,
         gpointer data)
{
  const Kill *order = data;
  guint point = request * 2 - (is_done ? 0 : 1);

  if (order->process > 0 && point == order->point)
    kill (order->process, SIGKILL);
}

static gboolean
set_fault (FaultProxy *proxy,
           const char *name,
           guint       request)
{
  for (guint kind = 0; kind < FAULT_KINDS; kind++)
    if (strcmp (fault_kind_get_name (kind), name) == 0)
      {
        fault_proxy_set_fault (proxy, kind, request);
        return TRUE;
      }

  return FALSE;
}

static gboolean
obey (FaultProxy *proxy,
      Kill       *order,
      char      **words)
{
  guint n_words = g_strv_length (words);

  if (n_words == 2 && strcmp (words[0], "upstream") == 0)
    {
      fault_proxy_set_upstream (proxy, words[1]);
      return TRUE;
    }

  if (n_words == 3 && strcmp (words[0], "fault") == 0)
    return set_fault (proxy, words[1], atoi (words[2]));

  if (n_words == 3 && strcmp (words[0], "kill") == 0)
    {
      fault_proxy_set_hook (proxy, NULL, NULL);
      order->process = atoi (words[1]);
      order->point = atoi (words[2]);
      fault_proxy_set_fault (proxy, FAULT_NONE, 0);
      fault_proxy_set_hook (proxy, kill_at, order);
      return TRUE;
    }

  return FALSE;
}

int
main (void)
{
  FaultProxy *proxy = fault_proxy_new ();
  Kill order = { 0 };
  char line[1024];

  printf ("%s\n", fault_proxy_get_url (proxy));
  fflush (stdout);

  while (fgets (line, sizeof line, stdin) != NULL)
    {
      g_auto (GStrv) words = g_strsplit (g_strstrip (line), " ", -1);

      if (strcmp (line, "count") == 0)
        printf ("%u\n", fault_proxy_get_count (proxy));
      else
        printf ("%s\n", obey (proxy, &order, words) ? "ok" : "what?");
      fflush (stdout);
    }

  fault_proxy_free (proxy);
  return EXIT_SUCCESS;
}
