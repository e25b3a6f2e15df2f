"""The page of a comparison."""

PARTS = {
    "mc": "TruthfulQA mc1 + mc2",
    "gen": "TruthfulQA generation",
    "hhh": "HHH, both protocols",
}
PEERS = {"mc": "lm-evaluation-harness", "gen": "lm-evaluation-harness", "hhh": "transformers"}


def text(date, result):
    failed = [f"{c['name']}: {reason}" for c in result["checks"] for reason in c["failed"]]
    parts = [
        f"# Parity on {date}",
        opening(result),
        "## Item by item",
        items(result["checks"]),
        "## Scores",
        scores(result["checks"]),
        "## Near ties",
        ties(result["checks"]),
        "## Seconds and memory",
        effort(result["effort"]),
        "## What to know",
        CAVEATS,
    ]
    verdict = "All that must be equal is." if not failed else "**Not equal:**\n\n" + bullets(failed)
    parts.insert(2, verdict)
    return "\n\n".join(parts) + "\n"


def bullets(lines):
    return "\n".join(f"- {line}" for line in lines)


CAVEATS = bullets(
    [
        "HHH is 169 of the 221 items (harmless 55, helpful 56, honest 58; none of \"other\"), so"
        " its numbers are not those of the whole set. The two protocols must not be mixed.",
        "HHH's peer is a script on transformers that computes every text by itself"
        " (`benchmarks/parity/hhh.py`); the harness has no task for either protocol.",
        "TruthfulQA is the first version (817 questions), with the harness' own tasks and code;"
        " only its data comes from a file.",
        "Written texts are greedy. Two tokens whose logits are closer than the rounding of another"
        " batch size could part them; that none did is what the table says.",
    ]
)


def opening(result):
    model = result["model"]
    versions = result["versions"]
    return (
        f"{model['name']} ({model['parameters']:,} parameters, {model['dtype']}, sha256"
        f" {model['digest'][:12]}…) on {result['machine']}. soft4j at {result['commit']}.\n\n"
        f"soft4j: {listed(versions['soft4j'])}; peers: {listed(versions['peer'])}."
    )


def listed(versions):
    return ", ".join(f"{name} {value}" for name, value in versions.items())


def items(checks):
    rows = ["| task | items | of soft4j's | texts or choices | largest difference | mean | same | near ties |"]
    rows.append("|---|---:|---:|---:|---:|---:|---:|---:|")
    for c in checks:
        same = c.get("same_best", c.get("same_texts"))
        rows.append(
            f"| {c['name']} | {c['items']} | {c['soft4j_items']} | {c.get('choices', c['items'])} |"
            f" {small(c['largest_difference'])} | {small(c.get('mean_difference'))} |"
            f" {same} | {len(c['near_ties']) if 'near_ties' in c else ''} |"
        )
    return "\n".join(rows) + (
        "\n\nDifferences are of log-probabilities (allowed: 1e-3), for texts of their metrics;"
        " same is the number of items with the same best choice, winner or text, near ties left out."
    )


def small(value):
    return "" if value is None else f"{value:.2g}"


def scores(checks):
    rows = ["| task | metric | soft4j | peer |", "|---|---|---:|---:|"]
    for c in checks:
        for name, (mine, peer) in c["scores"].items():
            count = c.get("per_class", {}).get(name, "")
            label = f"{name} ({count})" if count else name
            rows.append(f"| {c['name']} | {label} | {mine:.6f} | {peer:.6f} |")
    return "\n".join(rows)


def ties(checks):
    found = [f"{c['name']}: {item}" for c in checks for item in c.get("near_ties", ())]
    if not found:
        return "No item's two best choices lie within 2e-3."
    return "The two best choices of these lie within 2e-3, so that either may win:\n\n" + bullets(found)


def effort(rows):
    table = [
        "| | | seconds | whole process | requests or items | positions computed | of | peak MiB"
        " | threads | load |",
        "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for row in rows:
        who = "soft4j" if row["side"] == "soft4j" else PEERS[row["part"]]
        tokens = row.get("tokens")
        table.append(
            f"| {PARTS[row['part']]} | {who} | {whole(row.get('seconds'))} |"
            f" {whole(row.get('process_seconds'))} | {whole(row.get('requests', row.get('items')))} |"
            f" {whole(row.get('computed', tokens))} | {whole(tokens)} |"
            f" {whole(row.get('peak_mib'))} | {row.get('threads', '')} | {row.get('load', 0):.1f} |"
        )
    return "\n".join(table) + (
        "\n\nSeconds are for the requests alone, loading excluded. Load is the number of processes"
        " that wanted a processor at the time; with more than there are processors, each gets a"
        " share, and seconds of different rows are not comparable. Seconds of a quiet machine are in"
        " benchmarks/speed/results."
    )


def whole(value):
    return "" if value is None else f"{value:,.0f}"
