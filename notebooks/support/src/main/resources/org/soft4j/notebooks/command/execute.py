# Executes a notebook in place and writes an HTML copy: NOTEBOOK HTML KERNEL SECONDS
# Says on standard output which cell has ended, as "soft4j-cell 3 12"; all else goes to standard error.
import asyncio
import re

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbconvert import HTMLExporter

notebook, html, kernel, seconds = sys.argv[1:]
# Kernels inherit standard output and would write between the lines.
told = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)
# The usual page without what it fetches from other hosts: scripts for formulas, diagrams and widgets.
ALONE = """{%- extends 'index.html.j2' -%}
{%- block html_head_js -%}{%- endblock -%}
{%- block jupyter_widgets -%}{%- endblock -%}
{%- block html_head_js_mathjax -%}{%- endblock -%}
{%- block html_head_js_mermaidjs -%}{%- endblock -%}
"""
page = nbformat.read(notebook, as_version=4)
title = os.path.basename(notebook)[: -len(".ipynb")]
cells = sum(cell.cell_type == "code" for cell in page.cells)
done = 0
stopped = False


def tell(ended):
    try:
        print("soft4j-cell", ended, cells, file=told, flush=True)
    except BrokenPipeError:
        pass


class Client(NotebookClient):
    """Ends by a signal so that what ran is kept, and with its kernel."""

    async def async_start_new_kernel(self, **words):
        # By now the client has taken the signals for itself: it would end a kernel and then miss it.
        for name in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(name, self.stop)
        await super().async_start_new_kernel(**words)

    def stop(self):
        global stopped
        pid = getattr(self.km.provisioner, "pid", None)
        if pid:
            os.kill(pid, signal.SIGKILL)
        if not done:
            os._exit(128 + signal.SIGTERM)
        stopped = True


def started(cell, cell_index):
    global done
    done += 1


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
    tell(done)
    for output in cell.outputs:
        if output.get("metadata", {}).get("soft4j_notice") and execute_reply["content"]["status"] == "ok":
            raise Noticed(output["data"]["text/plain"])


def words(failure):
    """Of an error that soft4j explains, the explanation alone; of one of the compiler, its reason."""
    named = "org.soft4j.core.UserError, "
    text = failure.evalue
    if failure.ename in ("CompilationException", "IncompleteSourceException"):
        # The message is JShell's name for the snippet; the reason stands in what the page shows.
        shown = [o for cell in page.cells for o in cell.get("outputs", []) if o.output_type == "error"]
        return re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(shown[-1].traceback)).strip()
    return text[len(named) :] if text.startswith(named) else f"{failure.ename}: {text}"


client = Client(
    page,
    kernel_name=kernel,
    timeout=int(seconds) or None,
    startup_timeout=180,
    record_timing=False,
    resources={"metadata": {"path": os.getcwd()}},
    on_cell_execute=started,
    on_cell_executed=ended,
)
end_with_caller(10)
code = 0
try:
    tell(0)
    client.execute()
except CellExecutionError as failure:
    code = 1
    print(f"\n{title}: cell {done} of {cells} failed: {words(failure)}", file=sys.stderr)
except (Noticed, CellTimeoutError, DeadKernelError) as failure:
    code = 1
    what = "stopped" if stopped else failure
    print(f"\n{title}: cell {done} of {cells}: {what}", file=sys.stderr)
finally:
    keep()
    body, _ = HTMLExporter(raw_template=ALONE).from_notebook_node(page, {"metadata": {"name": title}})
    if os.getppid() == caller:
        with open(html + ".unfinished", "w", encoding="utf-8") as file:
            file.write(body)
        os.replace(html + ".unfinished", html)
sys.exit(code)
