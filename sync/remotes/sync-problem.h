/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SyncProblem:
 * @SYNC_PROBLEM_NONE: no problem, or one that this version does not know
 *
 * Why the server refuses a request: the kinds of RFC 7807 documents that it sends. What each
 * means stands in the table of sync-problem.c.
 */
typedef enum
{
  SYNC_PROBLEM_NONE,
  SYNC_PROBLEM_BAD_REQUEST,
  SYNC_PROBLEM_BAD_JSON,
  SYNC_PROBLEM_BATCH_DAMAGED,
  SYNC_PROBLEM_UNSIGNED,
  SYNC_PROBLEM_ORIGIN_UNKNOWN,
  SYNC_PROBLEM_TIME_STALE,
  SYNC_PROBLEM_DEVICE_UNKNOWN,
  SYNC_PROBLEM_SIGNATURE_WRONG,
  SYNC_PROBLEM_ACCOUNT_KEY_NEEDED,
  SYNC_PROBLEM_BATCH_FORGED,
  SYNC_PROBLEM_DEVICE_REVOKED,
  SYNC_PROBLEM_REGISTRATION_CLOSED,
  SYNC_PROBLEM_NOT_FOUND,
  SYNC_PROBLEM_ACCOUNT_UNKNOWN,
  SYNC_PROBLEM_STREAM_UNKNOWN,
  SYNC_PROBLEM_STATE_UNKNOWN,
  SYNC_PROBLEM_METHOD_UNKNOWN,
  SYNC_PROBLEM_STREAM_ELSEWHERE,
  SYNC_PROBLEM_ROSTER_MOVED,
  SYNC_PROBLEM_TOO_LARGE,
  SYNC_PROBLEM_BUSY,
  SYNC_PROBLEM_FAILED,
  SYNC_PROBLEM_FULL,
} SyncProblem;

const char  *sync_problem_get_type   (SyncProblem  problem);
const char  *sync_problem_get_title  (SyncProblem  problem);
guint        sync_problem_get_status (SyncProblem  problem);
SyncProblem  sync_problem_from_type  (const char  *type);

G_END_DECLS
