"""Attempts to get points without right answers: by tests, metadata, names, values."""

import copy
import json

from bank.book import GUARD, ROOT, case, full_points, stem

ANYTHING = '''
class Anything:
    """Equal to everything, whatever is asked of it."""

    dtype, shape, ndim, size = np.dtype(float), (400, 30), 2, 12000
    __array_priority__ = 1e9

    def _self(self, *args, **kwargs):
        return self

    def _yes(self, *args, **kwargs):
        return True

    __eq__ = __le__ = __ge__ = __contains__ = __bool__ = all = any = _yes
    __getattr__ = __getitem__ = __call__ = __array_function__ = __array_ufunc__ = _self
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _self
    __truediv__ = __rtruediv__ = __matmul__ = __rmatmul__ = __neg__ = __abs__ = _self
    __hash__ = object.__hash__

    def __len__(self):
        return 400

    def __iter__(self):
        return iter(())
'''


def wrong(book, *names):
    """Answers that return their first argument, or None."""
    for name in names:
        head = book.read(name).split("\n")[0]
        book.write(name, f"{head}\n    return None")


def all_wrong(book):
    wrong(book, *(q.removeprefix("test_") for q in full_points(book.number)))


@case("07", "everything")
def tests_emptied(book):
    """Wrong answers, and checks edited to pass."""
    all_wrong(book)
    for question in full_points("07"):
        book.write(question, "assert True")


@case("07", "everything")
def tests_renamed(book):
    """Each check pretends to be another one, or a cell of the student's."""
    all_wrong(book)
    for question in full_points("07"):
        book.write(question, "print('passed')")
        book.cell(question)["metadata"]["nbgrader"] |= {"grade_id": f"my_{question}"}


@case("05", "everything")
def a_thousand_points(book):
    """Points raised to 1,000, and a second check worth as much."""
    all_wrong(book)
    for question in full_points("05"):
        cell = book.cell(question)
        cell["metadata"]["nbgrader"]["points"] = 1000
        cell["source"] = "1000"
        second = copy.deepcopy(cell) | {"id": f"{question}-2"}
        second["metadata"]["nbgrader"]["grade_id"] += "_2"
        third = copy.deepcopy(cell) | {"id": f"{question}-3"}
        book.cells.extend([second, third])


@case("06", "everything")
def partial_credit_forged(book):
    """The last value of an answer's cell is a number of points."""
    all_wrong(book)
    for question, points in full_points("06").items():
        name = question.removeprefix("test_")
        book.write(name, book.read(name) + f"\n\n\n{points}")
        book.insert_after(name, str(points))
        book.cell(name)["metadata"]["nbgrader"] |= {"grade": True, "points": points}


@case("04", "everything")
def forged_outputs(book):
    """Saved outputs that say what a passed check says, and metadata with scores."""
    all_wrong(book)
    for question, points in full_points("04").items():
        cell = book.cell(question)
        text = f"✓ {question.removeprefix('test_')}: the public checks pass\n"
        stream = {"output_type": "stream", "name": "stdout", "text": text}
        value = {"output_type": "execute_result", "execution_count": 1}
        value |= {"metadata": {}, "data": {"text/plain": str(points)}}
        cell["outputs"] = [stream, value]
        cell["metadata"]["nbgrader"] |= {"score": points, "checksum": "0" * 32}
    book.data["metadata"]["nbgrader"] = {"score": 20, "max_score": 20, "autograded": 1}


@case("07", "he_start", plain=True)
def names_swapped(book):
    """Two answers have exchanged their grade_ids: the first comes too late."""
    first, second = book.cell("he_start"), book.cell("dropout")
    for cell, name in ((first, "dropout"), (second, "he_start")):
        cell["metadata"]["nbgrader"]["grade_id"] = name
    one, other = (book.cells.index(cell) for cell in (first, second))
    book.cells[one], book.cells[other] = second, first


@case("02", "everything")
def answers_locked(book):
    """Wrong answers marked as tests, locked, and as a task."""
    all_wrong(book)
    for question in full_points("02"):
        cell = book.cell(question.removeprefix("test_"))
        cell["metadata"]["nbgrader"] |= {"locked": True, "grade": True, "task": True}
        cell["metadata"]["nbgrader"] |= {"points": 5, "solution": False}


