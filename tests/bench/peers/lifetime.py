# SPDX-License-Identifier: GPL-3.0-or-later
"""Purchase-history models in numpy and scipy.

The package lifetimes is not in Debian 12; this fits the same likelihoods the same way: BG/NBD and
MBG/NBD by BFGS in log parameters with the exact gradient from .1 on all customers, Pareto/NBD by
Nelder-Mead with hyp2f1. A second line gives each the distinct patterns with their weights, which
the package leaves to its user.
"""
import numpy as np
import scipy
from scipy.optimize import minimize
from scipy.special import gammaln, hyp2f1, psi

from peers import OPTIONS, measure, read, tell


def bgnbd(modified):
    """-mean log-likelihood and its gradient in log (r, alpha, a, b); time is scaled."""
    def function(log_p, x, tx, T, w):
        r, alpha, a, b = np.exp(log_p)
        some = x > 0
        c = a + b + x if not modified else a + b + x + 1
        first = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
        if modified:
            b0 = b + x + 1
            common = gammaln(a + b) + gammaln(b0) - gammaln(b) - gammaln(a + b + x + 1)
            n_dead = a / (b + x)
            dead_on = np.ones_like(some)
        else:
            b0 = b + x
            common = gammaln(a + b) + gammaln(b0) - gammaln(b) - gammaln(a + b + x)
            n_dead = np.where(some, a / np.where(some, b + x - 1, 1.0), 0.0)
            dead_on = some
        l1 = -(r + x) * np.log(alpha + T)
        l2 = np.where(dead_on, np.log(np.where(dead_on, n_dead, 1.0)), -np.inf) \
            - (r + x) * np.log(alpha + tx)
        top = np.maximum(l1, l2)
        both = top + np.log(np.exp(l1 - top) + np.exp(l2 - top))
        q = np.exp(l2 - both)
        value = -np.sum(w * (first + common + both)) / w.sum()
        d_r = psi(r + x) - psi(r) + np.log(alpha) - (1 - q) * np.log(alpha + T) \
            - q * np.log(alpha + tx)
        d_alpha = r / alpha - (r + x) * ((1 - q) / (alpha + T) + q / (alpha + tx))
        d_a = psi(a + b) - psi(c) + q / a
        bottom = b + x if modified else np.where(some, b + x - 1, 1.0)
        d_b = psi(a + b) + psi(b0) - psi(b) - psi(c) - q / bottom
        gradient = [-np.sum(w * d) / w.sum() * p
                    for d, p in ((d_r, r), (d_alpha, alpha), (d_a, a), (d_b, b))]
        return value, np.array(gradient)
    return function


def pareto(log_p, x, tx, T, w):
    """-mean log-likelihood of Pareto/NBD."""
    r, alpha, s, beta = np.exp(log_p)
    top, low = max(alpha, beta), abs(alpha - beta)
    second = s + 1 if alpha >= beta else r + x
    def part(t):
        return hyp2f1(r + s + x, second, r + s + x + 1, low / (top + t)) \
            / (top + t) ** (r + s + x)
    a0 = np.maximum(part(tx) - part(T), 1e-300)
    first = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + s * np.log(beta)
    alive = -(r + x) * np.log(alpha + T) - s * np.log(beta + T)
    gone = np.log(s / (r + s + x)) + np.log(a0)
    return -np.sum(w * (first + np.logaddexp(alive, gone))) / w.sum()


def scaled(rows):
    """The columns with weights of 1, time scaled as the package does it."""
    scale = 10.0 / rows[:, 2].max()
    return rows[:, 0], rows[:, 1] * scale, rows[:, 2] * scale, np.ones(len(rows))


def patterns(rows):
    """The distinct rows with their counts."""
    distinct, counts = np.unique(rows, axis=0, return_counts=True)
    scale = 10.0 / distinct[:, 2].max()
    return distinct[:, 0], distinct[:, 1] * scale, distinct[:, 2] * scale, counts.astype(float)


def fit(rows, function, columns, **options):
    """The log-likelihood in the data's own time, and the result."""
    data = columns(rows)
    found = minimize(function, np.full(4, 0.1), args=data, tol=1e-6, **options)
    scale = 10.0 / rows[:, 2].max()
    return -found.fun * len(rows) + rows[:, 0].sum() * np.log(scale)


for name in ("cdnow", "million"):
    rows = read(f"{name}.f64", 3)
    if rows is None:
        continue
    repeats = 3 if name == "cdnow" else 1
    for columns, how in ((scaled, "all customers"), (patterns, "distinct patterns")):
        for model, modified in (("bgnbd", False), ("mbgnbd", True)):
            seconds, found = measure(
                lambda: fit(rows, bgnbd(modified), columns, jac=True, method="BFGS"), repeats)
            tell(f"{model}-{name}", seconds, f"scipy {scipy.__version__}, BFGS, {how}",
                 f"log-likelihood {found:.4f}")
    if name == "million" and "full" not in OPTIONS:
        continue
    seconds, found = measure(
        lambda: fit(rows, pareto, patterns, method="Nelder-Mead",
                    options={"maxiter": 2000, "maxfev": 2000}), 1)
    tell(f"pareto-{name}", seconds, f"scipy {scipy.__version__}, Nelder-Mead, distinct patterns",
         f"log-likelihood {found:.4f}")
