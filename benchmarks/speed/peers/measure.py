"""What the peers' programs share: versions, peak memory, threads, the result file."""

import json
import os
import platform
import re
import time
from importlib import metadata
from pathlib import Path

import torch

DTYPES = {"float32": torch.float32, "bfloat16": torch.bfloat16}


def versions():
    names = ("torch", "transformers", "peft", "trl", "lm_eval")
    return {"python": platform.python_version()} | {n: metadata.version(n) for n in names}


def peak_mib():
    """Largest resident memory of this process so far, in MiB (VmHWM)."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status).group(1)) / 1024


def memory():
    """kept where the C library was told to keep freed memory, as soft4j tells it, else own."""
    return "kept" if "MALLOC_TRIM_THRESHOLD_" in os.environ else "own"


def use_threads(threads):
    torch.set_num_threads(threads)
    if torch.get_num_threads() != threads:
        raise SystemExit(f"torch took {torch.get_num_threads()} threads, not {threads}")


def read_lines(path):
    return [json.loads(line) for line in Path(path).read_text().splitlines() if line.strip()]


def write(path, figure, dtype, values, settings, series=()):
    """Adds one line to the results, in the form of soft4j's own (Measured.java), and shows it."""
    line = {
        "side": "peer",
        "figure": figure,
        "dtype": dtype,
        "threads": torch.get_num_threads(),
        "values": {name: float(value) for name, value in values.items()}
        | {"peak_mib": peak_mib()},
        "series": list(series),
        "settings": {name: str(value) for name, value in settings.items()} | {"memory": memory()},
        "versions": versions(),
    }
    with open(path, "a") as out:
        out.write(json.dumps(line) + "\n")
    shown = {name: round(value, 3) for name, value in line["values"].items()}
    print("peer", figure, dtype, line["settings"], shown, flush=True)


class Clock:
    """with Clock() as clock: ...; clock.seconds"""

    def __enter__(self):
        self.start = time.perf_counter()
        return self

    def __exit__(self, *_):
        self.seconds = time.perf_counter() - self.start
