#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""P(alive), expected purchases and the probability of any, in arithmetic of 40 digits.

Prints tests/data/lifetime-scores.csv: Pareto/NBD by its integrals, BG/CNBD-k and MBG/CNBD-k by sums
over the number of events, BG/BB by sums over all that can come. Needs mpmath.
"""
import random

from mpmath import mp, mpf, quad, rf, fac, beta as beta_function, binomial, inf

mp.dps = 40


def pareto(p, k, x, t_x, T, weeks):
    r, alpha, s, beta = p
    gone = mpf(0)
    if T > t_x:
        gone = quad(lambda t: s * ((alpha + T) / (alpha + t)) ** (r + x) * ((beta + T) / (beta + t)) ** s /
                    (beta + t), [t_x + (T - t_x) * i / 8 for i in range(9)])
    alive = 1 / (1 + gone)
    elapsed = beta + T
    expected = alive * (r + x) / (alpha + T) * quad(lambda t: (1 + t / elapsed) ** -s,
                                                    [weeks * i / 4 for i in range(5)])
    # A first purchase at u: the rate, if they neither bought nor left before.
    active = alive * quad(lambda u: (r + x) / (alpha + T + u) * ((alpha + T) / (alpha + T + u)) ** (r + x) *
                          (elapsed / (elapsed + u)) ** s, [weeks * i / 8 for i in range(9)])
    return alive, expected, active


def cnbd(modified):
    def scores(p, k, x, t_x, T, weeks):
        r, alpha, a, b = p
        m = x + modified
        shape = r + k * x
        w = (T - t_x) / (alpha + T)
        phases = [rf(shape, j) / fac(j) * w ** j for j in range(k)]
        stay = ((alpha + t_x) / (alpha + T)) ** shape * sum(phases)
        alive = stay / (stay + (a / (b + m - 1) if m > 0 else 0))
        z = weeks / (alpha + T + weeks)
        expected = active = mpf(0)
        for j, phase in enumerate(phases):
            mass = (1 - z) ** (shape + j)
            n = 0
            stays, purchases, total = mpf(1), mpf(0), mpf(0)
            none = mpf(0)
            while True:
                if n > 0 and (n + j) % k == 0:
                    i = (n + j) // k - 1
                    purchases += stays
                    stays *= (b + m + i) / (a + b + m + i)
                total += mass * purchases
                none += mass if n + j < k else 0
                mass *= z * (shape + j + n) / (n + 1)
                n += 1
                if mass * (purchases + 1) < mpf(10) ** -35 * (total + mass) and n > (shape + j) * z / (1 - z):
                    break
            expected += phase * total
            active += phase * (1 - none)
        return alive, alive * expected / sum(phases), alive * active / sum(phases)
    return scores


def bgbb(p, k, x, t_x, n, ahead):
    alpha, beta, gamma, delta = p

    def seen(x_, t_, n_):
        part = beta_function(alpha + x_, beta + n_ - x_) * beta_function(gamma, delta + n_)
        for m in range(t_, n_):
            part += beta_function(alpha + x_, beta + m - x_) * beta_function(gamma + 1, delta + m)
        return part

    now = seen(x, t_x, n)
    alive = beta_function(alpha + x, beta + n - x) * beta_function(gamma, delta + n + 1) / now
    # A purchase at the occasion n + i, whatever comes between: all of its histories.
    expected = mpf(0)
    for i in range(1, ahead + 1):
        for between in range(i):
            there = beta_function(alpha + x + between + 1, beta + n - x + i - 1 - between)
            expected += binomial(i - 1, between) * there * beta_function(gamma, delta + n + i) / now
    active = 1 - seen(x, t_x, n + ahead) / now
    return alive, expected, active


def main():
    random.seed(20261120)
    print("model,k,first,second,third,fourth,x,t_x,T,weeks,p_alive,expected,p_active")
    models = [("pareto", pareto, 120), ("bgcnbd", cnbd(0), 60), ("mbgcnbd", cnbd(1), 60), ("bgbb", bgbb, 60)]
    for name, func, n in models:
        for _ in range(n):
            k = random.randint(1, 4) if "cnbd" in name else 1
            x = random.choice([0, 1, 2, 5, 20])
            if name == "bgbb":
                p = [round(10 ** random.uniform(-1.5, 1.5), 4) for _ in range(4)]
                T = random.randint(max(x, 1), 30)
                t_x = 0 if x == 0 else random.randint(x, T)
                weeks = random.randint(1, 12)
            else:
                p = [round(10 ** random.uniform(low, high), 4)
                     for low, high in ((-1.5, 1.5), (-1, 2), (-2, 1.5), (-1, 2))]
                T = round(10 ** random.uniform(-1, 2.4), 3)
                t_x = 0 if x == 0 else round(T * random.uniform(.05, 1), 3)
                weeks = round(10 ** random.uniform(-1, 2.2), 3)
            arguments = [T, t_x, weeks] if name == "bgbb" else [mpf(repr(v)) for v in (T, t_x, weeks)]
            scores = func([mpf(repr(v)) for v in p], k, x, arguments[1], arguments[0], arguments[2])
            print(",".join([name, str(k)] + [repr(v) for v in p] +
                           [str(x), repr(t_x), repr(T), repr(weeks)] +
                           [mp.nstr(v, 20) for v in scores]), flush=True)


if __name__ == "__main__":
    main()
