"""From a release to grades: hand-ins are found, rebuilt, tested and recorded.

A hand-in goes this way:

    files, layouts, roster    whose it is; a zip is read here, not unpacked
    submissions               one notebook of each student and exercise
    reading, rebuild          the released notebook with the student's sources
    attempt                   its cells are run in the sandbox
    marking, run_tests        its questions are tested here, through stand-ins (student)
    outputs, grade            what the student is shown; the Result
    gradebook, reports        what is kept, in a class_folder made by release

batch does it for many, on the cores or machines of executors; nbgrader_steps are for
nbgrader's own commands and buttons. Imports run one way:

    files → layouts, submissions
    layouts → submissions
    roster → submissions, batch
    submissions → batch
    reading → submissions, rebuild, grade
    rebuild → attempt, run_tests, marking, grade, class_folder, gradebook
    outputs → attempt, marking
    student, run_tests → marking
    attempt, marking → grade
    grade → class_folder, executors, batch, nbgrader_steps
    release → class_folder, batch
    class_folder → batch, nbgrader_steps
    executors, gradebook, reports → batch
"""
