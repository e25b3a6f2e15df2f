"""How many task files of lm-evaluation-harness soft4j reads, and whether it asks a model the same.

    python measure.py OUT [--soft4j ./soft4j]    after harness_requests.py OUT

Every request of every row is compared. Prints the counts and the reasons of the rest, most frequent first, and ends with
1 where a file is read and asks something else: that must never happen.
"""
import argparse
import collections
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

DEFAULT_TOKENS = 256
BOUNDS = ("max_gen_toks", "max_new_tokens", "max_tokens", "max_completion_tokens")


def asked(soft4j, out, expected, options=(), mark=""):
    """What soft4j says of every file: one process for each data folder."""
    by_folder = collections.defaultdict(list)
    for line in expected:
        by_folder["groups" if line["kind"] == "group" else str(line["data"])].append(line["path"])
    root = expected[0]["path"][: -len(expected[0]["file"])]
    got = {}
    for folder, paths in sorted(by_folder.items()):
        names = out / f"names{mark}-{folder}.txt"
        words = [word for option in options for word in ("--option", option)] + paths
        names.write_text("".join('"' + w.replace("\\", "\\\\") + '"\n' for w in words), encoding="utf-8")
        data = ["--include", root, "--data", str(out / "data" / "0")] if folder == "groups" else ["--data", str(out / "data" / folder)]
        command = [*shlex.split(soft4j), "tasks", "show", "--json", *data, f"@{names}"]
        with (out / f"soft4j{mark}-{folder}.jsonl").open("wb") as lines:
            subprocess.run(command, stdout=lines, check=True, env=os.environ)
        with (out / f"soft4j{mark}-{folder}.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("{"):
                    read = json.loads(line)
                    got[read["name"]] = read
    return got


def plain(request):
    """A request of the harness in the words of tasks show --json."""
    if len(request) == 1:
        return {"text": request[0]}
    context, second = request
    if isinstance(second, str):
        return {"context": context, "continuation": second}
    until = second.get("until") or []
    until = [until] if isinstance(until, str) else until
    most = next((second[name] for name in BOUNDS if second.get(name) is not None), DEFAULT_TOKENS)
    return {"context": context, "until": [u for u in until if u], "max_new_tokens": int(most),
            "draws": bool(second.get("do_sample", float(second.get("temperature") or 0) > 0)) and float(second.get("temperature") or 0) > 0}


def times(line, request):
    """The harness builds a request once and asks it `repeats` times; of scores the first is taken, and soft4j asks once."""
    return line.get("repeats", 1) if len(request) == 2 and isinstance(request[1], dict) else 1


def ours(request):
    if "text" in request:
        return {"text": request["text"]}
    if "continuation" in request:
        return {"context": request["context"], "continuation": request["continuation"]}
    return {"context": request["context"], "until": request.get("until", []), "max_new_tokens": request["max_new_tokens"],
            "draws": request["temperature"] > 0}


def reason(text):
    """A refusal without the names of files and values, to be counted."""
    text = re.sub(r"^.*?, line \d+: ", "", text.split("\n")[0])
    text = re.sub(r"^\S*\.yaml, line \d+, column \d+: ", "", text)
    text = re.sub(r"^\S*\.jsonl?, (line|row) \d+: ", "", text)
    text = re.sub(r"!function [\w.]+", "!function …", text)
    text = re.sub(r"there is none in .*", "there is none in the folder of data", text)
    text = re.sub(r"\(sha256 \w+…\)", "(sha256 …)", text)
    text = re.sub(r"\([^()]*\.yaml\)|\([^()]*_yaml\)", "", text)
    return text[:110]


def classify(line, got):
    """The outcome of a file, in two words or with its reason."""
    if got is None:
        return "not answered", ""
    if "error" in got:
        return "refused", reason(got["error"])
    if line["kind"] == "group":
        wrong = [task for task in got["tasks"] if "error" in task]
        return ("refused", "a task of the group: " + reason(wrong[0]["error"])) if wrong else ("group", "")
    task = got["tasks"][0]
    if "error" in task:
        if "requests" not in line and line.get("reason", "").startswith(("no rows", "harness", "custom")):
            return "not measured", line["reason"][:60]
        return "refused", reason(task["error"])
    if "requests" not in line:
        return "not measured", line.get("reason", "")[:60]
    expected = [[plain(r) for r in row for _ in range(times(line, r))] for row in line["requests"]]
    found = [[ours(r) for r in row] for row in task["requests"]]
    return ("equal", "") if expected == found else ("differs", line["file"])


def tells_of_own(got):
    return any("among their own examples" in note for note in got["tasks"][0]["notes"])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--soft4j", default="./soft4j")
    parser.add_argument("--again", action="store_true", help="compare what soft4j said the last time")
    chosen = parser.parse_args()
    with (chosen.out / "expected.jsonl").open(encoding="utf-8") as lines:
        expected = [json.loads(line) for line in lines]
    if chosen.again:
        got = {}
        for file in sorted(chosen.out.glob("soft4j*.jsonl"), key=lambda f: "-own" in f.name):
            for line in file.read_text(encoding="utf-8").split("\n"):
                if line.startswith("{"):
                    got[json.loads(line)["name"]] = json.loads(line)
    else:
        got = asked(chosen.soft4j, chosen.out, expected)
    # Where examples are drawn from the evaluated rows themselves, soft4j keeps a row from being its own example and says so;
    # the harness's way is an option.
    own = [line for line in expected if classify(line, got.get(line["path"]))[0] == "differs" and tells_of_own(got[line["path"]])]
    if own and not chosen.again:
        got.update(asked(chosen.soft4j, chosen.out, own, [line["task"] + ".examples=harness" for line in own], "-own"))
    outcomes, reasons, first = collections.Counter(), collections.Counter(), {}
    for line in expected:
        outcome, why = classify(line, got.get(line["path"]))
        outcomes[outcome] += 1
        reasons[outcome, why] += 1
        first.setdefault((outcome, why), line["file"])
    print(f"{len(expected)} files of lm-evaluation-harness; {len(own)} of them asked for with examples=harness")
    for outcome, count in outcomes.most_common():
        print(f"{count:7} {outcome}")
    for (outcome, why), count in reasons.most_common():
        if why:
            print(f"{count:7} {outcome}: {why}   [{first[outcome, why]}]")
    sys.exit(1 if outcomes["differs"] or outcomes["not answered"] else 0)


if __name__ == "__main__":
    main()
