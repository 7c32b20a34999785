# SPDX-License-Identifier: GPL-3.0-or-later
"""Logistic regression and a forest by scikit-learn; the regression by statsmodels too."""
import numpy as np
import sklearn
import statsmodels
import statsmodels.api as sm
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from peers import OPTIONS, measure, read, tell


def likelihood(model, x, y):
    """Log-likelihood of a fitted classifier."""
    p = model.predict_proba(x)[:, 1]
    return float(np.sum(np.log(np.where(y > 0, p, 1 - p))))


x, y = read("logit-x.f64", 20), read("logit-y.f64")
for solver in ("lbfgs", "newton-cholesky"):
    logit = LogisticRegression(penalty=None, solver=solver, tol=1e-6, max_iter=200)
    seconds, model = measure(lambda: logit.fit(x, y), 2)
    tell("logit", seconds, f"scikit-learn {sklearn.__version__}, {solver}",
         f"log-likelihood {likelihood(model, x, y):.4f}")
seconds, model = measure(lambda: sm.Logit(y, sm.add_constant(x)).fit(disp=0), 1)
tell("logit", seconds, f"statsmodels {statsmodels.__version__}", f"log-likelihood {model.llf:.4f}")

x, y = read("forest-x.f64", 20), read("forest-y.f64")
others, outcomes = read("held-back-x.f64", 20), read("held-back-y.f64")
for leaf in (1, 50) if "full" in OPTIONS else (50,):
    forest = RandomForestClassifier(100, n_jobs=-1, random_state=1, min_samples_leaf=leaf)
    seconds, model = measure(lambda: forest.fit(x, y), 1)
    auc = roc_auc_score(outcomes, model.predict_proba(others)[:, 1])
    tell("forest", seconds, f"scikit-learn {sklearn.__version__}, leaves of at least {leaf}",
         f"AUC of others {auc:.4f}")