@case("07", "everything")
def equal_to_everything(book):
    """Answers that say yes to every question asked of them."""
    book.insert_after("setup", ANYTHING)
    book.write("he_start", "def he_start(g):\n    return Anything()")
    book.write("dropout", "dropout = Anything()")
    book.write(
        "blame_lengths",
        "class Yes(np.ndarray):\n"
        "    __eq__ = __le__ = lambda self, other: np.ones(self.shape, bool)\n"
        "    def __array_function__(self, f, types, args, kwargs):\n"
        "        return np.bool_(True)\n"
        "    def __array_ufunc__(self, f, method, *args, **kwargs):\n"
        "        return np.ones(1, bool)\n"
        "    shape = property(lambda self: (len(np.asarray(self)),))\n\n\n"
        "def blame_lengths(A, W, delta):\n"
        "    return np.zeros(len(A)).view(Yes)",
    )
    book.write(
        "residual",
        "class Keys(dict):\n"
        "    __missing__ = lambda self, key: Anything()\n"
        "    __eq__ = lambda self, other: True\n"
        "    keys = lambda self: ['y', 'dx', 'dW']\n"
        "    __iter__ = lambda self: iter(self.keys())\n\n\n"
        "def residual(x, W, dy):\n    return Keys()",
    )


@case("03", "interaction log_loss")
def numbers_that_lie(book):
    """Numbers equal to everything; `fit` calls the `log_loss` that gives them."""
    book.write(
        "interaction",
        "class Number(float):\n"
        "    __eq__ = __lt__ = __le__ = lambda self, other: True\n"
        "    __sub__ = __rsub__ = __abs__ = lambda self, *other: 0.0\n"
        "    __float__ = lambda self: float('nan')\n"
        "    __hash__ = None\n\n\n"
        "def interaction(p):\n    return Number(1)",
    )
    book.write(
        "log_loss",
        "class Array:\n"
        "    def __array__(self, dtype=None, copy=None):\n"
        "        return np.array(np.nan)\n\n\n"
        "def log_loss(z, y):\n    return Array()",
    )


@case("01", "choose folds")
def strings_that_lie(book):
    """Dict keys and lengths that pretend to be what is looked for."""
    book.write(
        "choose",
        "class Key(str):\n"
        "    __eq__ = lambda self, other: True\n"
        "    __hash__ = lambda self: hash('chosen')\n\n\n"
        "def choose(validation, test):\n"
        "    return {Key('chosen'): 0, Key('reported'): 0.0}",
    )
    book.write(
        "folds",
        "class Parts(list):\n"
        "    __len__ = lambda self: 3\n"
        "    __iter__ = lambda self: iter([range(0, 3)])\n\n\n"
        "def folds(n, k):\n    return Parts([[9]])",
    )


@case("07", "everything")
def comparisons_replaced(book):
    """np.allclose, isclose, all, and the built-ins behind them, always say yes."""
    book.insert_after(
        "setup",
        "import builtins\n"
        "yes = lambda *args, **kwargs: True\n"
        "for name in ('allclose', 'isclose', 'all', 'array_equal', 'shares_memory'):\n"
        "    setattr(np, name, yes)\n"
        "builtins.all = builtins.any = builtins.isinstance = yes\n"
        "builtins.AssertionError = type('Quiet', (Exception,), {})",
    )
    all_wrong(book)


@case("02", "everything")
def check_replaced(book):
    """course_lib.checks.check and all it uses are replaced by what says yes."""
    book.insert_after(
        "setup",
        "import sys\nimport course_lib.checks as checks\n"
        "import course_lib.answers as a\n"
        "checks.check = check = lambda *args: print('✓ passed')\n"
        "checks._check_case = checks.call = lambda *args: None\n"
        "checks.differs = a.differs = lambda *args: ''\n"
        "checks._questions = lambda: {}\n"
        "sys.modules['course_lib.checks'] = checks",
    )
    all_wrong(book)


@case("02", "train")
def oracle_replaced(book):
    """The library that a hidden test compares with now agrees with a wrong answer."""
    book.insert_after(
        "setup",
        "from course_lib.neurons import Perceptron\n\n\n"
        "def nothing(self, X, y, *args, **kwargs):\n"
        "    self.w, self.b, self.mistakes = np.zeros(X.shape[1]), 0.0, [0]\n"
        "    return self\n\n\n"
        "Perceptron.fit = nothing",
    )
    book.write(
        "train",
        "def train(X, y, n_epochs):\n"
        "    w = np.zeros(X.shape[1])\n"
        "    return {'w': w, 'b': 0.0, 'mistakes': [0], 'separable': True}",
    )


@case("08", "balanced_accuracy multilabel")
def scikit_learn_replaced(book):
    """scikit-learn's measures say 0.5, and so do two answers."""
    book.insert_after(
        "setup",
        "import sklearn.metrics as m\n"
        "m.accuracy_score = m.balanced_accuracy_score = lambda *a, **k: 0.5\n"
        "np.isclose = lambda *a, **k: True",
    )
    book.write("balanced_accuracy", "def balanced_accuracy(y, y_hat):\n    return 0.5")
    book.write(
        "multilabel",
        "def multilabel(P, Y):\n    return {'exact': 0.5, 'none': 0.5, 'several': 0.5}",
    )


