"""Scripts in everything that a feedback page may show; points are as usual."""

from bank.book import case

SCRIPT = "<script>alert('stolen')</script>"
IMAGE = "<img src=x onerror=alert('stolen')>"
UNSAFE = (SCRIPT, "onerror=alert('stolen')", 'onerror="alert', "<iframe srcdoc")


@case("07", unsafe=UNSAFE)
def scripts_in_markdown(book):
    """Scripts, frames, events and forms in the text cells and in the words."""
    bad = (
        f'# {SCRIPT}\n\n{IMAGE}\n\n<iframe srcdoc="{SCRIPT}"></iframe>\n\n'
        "<svg onload=alert('stolen')></svg>\n\n"
        "<form action='https://example.invalid'><input name=password></form>\n\n"
        "<style>body {display: none}</style>\n\n<base href='https://example.invalid'>"
    )
    book.write("words", bad)
    book.write("q1", bad)
    book.write("title", bad)
    book.insert_after("setup", bad, "markdown")


@case("01", unsafe=[*UNSAFE, 'href="javascript:', "\\href{javascript:", 'href="data:'])
def scripts_in_links(book):
    """Links that are scripts: in Markdown, in HTML and in mathematics."""
    bad = (
        "[look](javascript:alert('stolen'))\n\n"
        '<a href="javascript:alert(1)">look</a>\n\n'
        "$\\href{javascript:alert('stolen')}{x}$\n\n"
        "$$\\text{</script><script>alert('stolen')</script>}$$\n\n"
        "[look](data:text/html;base64,PHNjcmlwdD4=)\n\n"
        "[look](javascript\\:alert('stolen')) [look][1] [look](data\\:text/html,x)\n\n"
        "[1]: javascript\\:alert('stolen')"
    )
    book.write("words", bad)
    book.append(bad, "markdown")


@case("02", unsafe=UNSAFE)
def scripts_in_raw_cells(book):
    """Raw cells that say they are HTML, and attachments that are."""
    book.append(SCRIPT, "raw", metadata={"raw_mimetype": "text/html"})
    book.append(SCRIPT, "raw", metadata={"format": "text/html"})
    data = {"x.html": {"text/html": SCRIPT}, "x.svg": {"image/svg+xml": SCRIPT}}
    book.append("![x](attachment:x.svg)", "markdown", attachments=data)
    book.cell("words")["attachments"] = data


@case("03", unsafe=UNSAFE)
def scripts_in_outputs(book):
    """Saved outputs in HTML, JavaScript and SVG, and live ones from displays."""
    data = {"text/html": SCRIPT, "application/javascript": "alert('stolen')"}
    data |= {"image/svg+xml": f"<svg>{SCRIPT}</svg>", "text/latex": f"${SCRIPT}$"}
    saved = {"output_type": "display_data", "metadata": {}, "data": data}
    for cell in book.cells:
        if cell["cell_type"] == "code":
            cell["outputs"] = [saved]
    book.append(
        "from IPython.display import HTML, Javascript, Latex, Markdown, display\n\n"
        "bad = '<scr' + \"ipt>alert('stolen')</scr\" + 'ipt>'\n"
        "display(HTML(bad), Javascript(\"alert('stolen')\"))\n"
        "display(Markdown(bad), Latex(bad))\n"
        "display({'image/svg+xml': f'<svg>{bad}</svg>', 'text/html': bad}, raw=True)\n"
        "print(bad)\nHTML(bad)"
    )


@case("04", "softmax", unsafe=UNSAFE)
def scripts_in_errors(book):
    """An exception's name and message, a function's name and a printed text."""
    book.write(
        "softmax",
        "def softmax(Z):\n"
        "    bad = '<scr' + \"ipt>alert('stolen')</scr\" + 'ipt>'\n"
        "    softmax.__name__ = bad\n"
        "    print(bad, '\\x1b[31m', bad)\n"
        "    raise type(bad, (Exception,), {})(bad)",
    )
    book.insert_after("softmax", "softmax.__name__ = '<img src=x onerror=alert(1)>'")


@case("05", "momentum_step", unsafe=UNSAFE)
def scripts_in_answers(book):
    """A wrong answer whose text is a script."""
    book.write(
        "momentum_step",
        "def momentum_step(w, v, g, lr, beta):\n"
        "    image = \"<img src=x onerror=alert('stolen')>\"\n"
        "    return '<scr' + \"ipt>alert('stolen')</scr\" + 'ipt>', image",
    )


@case("06", unsafe=[*UNSAFE, '"><script>'])
def scripts_in_metadata(book):
    """Ids, tags, titles, languages and names in the metadata end attributes early."""
    bad = f"\"><script>alert('stolen')</script>{IMAGE}"
    book.data["metadata"] = {
        "title": bad,
        "authors": [{"name": bad}],
        "kernelspec": {"name": bad, "display_name": bad, "language": bad},
        "language_info": {
            "name": bad,
            "pygments_lexer": bad,
            "file_extension": bad,
            "mimetype": bad,
            "codemirror_mode": bad,
        },
        "widgets": {"application/vnd.jupyter.widget-state+json": {"state": bad}},
    }
    for cell in book.cells:
        cell["metadata"]["tags"] = [bad]
        cell["metadata"]["name"] = bad
    for k, name in enumerate(("q1", "q2", "q3")):
        book.cell(name)["id"] = f"{k}{bad}"
    book.append("1 + 1", metadata={"nbgrader": {"grade_id": bad, "points": bad}})
    book.append("text", "markdown", metadata={"tags": [bad], "collapsed": bad})


@case("08", unsafe=[*UNSAFE, "</textarea><script>"])
def scripts_in_code(book):
    """Comments and strings of the code that end what surrounds them."""
    bad = f"</pre></div></textarea>{SCRIPT}<!-- {IMAGE}"
    book.write("one_hot", f"# {bad}\n" + book.read("one_hot"))
    book.append(f"text = {bad!r}\ntext")
