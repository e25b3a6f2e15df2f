# Executes a notebook in place and writes an HTML copy: NOTEBOOK HTML KERNEL SECONDS
import os
import sys

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbconvert import HTMLExporter

notebook, html, kernel, seconds = sys.argv[1:]
caller = os.getppid()
page = nbformat.read(notebook, as_version=4)
title = os.path.basename(notebook)[: -len(".ipynb")]
cells = sum(cell.cell_type == "code" for cell in page.cells)
done = 0


def started(cell, cell_index):
    global done
    done += 1
    if sys.stderr.isatty():
        print(f"\rcell {done} of {cells} ", end="", file=sys.stderr, flush=True)


class Noticed(Exception):
    """A cell ran, and left undone or took away what a later one may need; its output says what."""


def keep():
    """A kill at any time leaves the cells that ran, whole."""
    # The lock of the file is our caller's: where it was killed, another one may be at work by now.
    if os.getppid() != caller:
        return
    nbformat.write(page, notebook + ".unfinished")
    os.replace(notebook + ".unfinished", notebook)


def ended(cell, cell_index, execute_reply):
    keep()
    for output in cell.outputs:
        if output.get("metadata", {}).get("soft4j_notice") and execute_reply["content"]["status"] == "ok":
            raise Noticed(output["data"]["text/plain"])


def words(failure):
    """Of an error that soft4j explains, the explanation alone."""
    named = "org.soft4j.core.UserError, "
    text = failure.evalue
    return text[len(named) :] if text.startswith(named) else f"{failure.ename}: {text}"


client = NotebookClient(
    page,
    kernel_name=kernel,
    timeout=int(seconds) or None,
    startup_timeout=180,
    record_timing=False,
    resources={"metadata": {"path": os.getcwd()}},
    on_cell_execute=started,
    on_cell_executed=ended,
)
code = 0
try:
    client.execute()
except CellExecutionError as failure:
    code = 1
    print(f"\n{title}: cell {done} of {cells} failed: {words(failure)}", file=sys.stderr)
except (Noticed, CellTimeoutError, DeadKernelError) as failure:
    code = 1
    print(f"\n{title}: cell {done} of {cells}: {failure}", file=sys.stderr)
finally:
    if sys.stderr.isatty():
        print(file=sys.stderr)
    keep()
    body, _ = HTMLExporter().from_notebook_node(page, {"metadata": {"name": title}})
    if os.getppid() == caller:
        with open(html + ".unfinished", "w", encoding="utf-8") as file:
            file.write(body)
        os.replace(html + ".unfinished", html)
sys.exit(code)
