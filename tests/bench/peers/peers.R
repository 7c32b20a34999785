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

# The best times of some repeats, by the clock and of the processor, and what the last returned.
measure <- function(work, repeats = 3) {
  seconds <- c(Inf, Inf)
  for (i in seq_len(repeats)) {
    start <- proc.time()
    answer <- work()
    used <- proc.time() - start
    seconds <- pmin(seconds, c(used[["elapsed"]], used[["user.self"]] + used[["sys.self"]]))
  }
  list(seconds = seconds, answer = answer)
}

# A line for bench-insight --peers.
tell <- function(key, seconds, name, figure = "") {
  cat(sprintf("%s\t%.6f\t%.6f\t%s\t%s\n", key, seconds[1], seconds[2], name, figure),
      file = file.path(folder, "peers.tsv"), append = TRUE)
  message(sprintf("%s: %.4f s, %s %s", key, seconds[1], name, figure))
}