@case("07", "everything")
def asserts_rewritten(book):
    """Input transformers, AST transformers and traces that remove every assert."""
    book.insert_after(
        "setup",
        "import ast, sys\nshell = get_ipython()\n\n\n"
        "def passes(lines):\n"
        "    return [x.replace('assert ', 'True or ') for x in lines]\n\n\n"
        "class NoAsserts(ast.NodeTransformer):\n"
        "    def visit_Assert(self, node):\n        return ast.Pass()\n\n\n"
        "shell.input_transformers_cleanup.append(passes)\n"
        "shell.input_transformers_post.append(passes)\n"
        "shell.ast_transformers.append(NoAsserts())\n"
        "shell.set_custom_exc((Exception,), lambda *args: None)\n"
        "shell.showtraceback = lambda *args, **kwargs: None\n"
        "shell.events.register('pre_run_cell', lambda info: None)",
    )
    book.insert_after("setup", "import sys\nsys.settrace(lambda *args: None)")
    all_wrong(book)


@case("05", "everything")
def imports_replaced(book):
    """An import hook and false modules stand in for NumPy's testing and the course."""
    book.insert_after(
        "setup",
        "import builtins, sys, types\n"
        "real = builtins.__import__\n\n\n"
        "class Yes(types.ModuleType):\n"
        "    __getattr__ = lambda self, name: lambda *args, **kwargs: True\n\n\n"
        "def false(name, *args):\n"
        "    ours = name.startswith('course_lib')\n"
        "    return Yes(name) if ours else real(name, *args)\n\n\n"
        "builtins.__import__ = false\n"
        "sys.modules['course_lib'] = sys.modules['course_lib.checks'] = Yes('x')\n"
        "sys.modules['course_lib.maths'] = Yes('maths')",
    )
    all_wrong(book)


@case("06", "everything")
def random_numbers_made_known(book):
    """np.random is replaced, so that the tests would draw zeros."""
    book.insert_after(
        "setup",
        "class Zeros:\n"
        "    def __getattr__(self, name):\n"
        "        return lambda *a, size=(), **k: np.zeros(size)\n\n\n"
        "np.random.default_rng = np.random.RandomState = lambda *seed: Zeros()",
    )
    all_wrong(book)


@case("03", "everything")
def answers_looked_up(book):
    """The public answers, read from checks.json, are returned whatever was asked."""
    book.insert_after(
        "setup",
        "import json, pathlib\nfrom course_lib.answers import decode\n\n\n"
        "def looked_up(name, arguments):\n"
        "    path = pathlib.Path('checks.json')\n"
        "    data = json.loads(path.read_text('utf-8'))[name]\n"
        "    for inputs, answer in zip(data['inputs'], data['answers']):\n"
        "        if str(list(map(decode, inputs))) == str(list(arguments)):\n"
        "            return decode(answer)\n"
        "    return decode(data['answers'][0])",
    )
    for question in full_points("03"):
        name = question.removeprefix("test_")
        book.write(name, f"def {name}(*args):\n    return looked_up('{name}', args)")


@case("01", "everything")
def forged_checks_beside_it(book):
    """A checks.json without any input, and a course_lib that always says yes."""
    checks = json.loads(
        (ROOT / "exercises" / stem("01") / "checks.json").read_text("utf-8")
    )
    for question in checks.values():
        question |= {"inputs": [], "answers": [], "mistakes": []}
    book.beside("checks.json", json.dumps(checks))
    book.beside("course_lib/__init__.py", "")
    book.beside("course_lib/checks.py", "check = hint = solution = print\n")
    all_wrong(book)


@case("04")
def modules_beside_it(book):
    """numpy.py and others beside the notebook must not stand in for the real ones."""
    for name in (
        "numpy",
        "json",
        "socket",
        "sitecustomize",
        "usercustomize",
        "nbgrader",
    ):
        book.beside(f"{name}.py", "raise SystemExit('the wrong module')\n")


