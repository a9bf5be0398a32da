"""A false comparison fails its cell: a rule on the sources of all lessons' cards."""

import ast
import re
from functools import cache

import nbformat
import pytest
from IPython.core.inputtransformer2 import TransformerManager

from course_lib.claims import COMPARE, lessons
from course_lib.classroom import ROOT
from course_lib.classroom.paths import executed

NOTEBOOKS = executed(ROOT)
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
STARS = {id for lesson in lessons().values() for id in lesson["stars"]}
# nbval's words, as tags or comments, for a cell that may fail or is not run
UNTESTED = "raises-exception", "nbval-raises-exception", "nbval-skip", "skip-execution"


@cache
def code_cells(path):
    cells = nbformat.read(path, as_version=4).cells
    return [cell for cell in cells if cell.cell_type == "code"]


def tree(source):
    """A cell as IPython runs it: magics are calls, and await may stand at the top."""
    code = TransformerManager().transform_cell(source)
    flags = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    return compile(code, "cell", "exec", flags)


def cards(whole):
    """The calls of claim that are statements of their own, at the top of a cell."""
    calls = [s.value for s in whole.body if isinstance(s, ast.Expr)]
    calls = [call for call in calls if isinstance(call, ast.Call)]
    return [call for call in calls if ast.unparse(call.func) == "claim"]


# -- each claim( is a statement of its own -------------------------------------


def mentions_claim(node):
    """Whether a node calls, binds, renames or hides claim; in whatever way."""
    match node:
        case ast.Name(id="claim") | ast.Attribute(attr="claim") | ast.arg(arg="claim"):
            return True
        case ast.FunctionDef(name="claim") | ast.ClassDef(name="claim"):
            return True
        case ast.alias(name="claim") | ast.alias(asname="claim"):
            return True
        case ast.Constant(value=str(text)):
            return "claim(" in text
    return False


def imported(whole):
    """The aliases that import claim from its own module, under its own name."""
    imports = [node for node in whole.body if isinstance(node, ast.ImportFrom)]
    names = [
        a for node in imports if node.module == "course_lib.claims" for a in node.names
    ]
    return [a for a in names if a.name == "claim" and a.asname is None]


def swallowed(cell):
    """What would let a false comparison pass in this cell: nothing, it is hoped."""
    whole = tree(cell.source)
    allowed = [card.func for card in cards(whole)] + imported(whole)
    found = [
        ast.unparse(node)
        for node in ast.walk(whole)
        if mentions_claim(node) and not any(node is good for good in allowed)
    ]
    if cards(whole):
        comments = cell.source.lower().replace("_", "-")
        tags = cell.metadata.get("tags", [])
        found += [word for word in UNTESTED if word in tags or f"# {word}" in comments]
    return found


@each_notebook
def test_each_card_is_a_statement_of_its_own_so_that_it_can_fail_its_cell(path):
    for cell in code_cells(path):
        assert swallowed(cell) == [], cell.source


CARD = 'claim("2.7", share, "<", 0.05, "share")'
HIDDEN = {
    "function": f"def show():\n    {CARD}",
    "lambda": f"show = lambda: {CARD}",
    "class": f"class Show:\n    {CARD}",
    "loop": f"for share in shares:\n    {CARD}",
    "while": f"while share:\n    {CARD}",
    "if": f"if share < 0.05:\n    {CARD}",
    "if in one line": f"if share < 0.05: {CARD}",
    "try": f"try:\n    {CARD}\nexcept AssertionError:\n    pass",
    "with": f"with suppress(AssertionError):\n    {CARD}",
    "async with": f"async with suppress(AssertionError):\n    {CARD}",
    "match": f"match share:\n    case 1:\n        {CARD}",
    "list comprehension": f"[{CARD} for share in shares]",
    "generator": f"list({CARD} for share in shares)",
    "or": f"share > 0.05 or {CARD}",
    "and": f"share < 0.05 and {CARD}",
    "expression": f"{CARD} if share < 0.05 else None",
    "argument": f"print({CARD})",
    "assignment": f"shown = {CARD}",
    "await": f"await {CARD}",
    "another name": f"card = claim\n{CARD.replace('claim', 'card')}",
    "another import": "from course_lib.claims import claim as card",
    "another claim": f"from elsewhere import claim\n{CARD}",
    "own claim": f"def claim(*parts): ...\n\n\n{CARD}",
    "attribute": f"claims.{CARD}",
    "map": 'list(map(claim, ["2.8"]))',
    "line magic": f"%time {CARD}",
    "cell magic": f"%%time\n{CARD}",
    "exec": f"exec({CARD!r})",
}


@pytest.mark.parametrize("way", HIDDEN)
def test_a_card_that_could_be_swallowed_is_found(way):
    assert swallowed(nbformat.v4.new_code_cell(HIDDEN[way]))


@pytest.mark.parametrize("word", UNTESTED)
def test_a_card_in_a_cell_whose_failure_is_expected_is_found(word):
    tagged = nbformat.v4.new_code_cell(CARD, metadata={"tags": [word]})
    assert swallowed(tagged) == [word]
    comment = word.upper().replace("-", "_")
    assert swallowed(nbformat.v4.new_code_cell(f"# {comment}\n{CARD}"))


