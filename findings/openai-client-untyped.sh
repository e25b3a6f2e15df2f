#!/usr/bin/env bash
# openai 3.57.0 (Python client): the types of an answer are promised and not checked.
# A good guess: message.content is a str or None, as its annotation says; a server that sends something else causes an error.
# What happens: answers are built without validation. A list of parts arrives as a list under an attribute typed str, a number as a
# number, a missing list of choices as None, and finish_reason may be any word. Code that writes f"{answer}" or len(answer) goes on.
# Seen on 2026-11-30 with Python 3.11:
#   openai 3.57.0
#   a text: hello
#   a list of parts: ('list', 1)
#   a number: 7
#   a reason of its own: abandoned
#   no choices: None
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check openai==3.57.0
cd "$work"
"$work/venv/bin/python" - <<'PY'
import http.server
import json
import threading
from importlib.metadata import version

import openai

print("openai", version("openai"))
def same(what, seen, expected):
    print(f"{what}: {seen}")
    if seen != expected:
        raise SystemExit(f"changed; written down was: {expected}")

answers = []


class Server(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        body = json.dumps(answers.pop(0)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
client = openai.OpenAI(base_url=f"http://127.0.0.1:{server.server_port}/v1", api_key="none")


def asked(answer):
    answers.append(answer)
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": "hi"}])


def content(value, reason="stop"):
    message = {"role": "assistant", "content": value}
    return asked({"choices": [{"index": 0, "message": message, "finish_reason": reason}]}).choices[0]


same("a text", content("hello").message.content, "hello")
parts = content([{"type": "text", "text": "hello"}]).message.content
same("a list of parts", (type(parts).__name__, len(parts)), ("list", 1))
same("a number", content(7).message.content, 7)
same("a reason of its own", content("x", "abandoned").finish_reason, "abandoned")
same("no choices", asked({"id": "1"}).choices, None)
PY
