"""O2: exponentials, logarithms and normal shares from + - * / and square roots, so that every machine gives one answer.

IEEE 754 leaves those five open in no bit; libraries of C differ in the last bit of all others. Nothing here returns
what is not finite: what has no finite answer is refused with a `ValueError` by either engine.
"""

from __future__ import annotations

import math

from simulation.rules.marker import rule

LN2 = 0.6931471805599453
LN2_HIGH, LN2_LOW = 0.6931471803691238, 1.9082149292705877e-10
"""ln 2 as a sum: the first has 33 bits, so that a power of two's exponent times it is exact."""
PER_LN2 = 1.4426950408889634
SQRT2 = 1.4142135623730951
LARGEST, SMALLEST_NORMAL = 1.7976931348623157e308, 2.2250738585072014e-308
MOST_EXPONENT, LEAST_EXPONENT = 709.782712893384, -745.1332191019412
"""Beyond these e's power is no finite number, and nearer to 0 than to any other."""

EXPONENT_SPAN = 64
POWERS = tuple(float(1 << max(0, k)) / float(1 << max(0, -k)) for k in range(-EXPONENT_SPAN, EXPONENT_SPAN + 1))
"""The powers of two from 2^-64 to 2^64."""
STEPS = tuple((float(1 << k), 1.0 / float(1 << k), k) for k in (512, 256, 128, 64, 32, 16, 8, 4, 2, 1))
"""Powers of two by which any normal number comes to lie between 1 and 2, their inverses and exponents."""

# The coefficients of exp and log are those of e_exp.c and e_log.c in msun, FreeBSD's library:
# Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun Microsystems, Inc.
# business. Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice
# is preserved.
EXP_SERIES = (
    4.1381367970572385e-08, -1.6533902205465252e-06, 6.613756321437934e-05, -0.0027777777777015593, 0.16666666666666602,
)  # fmt: skip
"""r coth(r/2) is 2 + r^2 times this polynomial of r^2, within 2^-59 where abs(r) is at most ln(2)/2."""
LOG_SERIES = (
    (0.3999999999940942, 0.2857142874366239), (0.22222198432149784, 0.1818357216161805),
    (0.15313837699209373, 0.14798198605116586),
)  # fmt: skip
LOG_FIRST = 0.6666666666666735
"""With z = s^2, log((1+s)/(1-s)) is 2s + s (0.66 z + 0.40 z^2 + 0.29 z^3 + ...) within 2^-58 where abs(s) < 0.1716."""

# The normal share: W. J. Cody, Rational Chebyshev approximations for the error function, Math. Comp. 23 (1969) 631-637.
SHARE_MIDDLE = (
    (0.065682337918207449113, 2.2352520354606839287, 161.02823106855587881, 1067.6894854603709582,
     18154.981253343561249),
    (1.0, 47.20258190468824187, 976.09855173777669322, 10260.932208618978205, 45507.789335026729956),
)  # fmt: skip
SHARE_TAIL = (
    (1.0765576773720192317e-8, 0.39894151208813466764, 8.8831497943883759412, 93.506656132177855979,
     597.27027639480026226, 2494.5375852903726711, 6848.1904505362823326, 11602.651437647350124, 9842.7148383839780218),
    (1.0, 22.266688044328115691, 235.38790178262499861, 1519.377599407554805, 6485.558298266760755,
     18615.571640885098091, 34900.952721145977266, 38912.003286093271411, 19685.429676859990727),
)  # fmt: skip
SHARE_FAR = (
    (0.02307344176494017303, 0.21589853405795699, 0.1274011611602473639, 0.022235277870649807,
     0.001421619193227893466, 2.9112874951168792e-5),
    (1.0, 1.28426009614491121, 0.468238212480865118, 0.0659881378689285515, 0.00378239633202758244,
     7.29751555083966205e-5),
)  # fmt: skip
PER_SQRT_2PI = 0.3989422804014327
MIDDLE_SCORE, FAR_SCORE, LAST_SCORE = 0.67448975, 5.656854249492381, 38.5
"""Where one approximation hands over to the next; beyond the last the share is 0 or 1."""

# The normal score: M. J. Wichura, Algorithm AS 241, Applied Statistics 37 (1988) 477-484 (PPND16).
SCORE_MIDDLE = (
    (2.50908092873012267e3, 3.34305755835881281e4, 6.72657709270087009e4, 4.59219539315498715e4, 1.37316937655094611e4,
     1.97159095030655144e3, 1.33141667891784377e2, 3.38713287279636661e0),
    (5.22649527885285456e3, 2.87290857357219427e4, 3.93078958000927106e4, 2.12137943015865959e4, 5.39419602142475111e3,
     6.87187007492057908e2, 4.23133307016009113e1, 1.0),
)  # fmt: skip
SCORE_TAIL = (
    (7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e0,
     3.64784832476320460504e0, 5.76949722146069140550e0, 4.63033784615654529590e0, 1.42343711074968357734e0),
    (1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
     6.89767334985100004550e-1, 1.67638483018380384940e0, 2.05319162663775882187e0, 1.0),
)  # fmt: skip
SCORE_FAR = (
    (2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
     2.96560571828504891230e-1, 1.78482653991729133580e0, 5.46378491116411436990e0, 6.65790464350110377720e0),
    (2.04426310338993978564e-15, 1.42151175831614588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
     1.48753612908506148525e-2, 1.36929880922737805310e-1, 5.99832206555887937690e-1, 1.0),
)  # fmt: skip


