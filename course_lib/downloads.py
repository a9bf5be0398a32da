"""Files of real data: where they lie, how they are fetched, and that they are whole.

A file is looked for in COURSE_DATA, then in Keras' cache; then it is downloaded there.
Wherever it comes from, it is compared with its SHA-256 each time before it is used.
"""

import hashlib
import os
import queue
import secrets
import threading
from collections import namedtuple
from pathlib import Path

File = namedtuple("File", "place address sha256 bytes")

FILES = {
    "mnist.npz": File(
        "mnist/mnist.npz",  # within COURSE_DATA
        "https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz",
        (  # as Keras gives it away; the same arrays, zipped without time stamps
            "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1",
            "6d54bc57e1b752a2327d10378c385f51fe7c194c127e33a6f3dcea6f8ef5d482",
        ),
        11_490_434,
    ),
    "tinyshakespeare.txt": File(
        "tinyshakespeare/input.txt",
        "https://raw.githubusercontent.com/karpathy/char-rnn/"
        "6f9487a6fe5b420b7ca9afb0d7c078e37c1d1b4e/data/tinyshakespeare/input.txt",
        ("86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed",),
        1_115_394,
    ),
}

NOTTINGHAM = """
ashover.abc   19647 6586eea8dca53866b42721050d11fc1408bdb2cf31a902b41c5c13504139b164
hpps.abc      25222 6d035c6972ac0c204ba79d8128e2d71978ece2214a29ffceeb3e053e27f17db5
jigs.abc     129665 5bb6f621e443bde552540810e3ea53e53531fd22258736e338d795e7a5bdcaf5
morris.abc    12002 cbf60b212c87748dea226c76b72a15db5b4f606bb35a580763e9cd8f7294e7da
playford.abc   5101 070877bc37176e0dedbcd038268d6669399201cd7b58d88b4ab36127528f9c76
reelsa-c.abc  37613 f92ed0e66024e0a5bb7d21fe3172cd50c3fb4cb7f642b4ec7cd5aa8ad0396da8
reelsd-g.abc  42433 33f535569116ec8cfb530c112f4cdc3bfb7fc042c271e0317cf6458bad30dfae
reelsh-l.abc  43044 cb701d4ffe6839cb7a5655bc21785ecb71a72ab63d8560f7be3856f6aedaf7e5
reelsm-q.abc  38405 a99f2967cf47460bba70bae40cd355a220b537a87180131c6d9433750bc446a1
reelsr-t.abc  46838 f80a2c0f37a49b9b0c748e922924d59c40d82758abc5b0f7fc9245d7fd563be0
reelsu-z.abc  17203 d104d7d1bb83eb1ca18f6b944dc22cf9f7bfe5f955d07cd573615985f69c2c1f
slip.abc       3838 da686b3a0de20aab38e64f8c8ec57edace980bab6450a6c388d79a2866e5b16a
waltzes.abc   21490 ffa773d012756be17784ab4a84e0e4618f316be5c6f244f9d60c06b23cd812c6
xmas.abc       3519 05ebc4b856c8c5186bb828641e8f88f723c109d47ba7e3f1e5048b536e091249
"""  # tunes in ABC, as Jukedeck cleaned them
for name, size, sha256 in map(str.split, NOTTINGHAM.strip().split("\n")):
    FILES[name] = File(
        f"nottingham_abc/ABC_cleaned/{name}",
        "https://raw.githubusercontent.com/jukedeck/nottingham-dataset/"
        f"0992bb6cd864f6d4b90d6663e08c0ef53ffaa08f/ABC_cleaned/{name}",
        (sha256,),
        int(size),
    )

CONNECT, READ = 4, 30  # seconds to wait for a server, and for its next bytes


def full_size():
    """Whether COURSE_SIZE asks for the full size of lessons; quick is the default."""
    size = os.environ.get("COURSE_SIZE") or "quick"
    if size not in ("quick", "full"):
        raise ValueError(f"COURSE_SIZE must be quick or full; it is {size!r}")
    return size == "full"