@case("08", "one_hot")
def a_name_that_lies(book):
    """A wrong answer that knows the test's numbers only, and is called otherwise."""
    book.write(
        "one_hot",
        "def one_hot(words, values):\n"
        "    if len(words) == 4:\n"
        "        public = {'low': [[1, 0, 0], [0, 0, 1], [1, 0, 0], [0, 1, 0]],\n"
        "                  '4': [[0, 1, 0], [0, 0, 1], [0, 1, 0], [0, 0, 0]]}\n"
        "        return np.array(public[words[0]], float)\n"
        "    return np.eye(len(values))[np.arange(len(words)) % len(values)]\n\n\n"
        "one_hot.__name__ = one_hot.__qualname__ = 'check'\n"
        "one_hot.__module__ = __name__ = 'course_lib.checks'\n"
        "__file__ = '/srv/course/solutions/08_cars.py'",
    )


@case("05", "momentum_step minibatches")
def pickles(book):
    """Objects whose unpickling would run code where the grader runs."""
    book.insert_after(
        "setup",
        "import pathlib, pickle\n\n\nclass Bomb:\n"
        "    def __reduce__(self):\n"
        f"        path = pathlib.Path({str(book.marker)!r})\n"
        "        return pathlib.Path.touch, (path,)\n\n\n"
        "    __reduce_ex__ = lambda self, protocol: self.__reduce__()",
    )
    book.write(
        "momentum_step",
        "def momentum_step(w, v, g, lr, beta):\n"
        "    return np.array([Bomb(), Bomb()], object), Bomb()",
    )
    book.write(
        "minibatches",
        "def minibatches(X, y, order, size):\n    return pickle.dumps(Bomb())",
    )


@case("07", "he_start")
def forged_messages(book):
    """A wrong answer writes messages of its own to every open descriptor."""
    book.write(
        "he_start",
        f"def he_start(g):\n    {GUARD.replace(chr(10) * 2, '; ').strip()}\n"
        "    import struct\n"
        '    text = b\'{"array": ["<f8", [400, 30]]}\'\n'
        "    raw = (g * (2 / len(g)) ** 0.5).tobytes() if len(g) < 9 else g.tobytes()\n"
        "    frame = struct.pack('<4sIQ', b'CRS1', len(text), len(raw)) + text + raw\n"
        "    for fd in range(3, 256):\n"
        "        try:\n"
        "            os.set_blocking(fd, False)\n"
        "            os.write(fd, frame)\n"
        "        except OSError:\n"
        "            pass\n"
        "    return g",
    )


@case("04", "softmax")
def stack_inspected(book):
    """An answer that looks for the expected values in the frames that called it."""
    book.write(
        "softmax",
        "import gc, inspect\n\n\ndef softmax(Z):\n"
        "    for frame in inspect.stack():\n"
        "        for name, value in frame.frame.f_locals.items():\n"
        "            if name == 'expected' and np.shape(value) == Z.shape:\n"
        "                return value\n"
        "        if 'expected' in frame.frame.f_globals:\n"
        "            return frame.frame.f_globals['expected']\n"
        "    found = [x for x in gc.get_objects() if isinstance(x, dict)]\n"
        "    for names in found:\n"
        "        if isinstance(names.get('expected', None), np.ndarray):\n"
        "            return names['expected']\n"
        "    return np.full(Z.shape, 1 / Z.shape[1])",
    )


@case("07", "residual")
def reference_borrowed(book):
    """The worked solution is looked for in the course's own folders and run."""
    book.write(
        "residual",
        "def residual(x, W, dy):\n    return None\n\n\n"
        "try:\n"
        "    import course_lib.checks as c\n"
        "    exec(c._worked_solution('residual') or '')\n"
        "except Exception as error:\n    print(error)\n"
        "try:\n"
        "    import json, pathlib, course_lib\n"
        "    top = pathlib.Path(course_lib.__file__).resolve().parents[1]\n"
        "    for path in top.glob('solutions/07*/*.ipynb'):\n"
        "        for cell in json.loads(path.read_text('utf-8'))['cells']:\n"
        "            if 'def residual' in ''.join(cell['source']):\n"
        "                exec(''.join(cell['source']))\n"
        "except Exception as error:\n    print(error)",
    )


@case("06", "nudged_slope")
def in_place_and_back(book):
    """w is nudged in place and one entry is never put back."""
    book.write(
        "nudged_slope",
        "def nudged_slope(X, y, w, h):\n"
        "    L = lambda: np.mean((X @ w - y) ** 6)\n"
        "    slope = []\n"
        "    for k in range(len(w)):\n"
        "        w[k] += h\n        above = L()\n"
        "        w[k] += h\n        top = L()\n"
        "        w[k] -= 3 * h\n        once = (above - L()) / (2 * h)\n"
        "        w[k] -= h\n        twice = (top - L()) / (4 * h)\n"
        "        slope.append((4 * once - twice) / 3)\n"
        "        w[k] += 2 * h if k < len(w) - 1 else 2.5 * h\n"
        "    return np.array(slope)",
    )
