"""A student's process: its walls, what runs in it, and how one talks to it.

On the student's side are worker and cells; all else is the grader's. Imports run one
way:

    seccomp → bubblewrap
    bubblewrap, processes → sandbox
    protocol → channel
    channel → sandbox, worker
    cells → worker
"""
