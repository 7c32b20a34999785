#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Maximum-likelihood parameters of the purchase-history models in arithmetic of 50 digits.

Prints tests/data/lifetime-optima.csv. Needs mpmath and, in CLIENTELE_SHARED_DATA, the data. The
likelihoods are those that the papers print, with gamma, beta and hypergeometric functions, not the
sums that the program uses; derivatives are differences at half the digits. Newton's method from a
few digits ends when a step changes nothing in 30 of them.
"""
import csv
import datetime
import os
import sys
from collections import Counter

from mpmath import mp, mpf, log, exp, loggamma, hyp2f1, lu_solve, matrix, beta as beta_function, rf, fac

mp.dps = 50
ROOT = os.environ["CLIENTELE_SHARED_DATA"]


def load(path, id_column, date_column, value_column, cut):
    cut = datetime.date.fromisoformat(cut)
    days = {}
    with open(os.path.join(ROOT, path), newline="") as file:
        for row in list(csv.reader(file))[1:]:
            day = datetime.date.fromisoformat(row[date_column])
            if day > cut:
                continue
            value = round(float(row[value_column]) * 100) if value_column is not None else 100
            own = days.setdefault(row[id_column], {})
            own[day] = own.get(day, 0) + value
    patterns = Counter()
    gaps = mpf(0)
    spenders = Counter()
    for own in days.values():
        order = sorted(own)
        x = len(order) - 1
        patterns[(x, (order[-1] - order[0]).days, (cut - order[0]).days)] += 1
        for i in range(x):
            gaps += log(mpf((order[i + 1] - order[i]).days) / 7)
        later = sum(own[day] for day in order[1:])
        if x > 0 and later > 0:
            spenders[(x, later)] += 1
    return patterns, gaps, spenders


def weeks(days):
    return mpf(days) / 7


def remember(func):
    """Customers of equal x share the gamma functions."""
    known = {}

    def of(x):
        if x not in known:
            known[x] = func(x)
        return known[x]
    return of


def bgnbd(modified):
    def likelihood(p, patterns):
        r, alpha, a, b = p
        total = mpf(0)
        heads = remember(lambda x: loggamma(r + x) - loggamma(r) + r * log(alpha))
        stays = remember(lambda m: exp(loggamma(a + b) - loggamma(b) + loggamma(b + m) -
                                       loggamma(a + b + m)))
        for (x, t_x, T), weight in patterns.items():
            m = x + modified
            head = heads(x)
            stay = stays(m)
            part = stay * (alpha + weeks(T)) ** -(r + x)
            if m > 0:
                part += stay * a / (b + m - 1) * (alpha + weeks(t_x)) ** -(r + x)
            total += weight * (head + log(part))
        return total
    return likelihood


def cnbd(modified, k):
    def likelihood(p, patterns):
        r, alpha, a, b = p
        total = mpf(0)
        heads = remember(lambda x: loggamma(r + k * x) - loggamma(r) + r * log(alpha) -
                         x * log(fac(k - 1)))
        stays = remember(lambda m: exp(loggamma(a + b) - loggamma(b) + loggamma(b + m) -
                                       loggamma(a + b + m)))
        for (x, t_x, T), weight in patterns.items():
            m = x + modified
            shape = r + k * x
            head = heads(x)
            stay = stays(m)
            rest = sum(rf(shape, j) / fac(j) * weeks(T - t_x) ** j * (alpha + weeks(T)) ** -(shape + j)
                       for j in range(k))
            part = stay * rest
            if m > 0:
                part += stay * a / (b + m - 1) * (alpha + weeks(t_x)) ** -shape
            total += weight * (head + log(part))
        return total
    return likelihood


def pareto(p, patterns):
    r, alpha, s, beta = p
    total = mpf(0)
    heads = remember(lambda x: loggamma(r + x) - loggamma(r) + r * log(alpha) + s * log(beta))
    for (x, t_x, T), weight in patterns.items():
        n = r + s + x
        larger, smaller, second = (alpha, beta, s + 1) if alpha >= beta else (beta, alpha, r + x)

        def term(t):
            return (hyp2f1(n, second, n + 1, (larger - smaller) / (larger + t)) /
                    (larger + t) ** n)

        part = ((alpha + weeks(T)) ** -(r + x) * (beta + weeks(T)) ** -s +
                s / n * (term(weeks(t_x)) - term(weeks(T))))
        total += weight * (heads(x) + log(part))
    return total


def nbd(p, patterns):
    r, alpha = p
    heads = remember(lambda x: loggamma(r + x) - loggamma(r) + r * log(alpha))
    return sum(weight * (heads(x) - (r + x) * log(alpha + weeks(T)))
               for (x, t_x, T), weight in patterns.items())


def bgbb(p, patterns):
    alpha, beta, gamma, delta = p
    total = mpf(0)
    for (x, t_x, n), weight in patterns.items():
        part = beta_function(alpha + x, beta + n - x) * beta_function(gamma, delta + n)
        for m in range(t_x, n):
            part += beta_function(alpha + x, beta + m - x) * beta_function(gamma + 1, delta + m)
        total += weight * log(part / beta_function(alpha, beta) / beta_function(gamma, delta))
    return total


def gamma_gamma(p, spenders):
    shape, q, v = p
    total = mpf(0)
    heads = remember(lambda x: loggamma(shape * x + q) - loggamma(shape * x) - loggamma(q) +
                     q * log(v))
    for (x, sum_minor), weight in spenders.items():
        z = mpf(sum_minor) / 100 / x
        total += weight * (heads(x) + (shape * x - 1) * log(z) + shape * x * log(x) -
                           (shape * x + q) * log(x * z + v))
    return total


def differentiate(func, point):
    """Slope by differences of a step far above the rounding and far below the digits asked for."""
    step = mpf(10) ** -17
    slope = []
    for i in range(len(point)):
        high = list(point)
        low = list(point)
        high[i] += step
        low[i] -= step
        slope.append((func(high) - func(low)) / (2 * step))
    return slope


def maximise(func, start):
    """In logarithms of the parameters."""
    def of_logs(logs):
        return func([exp(v) for v in logs])

    n = len(start)
    logs = [log(mpf(v)) for v in start]
    for round_ in range(40):
        if round_ == 0:
            step = mpf(10) ** -10
            curve = matrix(n, n)
            for i in range(n):
                high = list(logs)
                low = list(logs)
                high[i] += step
                low[i] -= step
                above, below = differentiate(of_logs, high), differentiate(of_logs, low)
                for j in range(n):
                    curve[i, j] = (above[j] - below[j]) / (2 * step)
        slope = differentiate(of_logs, logs)
        move = lu_solve(curve, -matrix(slope))
        logs = [logs[i] + move[i] for i in range(n)]
        if max(abs(move[i]) for i in range(n)) < mpf(10) ** -24:
            break
    return [exp(v) for v in logs], of_logs(logs)


def tell(name, model, k, parameters, likelihood):
    cells = [mp.nstr(v, 24, min_fixed=0, max_fixed=0) for v in parameters] + [""] * (4 - len(parameters))
    print(",".join([name, model, str(k)] + cells + [mp.nstr(likelihood, 24)]), flush=True)


def main():
    print("data,model,k,first,second,third,fourth,log_likelihood", flush=True)
    sets = {
        "cdnow": load("clv/cdnow_sample.csv", 1, 2, 4, "1997-09-30"),
        "grocery": load("clv/grocery_elog.csv", 0, 1, None, "2006-12-31"),
    }
    starts = {
        ("cdnow", "nbd"): (.385, 12.07), ("grocery", "nbd"): (.4203, 5.245),
        ("cdnow", "bgnbd"): (.2426, 4.4136, .793, 2.426),
        ("cdnow", "mbgnbd"): (.5248, 6.1831, .8914, 1.614),
        ("cdnow", "pareto"): (.5533, 10.578, .6062, 11.669),
        ("grocery", "bgnbd"): (.34865, 2.5817, .50385, 3.6444),
        ("grocery", "mbgnbd"): (1.2569, 6.0391, .36828, .71576),
        ("grocery", "pareto"): (.78644, 5.679, .38624, 5.7178),
    }
    models = {"nbd": nbd, "bgnbd": bgnbd(0), "mbgnbd": bgnbd(1), "pareto": pareto}
    with open(os.path.join(ROOT, "clv/donations_bgbb.csv"), newline="") as file:
        donations = {tuple(int(float(v)) for v in row[:3]): int(float(row[3]))
                     for row in list(csv.reader(file))[1:]}
    tell("donations", "bgbb", 1, *maximise(lambda p: bgbb(p, donations), (1.2035, .7497, .6567, 2.7834)))
    tell("cdnow", "gamma-gamma", 1,
         *maximise(lambda p: gamma_gamma(p, sets["cdnow"][2]), (6.2496, 3.7442, 15.4435)))
    for modified, name, start in ((0, "bgcnbd", CNBD_START), (1, "mbgcnbd", MBG_CNBD_START)):
        patterns, gaps, _ = sets["grocery"]
        func = cnbd(modified, 2)
        found, likelihood = maximise(lambda p: func(p, patterns), start)
        tell("grocery", name, 2, found, likelihood + gaps)
    for (data, model), start in starts.items():
        func, patterns = models[model], sets[data][0]
        tell(data, model, 1, *maximise(lambda p: func(p, patterns), start))


CNBD_START = (.359061, 1.129387, .522813, 2.785341)
MBG_CNBD_START = (1.329197, 2.812600, .424716, .790040)

if __name__ == "__main__":
    sys.exit(main())
