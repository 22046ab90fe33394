/* The exponential of simulation/rules/maths.py in C, in the same order: the same bits with any compiler that neither
   fuses nor reorders. Its coefficients are those of e_exp.c in FreeBSD's msun:

   Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun Microsystems, Inc.
   business. Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice
   is preserved. */

#include <math.h>
#include <stdint.h>
#include <string.h>

#define LN2 0.6931471805599453
#define LN2_HIGH 0.6931471803691238
#define LN2_LOW 1.9082149292705877e-10
#define PER_LN2 1.4426950408889634
#define TABLED 64

static const double exp_series[] = {4.1381367970572385e-08, -1.6533902205465252e-06, 6.613756321437934e-05,
                                    -0.0027777777777015593, 0.16666666666666602};

static inline double power_of_two(int64_t exponent) {
    uint64_t bits = (uint64_t)(exponent + 1023) << 52;
    double power;
    memcpy(&power, &bits, sizeof power);
    return power;
}

static inline double scaled(double value, int64_t exponent) {
    if (-TABLED <= exponent && exponent <= TABLED) return value * power_of_two(exponent);
    return ldexp(value, (int)exponent);
}

static inline double exponential(double x) {
    if (!(x <= 709.782712893384)) return NAN; /* what the rules refuse */
    if (x < -745.1332191019412) return 0.0;
    int64_t exponent = (int64_t)(x * PER_LN2 + (x > 0.0 ? 0.5 : -0.5));
    double high = x - exponent * LN2_HIGH, low = exponent * LN2_LOW;
    double r = high - low, square = r * r, series = 0.0;
    for (int k = 0; k < 5; k++) series = series * square + exp_series[k];
    double c = r - square * series;
    double near = 1.0 + high;
    return scaled(near + ((high - (near - 1.0)) + (r * c / (2.0 - c) - low)), exponent);
}