def find(name):
    """The path of the file of real data with this name, whole and unaltered."""
    if name not in FILES:
        raise ValueError(f"no file is called {name!r}; there are: {', '.join(FILES)}")
    file, cached = FILES[name], _cache() / name
    places = [cached]
    if data := os.environ.get("COURSE_DATA"):
        data = Path(data).expanduser().absolute()
        if not data.is_dir():
            raise FileNotFoundError(f"COURSE_DATA must name a folder; it is {data}")
        places = [data / file.place, cached]
    for path in places:
        if (fault := _fault(path, file)) == "":
            return path
        if fault:
            then = "and it is looked for in Keras' cache, then downloaded"
            raise ValueError(f"{path} {fault}. Replace it, or delete it {then}.")
    _download(name, file, cached)
    return cached


def _cache():
    """The folder in which Keras keeps data sets."""
    home = os.environ.get("KERAS_HOME") or Path("~", ".keras")
    return Path(home).expanduser().absolute() / "datasets"


def _fault(path, file):
    """What is wrong with the file at path: "" if nothing is, None if there is none."""
    try:
        with open(path, "rb") as opened:
            size = os.fstat(opened.fileno()).st_size
            if size != file.bytes:
                return f"has {size:,} bytes and should have {file.bytes:,}"
            sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:  # no permission, or a folder of that name
        return f"cannot be read ({error.strerror})"
    return "" if sha256 in file.sha256 else "was altered: its SHA-256 is another"


def _download(name, file, path):
    """Fetch the file and check it; only then does it appear at path, at one stroke."""
    by_hand = (
        f"Fetch {file.address} where there is a network and put it at {path}, or at "
        f"{file.place} in a folder that COURSE_DATA names."
    )
    part = path.with_name(f".{name}.{secrets.token_hex(8)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.touch()
        part.unlink()  # so far only to learn, before the download, that it can be
    except OSError as error:
        raise PermissionError(
            f"{name} cannot be kept in {path.parent} ({error.strerror}). Let "
            f"KERAS_HOME name a folder that you may write to. Or: {by_hand}"
        ) from None
    size = f"{file.bytes / 1e6:.1f} MB"
    print(f"Downloading {name}, {size}, from {file.address} to {path.parent}")
    try:
        content = _fetch(file)
    except Exception as error:
        why = getattr(error, "reason", error)
        says = f"{name} could not be downloaded ({why}). {by_hand}"
        raise ConnectionError(says) from None
    if hashlib.sha256(content).hexdigest() not in file.sha256:
        raise ConnectionError(
            f"{file.address} sent {len(content):,} bytes that are not {name}: they "
            f"have another SHA-256. Nothing was kept. {by_hand}"
        )
    try:
        part.write_bytes(content)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def _fetch(file):
    """The bytes at the file's address; says meanwhile how many have come."""
    content, tenth = bytearray(), file.bytes // 10 + 1
    with _answer(file.address) as answer:
        while len(content) <= file.bytes and (chunk := answer.read(tenth)):
            content += chunk
            print(f"{100 * len(content) // file.bytes} %", end=" ", flush=True)
    print()
    if len(content) < file.bytes:
        raise OSError(f"only {len(content):,} of {file.bytes:,} bytes came")
    return content


def _answer(address):
    """A server's answer: seeking its name and trying its addresses take CONNECT s."""
    from urllib.request import urlopen  # slow to load, and seldom needed

    answers = queue.SimpleQueue()

    def ask():
        try:
            answers.put(urlopen(address, timeout=READ))
        except Exception as error:
            answers.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=CONNECT)
    except queue.Empty:
        raise TimeoutError(f"no answer within {CONNECT} s") from None
    if isinstance(answer, Exception):
        raise answer
    return answer