PLAIN = f"""\
from course_lib.claims import claim, wall
%matplotlib inline
files = !ls
await something()
for share in shares:
    print(share)
{CARD}; {CARD}
wall()"""


def test_a_plain_card_among_magics_awaits_and_loops_is_allowed():
    assert swallowed(nbformat.v4.new_code_cell(PLAIN)) == []
    assert len(cards(tree(PLAIN))) == 2


# -- who reads the source can tell whether it could fail -----------------------


def constant(node):
    """Whether an expression is a number written down, such as -1e-9 or 91**2."""
    parts = ast.Constant, ast.UnaryOp, ast.BinOp, ast.operator, ast.unaryop
    return all(isinstance(part, parts) for part in ast.walk(node))


@each_notebook
def test_the_comparison_and_the_bound_of_a_card_are_written_down(path):
    for cell in code_cells(path):
        for card in cards(tree(cell.source)):
            id, *numbers = card.args
            assert isinstance(id, ast.Constant), cell.source
            if numbers:
                _, comparison, bound, *what = numbers
                assert comparison.value in COMPARE, cell.source
                assert constant(bound), cell.source
                named = {word.arg for word in card.keywords} - {"right"}
                assert len(what) + len(named) <= 1, cell.source


HARMLESS = {"abs", "float", "int", "len", "max", "min", "np", "round", "sum"}


def settled(node, known):
    """Whether an expression is made of numbers written down, and of known names."""
    names = [part.id for part in ast.walk(node) if isinstance(part, ast.Name)]
    attributes = [p.attr for p in ast.walk(node) if isinstance(p, ast.Attribute)]
    return set(names) <= known | HARMLESS and "random" not in attributes


def known_names(statements):
    """The names that a cell sets, before its card, to numbers that are written down."""
    known = set()
    for statement in statements:
        names = [n for n in ast.walk(statement) if isinstance(n, ast.Name)]
        if isinstance(statement, ast.Assign) and settled(statement.value, known):
            known |= {n.id for n in names if isinstance(n.ctx, ast.Store)}
        else:  # which may change whatever it names
            known -= {n.id for n in names}
    return known


def cannot_fail(source, card):
    """Why the comparison of a card holds whatever the run gives, or nothing."""
    body = tree(source).body
    lines = [ast.unparse(statement) for statement in body]
    before = body[: lines.index(ast.unparse(card))]
    _, measured, comparison, bound = card.args[:4]
    if ast.unparse(measured) == ast.unparse(bound):
        return "a number is compared with itself"
    if settled(measured, known_names(before)):
        return "what is measured is written down in the cell"
    never_negative = re.match(
        r"(np\.)?(abs|len|count_nonzero|linalg\.norm)\(", ast.unparse(measured)
    )
    if never_negative and constant(bound):
        limit = eval(ast.unparse(bound))
        if (comparison.value == ">=" and limit <= 0) or (
            comparison.value == ">" and limit < 0
        ):
            return "what is measured is never negative"


@each_notebook
def test_the_comparison_of_a_star_claim_can_fail(path):
    for cell in code_cells(path):
        for card in cards(tree(cell.source)):
            if card.args[0].value in STARS and len(card.args) > 1:
                assert not cannot_fail(cell.source, card), cell.source


@pytest.mark.parametrize(
    "source",
    [
        'claim("2.7", 1882 / 65536, "<", 0.05)',
        'share = 1882 / 65536\nclaim("2.7", share, "<", 0.05)',
        'few, many = 1882, 65536\nshare = few / many\nclaim("2.7", share, "<", 0.05)',
        'table = np.array([2, 3])\nclaim("2.7", table.mean(), "<", 3)',
        'claim("2.7", counts[4], "==", counts[4])',
        'claim("2.7", np.abs(a - b).max(), ">=", 0)',
        'claim("2.7", len(found), ">", -1)',
    ],
)
def test_a_comparison_that_cannot_fail_is_found(source):
    (card,) = cards(tree(source))
    assert cannot_fail(source, card)


@pytest.mark.parametrize(
    "source",
    [
        'claim("2.7", counts[4] / 2**16, "<", 0.05)',
        'share = counts[4] / 2**16\nclaim("2.7", share, "<", 0.05)',
        'n = 0\nfor f in functions:\n    n += learned(f)\nclaim("2.7", n, "<", 9)',
        'n = []\nfor f in trials:\n    n.append(f())\nclaim("2.7", sum(n), "<", 1)',
        'share = 1\nshare = run()\nclaim("2.7", share, "<", 0.05)',
        'luck = np.random.default_rng(0)\nclaim("2.7", luck.random(), "<", 1)',
        'claim("2.7", abs(gap), "<", 0.04)',
        'claim("2.7", np.abs(gap).max(), ">", 0)',
    ],
)
def test_a_comparison_that_can_fail_is_left_alone(source):
    (card,) = cards(tree(source))
    assert not cannot_fail(source, card)
