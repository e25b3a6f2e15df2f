"""Writes and reads the event file of EventFileTest with TensorBoard itself.

    pip install tensorboard==2.21.0 "setuptools<81"
    python tools/golden/tensorboard_events.py

writes app/src/test/resources/org/soft4j/track/events.golden by TensorBoard's own record writer and messages, and reads it
back by its EventAccumulator, which the page is drawn from.
"""
import os
import shutil
import tempfile
from pathlib import Path

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.summary.writer.record_writer import RecordWriter

GOLDEN = Path(__file__).resolve().parents[2] / "app/src/test/resources/org/soft4j/track/events.golden"
SECONDS = 1700000000.25
SCALARS = [("micro_truth/mc1/0-shot", 0, 0.25), ("micro_truth/mc1/0-shot", 1, 0.5), ("training/loss", 300, -1.5),
           ("ünïcode", 1, 0.0), ("training/loss", 301, float("inf"))]
TEXT = ("settings", "| setting | value |\n|---|---|\n| seed | 0 |\n")


def events():
    yield Event(wall_time=SECONDS, file_version="brain.Event:2")
    text = Event(wall_time=SECONDS)
    value = text.summary.value.add(tag=TEXT[0])
    value.metadata.plugin_data.plugin_name = "text"
    value.tensor.dtype = 7
    value.tensor.tensor_shape.dim.add(size=1)
    value.tensor.string_val.append(TEXT[1].encode())
    yield text
    for tag, step, number in SCALARS:
        event = Event(wall_time=SECONDS, step=step)
        event.summary.value.add(tag=tag, simple_value=number)
        yield event


GOLDEN.parent.mkdir(parents=True, exist_ok=True)
with open(GOLDEN, "wb") as file:
    writer = RecordWriter(file)
    for event in events():
        writer.write(event.SerializeToString())

with tempfile.TemporaryDirectory() as folder:
    shutil.copy(GOLDEN, os.path.join(folder, "events.out.tfevents.0.soft4j"))
    read = EventAccumulator(folder).Reload()
    for tag in sorted({tag for tag, _, _ in SCALARS}):
        found = [(e.step, e.value) for e in read.Scalars(tag)]
        assert found == [(s, v) for t, s, v in SCALARS if t == tag], (tag, found)
    assert read.Tensors(TEXT[0] + "/text_summary" if TEXT[0] + "/text_summary" in read.Tags()["tensors"] else TEXT[0])
print("written and read:", GOLDEN.name, GOLDEN.stat().st_size, "bytes")
