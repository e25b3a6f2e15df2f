"""Values of scipy and statsmodels for org.soft4j.eval.Statistics.

    pip install scipy==1.17.1 statsmodels==0.15.0
    python tools/golden/statistics_vectors.py > eval/src/test/resources/org/soft4j/eval/statistics.json
"""

import json

import numpy as np
import scipy
import statsmodels
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import TTestPower

rng = np.random.default_rng(20261121)
more = np.random.default_rng(20261130)


def pairs(n, kind):
    if kind == "right":
        first = (rng.random(n) < 0.4).astype(float)
        second = np.where(rng.random(n) < 0.2, 1 - first, first)
    else:
        first = rng.random(n)
        second = np.clip(first + rng.normal(0.03, 0.2, n), 0, 1)
    return first, second


def comparison(first, second):
    d = second - first
    n = len(d)
    interval = stats.t.interval(0.95, n - 1, loc=d.mean(), scale=stats.sem(d))
    effect = TTestPower().solve_power(nobs=n, alpha=0.05, power=0.8)
    quantiles = stats.t.ppf(0.975, n - 1) + stats.t.ppf(0.8, n - 1)
    boot = stats.bootstrap(
        (d,), np.mean, n_resamples=200_000, method="percentile", random_state=1, batch=2000
    ).confidence_interval
    return {
        "first": first.tolist(),
        "second": second.tolist(),
        "standard_error": float(stats.sem(d)),
        "paired_t_p": float(stats.ttest_rel(second, first).pvalue),
        "t_low": float(interval[0]),
        "t_high": float(interval[1]),
        "detectable": float(quantiles * stats.sem(d)),
        "detectable_noncentral": float(effect * d.std(ddof=1)),
        "bootstrap_low": float(boot.low),
        "bootstrap_high": float(boot.high),
    }


def short(n, kind):
    """Few pairs, for which no bootstrap is worth its interval."""
    row = comparison(*pairs(n, kind))
    return {key: value for key, value in row.items() if not key.startswith("bootstrap")}


def fair_coin(a, b):
    """scipy's two-sided exact binomial test; statsmodels' McNemar rounds tails below 1e-16 to 0."""
    return float(stats.binomtest(a, a + b, 0.5).pvalue) if a + b else 1.0


tables = [(1, 5), (0, 0), (0, 7), (12, 30), (40, 41), (3, 3), (200, 150)]
tails = [(0, 54), (1, 54), (0, 1000), (5, 1000), (480, 520), (499, 501), (30000, 30500)] + [
    tuple(int(x) for x in more.integers(0, most, 2)) for most in [10] * 10 + [100] * 20 + [1000] * 20
]
# Tests by the benchmark that each is of; statsmodels' Holm within each, and over the smallest.
families = [
    (["a", "a", "a", "b", "c"], [0.01, 0.04, 0.03, 0.02, 0.6]),
    (["a"] * 4, [0.04, 0.01, 0.02, 0.5]),
    (["a", "b", "c", "d"], [0.04, 0.01, 0.02, 0.5]),
    (["a", "b", "a", "b", "a", "c"], [0.001, 0.9, 0.02, 0.03, 0.02, 0.011]),
]
welch = [(0.25, 0.1, 3, 0.55, 0.1, 3), (0.4, 0.03, 100, 0.5, 0.02, 250), (7.0, 0.5, 80, 6.9, 0.0, 12)]


def by_family(names, p):
    corrected = np.zeros(len(p))
    least = {}
    for name in dict.fromkeys(names):
        rows = [i for i, n in enumerate(names) if n == name]
        corrected[rows] = multipletests(np.array(p)[rows], method="holm")[1]
        least[name] = corrected[rows].min()
    outer = dict(zip(least, multipletests(list(least.values()), method="holm")[1]))
    return [float(max(c, outer[n])) for n, c in zip(names, corrected)]


def welch_row(m1, e1, n1, m2, e2, n2):
    one, other = e1 * n1**0.5, e2 * n2**0.5
    t = stats.ttest_ind_from_stats(m2, other, n2, m1, one, n1, equal_var=False)
    d = (e1**2 + e2**2) ** 2 / (e1**4 / (n1 - 1) + e2**4 / (n2 - 1))
    half = float(stats.t.ppf(0.975, d) * (e1**2 + e2**2) ** 0.5)
    return {"first": [m1, e1, n1], "second": [m2, e2, n2], "p": float(t.pvalue),
            "low": m2 - m1 - half, "high": m2 - m1 + half}


p_values = [[0.04, 0.01, 0.02], [0.5, 0.001, 0.03, 0.03, 0.2], [0.9], [0.0001] * 4]
print(
    json.dumps(
        {
            "made_with": {"scipy": scipy.__version__, "statsmodels": statsmodels.__version__},
            "mcnemar": [
                {"only_first": a, "only_second": b,
                 "p": float(mcnemar([[0, a], [b, 0]], exact=True).pvalue) if a + b else 1.0}
                for a, b in tables
            ],
            "tails": [{"only_first": a, "only_second": b, "p": fair_coin(a, b)} for a, b in tails],
            "t_tails": [
                {"differences": d, "p": float(stats.ttest_1samp(d, 0).pvalue)}
                for d in [
                    [1.0, 1.001, 0.999, 1.0005],
                    [5.0, 5.0001],
                    (1 + 1e-3 * more.normal(size=12)).tolist(),
                    (1 + 1e-2 * more.normal(size=40)).tolist(),
                ]
            ],
            "holm": [
                {"p": p, "corrected": multipletests(p, method="holm")[1].tolist()} for p in p_values
            ],
            "holm_by_family": [
                {"families": names, "p": p, "corrected": by_family(names, p)}
                for names, p in families
            ],
            "welch": [welch_row(*row) for row in welch],
            "pairs": [
                comparison(*pairs(n, kind)) for n, kind in [(40, "right"), (60, "share"), (25, "share")]
            ],
            "few": [short(n, "share") for n in (2, 3, 4, 6, 10)],
        },
        indent=1,
    )
)