@rule("O2")
def scaled(value: float, exponent: int) -> float:
    """Return ``value`` times 2 to the power of ``exponent``, rounded once."""
    if -EXPONENT_SPAN <= exponent <= EXPONENT_SPAN:
        return value * POWERS[exponent + EXPONENT_SPAN]
    rest = exponent % EXPONENT_SPAN
    value *= POWERS[rest + EXPONENT_SPAN]
    exponent -= rest
    while exponent > 0:
        value *= POWERS[EXPONENT_SPAN + EXPONENT_SPAN]
        exponent -= EXPONENT_SPAN
    while exponent < 0:
        value *= POWERS[0]
        exponent += EXPONENT_SPAN
    return value


@rule("O2")
def polynomial(coefficients: tuple[float, ...], x: float) -> float:
    """Return a polynomial's value at ``x``, its ``coefficients`` from the highest power down."""
    value = 0.0
    for coefficient in coefficients:
        value = value * x + coefficient
    return value


@rule("O2")
def quotient(polynomials: tuple[tuple[float, ...], tuple[float, ...]], x: float) -> float:
    """Return the first polynomial's value at ``x`` over the second's."""
    return polynomial(polynomials[0], x) / polynomial(polynomials[1], x)


@rule("O2")
def exp(x: float) -> float:
    """Return e to the power of ``x``, within one unit in the last place.

    Raises:
        ValueError: ``x`` is above 709.78, or not a number.
    """
    if not x <= MOST_EXPONENT:
        raise ValueError("exp: expected a number of at most 709.78")
    if x < LEAST_EXPONENT:
        return 0.0
    exponent = int(x * PER_LN2 + (0.5 if x > 0.0 else -0.5))
    high, low = x - exponent * LN2_HIGH, exponent * LN2_LOW
    r = high - low
    c = r - r * r * polynomial(EXP_SERIES, r * r)
    near = 1.0 + high
    return scaled(near + ((high - (near - 1.0)) + (r * c / (2.0 - c) - low)), exponent)


@rule("O2")
def log(x: float) -> float:
    """Return the natural logarithm of ``x``, within one unit in the last place.

    Raises:
        ValueError: ``x`` is not a finite number above 0.
    """
    if not 0.0 < x <= LARGEST:
        raise ValueError("log: expected a finite number above 0")
    exponent = 0
    if x < SMALLEST_NORMAL:
        x *= POWERS[EXPONENT_SPAN + EXPONENT_SPAN]
        exponent = -EXPONENT_SPAN
    for power, inverse, step in STEPS:
        if x >= power:
            x *= inverse
            exponent += step
        elif x < 2.0 * inverse:
            x *= power
            exponent -= step
    if x > SQRT2:
        x *= 0.5
        exponent += 1
    f = x - 1.0
    s = f / (2.0 + f)
    z = s * s
    half = 0.5 * f * f
    rest, power = z * LOG_FIRST, z * z
    for even, odd in LOG_SERIES:
        rest += power * (even + z * odd)
        power *= z * z
    return exponent * LN2_HIGH - ((half - (s * (half + rest) + exponent * LN2_LOW)) - f)


@rule("O2")
def normal_share(score: float) -> float:
    """Return the share of a standard normal below ``score``, within eight units in the last place.

    Raises:
        ValueError: ``score`` is not a number.
    """
    size = abs(score)
    if size <= MIDDLE_SCORE:
        return 0.5 + score * quotient(SHARE_MIDDLE, score * score)
    if not size <= LAST_SCORE:
        if score < 0.0:
            return 0.0
        if score > 0.0:
            return 1.0
        raise ValueError("normal_share: expected a number")
    if size <= FAR_SCORE:
        tail = quotient(SHARE_TAIL, size)
    else:
        square = 1.0 / (size * size)
        tail = (PER_SQRT_2PI - square * quotient(SHARE_FAR, square)) / size
    near = int(size * 16.0) / 16.0
    tail *= exp(-0.5 * near * near) * exp(-0.5 * (size - near) * (size + near))
    return tail if score < 0.0 else 1.0 - tail


@rule("O2")
def normal_score(share: float) -> float:
    """Return the score with this ``share`` of a standard normal below it.

    It lies within eight units in the last place from a share of 1e-12 to one of 1 - 1e-12.

    Raises:
        ValueError: ``share`` does not lie between 0 and 1.
    """
    if not 0.0 < share < 1.0:
        raise ValueError("normal_score: expected a share between 0 and 1")
    q = share - 0.5
    if abs(q) <= 0.425:
        return q * quotient(SCORE_MIDDLE, 0.180625 - q * q)
    r = math.sqrt(-log(share if q < 0.0 else 1.0 - share))
    score = quotient(SCORE_TAIL, r - 1.6) if r <= 5.0 else quotient(SCORE_FAR, r - 5.0)
    return -score if q < 0.0 else score
