"""The `course` command; each part of it is imported only when it is asked for."""

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from typer.core import TyperGroup

from course_lib.classroom import ROOT, CourseError


class CourseGroup(TyperGroup):
    """Commands that answer a person's mistake with a sentence, not a traceback."""

    def invoke(self, ctx):
        """Run a command; a CourseError is said in one sentence."""
        try:
            return super().invoke(ctx)
        except CourseError as error:
            message = f"[bold red]Error:[/] {escape(str(error))}"
            Console(stderr=True).print(message, soft_wrap=True)
            raise typer.Exit(1) from None


app = typer.Typer(
    cls=CourseGroup,
    no_args_is_help=True,
    add_completion=False,
    help="Introduction to Neural Networks, where every claim is an experiment.",
)

Workspace = Annotated[
    Path,
    typer.Option(
        help="The folder with your own copies.",
        show_default="workspace/ in the course's folder",
        file_okay=False,
    ),
]
Number = Annotated[str, typer.Argument(metavar="NN", help="A lesson, such as 02.")]
Jobs = Annotated[
    int | None, typer.Option(help="How many at a time; one a core, if none.", min=1)
]
Numbers = Annotated[
    list[str] | None,
    typer.Argument(metavar="[NN]...", help="Lessons, such as 02 03; all, if none."),
]


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def start(
    ctx: typer.Context,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Print the address, open nothing.")
    ] = False,
    port: Annotated[
        int | None,
        typer.Option(help="The port; the next free one, if taken.", max=65535, min=1),
    ] = None,
    workspace: Workspace = ROOT / "workspace",
):
    """Open your workspace in JupyterLab; further options go to `jupyter lab`."""
    from course_lib.classroom.workspace import start

    check_writable(workspace, "--workspace")
    browser = ["--no-browser"] if no_browser else []
    number = [f"--port={port}"] if port else []
    start(workspace, browser + number + ctx.args)


@app.command()
def reset(number: Number, workspace: Workspace = ROOT / "workspace"):
    """Renew your copy of a lesson and its exercise; the old one is kept."""
    from course_lib.classroom.workspace import reset

    check_writable(workspace, "--workspace")
    reset(number, workspace)


@app.command()
def notebooks(numbers: Numbers = None):
    """Run the lessons and keep their outputs in notebooks/."""
    from course_lib.classroom.notebooks import build

    build(numbers or [])


@app.command()
def exercises(numbers: Numbers = None):
    """Make the exercises from solutions/, and what the lessons' gaps need to know."""
    from course_lib.classroom import exercises, gaps

    exercises.generate(numbers or [])
    gaps.generate(numbers or [])


@app.command()
def claims():
    """Print the table of all claims, read from the saved lessons."""
    from course_lib.classroom.claims_table import write_table

    write_table(ROOT)


@app.command()
def slides(
    numbers: Numbers = None,
    out: Annotated[
        Path, typer.Option(help="The folder for the decks.", file_okay=False)
    ] = Path("decks"),
):
    """Make slide decks that need no internet."""
    from course_lib.classroom.slides import make_decks

    check_writable(out, "--out")
    make_decks(numbers or [], out)


ClassFolder = Annotated[
    Path,
    typer.Option("--class", help="The class's folder.", file_okay=False),
]


def check_writable(folder, option):
    """Say at once, not after hours of grading, that nothing can be kept."""
    places = folder.resolve(), *folder.resolve().parents
    there = next(place for place in places if os.path.exists(place))
    if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
        raise CourseError(
            f"{there} cannot be written to; name a folder of yours with {option}."
        )


@app.command()
def release(numbers: Numbers = None, folder: ClassFolder = Path("class")):
    """Make a class's exercises, as a folder and a zip for the students."""
    from course_lib.classroom.grading.release import release

    check_writable(folder, "--class")
    release(numbers or [], folder)


@app.command()
def grade(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER",
            help="The hand-ins: FOLDER/student/NN_topic.ipynb, or a zip.",
            exists=True,
        ),
    ],
    folder: ClassFolder = Path("class"),
    jobs: Jobs = None,
    scheduler: Annotated[
        str | None, typer.Option(help="The address of a dask scheduler.")
    ] = None,
    roster: Annotated[
        Path | None,
        typer.Option(
            help="A CSV file with the columns name and id.", exists=True, dir_okay=False
        ),
    ] = None,
    exercise: Annotated[
        str | None, typer.Option(help="Only this exercise, such as 02.")
    ] = None,
    student: Annotated[str | None, typer.Option(help="Only this student's id.")] = None,
    question: Annotated[
        str | None, typer.Option(help="Only this question, such as test_margin.")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Grade also what was graded before.")
    ] = False,
    feedback: Annotated[
        bool, typer.Option(help="Write the feedback pages, too.")
    ] = True,
    unsafe_no_sandbox: Annotated[
        bool, typer.Option("--unsafe-no-sandbox", help="Run it with your rights!")
    ] = False,
):
    """Grade what students handed in: gradebook, grades.csv and feedback pages."""
    from course_lib.classroom.grading.executors import warm_up

    check_writable(folder, "--class")
    started = warm_up(jobs) if not scheduler else []
    from course_lib.classroom.grading.batch import grade_all

    list(started)
    grade_all(
        source,
        folder,
        jobs=jobs,
        scheduler=scheduler,
        safe=not unsafe_no_sandbox,
        roster=roster,
        exercise=exercise,
        student=student,
        question=question,
        again=again,
        feedback=feedback,
    )


@app.command()
def feedback(
    exercise: Annotated[str | None, typer.Argument(metavar="[NN]")] = None,
    folder: ClassFolder = Path("class"),
    jobs: Jobs = None,
):
    """Write all feedback pages and grades.csv anew, after grading by hand."""
    from course_lib.classroom.grading.batch import feedback_all

    check_writable(folder, "--class")
    feedback_all(folder, exercise, jobs)
