"""Sliders over what a lesson has already shown; a still picture elsewhere.

One module a widget, named by the lesson's word, with pure functions underneath:

    from course_lib.widgets import ravine

    ravine.show()

They use the library's models and have none of their own. What draws, learns or holds
data is imported where it is used, so that a lesson loads nothing before it is shown.
"""
