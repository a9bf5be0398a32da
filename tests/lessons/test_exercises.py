"""Exercises: right answers pass, every named mistake is told what it is."""

import importlib
import json
import shutil
import subprocess
import sys
import time
from itertools import pairwise

import nbformat
import numpy as np
import pytest
from helpers import SOLUTIONS

from course_lib import keras_tools, progress
from course_lib.belief import DBN
from course_lib.checks import CheckFailed, check, compare, hint, solution
from course_lib.classroom import ROOT, CourseError
from course_lib.classroom.exercises import (
    reference,
    stored_checks,
    stored_question,
    student_version,
)
from course_lib.classroom.questions import Question, questions
from course_lib.maths import sigmoid
from course_lib.rbm import RBM

A = np.array
QUESTIONS = [
    pytest.param(path, question, id=f"{path.stem[:2]}-{question.name}")
    for path in SOLUTIONS
    for question in questions(path).values()
]
MISTAKES = [
    pytest.param(path, question, hint, wrong, id=f"{path.stem[:2]}-{wrong.__name__}")
    for path in SOLUTIONS
    for question in questions(path).values()
    for hint, wrong in question.mistakes
]


@pytest.fixture(autouse=True)
def beside_the_exercise(request, monkeypatch):
    """Run in the exercise's folder, as its notebook does."""
    if "path" in request.fixturenames:
        folder = request.getfixturevalue("path").parent.name
        monkeypatch.chdir(ROOT / "exercises" / folder)


def hidden_test(path, name):
    """The hidden part of a question's test cell."""
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == f"test_{name}":
            hidden = cell.source.split("### BEGIN HIDDEN TESTS")[1]
            return hidden.split("### END HIDDEN TESTS")[0]
    raise LookupError(f"{path.name} has no test of {name}")


def message(name, function):
    with pytest.raises(CheckFailed) as failure:
        check(name, function)
    return str(failure.value)


@pytest.mark.parametrize("path, question", QUESTIONS)
def test_the_reference_and_two_other_right_answers_pass(path, question):
    right = [reference(path)[question.name], *question.variants]
    assert len(right) >= 3
    for function in right:
        check(question.name, function)
        exec(hidden_test(path, question.name), {"np": np, question.name: function})


@pytest.mark.parametrize("path, question, hint, wrong", MISTAKES)
def test_a_named_mistake_gets_its_own_hint_and_no_other(path, question, hint, wrong):
    text = message(question.name, wrong)
    others = [other for other, function in question.mistakes if function is not wrong]
    assert text.startswith(hint)
    assert not any(other in text for other in others)


@pytest.mark.parametrize("path, question, hint, wrong", MISTAKES)
def test_a_named_mistake_fails_the_hidden_tests(path, question, hint, wrong):
    with pytest.raises((AssertionError, ValueError, TypeError, LookupError)):
        with np.errstate(all="ignore"):
            exec(hidden_test(path, question.name), {"np": np, question.name: wrong})


@pytest.mark.parametrize("path, question", QUESTIONS)
def test_a_question_names_at_least_four_mistakes(path, question):
    hints = [hint for hint, _ in question.mistakes]
    assert len(hints) == len(set(hints)) >= 4
    assert len(question.hints) >= 2


@pytest.mark.parametrize("path, question", QUESTIONS)
def test_odd_answers_get_a_sentence_that_helps(path, question):
    expected = reference(path)[question.name](*question.inputs[0])
    odd = {
        "is not written yet": (NotImplementedError, None),
        "stopped with ZeroDivisionError": (ZeroDivisionError, None),
        "got None (is there a return?)": (None, None),
        "got 'three' (str)": (None, "three"),
    }
    for words, (error, answer) in odd.items():

        def function(*arguments, error=error, answer=answer):
            if error:
                raise error("on purpose")
            return answer

        assert words in message(question.name, function)
    nan = lambda *a: _like(expected, lambda x: np.asarray(x) * np.nan)  # noqa: E731
    assert "NaN" in message(question.name, nan)
    shape = lambda *a: _like(expected, lambda x: np.zeros((3, 3, 3)))  # noqa: E731
    assert "shape" in message(question.name, shape)


def _like(answer, change):
    """The answer with every array or number in it changed."""
    if isinstance(answer, dict):
        return {key: _like(value, change) for key, value in answer.items()}
    if isinstance(answer, (tuple, list)) and isinstance(answer[0], np.ndarray):
        return type(answer)(_like(value, change) for value in answer)
    return answer if isinstance(answer, list) else change(answer)


