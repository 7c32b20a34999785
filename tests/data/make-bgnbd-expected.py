#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Expected purchases of BG/NBD and MBG/NBD in arithmetic of 120 digits.

Prints tests/data/bgnbd-expected.csv. The formula is the one that the papers print, not the one
that the program uses; where it is 0/0 (a = 1, a + b = 1) a is moved by 1e-45.
"""
import random
from decimal import Decimal as D, getcontext

getcontext().prec = 120
ENOUGH = D(10) ** -70


def hypergeometric(a, b, c, z):
    term = total = D(1)
    k = D(0)
    while True:
        term *= (a + k) * (b + k) / ((c + k) * (k + 1)) * z
        total += term
        k += 1
        if abs(term) < abs(total) * ENOUGH and k > 50:
            return total


def expected(modified, r, alpha, a, b, x, t_x, T, t):
    r, alpha, a, b, x, t_x, T, t = (D(repr(v)) for v in (r, alpha, a, b, x, t_x, T, t))
    m = x + (1 if modified else 0)
    if a == 1 or a + b + m == 1:
        a += D(10) ** -45
    z = t / (alpha + T + t)
    c = a + b + m - 1
    rest = ((alpha + T) / (alpha + T + t)) ** (r + x) * hypergeometric(r + x, b + m, c, z)
    result = c / (a - 1) * (1 - rest)
    gone = a / (b + m - 1) * ((alpha + T) / (alpha + t_x)) ** (r + x) if m > 0 else D(0)
    return result / (1 + gone), 1 / (1 + gone)


PARAMETERS = [
    (0.243, 4.414, 0.793, 2.426), (0.11, 2.24, 0.31, 0.5), (0.1, 50.16, 0.4, 0.81),
    (3.0, 20.0, 1.0000001, 5.0), (1.2, 30.0, 0.02, 0.01), (0.5, 10.0, 1.0, 2.5),
    (0.5, 10.0, 0.4, 0.6), (0.5, 10.0, 0.25, 0.75), (12.0, 60.0, 3.0, 40.0),
    (300.0, 2000.0, 0.8, 2.0), (0.3, 4.0, 1e-6, 2.0), (0.3, 4.0, 60.0, 900.0), (0.02, 0.3, 9.0, 0.2),
]
CUSTOMERS = [
    (0, 0, 0.5), (0, 0, 1300), (1, 0.5, 1), (1, 1, 1), (500, 501, 501), (176, 495, 500),
    (2000, 1000, 1000), (1, 1300, 1300), (10, 1, 1300), (3, 20, 38), (0, 0, 0),
]
HORIZONS = [0.1, 4, 52, 260]


def main():
    random.seed(20260101)
    cases = [(m,) + p + c + (t,) for m in (0, 1) for p in PARAMETERS for c in CUSTOMERS for t in HORIZONS]
    while len(cases) < 1545:
        T = round(random.uniform(0, 300), 3)
        x = random.choice([0, 1, 2, 5, 20, 100])
        t_x = 0 if x == 0 else round(random.uniform(0, T), 3)
        cases.append((random.randint(0, 1), round(10 ** random.uniform(-2, 1.5), 4),
                      round(10 ** random.uniform(-0.5, 2), 4), round(10 ** random.uniform(-2, 1), 4),
                      round(10 ** random.uniform(-2, 1.5), 4), x, t_x, T, round(random.uniform(0.1, 200), 3)))
    print("modified,r,alpha,a,b,x,t_x,T,t,expected,p_alive")
    for case in cases:
        e, p = expected(*case)
        print(",".join(repr(v) for v in case) + f",{e:.20e},{p:.20e}")


main()
