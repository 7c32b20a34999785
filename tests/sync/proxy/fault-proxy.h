/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * FaultKind:
 * @FAULT_NONE: all is well
 * @FAULT_LOSE_REQUEST: the request never arrives
 * @FAULT_CUT_REQUEST: half of it arrives
 * @FAULT_LOSE_REPLY: the request is done, its answer is lost
 * @FAULT_CUT_REPLY: half of the answer arrives
 * @FAULT_REPEAT: the request arrives twice
 * @FAULT_REFUSE: somebody on the way answers 503
 * @FAULT_PORTAL: a network's log-in page answers 200
 *
 * What goes wrong with one request.
 */
typedef enum
{
  FAULT_NONE,
  FAULT_LOSE_REQUEST,
  FAULT_CUT_REQUEST,
  FAULT_LOSE_REPLY,
  FAULT_CUT_REPLY,
  FAULT_REPEAT,
  FAULT_REFUSE,
  FAULT_PORTAL,
} FaultKind;

#define FAULT_KINDS 8

/**
 * FaultProxyFunc:
 * @request: the number of the request, from 1
 * @is_done: whether the server has answered it (and the answer is not passed on yet)
 * @data: what was given with it
 *
 * Called twice for each request, on the proxy's thread: the points where a test may kill.
 */
typedef void (*FaultProxyFunc) (guint    request,
                                gboolean is_done,
                                gpointer data);

typedef struct _FaultProxy FaultProxy;

FaultProxy *fault_proxy_new          (void);
const char *fault_proxy_get_url      (FaultProxy      *self);
void        fault_proxy_set_upstream (FaultProxy      *self,
                                      const char      *url);
void        fault_proxy_set_fault    (FaultProxy      *self,
                                      FaultKind        kind,
                                      guint            request);
void        fault_proxy_set_hook     (FaultProxy      *self,
                                      FaultProxyFunc   hook,
                                      gpointer         data);
guint       fault_proxy_get_count    (FaultProxy      *self);
void        fault_proxy_free         (FaultProxy      *self);

const char *fault_kind_get_name      (FaultKind        kind);

G_END_DECLS
