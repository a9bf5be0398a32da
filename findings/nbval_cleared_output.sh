#!/usr/bin/env bash
# nbval: a notebook that was just run by nbconvert fails its own check.
#
# Versions: nbval 0.11.0, nbconvert 7.17.2, ipykernel 7.4.0.
# One would guess: what jupyter nbconvert --execute has saved passes pytest --nbval, if
# the code is deterministic.
# What was seen: a cell that clears its output, as films and progress bars do, fails:
# nbconvert saves what is left, and nbval counts what was cleared as well. A second cell
# without it passes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet nbval==0.11.0 nbconvert==7.17.2 ipykernel==7.4.0
"$folder/venv/bin/python" - "$folder/film.ipynb" <<'PROGRAM'
import sys

import nbformat

cleared = """from IPython.display import clear_output
print('step 1')
clear_output()
print('done')"""
cells = [cleared, "print('done')"]
notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
nbformat.write(notebook, sys.argv[1])
PROGRAM
export PATH="$folder/venv/bin:$PATH" IPYTHONDIR="$folder" JUPYTER_CONFIG_DIR="$folder"
cd "$folder"
jupyter nbconvert --to notebook --execute --inplace film.ipynb 2>/dev/null
report=$(pytest --nbval -q -p no:cacheprovider film.ipynb 2>&1 || true)
echo "$report" | tail -3
if ! grep -q "1 failed, 1 passed" <<<"$report"; then
    echo "Changed: nbval accepts what nbconvert saves of a cleared output." >&2
    exit 1
fi
