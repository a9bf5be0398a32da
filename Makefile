# Nothing but make and Python 3.11 to 3.13 is needed: every target first makes the
# environment in .venv. ARGS is handed on: make lab ARGS="--no-browser --port 8899"

BIN := .venv/bin
STAMP := .venv/.complete
BACKENDS := .venv-backends
OLDEST := .venv-oldest
GPU = $(shell [ "$$(uname)" = Linux ] && nvidia-smi >/dev/null 2>&1 && echo ,gpu)
EXTRAS = teaching,test$(GPU)
SHARED_OUT = -n logical --maxprocesses 4 --dist loadgroup
QUICK = not slow and not browser and not bank
COMPILED = $(BIN)/python -m compileall -q course_lib  # a sandbox and a kernel cannot
INSTALL = -c requirements.lock -e ".[$(EXTRAS)]"

# nbgrader looks for its own programs on PATH
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: help setup lab reset test quick test-busy test-backends test-oldest notebooks exercises claims slides lint lock

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' Makefile

setup: $(STAMP) ## make the environment in .venv; the others call it
	@echo "The course is set up in .venv; start it with: make lab"

lab: $(STAMP) ## open your workspace in JupyterLab, on lesson 00
	@$(BIN)/course start $(ARGS)

reset: $(STAMP) ## renew your copy of a lesson, keeping the old one: ARGS=02
	@$(BIN)/course reset $(ARGS)

test: $(STAMP) ## run the tests and every notebook
	@$(COMPILED)
	@$(BIN)/python -m pytest $(SHARED_OUT) $(ARGS)

quick: lint ## check the style and run the tests that take less than a second
	@$(COMPILED)
	@$(BIN)/python -m pytest $(SHARED_OUT) -m "$(QUICK)" tests $(ARGS)

test-busy: $(STAMP) ## grade the bank beside four busy processes, ten times or ARGS=3
	@$(COMPILED)
	@PYTHONPATH=tests $(BIN)/python -m bank.graded $(ARGS)

test-backends: $(BACKENDS)/.complete ## run the Keras lessons on JAX and PyTorch: ARGS=09 for one
	@$(BACKENDS)/bin/python tools/backends.py $(ARGS)

test-oldest: $(OLDEST)/.complete ## run the quick tests and two lessons on the oldest versions allowed
	@PATH="$(CURDIR)/$(OLDEST)/bin:$$PATH" $(OLDEST)/bin/python -m pytest $(SHARED_OUT) -m "$(QUICK)" $(or $(ARGS),tests $(TWO_LESSONS))

notebooks: $(STAMP) ## run the lessons and keep their outputs: ARGS="02 03" for some
	@$(BIN)/course notebooks $(ARGS)

exercises: $(STAMP) ## make the exercises from solutions/
	@$(BIN)/course exercises $(ARGS)

claims: $(STAMP) ## print the table of all claims
	@$(BIN)/course claims $(ARGS)

slides: $(STAMP) ## make slide decks from the lessons: ARGS="02 03" for some
	@$(BIN)/course slides $(ARGS)

lint: $(STAMP) ## check the code's style
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

lock: ## renew the exact versions: ARGS=--upgrade for the newest
	@test -x $(BIN)/uv || $(MAKE) setup
	@$(BIN)/uv pip compile --universal --strip-extras --no-annotate --fork-strategy fewest --python-version 3.11 --all-extras pyproject.toml -o requirements.lock $(ARGS)

# The stamp says which folder its .venv was made in and is written last: one that was
# interrupted, copied or moved is made afresh, and a whole one needs no network.
ifneq ($(CURDIR),$(shell cat $(STAMP) 2>/dev/null))
.PHONY: $(STAMP)
endif

$(STAMP): pyproject.toml requirements.lock
	@test "$(CURDIR)" = "$$(cat $@ 2>/dev/null)" || { \
	    python=$$(sh tools/find_python.sh "$(PYTHON)") && \
	    echo "Making .venv with $$python" && \
	    "$$python" -m venv --clear .venv; }
	@echo "Installing the course with its extras: $(EXTRAS)"
	@$(BIN)/python -m pip install --quiet uv && \
	    $(BIN)/uv pip install --compile-bytecode --python $(BIN)/python $(INSTALL) || { \
	    echo "uv could not install the course; pip will, in a few minutes." && \
	    $(BIN)/python -m pip install $(INSTALL); }
	@pwd -P > $@

# A second environment, with JAX and PyTorch. uv knows where PyTorch keeps builds that
# hold no CUDA; pip, its stand-in, takes the build it finds where it always looks.
ifneq ($(CURDIR),$(shell cat $(BACKENDS)/.complete 2>/dev/null))
.PHONY: $(BACKENDS)/.complete
endif

UV_BACKENDS = $(BIN)/uv pip install --compile-bytecode --python $(BACKENDS)/bin/python -c requirements.lock
PIP_BACKENDS = $(BACKENDS)/bin/python -m pip install -c requirements.lock

$(BACKENDS)/.complete: $(STAMP)
	@echo "Making $(BACKENDS): the course with JAX and PyTorch beside TensorFlow"
	@$(BIN)/python -m venv --clear $(BACKENDS)
	@$(UV_BACKENDS) --torch-backend cpu torch || { \
	    echo "uv could not fetch PyTorch's CPU build; pip will take the usual one," && \
	    echo "which on Linux may bring CUDA's libraries, several GB." && \
	    $(PIP_BACKENDS) torch; }
	@$(UV_BACKENDS) -e ".[teaching,test,backends]" || { \
	    echo "uv could not install the course; pip will, in a few minutes." && \
	    $(PIP_BACKENDS) -e ".[teaching,test,backends]"; }
	@pwd -P > $@

# A third one, on the oldest Python with the oldest version of each package that
# pyproject.toml names, and the newest of all others. pip cannot choose so: uv must.
ifneq ($(CURDIR),$(shell cat $(OLDEST)/.complete 2>/dev/null))
.PHONY: $(OLDEST)/.complete
endif

TWO_LESSONS = notebooks/00_start.ipynb notebooks/05_optimisers.ipynb

$(OLDEST)/.complete: $(STAMP)
	@echo "Making $(OLDEST): the course with the oldest packages it allows"
	@$(BIN)/uv venv --quiet --clear --python 3.11 $(OLDEST)
	@$(BIN)/uv pip install --resolution lowest-direct --python $(OLDEST)/bin/python -e ".[teaching,test]"
	@$(BIN)/uv pip install --python $(OLDEST)/bin/python pip  # makes wheels for a class
	@pwd -P > $@
