"""Real data is found, fetched and checked; a bad file is refused with a sentence."""

import hashlib
import os
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from course_lib import datasets, downloads

GOOD = np.random.default_rng(0).bytes(100_000)
BAD = b"altered" + GOOD[7:]


class Answers(BaseHTTPRequestHandler):
    """Answers as the last part of the address asks."""

    def do_GET(self):
        how = self.path.strip("/")
        if how == "late":
            time.sleep(3)
        if how == "refuses":
            return self.send_error(503, "Not today")
        self.send_response(200)
        if how != "endless":
            self.send_header("Content-Length", str(len(GOOD)))
        self.end_headers()
        try:
            if how == "breaks":
                self.wfile.write(GOOD[:40_000])
            elif how == "endless":
                while True:
                    self.wfile.write(GOOD)
            else:
                self.wfile.write(BAD if how == "alters" else GOOD)
        except ConnectionError:
            pass  # the other side has heard enough

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def keras_home(tmp_path, monkeypatch):
    """An empty Keras cache, and no COURSE_DATA, no proxy."""
    for name in [*os.environ]:
        if name == "COURSE_DATA" or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    return tmp_path / "keras"


@pytest.fixture
def serve(keras_home, server, monkeypatch):
    """Let small.bin be the only file, and its server answer in a certain way."""

    def serve(how="well"):
        sha256 = (hashlib.sha256(GOOD).hexdigest(),)
        small = downloads.File("small/part.bin", f"{server}/{how}", sha256, len(GOOD))
        monkeypatch.setattr(downloads, "FILES", {"small.bin": small})

    serve()
    return serve


@pytest.fixture
def cached(serve, keras_home):
    return put(keras_home / "datasets" / "small.bin", GOOD)


@pytest.fixture
def mine(serve, tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "my data"))
    return put(tmp_path / "my data" / "small" / "part.bin", GOOD)


