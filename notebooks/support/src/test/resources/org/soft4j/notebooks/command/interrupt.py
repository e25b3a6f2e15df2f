# Interrupts a long labelling call in the kernel "soft4j"; exits with 0 where it stops in time and
# the kernel answers afterwards.
import sys
import time

from jupyter_client.manager import start_new_kernel

SETUP = """
Lab lab = labs.open("micro");
Table many = lab.prompts().emptyCopy();
for (int i = 0; i < 60; i++) many.append(lab.prompts());
many.replaceColumn("id", IntColumn.indexColumn("id", many.rowCount(), 0).asStringColumn().setName("id"));
"""


def outcome(client, message, seconds):
    reply = client.get_shell_msg(timeout=seconds)
    while reply["parent_header"].get("msg_id") != message:
        reply = client.get_shell_msg(timeout=seconds)
    return reply["content"]


manager, client = start_new_kernel(kernel_name="soft4j", startup_timeout=180)
try:
    done = outcome(client, client.execute(SETUP), 180)
    assert done["status"] == "ok", done
    call = client.execute("lab.base().label(many)")
    time.sleep(2)
    asked = time.time()
    manager.interrupt_kernel()
    stopped = outcome(client, call, 30)
    seconds = time.time() - asked
    assert stopped["status"] == "error", "the call ended before the interrupt"
    print(f"stopped after {seconds:.2f} s by {stopped.get('ename')}", file=sys.stderr)
    # Well under a second where nothing else runs; the whole call takes minutes.
    assert seconds < 10, f"the cell ended {seconds:.1f} s after the interrupt"
    after = outcome(client, client.execute("lab.base().label(lab.prompts().first(2)).rowCount()"), 60)
    assert after["status"] == "ok", after
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
