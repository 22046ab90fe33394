"""Numbers as a reader writes them: thousands apart, as many digits as the interval supports, a real minus."""

from __future__ import annotations

import math

NO_NUMBER = "\N{EN DASH}"
"""What stands where there is no number."""
_MINUS = "\N{MINUS SIGN}"
_MILLION = 1e6
_THOUSAND = 1e3
_TINY = 1e-12


def digits(*values: float) -> int:
    """Return how many decimals show the largest of ``values`` with two figures, 0 to 4.

    >>> digits(214.0), digits(2.34, -0.1), digits(0.034)
    (0, 1, 3)
    """
    scale = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    return 0 if scale < _TINY else min(4, max(0, 1 - math.floor(math.log10(scale))))


def plain(value: float, decimals: int | None = None) -> str:
    """Return a number with thousands apart.

    >>> plain(18240.0), plain(0.25, 2)
    ('18,240', '0.25')
    """
    if not math.isfinite(value):
        return NO_NUMBER
    text = f"{abs(value):,.{digits(value) if decimals is None else decimals}f}"
    zero = not text.strip("0.,")
    return f"{_MINUS}{text}" if value < 0 and not zero else text


def with_sign(value: float, decimals: int | None = None) -> str:
    """Return a difference with its sign.

    >>> with_sign(12.0), with_sign(0.0)
    ('+12', '0')
    """
    text = plain(value, decimals)
    bare = text in (NO_NUMBER, "") or text.startswith(_MINUS) or not text.strip("0.,")
    return text if bare else f"+{text}"


def span(low: float, high: float, decimals: int | None = None) -> str:
    """Return the two ends of an interval of differences.

    >>> span(30.0, 120.0)
    '+30 to +120'
    """
    if not (math.isfinite(low) and math.isfinite(high)):
        return NO_NUMBER
    places = digits(low, high) if decimals is None else decimals
    return f"{with_sign(low, places)} to {with_sign(high, places)}"


def percent(share: float) -> str:
    """Return a share as a whole percentage.

    >>> percent(0.853)
    '85%'
    """
    return f"{100 * share:.0f}%" if math.isfinite(share) else NO_NUMBER


def share_words(share: float, error: float) -> str:
    """Return a share with its standard error, both in per cent.

    >>> share_words(0.853, 0.024)
    '85% ±2'
    """
    return f"{percent(share)} ±{100 * error:.0f}" if math.isfinite(share + error) else percent(share)


def pounds(value: float) -> str:
    """Return a sum of money in the unit in which it is said.

    >>> pounds(4032000.0), pounds(12400.0), pounds(640.0)
    ('£4.03 million', '£12,400', '£640')
    """
    if not math.isfinite(value):
        return NO_NUMBER
    size = abs(value)
    step = 100 if size >= 10 * _THOUSAND else 10 if size >= _THOUSAND else 1
    size = round(size / step) * step
    sign = _MINUS if value < 0 < size else ""
    if size >= _THOUSAND * _MILLION:
        return f"{sign}£{size / (_THOUSAND * _MILLION):,.3g} billion"
    if size >= _MILLION:
        return f"{sign}£{size / _MILLION:,.3g} million"
    return f"{sign}£{size:,}"


def signed_pounds(value: float) -> str:
    """Return a difference of money with its sign.

    >>> signed_pounds(640.2), signed_pounds(0.1)
    ('+£640', '£0')
    """
    text = pounds(value)
    return f"+{text}" if value > 0 and text != pounds(0.0) else text


def months_in_words(months: int) -> str:
    """Return a length of time in years where it is whole years.

    >>> months_in_words(120), months_in_words(18), months_in_words(12)
    ('10 years', '18 months', 'one year')
    """
    years, rest = divmod(months, 12)
    if rest or not years:
        return "one month" if months == 1 else f"{months} months"
    return "one year" if years == 1 else f"{years} years"


def listing(names: list[str]) -> str:
    """Return names as a list in a sentence.

    >>> listing(["a"]), listing(["a", "b"]), listing(["a", "b", "c"])
    ('a', 'a and b', 'a, b and c')
    """
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def several(number: int, what: str) -> str:
    """Return how many there are of something; what ends in s stays as it is.

    >>> several(1, "point"), several(1200, "point")
    ('1 point', '1,200 points')
    """
    return f"{number:,} {what}{'' if number == 1 or what.endswith('s') else 's'}"
