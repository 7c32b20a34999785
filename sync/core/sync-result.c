/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-result.h"

/**
 * sync_result_new:
 *
 * Returns: (transfer full): a result in which nothing happened
 */
SyncResult *
sync_result_new (void)
{
  SyncResult *result = g_new0 (SyncResult, 1);

  result->identical = g_ptr_array_new_with_free_func (g_free);
  result->behind = g_ptr_array_new_with_free_func (g_free);
  result->notices = g_ptr_array_new_with_free_func ((GDestroyNotify) sync_notice_free);

  return result;
}

/**
 * sync_result_free:
 * @result: a result
 */
void
sync_result_free (SyncResult *result)
{
  if (result == NULL)
    return;

  g_ptr_array_unref (result->identical);
  g_ptr_array_unref (result->behind);
  g_ptr_array_unref (result->notices);
  g_free (result);
}