PERCEPTRON = [path for path in SOLUTIONS if path.stem.startswith("02")]


@pytest.mark.parametrize("path", PERCEPTRON)
def test_an_endless_loop_is_stopped_and_the_notebook_lives_on(path, monkeypatch):
    monkeypatch.setattr("course_lib.checks.SECONDS", 0.3)

    def endless(*arguments):
        while True:
            time.sleep(0.01)

    assert "a loop that never ends" in message("update", endless)
    check("update", reference(path)["update"])


@pytest.mark.parametrize("path", PERCEPTRON)
def test_a_function_that_changes_its_input_is_told_so(path):
    def in_place(w, b, x, y):
        step = y - (w @ x + b > 0)
        w += step * x
        return w, b + step

    assert "changed its input" in message("update", in_place)


@pytest.mark.parametrize("path", PERCEPTRON)
def test_a_wrong_answer_from_a_changed_input_is_told_both(path):
    def in_place(w, b, x, y):
        w += 7 * x
        return w, b + 7.0

    text = message("update", in_place)
    assert text.startswith("The function changed its input w") and "expected" in text


def test_what_helps_most_stands_first_and_the_inputs_last(monkeypatch):
    monkeypatch.chdir(ROOT / "exercises" / "02_perceptron")
    text = message("margin", lambda w, b, X, y: np.min(y * (X @ w + b)))
    assert text.startswith("These are scores, not distances")
    assert text.index("Expected ") < text.index("For w = ")


@pytest.mark.parametrize("shape, entry", [((1,), "[0]"), ((1, 1), "[0, 0]")])
def test_a_number_in_an_array_is_told_how_to_take_it(shape, entry, monkeypatch):
    monkeypatch.chdir(ROOT / "exercises" / "02_perceptron")
    text = message("margin", lambda w, b, X, y: np.zeros(shape))
    assert f"got an array of shape {shape}; take its entry {entry}." in text


def test_a_mistake_that_stops_for_some_inputs_has_its_name_all_the_same():
    question = Question("twice", [(A([1.0]),), (A([1.0, 2.0]),)], [])
    question.mistake("A number was made of an array.")(lambda x: 3 * float(x.item()))
    stored = stored_question(question, lambda x: 2 * x)
    with pytest.raises(CheckFailed, match="A number was made of an array"):
        compare(stored, lambda x: 3 * x.item())
    with pytest.raises(CheckFailed) as unknown:
        compare(stored, lambda x: 4 * x.item())
    assert "A number" not in str(unknown.value)


def test_truths_that_differ_are_told_as_numbers_are():
    question = Question("small", [(A([1.0, 2.0]),)], [])
    question.mistake("The sign is turned round.")(lambda x: x > 1)
    stored = stored_question(question, lambda x: x < 2)
    with pytest.raises(
        CheckFailed, match=r"turned round. Expected True at \[0\], got "
    ):
        compare(stored, lambda x: x > 1)


def test_a_mistake_that_stops_for_all_inputs_is_refused():
    question = Question("twice", [(A([1.0]),)], [])
    question.mistake("It stops.")(lambda x: x.nothing)
    with pytest.raises(CourseError, match="gives no answer"):
        stored_question(question, lambda x: 2 * x)


def test_lost_or_unknown_questions_are_said_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT / "exercises" / "02_perceptron")
    with pytest.raises(CheckFailed, match='no question "marign" here; there are: '):
        hint("marign")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileNotFoundError, match="course reset"):
        check("margin", print)


def not_written(*arguments):
    raise NotImplementedError()


def test_hints_come_one_by_one_and_a_solution_after_three_tries(monkeypatch, capsys):
    monkeypatch.chdir(ROOT / "exercises" / "02_perceptron")
    hint("margin")
    hint("margin")
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("Hint 1 of 3") and second.startswith("Hint 2 of 3")
    solution("margin")
    assert "Try first: 0 of 3" in capsys.readouterr().out
    for _ in range(3):
        message("margin", not_written)
    solution("margin")
    assert "Try first: 0 of 3" in capsys.readouterr().out
    for _ in range(3):
        message("margin", lambda w, b, X, y: 0.0)
    solution("margin")
    worked = capsys.readouterr().out
    assert "np.linalg.norm(w)" in worked and "###" not in worked


