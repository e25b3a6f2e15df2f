"""Values of statsmodels, scipy and numpy for org.soft4j.eval.CrossedComparison.

    pip install numpy==2.4.1 scipy==1.17.1 statsmodels==0.15.0
    python tools/golden/crossed_vectors.py > eval/src/test/resources/org/soft4j/eval/crossed.json

`--errors` prints how often each way to test calls nothing something, by simulation: what
docs/study.md tells of tests over seeds alone and of items drawn anew within each seed.
"""

import json
import sys

import numpy as np
import pandas as pd
import scipy
import statsmodels
from scipy import optimize, stats
from statsmodels.formula.api import ols
from statsmodels.stats.anova import anova_lm

rng = np.random.default_rng(20261130)


def draw(seeds, items, by_seed, by_item, rest, mean, right=False):
    values = (
        mean
        + rng.normal(0, by_seed, (seeds, 1))
        + rng.normal(0, by_item, (1, items))
        + rng.normal(0, rest, (seeds, items))
    )
    # Differences of right and wrong are -1, 0 and 1.
    return np.clip(np.round(values), -1, 1) if right else np.round(values, 6)


def mean_squares(d):
    """statsmodels' analysis of variance of a linear model with both as factors."""
    frame = pd.DataFrame(
        [(s, i, d[s, i]) for s in range(d.shape[0]) for i in range(d.shape[1])],
        columns=["seed", "item", "value"],
    )
    table = anova_lm(ols("value ~ C(seed) + C(item)", frame).fit())
    return [float(table["mean_sq"][row]) for row in ("C(seed)", "C(item)", "Residual")]


def known(squares, seeds, items):
    a, b, e = squares
    v = max(a, e) + max(b, e) - e
    df = v**2 / (a**2 / (seeds - 1) + b**2 / (items - 1) + e**2 / ((seeds - 1) * (items - 1)))
    return (v / (seeds * items)) ** 0.5, df


def drawn(d, replicates):
    seeds, items = d.shape
    means = np.empty(replicates)
    for r in range(replicates):
        means[r] = d[np.ix_(rng.integers(0, seeds, seeds), rng.integers(0, items, items))].mean()
    return np.percentile(means, [2.5, 97.5]).tolist()


def noncentral(error, df, power, level):
    """The exact smallest difference, by scipy's noncentral t."""
    bound = stats.t.ppf(1 - level / 2, df)

    def short(shift):
        return stats.nct.sf(bound, df, shift) - power

    return float(error * optimize.brentq(short, 0.1, 15))


def row(*how, **more):
    d = draw(*how, **more)
    seeds, items = d.shape
    squares = mean_squares(d)
    error, df = known(squares, seeds, items)
    half = float(stats.t.ppf(0.975, df) * error)
    mean = float(d.mean())
    low, high = drawn(d, 100_000)
    return {
        "values": d.tolist(),
        "mean": mean,
        "mean_squares": squares,
        "freedom": float(df),
        "low": mean - half,
        "high": mean + half,
        "p": float(2 * stats.t.sf(abs(mean) / error, df)),
        "bootstrap_low": low,
        "bootstrap_high": high,
    }


def size(seeds, items, by_seed, by_item, rest, level):
    expected = [items * by_seed**2 + rest**2, seeds * by_item**2 + rest**2, rest**2]
    error, df = known(expected, seeds, items)
    quantiles = stats.t.ppf(1 - level / 2, df) + stats.t.ppf(0.8, df)
    return {
        "seeds": seeds,
        "items": items,
        "spread": [by_seed, by_item, rest],
        "level": level,
        "detectable": float(quantiles * error),
        "noncentral": noncentral(error, df, 0.8, level),
    }


def errors():
    """Shares of 2,000 studies of no difference in which a 5 % test finds one."""
    for seeds in (3, 10):
        for by_seed in (0.0, 0.02):
            found = np.zeros(4)
            for _ in range(2000):
                d = draw(seeds, 200, by_seed, 0.2, 0.25, 0)
                a, b, e = (
                    200 * d.mean(1).var(ddof=1),
                    seeds * d.mean(0).var(ddof=1),
                    (d - d.mean(1)[:, None] - d.mean(0)[None] + d.mean()).var() * d.size
                    / ((seeds - 1) * 199),
                )
                error, df = known([a, b, e], seeds, 200)
                found[0] += 2 * stats.t.sf(abs(d.mean()) / error, df) < 0.05
                found[1] += stats.ttest_1samp(d.mean(1), 0).pvalue < 0.05
                low, high = drawn(d, 200)
                found[2] += low > 0 or high < 0
                means = [
                    np.mean([d[s][rng.integers(0, 200, 200)].mean() for s in rng.integers(0, seeds, seeds)])
                    for _ in range(200)
                ]
                low, high = np.percentile(means, [2.5, 97.5])
                found[3] += low > 0 or high < 0
            shares = 100 * found / 2000
            print(f"{seeds} seeds, spread of seeds {by_seed}: crossed test {shares[0]:.1f} %,"
                  f" t over seeds {shares[1]:.1f} %, bootstrap with one draw of items"
                  f" {shares[2]:.1f} %, with items within seeds {shares[3]:.1f} %")


def main():
    print(
        json.dumps(
            {
                "made_with": {
                    "numpy": np.__version__,
                    "scipy": scipy.__version__,
                    "statsmodels": statsmodels.__version__,
                },
                "rows": [
                    row(3, 8, 0.02, 0.2, 0.25, 0.05),
                    row(5, 12, 0.3, 0.1, 0.2, 0.1),
                    row(2, 20, 0.0, 0.3, 0.3, 0.0),
                    row(4, 15, 0.1, 0.4, 0.6, 0.2, right=True),
                ],
                "sizes": [
                    size(3, 200, 0.01, 0.22, 0.22, 0.05),
                    size(3, 817, 0.01, 0.22, 0.22, 0.01),
                    size(10, 300, 0.03, 0.1, 0.3, 0.05),
                    size(3, 50, 0.1, 0.0, 0.1, 0.05),
                ],
            },
            indent=1,
        )
    )


errors() if "--errors" in sys.argv else main()
