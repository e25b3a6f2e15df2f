#!/usr/bin/env bash
# JJava 1.0a8: a cell can take the value of a variable away and answer "ok".
# A good guess: a cell of two names on two lines shows the second, or fails; declaring a class again leaves older objects alone.
# What happens: JShell reads "a" and "b" on two lines as the declaration of a variable b of the type a, keeps it for the day a type a
# appears, and drops the value of b; a class with another body sets every variable of that type to null. JJava takes both for
# success: status ok, no output. The next cell that uses the variable fails, or shows nothing. Needs a JDK 17.
# Seen on 2026-11-30 with Python 3.11:
#   jjava 1.0a8
#   declare: ('ok', [])
#   a, b on two lines: ('ok', [])
#   b afterwards: ('error', [])
#   the class with a field: ('ok', [])
#   its variable afterwards: ('ok', ['null'])
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check jjava==1.0a8 jupyter_client==8.10.0
cd "$work"
"$work/venv/bin/python" - <<'PY'
from importlib.metadata import version

from jupyter_client.manager import start_new_kernel

print("jjava", version("jjava"))
def same(what, seen, expected):
    print(f"{what}: {seen}")
    if seen != expected:
        raise SystemExit(f"changed; written down was: {expected}")

manager, client = start_new_kernel(kernel_name="java", startup_timeout=120)


def cell(code):
    shown = []

    def note(message):
        if message["msg_type"] in ("execute_result", "display_data", "stream"):
            content = message["content"]
            shown.append(content["data"]["text/plain"] if "data" in content else content["text"].strip())

    reply = client.execute_interactive(code, timeout=60, output_hook=note)
    return reply["content"]["status"], shown


try:
    same("declare", cell("int a = 1; int b = 2;"), ("ok", []))
    same("a, b on two lines", cell("a\nb"), ("ok", []))
    same("b afterwards", cell("b"), ("error", []))
    cell("class Run { }\nRun run = new Run();")
    same("the class with a field", cell("class Run { int rounds; }"), ("ok", []))
    same("its variable afterwards", cell("System.out.println(run);"), ("ok", ["null"]))
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
PY