def test_hints_of_one_exercise_use_up_none_of_another(monkeypatch, capsys):
    monkeypatch.chdir(ROOT / "exercises" / "05_optimisers")
    for _ in range(4):
        hint("words")
    assert "no further hint" in capsys.readouterr().out
    monkeypatch.chdir(ROOT / "exercises" / "06_backpropagation")
    hint("words")
    assert capsys.readouterr().out.startswith("Hint 1 of")


def test_a_progress_file_from_before_still_counts_where_it_is_clear(
    monkeypatch, capsys
):
    monkeypatch.chdir(ROOT / "exercises" / "02_perceptron")
    for question in ("margin", "words"):
        progress.record("hint", question=question)
        hint(question)
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("Hint 2 of") and second.startswith("Hint 1 of")
    for _ in range(3):
        progress.record("check", question="margin", passed=False)
    solution("margin")
    assert "np.linalg.norm(w)" in capsys.readouterr().out


@pytest.mark.parametrize("path", SOLUTIONS)
def test_the_question_in_words_has_hints_and_a_model_answer(path, capsys, tmp_path):
    hint("words")
    hint("words")
    assert "Hint 2 of" in capsys.readouterr().out
    solution("words")
    assert "Try first: write your answer" in capsys.readouterr().out
    with pytest.raises(CheckFailed, match="answered in words"):
        check("words", len)


def test_a_model_answer_is_shown_once_ones_own_is_written(
    tmp_path, monkeypatch, capsys
):
    exercise = ROOT / "exercises" / "02_perceptron"
    folder = shutil.copytree(exercise, tmp_path / "02_perceptron")
    monkeypatch.chdir(folder)
    path = folder / "02_perceptron.ipynb"
    for written, shown in (("It goes on. " * 3, False), ("It goes on. " * 10, True)):
        notebook = nbformat.read(path, as_version=4)
        mark = {
            c.metadata.get("nbgrader", {}).get("grade_id"): c for c in notebook.cells
        }
        mark["words"].source = written
        nbformat.write(notebook, path)
        solution("words")
        said = capsys.readouterr().out
        assert ("**Model answer.**" in said and "**Points.**" in said) == shown
        assert ("Try first" in said) != shown


@pytest.mark.parametrize("path", SOLUTIONS)
def test_the_exercise_is_what_the_solution_generates(path):
    folder = ROOT / "exercises" / path.parent.name
    solution = nbformat.read(path, as_version=4)
    generated = nbformat.writes(student_version(solution)) + "\n"
    assert (folder / path.name).read_text("utf-8") == generated
    stored = json.dumps(stored_checks(path), indent=1, ensure_ascii=False) + "\n"
    assert (folder / "checks.json").read_text("utf-8") == stored


@pytest.mark.parametrize("path", SOLUTIONS)
def test_an_exercise_holds_two_files_and_no_answers(path):
    folder = ROOT / "exercises" / path.parent.name
    names = {p.name for p in folder.rglob("*") if ".ipynb_checkpoints" not in p.parts}
    assert names == {path.name, "checks.json"}
    text = (folder / path.name).read_text("utf-8")
    for secret in ("BEGIN SOLUTION", "HIDDEN TESTS", "Model answer", "**Points.**"):
        assert secret not in text
    known = json.loads((folder / "checks.json").read_text("utf-8"))
    assert set(known.pop("words")) == {"hints"}
    for stored in known.values():
        assert len(stored["inputs"]) <= 4
        assert set(stored) == {"arguments", "inputs", "answers", "hints", "mistakes"}


@pytest.mark.parametrize("path", SOLUTIONS)
def test_points_add_up_and_one_answer_is_in_words(path):
    cells = nbformat.read(path, as_version=4).cells
    graded = [c for c in cells if c.metadata.get("nbgrader", {}).get("grade")]
    assert 12 <= sum(c.metadata.nbgrader.points for c in graded) <= 20
    assert [c.cell_type for c in graded].count("markdown") == 1
    assert 3 <= [c.cell_type for c in graded].count("code") <= 4
    (words,) = [c.source for c in graded if c.cell_type == "markdown"]
    assert "**Model answer.**" in words and "**Points.**" in words


@pytest.mark.parametrize("module", ["questions", "exercises"])
def test_a_question_is_found_where_it_is_and_where_it_was(module):
    found = importlib.import_module(f"course_lib.classroom.{module}")
    assert found.Question is Question


