"""Prints what lm-evaluation-harness 0.4.13 makes of a group of which a task lacks the metric: the values in TaskGroupTest.

    python tools/golden/group_mean.py
"""
import logging
from dataclasses import dataclass

from lm_eval.api.group import AggMetricConfig, Group

logging.basicConfig()
METRICS = {
    "one": {"acc,none": 0.5, "acc_stderr,none": 0.05, "sample_len": 100},
    "two": {"acc,none": 0.25, "acc_stderr,none": 0.1, "exact_match,strict": 0.75, "exact_match_stderr,strict": 0.1, "sample_len": 16},
    "three": {"exact_match,strict": 1.0, "exact_match_stderr,strict": 0.0, "sample_len": 40},
}


@dataclass
class Leaf:
    task_name: str


def main():
    for by_size in (True, False):
        rule = AggMetricConfig(metric="acc", filter_list=["none"], weight_by_size=by_size)
        group = Group("all", aggregate_metric_list=[rule])
        group.get_all_tasks = lambda: [Leaf(name) for name in METRICS]
        print(by_size, group.aggregate(METRICS))


main()
