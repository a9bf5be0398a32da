"""The benchmarks run, and what they compare does the same work."""

import ast
import base64
import importlib.util
import os
import re
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
import pytest

from course_lib import keras_tools, results, tunes
from course_lib.classroom import command
from course_lib.layers import Dense, Sequential
from course_lib.maths import softmax
from course_lib.recurrent import LSTM
from course_lib.text import Alphabet, NGram

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "mlp.py"
NO_GPU = os.environ | {"CUDA_VISIBLE_DEVICES": "-1"}
SCRIPTS = sorted(SCRIPT.parent.glob("*.py"))


def loaded(name):
    """The script of that name as a module; it is not run."""
    path = SCRIPT.with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def commands(source):
    """The functions that typer calls: given to typer.run, or marked as commands."""
    tree = ast.parse(source)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    run = {c.args[0].id for c in calls if ast.unparse(c.func) == "typer.run"}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            marks = {ast.unparse(mark).split("(")[0] for mark in node.decorator_list}
            if node.name in run or "app.command" in marks:
                yield node


def options(function):
    return [*function.args.args, *function.args.kwonlyargs]


@pytest.mark.parametrize(
    "path", [*SCRIPTS, Path(command.__file__)], ids=lambda path: path.stem
)
def test_every_option_has_a_type(path):
    """For most releases of typer, validate=False is a text, and texts are true."""
    found = [*commands(path.read_text("utf-8"))]
    assert found or path.stem == "race", "it has no command of its own"
    for function in found:
        untyped = [o.arg for o in options(function) if o.annotation is None]
        assert not untyped, f"{function.name} has options without a type: {untyped}"


def test_an_option_without_a_type_would_be_found():
    source = "def main(a: int, b=False, *, c=1): ...\n\ntyper.run(main)"
    (main,) = commands(source)
    assert [o.arg for o in options(main) if o.annotation is None] == ["b", "c"]
    assert not list(commands(source.replace("typer.run(main)", "main(1)")))


@pytest.mark.slow
@pytest.mark.parametrize(
    "script, options, names, untrained",
    [
        ("mlp.py", ["--optimiser", "adam"], {"ours", "scikit-learn", "Keras"}, 2.6),
        ("conv.py", [], {"ours", "Keras"}, 2.25),
        ("conv.py", ["--form", "tanh"], {"ours", "Keras"}, 2.25),
        ("recurrent.py", [], {"ours", "Keras"}, 2),
    ],
)
def test_all_contenders_learn_the_same(script, options, names, untrained):
    command = [sys.executable, SCRIPT.with_name(script), "--quick", *options]
    ran = subprocess.run(command, capture_output=True, text=True, env=NO_GPU)
    assert ran.returncode == 0, ran.stderr
    losses = re.findall(r"^(ours|scikit-learn|Keras).* (\d\.\d+)$", ran.stdout, re.M)
    assert {name for name, _ in losses} == names
    assert max(float(loss) for _, loss in losses) < untrained, "it learns"
    differ = re.findall(r"losses differ by (\S+)", ran.stdout)
    assert max(map(float, differ)) < 1e-3