@pytest.mark.slow
def test_exercise_11_tells_what_keras_returns_backwards_and_behind_a_mask(rng):
    solved = reference(next(p for p in SOLUTIONS if p.stem == "11_recurrent"))
    x, lengths = rng.normal(size=(4, 5, 3)).astype("float32"), A([5, 1, 3, 2])
    rnn = keras_tools.load().layers.SimpleRNN
    with keras_tools.full_precision():
        layer = rnn(2, go_backwards=True, return_sequences=True)
        layer.build(x.shape)
        weights = [rng.normal(size=w.shape) for w in layer.get_weights()]
        layer.set_weights(weights)
        read = keras_tools.load().ops.convert_to_numpy(layer(x))
        masked = rnn(2)
        masked.build(x.shape)
        masked.set_weights(weights)
        last = masked(x, mask=np.arange(5) < lengths[:, None])
        last = keras_tools.load().ops.convert_to_numpy(last)
    np.testing.assert_allclose(solved["backwards"](x, weights), read, atol=1e-5)
    states = solved["last_states"](x.swapaxes(0, 1), lengths, *weights)
    np.testing.assert_allclose(states, last, atol=1e-5)


@pytest.mark.slow
def test_exercise_12_takes_apart_what_a_keras_gru_gives(rng):
    solved = reference(next(p for p in SOLUTIONS if p.stem == "12_lstm"))
    keras, x = keras_tools.load(), rng.normal(size=(4, 5, 3)).astype("float32")
    with keras_tools.full_precision():
        layer = keras.layers.GRU(2)
        layer.build(x.shape)
        weights = [rng.normal(size=w.shape) for w in layer.get_weights()]
        layer.set_weights(weights)
        last = keras.ops.convert_to_numpy(layer(x))
    there, h = solved["to_pytorch"](weights), np.zeros((4, 2))
    for t in range(5):  # as PyTorch computes it, by its documentation
        of_x = np.split(x[:, t] @ there["weight_ih"].T + there["bias_ih"], 3, axis=1)
        of_h = np.split(h @ there["weight_hh"].T + there["bias_hh"], 3, axis=1)
        r, z = (
            sigmoid(one + other) for one, other in zip(of_x[:2], of_h, strict=False)
        )
        n = np.tanh(of_x[2] + r * of_h[2])
        h = (1 - z) * n + z * h
    np.testing.assert_allclose(h, last, atol=1e-5)


@pytest.mark.slow
def test_exercise_13_makes_a_memory_of_a_keras_attention_layer(rng):
    solved = reference(next(p for p in SOLUTIONS if p.stem == "13_hopfield"))
    keras, N, known, beta = keras_tools.load(), 7, A([4, 0, 5]), 0.6
    s, X = (rng.choice([-1.0, 1.0], (1, rows, N)) for rows in (4, 9))
    with keras_tools.full_precision():
        layer = keras.layers.MultiHeadAttention(1, len(known), N, use_bias=False)
        layer(s, X)  # which builds it
        layer.set_weights(solved["kernels"](known, N, beta))
        answered = keras.ops.convert_to_numpy(layer(s, X))
    e = np.exp(beta * s[0][:, known] @ X[0][:, known].T)
    recalled = e / e.sum(axis=1, keepdims=True) @ X[0]
    np.testing.assert_allclose(answered[0], recalled, atol=1e-5)


@pytest.mark.slow
def test_exercise_14_gives_the_loss_that_keras_gives_and_its_slope(rng):
    solved = reference(next(p for p in SOLUTIONS if p.stem == "14_boltzmann"))
    keras, N = keras_tools.load(), 4
    v, b = rng.integers(0, 2, (6, N)).astype("float32"), rng.normal(size=N)
    W = np.triu(rng.normal(size=(N, N)), 1)
    W = W + W.T
    layer = keras.layers.Dense(N)
    layer.build(v.shape)
    loss = keras.losses.BinaryCrossentropy(from_logits=True)

    def of_keras(W):
        layer.set_weights([W, b])
        return float(loss(v, layer(v)))

    with keras_tools.full_precision():
        found = solved["pseudo"](v, W, b)
        np.testing.assert_allclose(found["loss"], of_keras(W), rtol=1e-5)
        for i in range(N):
            for j in range(i):
                nudge = np.zeros((N, N))
                nudge[i, j] = nudge[j, i] = 1e-2
                slope = (of_keras(W + nudge) - of_keras(W - nudge)) / 2e-2
                np.testing.assert_allclose(found["dW"][i, j], slope, atol=2e-4)


