# Executes a notebook in place and writes an HTML copy: NOTEBOOK HTML KERNEL SECONDS
import os
import sys

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbconvert import HTMLExporter

notebook, html, kernel, seconds = sys.argv[1:]
page = nbformat.read(notebook, as_version=4)
title = os.path.basename(notebook)[: -len(".ipynb")]
cells = sum(cell.cell_type == "code" for cell in page.cells)
done = 0


def started(cell, cell_index):
    global done
    done += 1
    if sys.stderr.isatty():
        print(f"\rcell {done} of {cells} ", end="", file=sys.stderr, flush=True)


client = NotebookClient(
    page,
    kernel_name=kernel,
    timeout=int(seconds) or None,
    startup_timeout=180,
    record_timing=False,
    resources={"metadata": {"path": os.getcwd()}},
    on_cell_execute=started,
)
code = 0
try:
    client.execute()
except CellExecutionError as failure:
    code = 1
    print(f"\ncell {done} of {cells} failed: {failure.ename}: {failure.evalue}", file=sys.stderr)
except (CellTimeoutError, DeadKernelError) as failure:
    code = 1
    print(f"\ncell {done} of {cells}: {failure}", file=sys.stderr)
finally:
    if sys.stderr.isatty():
        print(file=sys.stderr)
    nbformat.write(page, notebook)
    body, _ = HTMLExporter().from_notebook_node(page, {"metadata": {"name": title}})
    with open(html, "w", encoding="utf-8") as file:
        file.write(body)
sys.exit(code)
