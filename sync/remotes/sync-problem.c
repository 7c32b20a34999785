/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-problem.h"

/* The server's refusals are RFC 7807 documents, application/problem+json:
 *
 *     {"type": "urn:clientele:problem:stream-elsewhere", "title": "...", "status": 409,
 *      "have": 17, "hash": "64 hexadecimal digits"}
 *
 * The type is stable and the only thing that a program may decide by; the title is English for
 * whoever reads logs. Further members: "time" (time-stale), "limit" (too-large), "have" and "hash"
 * (stream-elsewhere), "version" (roster-moved).
 */

#define PREFIX "urn:clientele:problem:"

static const struct
{
  guint status;
  const char *type;
  const char *title;
} problems[] = {
  [SYNC_PROBLEM_NONE] = { 0, "about:blank", "" },
  [SYNC_PROBLEM_BAD_REQUEST] = { 400, PREFIX "bad-request", "The path, query or header cannot be read" },
  [SYNC_PROBLEM_BAD_JSON] = { 400, PREFIX "bad-json", "The body is not the JSON object expected here" },
  [SYNC_PROBLEM_BATCH_DAMAGED] = { 400, PREFIX "batch-damaged", "The batch does not parse, or is not the one of the path" },
  [SYNC_PROBLEM_UNSIGNED] = { 401, PREFIX "unsigned", "The request carries no signature" },
  [SYNC_PROBLEM_ORIGIN_UNKNOWN] = { 401, PREFIX "origin-unknown", "This server does not go by that name; start it with --origin" },
  [SYNC_PROBLEM_TIME_STALE] = { 401, PREFIX "time-stale", "The signature's time is too far from the server's" },
  [SYNC_PROBLEM_DEVICE_UNKNOWN] = { 401, PREFIX "device-unknown", "The device is not enrolled" },
  [SYNC_PROBLEM_SIGNATURE_WRONG] = { 401, PREFIX "signature-wrong", "The signature does not prove" },
  [SYNC_PROBLEM_ACCOUNT_KEY_NEEDED] = { 403, PREFIX "account-key-needed", "Only the account's key may do that" },
  [SYNC_PROBLEM_BATCH_FORGED] = { 403, PREFIX "batch-forged", "The author's signature in the batch does not prove" },
  [SYNC_PROBLEM_DEVICE_REVOKED] = { 403, PREFIX "device-revoked", "The device was shut out" },
  [SYNC_PROBLEM_REGISTRATION_CLOSED] = { 403, PREFIX "registration-closed", "A new account needs an unspent invite code" },
  [SYNC_PROBLEM_NOT_FOUND] = { 404, PREFIX "not-found", "There is nothing at this path" },
  [SYNC_PROBLEM_ACCOUNT_UNKNOWN] = { 404, PREFIX "account-unknown", "There is no such account" },
  [SYNC_PROBLEM_STREAM_UNKNOWN] = { 404, PREFIX "stream-unknown", "The account has no such stream" },
  [SYNC_PROBLEM_STATE_UNKNOWN] = { 404, PREFIX "state-unknown", "The device has left no state" },
  [SYNC_PROBLEM_METHOD_UNKNOWN] = { 405, PREFIX "method-unknown", "The path does not have this method" },
  [SYNC_PROBLEM_STREAM_ELSEWHERE] = { 409, PREFIX "stream-elsewhere", "The batch does not follow on the stream's end" },
  [SYNC_PROBLEM_ROSTER_MOVED] = { 409, PREFIX "roster-moved", "The roster has another version" },
  [SYNC_PROBLEM_TOO_LARGE] = { 413, PREFIX "too-large", "The body is larger than the server takes" },
  [SYNC_PROBLEM_BUSY] = { 429, PREFIX "busy", "Too many requests; wait and ask again" },
  [SYNC_PROBLEM_FAILED] = { 500, PREFIX "failed", "The server failed; nothing was changed" },
  [SYNC_PROBLEM_FULL] = { 507, PREFIX "full", "The room or number allowed here is used up" },
};

/**
 * sync_problem_get_type:
 * @problem: a problem
 *
 * Returns: its stable URI
 */
const char *
sync_problem_get_type (SyncProblem problem)
{
  g_return_val_if_fail (problem < G_N_ELEMENTS (problems), NULL);

  return problems[problem].type;
}

/**
 * sync_problem_get_title:
 * @problem: a problem
 *
 * Returns: one English sentence about it
 */
const char *
sync_problem_get_title (SyncProblem problem)
{
  g_return_val_if_fail (problem < G_N_ELEMENTS (problems), NULL);

  return problems[problem].title;
}

/**
 * sync_problem_get_status:
 * @problem: a problem
 *
 * Returns: the HTTP status that goes with it
 */
guint
sync_problem_get_status (SyncProblem problem)
{
  g_return_val_if_fail (problem < G_N_ELEMENTS (problems), 0);

  return problems[problem].status;
}

/**
 * sync_problem_from_type:
 * @type: (nullable): a URI, foreign text
 *
 * Returns: the problem of that type, %SYNC_PROBLEM_NONE for one that is unknown
 */
SyncProblem
sync_problem_from_type (const char *type)
{
  for (guint i = SYNC_PROBLEM_NONE + 1; i < G_N_ELEMENTS (problems); i++)
    if (g_strcmp0 (type, problems[i].type) == 0)
      return i;

  return SYNC_PROBLEM_NONE;
}
