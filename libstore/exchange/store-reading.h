/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/**
 * StoreReading:
 * @STORE_READING_VALUE: the text says something, and it was understood
 * @STORE_READING_EMPTY: the text says that there is nothing ("", "-", "N/A", 0000-00-00)
 * @STORE_READING_REFUSED: the text says something that cannot be taken; the error says why
 *
 * What became of a cell.
 */
typedef enum
{
  STORE_READING_VALUE,
  STORE_READING_EMPTY,
  STORE_READING_REFUSED,
} StoreReading;
