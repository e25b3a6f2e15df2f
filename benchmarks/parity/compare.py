"""Joins both sides item by item, and writes what came out as a page and as JSON.

Ends with 1 where something that must be equal is not.
"""

import argparse
import json
import sys
from pathlib import Path

import checks
import page
import sides

# What is compared: folder of soft4j's evaluation, and the peer's measurements.
PARTS = {"mc": "harness-mc.json", "gen": "harness-gen.json", "hhh": "hhh.json"}


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True, help="folder that `run` wrote")
    options.add_argument("--page", type=Path, required=True, help="Markdown; JSON goes beside it")
    options.add_argument("--machine", default="")
    options.add_argument("--model-name", default="")
    options.add_argument("--commit", default="")
    options = options.parse_args()
    result = {
        "machine": options.machine,
        "commit": options.commit,
        "model": sides.model(options.out, options.model_name),
        "checks": compare(options.out, options.data),
        "effort": effort(options.out),
        "versions": versions(options.out),
    }
    options.page.with_suffix(".json").write_text(json.dumps(result, indent=2) + "\n")
    options.page.write_text(page.text(options.page.stem, result))
    failed = [f"{c['name']}: {reason}" for c in result["checks"] for reason in c["failed"]]
    print("\n".join(failed) or "all that must be equal is")
    sys.exit(1 if failed else 0)


def compare(out, data):
    harness, ours = out / "harness", out / "soft4j"
    found = [
        checks.multiple_choice("truthfulqa_mc1", "mc1_targets", harness, ours / "mc", data),
        checks.multiple_choice("truthfulqa_mc2", "mc2_targets", harness, ours / "mc", data),
        checks.generation(harness, ours / "gen", data),
    ]
    found += checks.hhh(out / "hhh.jsonl", ours / "hhh")
    for check, part in zip(found, ("mc", "mc", "gen", "hhh", "hhh"), strict=True):
        judged(check, harness, ours / part)
    return found


def judged(check, harness, ours):
    """Adds what both tools themselves print, where both took the same items."""
    check["soft4j_items"] = len(sides.soft4j_samples(ours, check["name"]))
    if not check["items"]:
        check["failed"].append("no item was compared")
    if check["items"] == check["soft4j_items"]:
        mine = sides.soft4j_scores(ours, check["name"])
        peer = sides.harness_scores(harness, check["name"])
        for metric, (_, computed) in check["scores"].items():
            check["scores"][metric] = [mine[metric], peer.get(metric, computed)]
    check["failed"] += checks.unequal(check["scores"])


def effort(out):
    rows = []
    for part, peer in PARTS.items():
        if (out / "soft4j" / part / "timings.jsonl").exists():
            rows.append({"side": "soft4j", "part": part} | sides.soft4j_effort(out, part))
        if (out / peer).exists():
            measured = json.loads((out / peer).read_text())
            rows.append({"side": "peer", "part": part} | measured)
    return rows


def versions(out):
    peers = [json.loads((out / f).read_text()) for f in PARTS.values() if (out / f).exists()]
    ours = json.loads((out / "soft4j/mc/eval.json").read_text())["versions"]
    return {"soft4j": ours, "peer": next((p["versions"] for p in peers if "versions" in p), {})}


if __name__ == "__main__":
    main()
