# SPDX-License-Identifier: GPL-3.0-or-later
# What the peers in R share: reading what bench-insight wrote, timing, telling.
arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]
options_given <- arguments[-1]

read_rows <- function(name, columns) {
  path <- file.path(folder, name)
  numbers <- readBin(path, "double", file.size(path) / 8, endian = "little")
  matrix(numbers, ncol = columns, byrow = TRUE)
}

# The best time of some repeats, by the clock, and what the last returned.
measure <- function(work, repeats = 3) {
  best <- Inf
  for (i in seq_len(repeats)) {
    start <- proc.time()[["elapsed"]]
    answer <- work()
    best <- min(best, proc.time()[["elapsed"]] - start)
  }
  list(seconds = best, answer = answer)
}

# A line for bench-insight --peers.
tell <- function(key, seconds, name, figure = "") {
  cat(sprintf("%s\t%.6f\t%s\t%s\n", key, seconds, name, figure),
      file = file.path(folder, "peers.tsv"), append = TRUE)
  message(sprintf("%s: %.4f s, %s %s", key, seconds, name, figure))
}
