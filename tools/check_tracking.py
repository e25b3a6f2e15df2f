"""Reads with MLflow and TensorBoard themselves what ./soft4j sent them of one run.

    python -m venv /some/folder && /some/folder/bin/pip install mlflow==3.17.2 tensorboard==2.21.0 "setuptools<81"
    /some/folder/bin/python tools/check_tracking.py

starts an MLflow server, runs ./soft4j run micro with --track to it and to a folder of event files, and compares with
metrics.csv and training.csv of the run. Then the same with a server that is not there during the run, and
./soft4j report --track afterwards: the run must end well, and nothing may be missing. About five minutes.
"""
import csv
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from mlflow.tracking import MlflowClient
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

ROOT = Path(__file__).resolve().parent.parent
RUN = ["run", "micro", "--rounds", "2", "--limit", "8", "--set", "data.shots=0"]


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def server(folder, port):
    words = [sys.executable, "-m", "mlflow", "server", "--host", "127.0.0.1", "--port", str(port), "--workers", "1",
             "--backend-store-uri", f"sqlite:///{folder}/mlflow.db", "--artifacts-destination", f"{folder}/artifacts"]
    log = open(f"{folder}/mlflow.log", "w")
    process = subprocess.Popen(words, stdout=log, stderr=log, start_new_session=True)
    for _ in range(240):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2).read()
            return process
        except OSError:
            time.sleep(0.5)
    process.kill()
    raise SystemExit(open(f"{folder}/mlflow.log").read())


def soft4j(*words):
    done = subprocess.run([str(ROOT / "soft4j"), *words], text=True, capture_output=True)
    if done.returncode:
        raise SystemExit(f"{words}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stderr


def expected(run):
    """By name, the values with their steps: rounds, or optimizer steps over all rounds."""
    points, trained = {}, 0
    for path in sorted(run.glob("round-*"), key=lambda p: int(p.name.split("-")[1])):
        number = int(path.name.split("-")[1])
        if (path / "training.csv").exists():
            rows = list(csv.DictReader(open(path / "training.csv")))
            for i, row in enumerate(rows):
                for what in ("loss", "learning_rate", "gradient_norm"):
                    points.setdefault(f"training/{what}", []).append((trained + i, float(row[what])))
            trained += len(rows)
        for row in csv.DictReader(open(path / "metrics.csv")):
            points.setdefault(f"{row['benchmark']}/{row['metric']}/{row['shots']}-shot", []).append((number, float(row["value"])))
    return points


def check_tensorboard(folder, points):
    read = EventAccumulator(str(folder), size_guidance={"scalars": 0}).Reload()
    tags = set(read.Tags()["scalars"])
    assert tags == set(points), tags ^ set(points)
    for tag, wanted in points.items():
        found = [(e.step, e.value) for e in read.Scalars(tag)]
        assert len(found) == len(wanted), (tag, found, wanted)
        for (step, value), (wanted_step, wanted_value) in zip(found, wanted):
            assert step == wanted_step and abs(value - wanted_value) <= 1e-6 * max(1, abs(wanted_value)), (tag, step, value)
    print(f"TensorBoard: {len(tags)} tags, {sum(map(len, points.values()))} points, as in the run's files")


def check_mlflow(port, run, points):
    client = MlflowClient(f"http://127.0.0.1:{port}")
    experiment = client.get_experiment_by_name("soft4j")
    found = [r for r in client.search_runs([experiment.experiment_id]) if r.info.run_name == run.name]
    assert len(found) == 1 and found[0].info.status == "FINISHED", found
    ident = found[0].info.run_id
    for name, wanted in points.items():
        history = sorted((m.step, m.value) for m in client.get_metric_history(ident, name))
        assert history == sorted(wanted), (name, history, wanted)
    parameters = found[0].data.params
    settings = json.loads((run / "run.json").read_text())["settings"]
    assert parameters["training.rank"] == str(settings["training"]["rank"]), parameters
    assert parameters["method"] == "soft+", parameters
    artifacts = {a.path for a in client.list_artifacts(ident)}
    assert {"report.html", "metrics.csv", "run.json"} <= artifacts, artifacts
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(client.download_artifacts(ident, "report.html", folder))
        assert copy.read_bytes() == (run / "report.html").read_bytes()
    print(f"MLflow: {len(points)} metrics, {len(parameters)} parameters, {len(artifacts)} files, as in the run's files")


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        port = free_port()
        where = f"mlflow:http://127.0.0.1:{port}"
        process = server(folder, port)
        try:
            run = folder / "with-a-server"
            said = soft4j(*RUN, "--out", str(run), "--live", "--track", where, "--track", f"tensorboard:{folder}/board")
            assert "tracking:" not in said, said
            points = expected(run)
            check_tensorboard(folder / "board" / run.name, points)
            check_mlflow(port, run, points)
            assert "report.html" in (run / "live.html").read_text()
        finally:
            process.terminate()
            process.wait()
        run = folder / "without-a-server"
        said = soft4j(*RUN, "--out", str(run), "--track", where)
        assert re.search(r"tracking: mlflow:\S+: nothing answers there", said), said
        process = server(folder, port)
        try:
            soft4j("report", str(run), "--track", where)
            soft4j("report", str(run), "--track", where)  # sends nothing twice
            check_mlflow(port, run, expected(run))
        finally:
            process.terminate()
            process.wait()


os.environ.pop("MLFLOW_TRACKING_URI", None)
main()
