/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SyncError:
 * @SYNC_ERROR_FAILED: it did not work and trying again is unlikely to help
 * @SYNC_ERROR_UNREACHABLE: no answer, or an answer that was cut; try again later
 * @SYNC_ERROR_BUSY: the remote asks to wait before the next request
 * @SYNC_ERROR_NOT_FOUND: the account, stream or object is unknown there
 * @SYNC_ERROR_DENIED: the remote does not take our signature
 * @SYNC_ERROR_CLOSED: registration needs an invite code, or the code is spent
 * @SYNC_ERROR_CONFLICT: somebody else was faster; fetch and try again
 * @SYNC_ERROR_TOO_LARGE: more bytes than the remote takes at once
 * @SYNC_ERROR_REVOKED: this device was shut out of the account
 * @SYNC_ERROR_QUOTA: the remote has no room left for this account
 * @SYNC_ERROR_UNSUPPORTED: the remote does not have this ability, and said so
 * @SYNC_ERROR_TOO_NEW: written by a later version in a way that this one cannot read
 * @SYNC_ERROR_DAMAGED: bytes that do not parse or do not open
 * @SYNC_ERROR_FORGED: a signature or a chain of hashes does not prove
 * @SYNC_ERROR_INVALID: an argument (recovery words, an address) cannot be taken as it is
 * @SYNC_ERROR_NO_ACCOUNT: the store has not joined an account yet
 * @SYNC_ERROR_EXISTS: there is one already
 * @SYNC_ERROR_CANCELLED: stopped on request
 *
 * The one error domain of sync: codes by what the caller can do about it.
 * Messages are translated sentences for the person.
 */
typedef enum
{
  SYNC_ERROR_FAILED,
  SYNC_ERROR_UNREACHABLE,
  SYNC_ERROR_BUSY,
  SYNC_ERROR_NOT_FOUND,
  SYNC_ERROR_DENIED,
  SYNC_ERROR_CLOSED,
  SYNC_ERROR_CONFLICT,
  SYNC_ERROR_TOO_LARGE,
  SYNC_ERROR_REVOKED,
  SYNC_ERROR_QUOTA,
  SYNC_ERROR_UNSUPPORTED,
  SYNC_ERROR_TOO_NEW,
  SYNC_ERROR_DAMAGED,
  SYNC_ERROR_FORGED,
  SYNC_ERROR_INVALID,
  SYNC_ERROR_NO_ACCOUNT,
  SYNC_ERROR_EXISTS,
  SYNC_ERROR_CANCELLED,
} SyncError;

#define SYNC_ERROR (sync_error_quark ())

GQuark sync_error_quark (void);

G_END_DECLS