def put(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def kept(folder):
    return [path.name for path in folder.rglob("*") if path.is_file()]


# -- where a file is found -----------------------------------------------------


def test_course_data_comes_before_the_cache(mine, cached, capsys):
    assert downloads.find("small.bin") == mine
    mine.unlink()
    assert downloads.find("small.bin") == cached
    assert capsys.readouterr().out == "", "nothing was downloaded"


def test_the_cache_is_in_the_home_folder_unless_keras_home_is_set(
    serve, tmp_path, monkeypatch
):
    monkeypatch.delenv("KERAS_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    path = put(tmp_path / ".keras" / "datasets" / "small.bin", GOOD)
    assert downloads.find("small.bin") == path


def test_a_course_data_that_is_no_folder_is_an_error(serve, cached, monkeypatch):
    monkeypatch.setenv("COURSE_DATA", str(cached / "nowhere"))
    with pytest.raises(FileNotFoundError, match="COURSE_DATA must name a folder"):
        downloads.find("small.bin")


def test_an_empty_course_data_is_none(cached, monkeypatch):
    monkeypatch.setenv("COURSE_DATA", "")
    assert downloads.find("small.bin") == cached


def test_an_unknown_name_is_answered_with_the_known_ones():
    known = "mnist.npz, tinyshakespeare.txt"
    with pytest.raises(ValueError, match=f"no file is called 'x'; there are: {known}"):
        downloads.find("x")


# -- a bad file is refused -----------------------------------------------------


@pytest.mark.parametrize("place", ["mine", "cached"])
@pytest.mark.parametrize(
    "content, fault",
    [
        (b"", "has 0 bytes and should have 100,000"),
        (GOOD[:-1], "has 99,999 bytes and should have 100,000"),
        (GOOD + b"!", "has 100,001 bytes and should have 100,000"),
        (BAD, "was altered"),
    ],
)
def test_a_truncated_or_altered_file_is_refused_and_left_alone(
    place, content, fault, request
):
    path = put(request.getfixturevalue(place), content)
    with pytest.raises(ValueError) as refused:
        downloads.find("small.bin")
    said = str(refused.value)
    assert said.startswith(f"{path} {fault}") and "Replace it, or delete it" in said
    assert path.read_bytes() == content


def test_a_bad_file_in_course_data_is_not_passed_over(mine, cached):
    put(mine, BAD)
    with pytest.raises(ValueError, match="was altered"):
        downloads.find("small.bin")


def test_a_file_is_checked_each_time(cached):
    assert downloads.find("small.bin") == cached
    put(cached, BAD)
    with pytest.raises(ValueError, match="was altered"):
        downloads.find("small.bin")


def test_what_cannot_be_read_is_refused(cached):
    cached.unlink()
    cached.mkdir()
    with pytest.raises(ValueError, match=r"small.bin cannot be read \(.+\). Replace"):
        downloads.find("small.bin")


@pytest.mark.skipif(os.name != "posix", reason="permissions are different elsewhere")
def test_a_file_that_others_locked_is_refused(cached):
    code = (
        "import hashlib, os, sys; from pathlib import Path; from course_lib import "
        "downloads; os.getuid() or os.setuid(65534);"  # for root may read everything
        "print(downloads._fault(Path(sys.argv[1]), downloads.FILES['mnist.npz']))"
    )
    for parent in list(cached.parents)[:-2]:
        parent.chmod(0o755)
    cached.chmod(0)
    ran = subprocess.run(
        [sys.executable, "-c", code, cached], capture_output=True, text=True
    )
    assert ran.stdout == "cannot be read (Permission denied)\n", ran.stderr


# -- the download --------------------------------------------------------------


def test_a_download_is_announced_checked_and_kept(serve, keras_home, server, capsys):
    path = downloads.find("small.bin")
    assert path == keras_home / "datasets" / "small.bin"
    assert path.read_bytes() == GOOD and kept(keras_home) == ["small.bin"]
    announced, progress, _ = capsys.readouterr().out.split("\n")
    assert announced == (
        f"Downloading small.bin, 0.1 MB, from {server}/well to {path.parent}"
    )
    assert progress.split(" %")[-2:] == [" 100", " "]
    assert downloads.find("small.bin") == path
    assert capsys.readouterr().out == "", "not twice"


@pytest.mark.parametrize(
    "how, says",
    [
        ("breaks", "only 40,000 of 100,000 bytes came"),
        ("alters", "100,000 bytes that are not small.bin"),
        ("endless", "bytes that are not small.bin"),
        ("refuses", "could not be downloaded (Not today)"),
        ("late", "could not be downloaded (no answer within 1 s)"),
    ],
)
def test_a_bad_download_leaves_nothing_and_says_what_to_do(
    how, says, serve, keras_home, monkeypatch
):
    monkeypatch.setattr(downloads, "CONNECT", 1 if how == "late" else 10)
    serve(how)
    start = time.perf_counter()
    with pytest.raises(ConnectionError) as failed:
        downloads.find("small.bin")
    assert time.perf_counter() - start < 5
    said = str(failed.value)
    assert says in said and "COURSE_DATA" in said
    assert f"put it at {keras_home / 'datasets' / 'small.bin'}" in said
    assert kept(keras_home) == []


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/x", "http://no.invalid/x"])
def test_without_a_network_a_sentence_comes_at_once(
    address, serve, keras_home, monkeypatch
):
    small = downloads.FILES["small.bin"]._replace(address=address)
    monkeypatch.setitem(downloads.FILES, "small.bin", small)
    start = time.perf_counter()
    with pytest.raises(ConnectionError, match="could not be downloaded"):
        downloads.find("small.bin")
    assert time.perf_counter() - start < 5
    assert kept(keras_home) == []


def test_an_interrupted_download_leaves_nothing(serve, keras_home, monkeypatch):
    def interrupt(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(downloads, "print", interrupt, raising=False)
    with pytest.raises(KeyboardInterrupt):
        downloads.find("small.bin")
    monkeypatch.undo()
    assert kept(keras_home) == []


def test_a_full_disk_leaves_nothing(serve, keras_home, monkeypatch):
    def full(source, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(downloads.os, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        downloads.find("small.bin")
    assert kept(keras_home) == []


def test_a_cache_that_cannot_be_written_is_named_before_the_download(
    serve, keras_home, capsys
):
    put(keras_home, b"a file where a folder should be")
    with pytest.raises(PermissionError, match="Let KERAS_HOME name a folder that you"):
        downloads.find("small.bin")
    assert capsys.readouterr().out == ""


def test_downloads_at_once_do_not_tear_a_file(serve, keras_home):
    found = []
    at_once = threading.Barrier(8)

    def find():
        at_once.wait()
        found.append(downloads.find("small.bin").read_bytes())

    threads = [threading.Thread(target=find) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [GOOD] * 8
    assert kept(keras_home) == ["small.bin"]


# -- the size of a lesson ------------------------------------------------------


@pytest.mark.parametrize("size, full", [(None, 0), ("", 0), ("quick", 0), ("full", 1)])
def test_a_lesson_is_quick_unless_course_size_says_full(size, full, monkeypatch):
    monkeypatch.delenv("COURSE_SIZE", raising=False)
    if size is not None:
        monkeypatch.setenv("COURSE_SIZE", size)
    assert downloads.full_size() is bool(full)


@pytest.mark.parametrize("size", ["Full", "large", "1"])
def test_any_other_course_size_is_an_error(size, monkeypatch):
    monkeypatch.setenv("COURSE_SIZE", size)
    with pytest.raises(ValueError, match=f"must be quick or full; it is '{size}'"):
        downloads.full_size()


# -- the real thing ------------------------------------------------------------


def test_mnist_is_the_file_that_keras_knows():
    (folder,) = find_spec("keras").submodule_search_locations
    source = Path(folder, "src", "datasets", "mnist.py").read_text("utf-8")
    file = downloads.FILES["mnist.npz"]
    assert file.sha256[0] in source
    folder, name = file.address.rsplit("/", 1)
    assert f'"{folder}/"' in source and name in source


def test_mnist_is_mnist(course_data):
    X_train, y_train, X_test, y_test = datasets.mnist()
    assert X_train.shape == (60000, 28, 28) and X_test.shape == (10000, 28, 28)
    assert {part.dtype.name for part in (X_train, y_train, X_test, y_test)} == {"uint8"}
    assert np.bincount(y_train).tolist() == [
        *(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949)
    ]
    assert np.bincount(y_test).tolist() == [
        *(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009)
    ]
    assert y_train[:10].tolist() == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]


@pytest.mark.parametrize(
    "part, header, md5",
    [
        (
            0,
            b"\0\0\x08\3\0\0\xea\x60\0\0\0\x1c\0\0\0\x1c",
            "6bbc9ace898e44ae57da46a324031adb",
        ),
        (
            2,
            b"\0\0\x08\3\0\0\x27\x10\0\0\0\x1c\0\0\0\x1c",
            "2646ac647ad5339dbf082846283269ea",
        ),
    ],
)
def test_mnists_images_are_the_originals(part, header, md5, course_data):
    content = header + datasets.mnist()[part].tobytes()
    assert hashlib.md5(content).hexdigest() == md5


def test_tiny_shakespeare_is_65_kinds_of_letters(course_data):
    text = datasets.shakespeare()
    assert len(text) == 1_115_394 and len(set(text)) == 65
    assert text.startswith("First Citizen:\nBefore we proceed any further, hear me")
    assert text.count("\n") == 40_000
