/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StoreError:
 * @STORE_ERROR_FAILED: the disk or the database failed; try again later
 * @STORE_ERROR_FULL: no room left on the disk
 * @STORE_ERROR_BUSY: another program holds the store for too long
 * @STORE_ERROR_NOT_FOUND: the record, kind, field, group or clash is unknown
 * @STORE_ERROR_INVALID: a value, a name or an argument cannot be taken as it is
 * @STORE_ERROR_DAMAGED: bytes on disk or received do not prove or do not parse
 * @STORE_ERROR_TOO_NEW: written by a later version in a way that this one cannot read
 * @STORE_ERROR_EXISTS: there is one already
 * @STORE_ERROR_TOO_LITTLE_DATA: the numbers do not carry an answer
 * @STORE_ERROR_CANCELLED: stopped on request, nothing was changed
 *
 * The one error domain of libstore: codes by what the caller can do about it.
 * Messages are translated sentences for the person.
 */
typedef enum
{
  STORE_ERROR_FAILED,
  STORE_ERROR_FULL,
  STORE_ERROR_BUSY,
  STORE_ERROR_NOT_FOUND,
  STORE_ERROR_INVALID,
  STORE_ERROR_DAMAGED,
  STORE_ERROR_TOO_NEW,
  STORE_ERROR_EXISTS,
  STORE_ERROR_TOO_LITTLE_DATA,
  STORE_ERROR_CANCELLED,
} StoreError;

#define STORE_ERROR (store_error_quark ())

GQuark store_error_quark (void);

G_END_DECLS
