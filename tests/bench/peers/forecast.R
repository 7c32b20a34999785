# SPDX-License-Identifier: GPL-3.0-or-later
# The airline model, auto.arima and ets by R's forecast, on the series that bench-insight uses.
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)[1]))
source(file.path(here, "peers.R"))
suppressMessages(library(forecast))

name <- sprintf("R forecast %s", packageVersion("forecast"))
root <- Sys.getenv("CLIENTELE_SHARED_DATA")
series <- list(AirPassengers = 12, UKgas = 4, co2 = 12, wineind = 12, Nile = 1, lynx = 1,
               JohnsonJohnson = 4)
for (which in names(series)) {
  path <- file.path(root, "ts", paste0(which, ".csv"))
  if (root == "" || !file.exists(path)) next
  table <- read.csv(path)
  y <- ts(table[[ncol(table)]], frequency = series[[which]])
  if (which == "AirPassengers") {
    r <- measure(function() Arima(log(y), order = c(0, 1, 1), seasonal = c(0, 1, 1), method = "ML"),
                 10)
    tell("airline", r$seconds, paste0(name, ", Arima"),
         sprintf("log-likelihood %.4f", r$answer$loglik))
  }
  r <- measure(function() auto.arima(y), 1)
  tell(paste0("auto-arima-", which), r$seconds, paste0(name, ", auto.arima"),
       sprintf("AICc %.4f", r$answer$aicc))
  r <- measure(function() ets(y), 1)
  tell(paste0("ets-", which), r$seconds, paste0(name, ", ets"),
       sprintf("AICc %.4f", r$answer$aicc))
}
