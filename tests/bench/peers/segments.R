# SPDX-License-Identifier: GPL-3.0-or-later
# Trees by R's cluster and stats. Without "full", those that take minutes get fewer points.
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)[1]))
source(file.path(here, "peers.R"))
library(cluster)

points <- read_rows("tree.f64", 4)
name <- sprintf("R cluster %s", packageVersion("cluster"))
full <- "full" %in% options_given

r <- measure(function() hclust(dist(points[1:10000, ]), "ward.D2"), 1)
tell("ward", r$seconds, sprintf("R %s, hclust", getRversion()),
     sprintf("height %.6f", max(r$answer$height)))
r <- measure(function() hclust(dist(points[1:5000, ]), "average"), 2)
tell("agnes", r$seconds, sprintf("R %s, hclust", getRversion()),
     sprintf("height %.6f", max(r$answer$height)))

n <- if (full) 5000 else 2000
for (method in c("average", if (full) "ward")) {
  r <- measure(function() agnes(points[1:n, ], method = method), 1)
  tell(if (full && method == "average") "agnes" else sprintf("agnes-%s-%d", method, n),
       r$seconds, sprintf("%s, agnes %s of %d", name, method, n),
       sprintf("height %.6f", max(r$answer$height)))
}
r <- measure(function() diana(points[1:n, ]), 1)
tell(if (full) "diana" else "diana-2000", r$seconds, sprintf("%s, diana", name),
     sprintf("height %.6f", max(r$answer$height)))
