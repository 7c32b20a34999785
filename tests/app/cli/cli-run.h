/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

/**
 * CliRun:
 * @status: the exit status
 * @out: what stood on standard output
 * @err: what stood on standard error
 *
 * One run of the real program, in a folder of its own, with LC_ALL=C, no session bus and no home.
 */
typedef struct
{
  int status;
  char *out;
  char *err;
} CliRun;

void        cli_run_free      (CliRun      *run);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliRun, cli_run_free)

/**
 * CliFolder:
 * @path: where the store of the test lies
 * @store: the store
 * @input: (nullable): what the program reads on standard input
 * @file_limit: most bytes that a file may have, 0 for any
 * @locale: (nullable): in place of "C"
 */
typedef struct
{
  char *path;
  char *store;
  const char *input;
  guint64 file_limit;
  const char *locale;
} CliFolder;

void        cli_folder_set_up    (CliFolder     *folder,
                                  gconstpointer  data);
void        cli_folder_tear_down (CliFolder     *folder,
                                  gconstpointer  data);

CliRun     *cli_run           (CliFolder   *folder,
                               ...) G_GNUC_NULL_TERMINATED;
CliRun     *cli_run_strv      (CliFolder   *folder,
                               const char *const *arguments);
GSubprocess *cli_start        (CliFolder   *folder,
                               const char *const *arguments);
/* The run must end well; returns its standard output without the last line end. */
char       *cli_answer        (CliFolder   *folder,
                               ...) G_GNUC_NULL_TERMINATED;
/* The same with --json, parsed. */
JsonNode   *cli_json          (CliFolder   *folder,
                               ...) G_GNUC_NULL_TERMINATED;
/* The run must end with this status, a sentence on standard error and nothing on standard output. */
void        cli_fails         (CliFolder   *folder,
                               int          status,
                               ...) G_GNUC_NULL_TERMINATED;
