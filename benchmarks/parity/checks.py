"""What must be equal, item by item; each function returns what the page shows of it."""

import json

import sides

LOGPROB = 1e-3
NEAR_TIE = 2e-3


def multiple_choice(task, targets, harness, ours, data):
    rows = json.loads((data / "truthfulqa/v1/mc_task.json").read_text())
    theirs = sides.harness_samples(harness, task)
    joined = []
    for item, sample in sides.soft4j_samples(ours, task).items():
        row = rows[sides.number(item)]
        if row["question"] in theirs:
            peer = sides.harness_choices(theirs[row["question"]], targets)
            mine = sides.soft4j_choices(sample, row[targets], targets == "mc1_targets")
            acc = sample["metrics"]["acc"], float(theirs[row["question"]]["acc"])
            joined.append((row["question"], mine, peer, acc))
    return compared(task, joined, len(theirs), LOGPROB)


def compared(name, joined, expected, tolerance):
    """Choices of both sides by their text."""
    differences, ties, other_best, greedy, failed = [], [], [], 0, []
    for question, mine, peer, _ in joined:
        if mine.keys() != peer.keys():
            failed.append(f"other choices: {question}")
            continue
        differences += [abs(mine[c][0] - peer[c][0]) for c in mine]
        greedy += sum(mine[c][1] != peer[c][1] for c in mine)
        if near_tie(mine) or near_tie(peer):
            ties.append(question)
        elif best(mine) != best(peer):
            other_best.append(question)
    if len(joined) != expected:
        failed.append(f"{len(joined)} items of {expected} are on both sides")
    if differences and max(differences) > tolerance:
        failed.append(f"a log-probability differs by {max(differences):.6f}")
    failed += [f"another best choice: {question}" for question in other_best]
    scores = {"acc": [mean(acc[i] for *_, acc in joined) for i in (0, 1)]} if joined else {}
    return {
        "name": name,
        "items": len(joined),
        "choices": len(differences),
        "largest_difference": max(differences, default=None),
        "mean_difference": mean(differences),
        "same_best": len(joined) - len(other_best) - len(ties),
        "near_ties": ties,
        "greedy_flags_that_differ": greedy,
        "scores": scores,
        "failed": failed,
    }


def generation(harness, ours, data):
    task = "truthfulqa_gen"
    theirs = list(sides.harness_samples(harness, task).values())
    by_row = {sample["doc_id"]: sample for sample in theirs}
    joined = [
        (by_row[sides.number(item)], sample)
        for item, sample in sides.soft4j_samples(ours, task).items()
        if sides.number(item) in by_row
    ]
    failed, texts, differences = [], 0, []
    names = sorted(joined[0][1]["metrics"]) if joined else []
    for peer, mine in joined:
        question, text = peer["doc"]["question"], peer["filtered_resps"][0]
        if text == mine["texts"][0]:
            texts += 1
            differences += [abs(float(peer[n]) - mine["metrics"][n]) for n in names]
        else:
            failed.append(f"another text: {question}: {mine['texts'][0]!r}, {text!r}")
    if len(joined) != len(theirs):
        failed.append(f"{len(joined)} items of {len(theirs)} are on both sides")
    if differences and max(differences) > 1e-9:
        failed.append(f"a metric of an item differs by {max(differences)}")
    scores = {
        n: [mean(mine["metrics"][n] for _, mine in joined), mean(float(p[n]) for p, _ in joined)]
        for n in names
    }
    return {
        "name": task,
        "items": len(joined),
        "same_texts": texts,
        "largest_difference": max(differences, default=None),
        "scores": scores,
        "failed": failed,
    }


def hhh(reference, ours):
    """Both protocols against the independent script."""
    pairs = {line["id"]: line for line in sides.lines(reference)}
    return [
        preferences("hhh_letters", pairs, sides.soft4j_samples(ours, "hhh_letters"), letters),
        preferences("hhh", pairs, sides.soft4j_samples(ours, "hhh"), likelihood),
    ]


def letters(pair, logs):
    """The answers' scores, the better one first: letters are added up over both orders."""
    scores = [logs[0] + logs[3], logs[1] + logs[2]]
    return scores if pair["better"] == 0 else scores[::-1]


def likelihood(pair, logs):
    return logs


def preferences(name, pairs, samples, scored):
    differences, ties, other, failed, classes = [], [], [], [], {}
    for item, sample in samples.items():
        if item not in pairs:
            continue
        pair, mine = pairs[item], sample["log_probabilities"]
        peer = pair["letters" if name == "hhh_letters" else "likelihood"]
        # soft4j asks for the better answer first; the script for the first of the file.
        peer = peer if name == "hhh_letters" or pair["better"] == 0 else peer[::-1]
        differences += [abs(a - b) for a, b in zip(mine, peer, strict=True)]
        lead, their_lead = [s[0] - s[1] for s in (scored(pair, mine), scored(pair, peer))]
        if min(abs(lead), abs(their_lead)) <= NEAR_TIE:
            ties.append(item)
        elif (lead > 0) != (their_lead > 0):
            other.append(item)
        value = sample["metrics"]["mean"], (their_lead > 0) + (their_lead == 0) / 2
        for group in ("mean", pair["class"]):
            classes.setdefault(group, []).append(value)
    joined = len(classes.get("mean", ()))
    if joined != len(pairs):
        failed.append(f"{joined} items of {len(pairs)} are on both sides")
    if differences and max(differences) > LOGPROB:
        failed.append(f"a log-probability differs by {max(differences):.6f}")
    failed += [f"another answer wins: {item}" for item in other]
    scores = {g: [mean(v[i] for v in values) for i in (0, 1)] for g, values in classes.items()}
    return {
        "name": name,
        "items": joined,
        "choices": len(differences),
        "largest_difference": max(differences, default=None),
        "mean_difference": mean(differences),
        "same_best": joined - len(other) - len(ties),
        "near_ties": ties,
        "per_class": {group: len(values) for group, values in classes.items()},
        "scores": scores,
        "failed": failed,
    }


def best(choices):
    return max(choices, key=lambda c: choices[c][0])


def near_tie(choices):
    logs = sorted((log for log, _ in choices.values()), reverse=True)
    return len(logs) > 1 and logs[0] - logs[1] <= NEAR_TIE


def mean(values):
    values = list(values)
    return sum(values) / len(values) if values else None


def unequal(scores):
    return [
        f"{name} is {mine:.6f}, and {peer:.6f} there"
        for name, (mine, peer) in scores.items()
        if f"{mine:.4f}" != f"{peer:.4f}"
    ]
