"""Makes the golden numbers of this folder: numpy, scipy and scikit-learn on 500 random and 30 degenerate inputs.

Random inputs are drawn from SplitMix64, which the tests draw from, too; degenerate ones stand in the files.
"""

import json
import math
import warnings
from pathlib import Path

import numpy
from scipy.integrate import solve_ivp
from scipy.stats import pearsonr
from sklearn.covariance import LedoitWolf

warnings.simplefilter("ignore")
HERE = Path(__file__).parent
RANDOM = 500
MASK = 2**64 - 1


class Draws:
    """Numbers from -1 to 1."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        z ^= z >> 31
        return 2.0 * ((z >> 11) * 2.0**-53) - 1.0

    def list(self, count):
        return [self.next() for _ in range(count)]

    def series(self, rows, columns):
        """Rows that have something in common with the first."""
        first = self.list(columns)
        return [first] + [[x + 0.5 * y for x, y in zip(self.list(columns), first)] for _ in range(rows - 1)]


def plain(value):
    """A number as JSON has it, or its name."""
    if isinstance(value, (list, tuple, numpy.ndarray)):
        return [plain(part) for part in value]
    value = float(value)
    return value if math.isfinite(value) else str(value)


def write(name, random, degenerate):
    assert len(random) == RANDOM and len(degenerate) == 30, (name, len(random), len(degenerate))
    # A line per case, and what is compared a number each.
    lines = [json.dumps(plain(case), separators=(",", ":")) for case in random]
    extra = [
        json.dumps({key: plain(value) for key, value in case.items()}, separators=(",", ":")) for case in degenerate
    ]
    text = '{"random":[\n' + ",\n".join(lines) + '\n],"degenerate":[\n' + ",\n".join(extra) + "\n]}\n"
    (HERE / f"{name}.json").write_text(text)


def correlation(one, other):
    pairs = [(a, b) for a, b in zip(one, other) if math.isfinite(a) and math.isfinite(b)]
    if len(pairs) < 2:
        return math.nan
    return pearsonr(*zip(*pairs)).statistic


def correlations():
    draws = Draws(1)
    random = []
    for case in range(RANDOM):
        one, other = draws.series(2, 3 + case % 40)
        random.append(correlation(one, other))
        by_numpy = numpy.corrcoef(one, other)[0, 1]
        assert abs(random[-1] - by_numpy) < 1e-13
    pairs = []
    for one, other in [(1e-85, 1e-85), (1e80, 1e80), (1e-160, 1e150), (1e-300, 1e-300), (1e300, 1e300), (1e-200, 1.0)]:
        a, b = draws.series(2, 8)
        pairs.append(([one * x for x in a], [other * x for x in b]))
    for offset in [1e3, -1e6, 1e9]:
        a, b = draws.series(2, 8)
        pairs.append(([offset + x for x in a], b))
    a, b = draws.series(2, 8)
    gaps = [a[:3] + [math.nan] + a[4:], b[:5] + [math.inf] + b[6:]]
    pairs += [
        (a, a),
        (a, [-x for x in a]),
        (a, [2.0 * x for x in a]),
        (a, gaps[1]),
        (gaps[0], b),
        (gaps[0], gaps[1]),
        (gaps[0], [1e-150 * x for x in gaps[1]]),
        ([math.nan] * 8, b),
        ([math.nan] * 6 + a[6:], b),
        ([math.nan] * 7 + a[7:], b),
        ([-math.inf] + a[1:], b),
        ([1.0] * 8, b),
        (a, [0.0] * 8),
        ([0.1] * 8, [0.3] * 8),
        ([0.1] * 7 + [0.2], b),
        ([], []),
        ([1.0], [2.0]),
        ([1.0, 2.0], [5.0, 3.0]),
        ([0.0, 0.0, 1e-300], [1.0, 2.0, 4.0]),
        ([1e308, -1e308, 0.0], [1.0, 2.0, 4.0]),
        ([5e-308, 1e-307, 0.0], [1.0, 2.0, 4.0]),
    ]
    write("correlation", random, [{"one": a, "other": b, "expected": correlation(a, b)} for a, b in pairs])


def ledoit_wolf(rows):
    """The shrinkage, and the first row of the covariance. NaN for a shrinkage that only rounding decides."""
    x = numpy.array(rows)
    fit = LedoitWolf().fit(x.T)
    sample = numpy.cov(x, bias=True).reshape(len(rows), len(rows))
    target = numpy.mean(numpy.diag(sample)) * numpy.eye(len(rows))
    decided = len(rows) == 1 or numpy.abs(sample - target).max() > 1e-9 * numpy.abs(sample).max()
    shrinkage = fit.shrinkage_ if decided else math.nan
    return [shrinkage, *fit.covariance_[0]]


def ledoit_wolfs():
    draws = Draws(2)
    random = [ledoit_wolf(draws.series(1 + case % 5, 2 + case % 31)) for case in range(RANDOM)]
    turn = [2.0 * math.pi * k / 12 for k in range(12)]
    a, b, c = draws.series(3, 8)
    degenerate = [
        [[0.7, -0.7, 0.7], [0.7, 0.7, -0.7]],
        [[0.7, -0.7, 0.0], [0.7, 0.7, -1.4]],
        [[math.sin(t) for t in turn], [math.cos(t) for t in turn]],
        [[3.0 * math.sin(t) for t in turn], [3.0 * math.cos(t) for t in turn]],
        [[1.0, -1.0, 1.0, -1.0], [1.0, 1.0, -1.0, -1.0]],
        [[1.0, -1.0, 2.0, -2.0], [1.0, 1.0, -1.0, -1.0]],
        [a],
        [[5.0] * 8],
        [[0.0] * 4, [0.0] * 4],
        [a, a],
        [a, [-x for x in a]],
        [a, [0.0] * 8],
        [a, b, [1.0] * 8],
        [a[:2], b[:2]],
        [a[:2], b[:2], c[:2]],
        [a[:1], b[:1]],
        [a[:3], b[:3], c[:3], a[3:6], b[3:6]],
        [[1e-3 * x for x in a], b],
        [[1e3 * x for x in a], b],
        [[1e6 * x for x in a], [1e6 * x for x in b]],
        [[1e-6 * x for x in a], [1e-6 * x for x in b]],
        [[1e20 * x for x in a], [1e20 * x for x in b]],
        [[1e-20 * x for x in a], [1e-20 * x for x in b]],
        [[100.0 + x for x in a], [x - 100.0 for x in b]],
        [a, [x + 1e-8 * y for x, y in zip(a, b)]],
        [a, b, c, [x + y + z for x, y, z in zip(a, b, c)]],
        [[1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0], [0.0, 0.0, 1.0, 0.0], [0.0, 0.0, 0.0, 1.0]],
        [[1.0] + [0.0] * 9, b + b[:2]],
        [[1.0, 1.0, 1.0, 2.0], [1.0, 1.0, 2.0, 1.0]],
        [a + a, b + b],
    ]
    write("ledoit_wolf", random, [{"series": rows, "expected": ledoit_wolf(rows)} for rows in degenerate])


def dynamics(rows, window, step):
    """The first row of the functional connectivity dynamics, and the last entry of the matrix."""
    x = numpy.array(rows)
    pairs = []
    for start in range(0, x.shape[1] - window + 1, step):
        part = x[:, start : start + window]
        pairs.append([correlation_of_all(part[n], part[m]) for n in range(len(x)) for m in range(n + 1, len(x))])
    first = [correlation(pairs[0], other) for other in pairs]
    last = correlation(pairs[-1], pairs[-1])
    return [*first, last]


def correlation_of_all(one, other):
    """Of two regions; one with a hole has none."""
    if not (numpy.isfinite(one).all() and numpy.isfinite(other).all()):
        return math.nan
    return correlation(one, other)


def all_dynamics():
    draws = Draws(3)
    random = []
    for case in range(RANDOM):
        rows, window, step = 3 + case % 4, 4 + case % 9, 1 + case % 5
        series = draws.series(rows, window + step * (case % 4))
        random.append(dynamics(series, window, step))
        if case % 50 == 0:
            x, upper = numpy.array(series), numpy.triu_indices(rows, 1)
            windows = range(0, x.shape[1] - window + 1, step)
            by_numpy = numpy.corrcoef([numpy.corrcoef(x[:, k : k + window])[upper] for k in windows])
            assert numpy.abs(numpy.atleast_2d(by_numpy)[0] - random[-1][:-1]).max() < 1e-13
    rows = draws.series(5, 14)
    hole = lambda row, places: [math.nan if k in places else x for k, x in enumerate(row)]
    scaled = lambda factor: [[factor * x for x in row] for row in rows]
    nothing = [math.nan] * 14
    rest = [2.0] * 14
    degenerate = [
        ([nothing, *rows[1:]], 6, 2),
        ([*rows[:4], nothing], 6, 2),
        ([rows[0], nothing, rows[2], nothing, rows[4]], 6, 2),
        ([rows[0], nothing, nothing, nothing, rows[4]], 6, 2),
        ([nothing] * 5, 6, 2),
        ([rest, *rows[1:]], 6, 2),
        ([*rows[:4], rest], 6, 3),
        ([rows[0], rest, rows[2], rest, rows[4]], 6, 2),
        ([rows[0], rest, nothing, rows[3], rows[4]], 6, 2),
        ([hole(rows[0], [0]), *rows[1:]], 6, 2),
        ([hole(rows[0], [13]), *rows[1:]], 6, 2),
        ([hole(rows[0], [7]), *rows[1:]], 6, 1),
        ([hole(rows[0], [0]), hole(rows[1], [13]), *rows[2:]], 6, 4),
        ([[math.inf] + rows[0][1:], *rows[1:]], 6, 2),
        (rows, 14, 1),
        (rows, 13, 1),
        (rows, 6, 100),
        (rows, 6, 8),
        (rows, 3, 1),
        (rows[:3], 6, 2),
        (scaled(1e-85), 6, 2),
        (scaled(1e80), 6, 2),
        (scaled(1e-200), 6, 2),
        (scaled(1e200), 6, 2),
        ([rows[0], rows[0], rows[1], rows[2]], 6, 2),
        ([rows[0], [-x for x in rows[0]], rows[1]], 6, 2),
        ([[1e3 + x for x in row] for row in rows], 6, 2),
        ([row[:7] + row[:7] for row in rows], 7, 7),
        ([[1e-85 * x for x in rows[0]], *rows[1:4], nothing], 6, 2),
        ([rows[0][:7] + [1.0] * 7, *rows[1:]], 7, 7),
    ]
    cases = [{"series": x, "window": w, "step": s, "expected": dynamics(x, w, s)} for x, w, s in degenerate]
    write("dynamics", random, cases)


def solution(p, span, times, tolerance, x0):
    rule = lambda t, x: [p[0] * x[0] - p[1] * x[1] + p[2] * t, p[1] * x[0] + p[0] * x[1] - p[3] * math.sin(x[0])]
    inside = [min(max(t, min(span)), max(span)) for t in times]
    run = solve_ivp(rule, span, x0, t_eval=inside, rtol=tolerance, atol=1e-3 * tolerance)
    return run.y.T.ravel()


def solutions():
    draws = Draws(4)
    random = []
    for case in range(RANDOM):
        p, x0, ends, place = draws.list(4), draws.list(2), draws.list(2), draws.next()
        span = (3.0 * ends[0], 3.0 * ends[1])
        t = span[0] + 0.5 * (place + 1.0) * (span[1] - span[0])
        random.append(solution(p, span, [t], 10.0 ** -(3 + case % 6), x0))
    p, x0 = draws.list(4), draws.list(2)
    later = 6.0 + 2.0**-50
    degenerate = [
        ((6.0, 0.0), [3.0]),
        ((6.0, 0.0), [6.0]),
        ((6.0, 0.0), [0.0]),
        ((6.0, 0.0), [5.999999]),
        ((6.0, 0.0), [1e-9]),
        ((6.0, 0.0), [6.0, 0.0]),
        ((6.0, 0.0), [5.0, 1.0]),
        ((6.0, 0.0), [later]),
        ((6.0, 0.0), [-1e-16]),
        ((6.0, 0.0), [later, 3.0, -1e-16]),
        ((0.0, 6.0), [3.0]),
        ((0.0, 6.0), [0.0]),
        ((0.0, 6.0), [6.0]),
        ((0.0, 6.0), [later]),
        ((0.0, 6.0), [-1e-16]),
        ((0.0, 6.0), [0.0, later]),
        ((0.0, 6.0), [k * 0.6 for k in range(11)]),
        ((0.0, 0.3), [0.1 * 3]),
        ((0.3, 0.0), [0.1 * 3]),
        ((-1.0, -4.0), [-2.5]),
        ((-4.0, -1.0), [-2.5]),
        ((1.0, -1.0), [0.0]),
        ((-1.0, 1.0), [0.0]),
        ((1.0, -1.0), [1.0]),
        ((1e3, 1e3 - 1e-3), [1e3 - 5e-4]),
        ((1e3, 1e3 + 1e-3), [1e3 + 5e-4]),
        ((0.0, 1e-9), [5e-10]),
        ((1e-9, 0.0), [5e-10]),
        ((6.0, 0.0), [6.0, 5.5]),
        ((1e-3, 0.0), [1e-3, 0.0]),
    ]
    cases = [
        {"p": p, "span": span, "times": times, "x0": x0, "expected": solution(p, span, times, 1e-6, x0)}
        for span, times in degenerate
    ]
    write("solve_ivp", random, cases)


if __name__ == "__main__":
    correlations()
    ledoit_wolfs()
    all_dynamics()
    solutions()