@pytest.mark.slow
def test_exercise_15_makes_a_keras_net_of_a_machine_that_knows_labels(rng):
    solved = reference(next(p for p in SOLUTIONS if p.stem == "15_rbm"))
    keras, V, K, H = keras_tools.load(), 5, 3, 4
    W, b, c = rng.normal(size=(V + K, H)), rng.normal(size=V + K), rng.normal(size=H)
    v = rng.integers(0, 2, (6, V)).astype("float32")
    first = keras.layers.Dense(K * H, activation="softplus")
    net = keras.Sequential([keras.Input((V,)), first, keras.layers.Dense(K)])
    net.set_weights(solved["as_net"](W, b, c, K))
    with keras_tools.full_precision():
        p = keras.ops.convert_to_numpy(keras.ops.softmax(net(v)))
    both = np.hstack([v.repeat(K, axis=0), np.tile(np.eye(K), (6, 1))])
    weights = np.exp(-RBM(W, b, c).free_energy(both)).reshape(6, K)
    np.testing.assert_allclose(p, weights / weights.sum(axis=1)[:, None], atol=1e-5)


@pytest.mark.slow
def test_the_mistakes_of_the_exercises_load_no_nbgrader():
    code = "import runpy, sys; [runpy.run_path(p) for p in sys.argv[1:]]"
    paths = [path.with_name("mistakes.py") for path in SOLUTIONS]
    command = [sys.executable, "-c", f"{code}; print(*sys.modules)", *paths]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    loaded = set(ran.stdout.split())
    assert "course_lib.classroom.questions" in loaded
    assert not {"nbgrader", "nbformat", "nbconvert", "sqlalchemy"} & loaded


@pytest.mark.slow
def test_exercise_16_unrolls_a_stack_into_a_keras_net(rng):
    solved = reference(next(p for p in SOLUTIONS if p.stem == "16_belief"))
    keras, sizes = keras_tools.load(), [7, 5, 5, 3]
    stack = DBN([RBM(rng.normal(size=size)) for size in pairwise(sizes)])
    for rbm in stack.rbms:
        rbm.b[:], rbm.c[:] = rng.normal(size=len(rbm.b)), rng.normal(size=len(rbm.c))
    there = solved["unrolled"]([(rbm.W, rbm.b, rbm.c) for rbm in stack.rbms])
    layers = [keras.layers.Dense(n, activation="sigmoid") for n in there["units"]]
    net, v = keras.Sequential([keras.Input((7,)), *layers]), rng.random((4, 7))
    net.set_weights(there["weights"])
    down = stack.codes(v)
    for rbm in reversed(stack.rbms):
        down = rbm.visible(down)
    with keras_tools.full_precision():
        computed = keras.ops.convert_to_numpy(net(v.astype("float32")))
    np.testing.assert_allclose(computed, down, atol=1e-5)


@pytest.mark.slow
def test_exercise_17_computes_the_loss_of_a_keras_vae_and_makes_it_fair(rng):
    solved = reference(next(p for p in SOLUTIONS if p.stem == "17_autoencoders"))
    keras, N, D, K = keras_tools.load(), 5, 7, 3
    x = rng.integers(0, 2, (N, D)).astype("float32")
    logits = rng.normal(size=(N, D)).astype("float32")
    mu, log_var = rng.normal(size=(2, N, K)).astype("float32")
    bce, ops = keras.losses.BinaryCrossentropy(from_logits=True), keras.ops

    def of_keras(w):
        kl = 0.5 * (mu**2 + ops.exp(log_var) - 1 - log_var)
        return float(bce(x, logits) + w * ops.mean(kl))

    read = solved["in_keras"](x, logits, mu, log_var, 0.3)
    np.testing.assert_allclose(read["loss"], of_keras(0.3), rtol=1e-5)
    np.testing.assert_allclose(read["elbo"], -D * of_keras(read["fair"]), rtol=1e-5)


@pytest.mark.parametrize("padding", ["valid", "same"])
def test_exercise_18_counts_what_a_transposed_convolution_of_keras_overlaps(padding):
    solved = reference(next(p for p in SOLUTIONS if p.stem == "18_gans"))
    keras = keras_tools.load()
    for n, kernel, stride in [(4, 3, 2), (4, 5, 2), (3, 6, 3), (3, 8, 3), (5, 4, 1)]:
        found = solved["overlaps"](n, kernel, stride, padding)["painted"]
        layer = keras.layers.Conv2DTranspose(
            1, kernel, strides=stride, padding=padding, kernel_initializer="ones"
        )
        picture = keras.ops.convert_to_numpy(layer(np.ones((1, n, n, 1), "float32")))
        np.testing.assert_allclose(picture[0, :, :, 0], np.outer(found, found))
