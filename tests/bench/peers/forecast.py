# SPDX-License-Identifier: GPL-3.0-or-later
"""The airline model by statsmodels."""
import os
import warnings

import numpy as np
import statsmodels
from statsmodels.tsa.statespace.sarimax import SARIMAX

from peers import measure, tell

warnings.simplefilter("ignore")
path = os.path.join(os.environ.get("CLIENTELE_SHARED_DATA", ""), "ts", "AirPassengers.csv")
if os.path.exists(path):
    with open(path, encoding="utf-8") as file:
        y = np.log([float(line.rsplit(",", 1)[1]) for line in file.read().split("\n")[1:] if line])
    seconds, model = measure(
        lambda: SARIMAX(y, order=(0, 1, 1), seasonal_order=(0, 1, 1, 12)).fit(disp=0), 2)
    tell("airline", seconds, f"statsmodels {statsmodels.__version__}, SARIMAX",
         f"log-likelihood {model.llf:.4f}")
