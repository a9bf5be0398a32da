#!/usr/bin/env bash
# matplotlib-inline: a figure is shown half drawn, by whoever else runs something.
#
# Versions: ipykernel 7.4.0, IPython 9.18.1, matplotlib 3.11.2, matplotlib-inline 0.2.2.
# One would guess: a figure is shown under the cell that draws it, once that cell is done.
# What was seen: while the main thread's cell is between two curves, another request runs
# "1 + 1" in a subshell, as a console or a widget in JupyterLab may. The figure appears
# with one curve, as output of that "1 + 1", and the cell itself shows a new one with the
# second curve: the end of any request shows and closes all of pyplot's open figures.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet ipykernel==7.4.0 ipython==9.18.1 jupyter_client==8.10.0 matplotlib==3.11.2 matplotlib-inline==0.2.2
export IPYTHONDIR="$folder" JUPYTER_CONFIG_DIR="$folder" MPLCONFIGDIR="$folder"
"$folder/venv/bin/python" - <<'PROGRAM'
import sys

from jupyter_client.manager import start_new_kernel

CELL = """import time
import matplotlib.pyplot as plt
plt.plot([0, 1])
print("half", flush=True)
time.sleep(3)
plt.plot([1, 0])
print(len(plt.gca().lines), "curve(s) here")"""
manager, client = start_new_kernel()
client.control_channel.send(client.session.msg("create_subshell_request"))
subshell = client.control_channel.get_msg(timeout=60)["content"]["subshell_id"]


def figures(also_elsewhere):
    """Who showed a figure, and how many curves the cell ended with."""
    cell = client.execute(CELL)
    shown, said = [], ""
    while True:
        message = client.get_iopub_msg(timeout=60)
        content, mine = message["content"], message["parent_header"]["msg_id"] == cell
        if message["msg_type"] == "display_data":
            shown.append("the cell" if mine else "1 + 1")
        said += content.get("text", "")
        if also_elsewhere and "half" in said:
            also_elsewhere = False
            ask = {"code": "1 + 1", "silent": False, "store_history": False}
            request = client.session.msg("execute_request", ask)
            request["header"]["subshell_id"] = subshell
            client.shell_channel.send(request)
        if mine and content.get("execution_state") == "idle":
            return shown, said.split("\n")[-2]


alone, beside = figures(False), figures(True)
manager.shutdown_kernel(now=True)
for name, (shown, said) in (("alone:", alone), ("beside:", beside)):
    print(f"{name:8} a figure from {' and from '.join(shown)}; the cell: {said}")
if alone != (["the cell"], "2 curve(s) here") or beside != (
    ["1 + 1", "the cell"],
    "1 curve(s) here",
):
    sys.exit("Changed: a request in a subshell lets the main thread's figure be.")
PROGRAM