@pytest.mark.slow
def test_nets_for_mnist_are_of_lenet_5s_size_and_train():
    script = SCRIPT.with_name("mnist.py")
    command = [sys.executable, script, "--quick", "--seeds", "1"]
    ran = subprocess.run(command, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    rows = re.findall(r"^(\w+) +(\d+) +0 +\d+ +\d+\.\d\d +\d+ +\d+$", ran.stdout, re.M)
    assert [name for name, _ in rows] == ["plain", "distorted", "deeper"]
    assert rows[0] == ("plain", "61706"), "LeNet-5"
    assert max(int(parameters) for _, parameters in rows) == 61_706


@pytest.mark.slow
def test_a_result_on_noise_or_on_the_validation_part_is_never_stored():
    for option in ("--quick", "--validate"):
        command = [sys.executable, SCRIPT.with_name("mnist.py"), "--store", option]
        ran = subprocess.run(command, capture_output=True, text=True)
        assert ran.returncode == 2 and "the test part only" in ran.stderr


@pytest.mark.slow
def test_the_nets_for_moved_digits_have_the_sizes_they_are_said_to_have():
    command = [sys.executable, SCRIPT.with_name("translated.py"), "--quick"]
    ran = subprocess.run([*command, "--seeds", "1"], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    rows = re.findall(r"^seed 0  (.+?) +([\d,]+) weights", ran.stdout, re.M)
    stored_runs = results.read("translated_digits")
    assert rows == [(name, f"{r['weights']:,}") for name, r in stored_runs.items()]
    ran = subprocess.run([*command, "--store"], capture_output=True, text=True)
    assert ran.returncode == 2 and "not stored" in ran.stderr


@pytest.mark.parametrize("other", ["dense", "CNN, permuted"])
def test_sharing_wins_by_far_on_digits_that_moved(other):
    runs = results.read("translated_digits")
    assert all(len(run["test"]) >= 5 for run in runs.values())
    assert runs["CNN"]["weights"] < runs["dense"]["weights"] < 4100
    assert np.median(runs["CNN"]["test"]) - np.median(runs[other]["test"]) >= 0.35


def test_it_is_the_sharing_that_wins_and_not_the_small_patch():
    runs = results.read("translated_digits")
    medians = {name: np.median(run["test"]) for name, run in runs.items()}
    assert medians["CNN"] - medians["not shared"] >= 0.1
    assert abs(medians["not shared"] - medians["wide dense"]) < 0.1


def ran_without_a_gpu(*options):
    command = [sys.executable, SCRIPT.with_name("gpu.py"), *options]
    return subprocess.run(command, capture_output=True, text=True, env=NO_GPU)


@pytest.mark.slow
def test_without_a_gpu_no_crossover_is_invented():
    ran = ran_without_a_gpu()
    assert ran.returncode == 1
    assert "No GPU was found" in ran.stderr and "nothing was stored" in ran.stderr


@pytest.mark.slow
def test_products_are_timed_and_compared_in_both_precisions():
    before = results.read("gpu_crossover")
    ran = ran_without_a_gpu("--quick")
    assert ran.returncode == 0, ran.stderr
    assert re.search(r"^ +n +processor +GPU +GPU, full float32$", ran.stdout, re.M)
    rows = re.findall(r"^ +(\d+)(?: +[\d,]+\.\d){3}$", ran.stdout, re.M)
    assert rows == ["4", "8", "16", "32", "64"]
    errors = re.findall(r"^relative error at n = 64, (.+): (\S+)$", ran.stdout, re.M)
    assert [way for way, _ in errors] == ["GPU", "GPU, full float32"]
    assert all(1e-9 < float(error) < 1e-6 for _, error in errors), "a processor's"
    assert results.read("gpu_crossover") == before


@pytest.mark.slow
def test_the_error_of_a_product_shows_factors_of_ten_bits(monkeypatch):
    gpu = loaded("gpu")
    ops = keras_tools.load().ops
    A = np.random.default_rng(0).standard_normal((200, 200), "float32")
    assert gpu.error(ops.convert_to_tensor(A)) < 1e-6
    coarse = A.astype("float16").astype("float32")  # TF32 has 10 bits as well
    rounded = ops.convert_to_tensor(coarse @ coarse)
    monkeypatch.setattr(ops, "matmul", lambda *_: rounded)
    assert 2e-4 < gpu.error(ops.convert_to_tensor(A)) < 4e-4


def test_the_stored_gpu_is_what_lesson_09_says_of_it():
    run = results.read("gpu_crossover")
    processor, *gpus = map(np.array, run["microseconds"].values())
    n = np.array(run["sizes"][: len(processor)])
    assert "NVIDIA H200" in run["device"] and n[-1] == 4096
    for times, quicker in zip(gpus, (200, 40), strict=True):
        ratio = processor / times[: len(n)]
        assert (ratio[n <= 128] < 2).all() and (ratio[n >= 256] > 3).all()
        assert np.isclose(ratio[-1], quicker, rtol=0.1)
    by_itself, full = run["errors"].values()
    assert full < 1e-6 < 1e-4 < by_itself


@pytest.mark.slow
def test_nets_with_an_energy_recall_and_sample_as_plain_loops_and_others_do():
    command = [sys.executable, SCRIPT.with_name("energy.py"), "--quick"]
    ran = subprocess.run(command, capture_output=True, text=True, env=NO_GPU)
    assert ran.returncode == 0, ran.stderr
    sizes = re.findall(r"^ +(\d+)(?: +[\d.]+){5}$", ran.stdout, re.M)
    assert sizes == ["40", "80"], "all three end in the same states, or it stops"
    tables = ran.stdout.split("sampling, ")[1:]
    assert len(tables) == 2
    for table in tables:
        row = r"^(ours|ours, float64|dwave, \S+|thrml) +[\d,]+ +\S+ +(-0\.\d+)$"
        rows = dict(re.findall(row, table, re.M))
        assert {"ours", "ours, float64"} <= rows.keys()
        if "chains: 200" in table:
            assert np.ptp([float(energy) for energy in rows.values()]) < 0.1


@pytest.mark.slow
def test_restricted_machines_learn_beside_scikit_learns_at_equal_updates():
    command = [sys.executable, SCRIPT.with_name("rbm.py"), "--quick"]
    no_data = NO_GPU | {"COURSE_DATA": ""}
    ran = subprocess.run(command, capture_output=True, text=True, env=no_data)
    assert ran.returncode == 0, ran.stderr
    learning, annealing = ran.stdout.split("\nais, ")
    tables = learning.split("\nlearning, ")[1:]
    assert len(tables) == 2
    for table in tables:
        row = r"^(ours|ours, PCD|scikit-learn) +[\d.]+ +[\d.]+ +(-[\d.]+)$"
        log_p = dict(re.findall(row, table, re.M))
        assert len(log_p) == 3 and np.ptp([float(x) for x in log_p.values()]) < 30
        assert re.search(r"^products +[\d.]+ +[\d.]+$", table, re.M)
    found = re.search(r"^[\d.]+ s, ([\d.]+) times its products; log Z", annealing, re.M)
    assert float(found[1]) > 1


@pytest.mark.slow
def test_a_machine_and_a_stack_of_them_learn_noise_and_are_not_stored():
    command = [sys.executable, SCRIPT.with_name("deep_belief.py"), "--quick"]
    ran = subprocess.run(command, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    rows = [ast.literal_eval(line) for line in re.findall(r"^{.*}$", ran.stdout, re.M)]
    alone, *rbms = [row["log_likelihood"] for row in rows if "way" in row]
    assert len(rbms) == 5 and alone < min(rbms) and max(rbms) < 784 * np.log(0.5) + 5
    assert [row["start"] for row in rows if "start" in row] == ["Glorot", "DBN"]
    assert "RBM(16 visible, 20 hidden units)" in ran.stdout
    ran = subprocess.run([*command, "--store"], capture_output=True, text=True)
    assert ran.returncode == 2 and "not stored" in ran.stderr


def test_stored_machines_gain_by_chains_and_lose_by_one_step_kept_up():
    rows = {row["way"]: row for row in results.read("rbm_mnist")}
    log_p = {way: row["log_likelihood"] for way, row in rows.items()}
    assert all(
        log_p[way] > log_p["pixels alone"] + 50
        for way in log_p.keys() - {"pixels alone"}
    )
    assert log_p["PCD"] > log_p["CD-1"] + 20 and log_p["CD-25"] > log_p["CD-1"] + 20
    assert log_p["CD-1, shorter"] > log_p["CD-1"] + 10
    assert all(row["error"] < 2 for row in rows.values())


def test_a_stored_net_that_starts_as_a_stack_makes_fewer_errors():
    glorot, dbn = results.read("dbn_mnist")
    assert (glorot["start"], dbn["start"]) == ("Glorot", "DBN")
    assert glorot["layers"] == dbn["layers"] == "784-500-500-2000-10"
    assert dbn["test_error"] < glorot["test_error"] - 0.3 and dbn["test_error"] < 1.75


@pytest.mark.slow
def test_nets_with_a_memory_learn_to_add_over_four_steps():
    command = [sys.executable, SCRIPT.with_name("adding.py"), "--quick"]
    ran = subprocess.run([*command, "--seeds", "1"], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    row = r"^(\S.*?) +4 +([\d.]+) +0 +([\d.]+) +[\d.]+ +(\d+|-) +[\d.]+% +[\d.]+$"
    rows = re.findall(row, ran.stdout, re.M)
    gates = ["GRU", "LSTM", "LSTM, forget bias 0"]
    plain = [*["RNN"] * 5, *["RNN, Glorot start"] * 5]
    assert [name for name, *_ in rows] == gates + plain
    errors = [float(error) for *_, error, _ in rows]
    assert max(errors[:3]) < 0.01 and min(errors[3:8]) < 0.01 and min(errors[8:]) < 0.01
    assert float(re.search(r"test error: (\S+) at T = 4", ran.stdout)[1]) > 0.15
    ran = subprocess.run([*command, "--store"], capture_output=True, text=True)
    assert ran.returncode == 2 and "not stored" in ran.stderr


def added(net, T):
    """The stored runs of one net at one T, of three seeds at least."""
    runs = results.read("adding_problem")["runs"]
    found = [run for run in runs if (run["net"], run["T"]) == (net, T)]
    assert {0, 1, 2} <= {run["seed"] for run in found}
    return found


@pytest.mark.parametrize("net", ["GRU", "LSTM", "LSTM, forget bias 0"])
def test_gates_carry_a_number_over_60_steps_wherever_the_forget_gate_starts(net):
    assert all(run["test"] < 0.002 and run["first"] for run in added(net, 60))


def test_with_the_rate_of_the_gates_a_plain_net_does_not_add_over_60_steps():
    same_rate = [run for run in added("RNN", 60) if run["lr"] == 0.01]
    assert len(same_rate) >= 3 and all(run["test"] > 0.14 for run in same_rate)
    assert abs(results.read("adding_problem")["mean"]["60"] - 1 / 6) < 0.01


def test_no_rate_of_the_grid_brings_a_plain_net_near_the_gates_at_60_steps():
    runs = added("RNN", 60)
    assert {run["lr"] for run in runs} == set(results.read("adding_problem")["rates"])
    worst = max(run["test"] for net in ("GRU", "LSTM") for run in added(net, 60))
    assert all(run["test"] > 50 * worst and not run["first"] for run in runs)


@pytest.mark.parametrize("net", ["RNN", "RNN, Glorot start"])
def test_the_best_rate_of_a_plain_net_lies_inside_the_grid(net):
    stored = results.read("adding_problem")
    chosen = stored["chosen"][net]
    assert {"30", "60"} <= chosen.keys()
    for lr in chosen.values():
        assert min(stored["rates"]) < lr < max(stored["rates"])


@pytest.mark.slow
def test_a_net_is_taught_by_few_labels_in_each_way_and_not_stored_when_quick():
    command = [sys.executable, SCRIPT.with_name("semi.py"), "--quick"]
    ran = subprocess.run(command, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    right = dict(re.findall(r"^(\D.*?) +(0\.\d+) \(", ran.stdout, re.M))
    assert [*right] == [*loaded("semi").WAYS]
    assert all(float(share) > 0.6 for share in right.values()), "chance is a tenth"
    assert float(right["all 1,200 labels"]) > float(right["labels alone"])
    ran = subprocess.run([*command, "--store"], capture_output=True, text=True)
    assert ran.returncode == 2 and "not stored" in ran.stderr


def test_in_each_stored_split_a_forger_gains_and_a_net_that_names_its_own_gains_more():
    right = {}
    for run in results.read("semi_supervised"):
        right.setdefault(run["way"], {})[run["seed"]] = run["right"]
    alone, forger, own = (
        right[way] for way in ("labels alone", "forger", "names its own")
    )
    assert len(alone) == 5
    assert all(alone[k] + 0.02 < forger[k] < own[k] for k in alone)


def test_the_slopes_of_the_forgers_game_with_classes_are_those_of_its_loss(rng):
    semi = loaded("semi")
    logits, y = rng.normal(size=(3 * semi.BATCH, 10)), rng.integers(0, 10, semi.BATCH)

    def loss(z):
        few, real, forged = z.reshape(3, semi.BATCH, 10)
        real, forged = (np.log(np.exp(part).sum(axis=1)) for part in (real, forged))
        chances = softmax(few)[np.arange(semi.BATCH), y]
        loss_of_each = np.log(1 + np.exp(-real)) + np.log(1 + np.exp(forged))
        return (loss_of_each - np.log(chances)).mean()

    found = semi.slopes(logits.copy(), y)
    for place in (0, 3), (semi.BATCH, 7), (2 * semi.BATCH + 5, 1):
        step = np.zeros_like(logits)
        step[place] = 1e-5
        slope = (loss(logits + step) - loss(logits - step)) / 2e-5
        assert np.isclose(found[place], slope, atol=1e-8)


@pytest.mark.slow
def test_the_eight_modes_are_counted_in_each_case_and_a_quick_run_is_not_stored():
    command = [sys.executable, SCRIPT.with_name("modes.py"), "--quick"]
    ran = subprocess.run(command, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    rows = re.findall(r"^(.+?) +modes \((\d),\), near one", ran.stdout, re.M)
    assert [name for name, _ in rows] == [*loaded("modes").CASES]
    ran = subprocess.run([*command, "--store"], capture_output=True, text=True)
    assert ran.returncode == 2 and "not stored" in ran.stderr


def test_in_the_stored_runs_comparing_and_other_units_bring_back_what_noise_does_not():
    stored = results.read("modes")
    assert [*stored] == [*loaded("modes").CASES]
    covered = {name: [n for n, _ in runs] for name, runs in stored.items()}
    assert all(len(runs) == 5 for runs in covered.values())
    for name in "as it is", "the same beside it", "noise on what it sees":
        assert max(covered[name]) <= 4
    for name in "another beside it", "2 numbers of noise":
        assert sorted(covered[name])[1] >= 7
    clean = stored["tanh, 2 numbers"]
    assert sum(n == 8 and near >= 0.8 for n, near in clean) >= 4


@pytest.mark.slow
def test_a_step_of_the_dcgan_is_timed_in_each_way_and_a_quick_one_is_not_stored():
    command = [sys.executable, SCRIPT.with_name("dcgan.py"), "--quick"]
    ran = subprocess.run(command, capture_output=True, text=True, env=NO_GPU)
    assert ran.returncode == 0, ran.stderr
    row = r"^(\w[\w +]*?) +([\d.]+) +([\d.]+)  \([\d.]+ to [\d.]+\)$"
    rows = re.findall(row, ran.stdout, re.M)
    assert [name for name, *_ in rows] == [*loaded("dcgan").WAYS]
    assert rows[0][2] == "1.00" and all(float(ms) > 0 for _, ms, _ in rows)
    ran = subprocess.run([*command, "--store"], capture_output=True, text=True)
    assert ran.returncode == 2 and "not stored" in ran.stderr


def test_stored_ways_to_train_a_dcgan_differ_by_what_keras_does_between_the_steps():
    ratio = {way: row["ratio"] for way, row in results.read("dcgan")["ways"].items()}
    assert [*ratio] == [*loaded("dcgan").WAYS]
    assert ratio["freezing"] > 1.8 and 1.2 < ratio["subclass"] < ratio["freezing"]
    assert ratio["one step"] > 1.15, "what is done between the steps"
    assert ratio["subclass+"] < 1.15, "twenty at a time, the arithmetic is the same"


@pytest.mark.slow
def test_two_painters_learn_noise_are_judged_and_not_stored():
    command = [sys.executable, SCRIPT.with_name("gan_mnist.py"), "--quick"]
    no_data = NO_GPU | {"COURSE_DATA": ""}
    ran = subprocess.run(command, capture_output=True, text=True, env=no_data)
    assert ran.returncode == 0, ran.stderr
    rows = dict(re.findall(r"^(\w+) ({.*})$", ran.stdout, re.M))
    assert [*rows] == ["digits", "DCGAN", "VAE"]
    for row in map(ast.literal_eval, rows.values()):
        assert 1 <= row["classes"] <= 10 and 0 <= row["entropy"] < 2.31
        assert 0.1 <= row["confidence"] <= 1 and row["frechet"] >= 0
    ran = subprocess.run([*command, "--store"], capture_output=True, text=True)
    assert ran.returncode == 2 and "not stored" in ran.stderr


def test_stored_forgeries_are_of_all_classes_nearer_than_a_vaes_and_far_from_digits():
    stored = results.read("gan_mnist")
    digits, dcgan, vae = (stored["rows"][name] for name in ("digits", "DCGAN", "VAE"))
    assert digits["classes"] == dcgan["classes"] == vae["classes"] == 10
    assert vae["confidence"] < dcgan["confidence"] < digits["confidence"]
    assert 10 * digits["frechet"] < dcgan["frechet"] < vae["frechet"]
    sheet = zlib.decompress(base64.b64decode(stored["sheet"]))
    assert len(sheet) == np.prod(stored["shape"]) and max(sheet) == 15


@pytest.mark.slow
def test_a_net_and_an_n_gram_learn_made_up_tunes_and_write_some():
    command = [sys.executable, SCRIPT.with_name("tunes.py"), "--quick"]
    ran = subprocess.run([*command, "--seeds", "1"], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    row = r"^(test tunes|\d+-gram|LSTM, seed 0) +([\d.]+)?(?: +[\d.]+%){3} +\d+ +\d+$"
    rows = dict(re.findall(row, ran.stdout, re.M))
    (ngram,) = (name for name in rows if name.endswith("gram"))
    assert [*rows] == ["test tunes", ngram, "LSTM, seed 0"]
    assert float(rows[ngram]) < 2.5 and float(rows["LSTM, seed 0"]) < 4.2 < np.log2(19)
    ran = subprocess.run([*command, "--store"], capture_output=True, text=True)
    assert ran.returncode == 2 and "not stored" in ran.stderr


def test_a_net_that_writes_gives_its_own_probabilities_letter_by_letter():
    script, rng = loaded("tunes"), np.random.default_rng(0)
    net = Sequential(LSTM(5, 7, rng), Dense(7, 5, rng))
    codes = rng.integers(5, size=(3, 20))
    writer = script.NetWriter(net, 3)
    p = np.stack([writer.next(codes[:, t]) for t in range(20)], axis=1)
    assert np.allclose(p, softmax(net.forward(np.eye(5)[codes])), atol=1e-6)


@pytest.mark.parametrize("n", [1, 2, 4])
def test_an_n_gram_that_writes_gives_its_own_probabilities_letter_by_letter(n):
    script, rng = loaded("tunes"), np.random.default_rng(0)
    model = NGram(n, 3).fit(rng.integers(3, size=200))
    codes = rng.integers(3, size=(2, 9))
    writer = script.NGramWriter(model, 2)
    for t in range(9):
        p = writer.next(codes[:, t])
        assert np.allclose(p, model.next(codes[:, : t + 1]))


def test_a_tune_follows_what_came_before_and_ends_at_its_empty_line():
    class Writer:
        """It spells its text, whatever it is told, and keeps what it was told."""

        spells, told = iter("?K:C\nC|\n\nK:D\n" + 1500 * "C"), []

        def next(self, codes):
            self.told.append(alphabet.decode(codes))
            return np.eye(len(alphabet))[[alphabet.encode(next(self.spells))[0]] * 2]

    alphabet, rng = Alphabet("K:CD|\n?"), np.random.default_rng(0)
    found = loaded("tunes").write(Writer(), 2, alphabet, "D|", rng)
    assert found == ["K:C\nC|\n"] * 2
    assert Writer.told[:4] == ["DD", "||", "KK", "::"]


def test_a_repeat_of_a_tune_is_left_out_and_its_first_copy_kept():
    script = loaded("tunes")
    texts = [tunes.melody(t) for t in script.made_up(5, np.random.default_rng(0))]
    other_end = texts[1][:-6] + "CC|]\n"
    assert script.without_repeats([*texts, other_end, texts[0]], row=12) == texts


def test_the_longest_copy_is_found_and_headers_do_not_count():
    learnt = "M:4/4\nL:1/4\nK:C\nABcd|efga|\n\nM:4/4\nK:D\nGGGG|\n\n"
    copy = loaded("tunes").longest_copy
    assert copy("M:4/4\nL:1/4\nK:C\nccd|efgc|\n", learnt) == "cd|efg"
    assert copy("K:C\nefga|\n", learnt) == "efga|"
    assert copy("K:C\nzz\n", learnt) == ""
    assert copy("M:4/4\nL:1/4\nK:C\n", learnt) == ""


def test_shares_count_tunes_that_can_be_read_that_end_and_whose_bars_are_right():
    head = "M:3/4\nL:1/4\nK:C\n"
    bodies = ["c|ABc|AB|c2B|d2|]", "c|ABc|c", "A|B0|c|"]
    found = loaded("tunes").shares([f"{head}{b}\n" for b in bodies], "no tune")
    assert found["read"] == 0.667 and found["ends"] == 0.667
    assert found["bars"] == 0.75, "of ABc, AB, c2B and ABc"
    assert found["copied"] == [0, 0]


def test_the_rules_for_accidentals_are_counted_by_tune_and_by_note():
    head = "L:1/4\nK:C\n"
    texts = [head + body for body in ("^FFf|F", "^Ff|f|^Ff", "FF", "^F|F")]
    found = loaded("tunes").other_pitches(texts)
    assert found["not"] == {"tunes": 2, "notes": 4}
    assert found["octave"] == {"tunes": 2, "notes": 3}


def test_the_net_foretells_and_counts_better_than_the_n_gram_and_worse_than_people():
    stored = results.read("tunes")
    real, ngram, nets = stored["real"], stored["ngram"], stored["nets"]
    assert {net["seed"] for net in nets} == {0, 1, 2}
    assert all(net["bits"] < ngram["bits"] - 0.3 for net in nets)
    assert all(2 * ngram["bars"] < net["bars"] < real["bars"] - 0.3 for net in nets)
    assert ngram["validation"][str(ngram["n"])] == min(ngram["validation"].values())


def test_no_stored_tune_is_a_copy_and_one_that_the_lesson_shows_can_be_read():
    for net in results.read("tunes")["nets"]:
        assert net["copied"][1] < 50
        for tune, copy in zip(net["tunes"], net["copies"], strict=True):
            assert copy in tune and len(copy) < len(tune) / 2
    faulty, shown, _ = results.read("tunes")["nets"][0]["tunes"]
    assert len(tunes.read(shown)) == 23
    with pytest.raises(ValueError, match="'/' in column 10"):
        tunes.read(faulty)


def test_the_stored_tunes_of_other_pitches_are_those_of_the_collection():
    stored = results.read("tunes")
    assert (stored["read"], stored["kept"], stored["learnt"]) == (1032, 1022, 822)
    assert stored["accidentals"]["not"] == {"tunes": 133, "notes": 335}
    assert stored["accidentals"]["octave"] == {"tunes": 6, "notes": 7}


@pytest.mark.slow
def test_cuts_finds_an_even_ring_only_where_its_order_is_random_or_its_rule_gibbs():
    command = [sys.executable, SCRIPT.with_name("cuts.py"), "--reads", "100"]
    done = subprocess.run([*command, "--sweeps", "50"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = done.stdout.split("ring 16: 16 edges, largest cut 16")[1].split(
        "random 60"
    )[0]
    shares = [float(share) for share in re.findall(r"([\d.]+)%", found)]
    assert len(shares) == 4 and shares[1] < 5 and min(shares[2:]) > 50
    stored = results.read("cuts")
    for name, A in loaded("cuts").graphs():
        assert stored[name]["edges"] == A.sum() / 2 and (A == A.T).all()
