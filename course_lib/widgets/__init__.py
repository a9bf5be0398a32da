"""Sliders over what a lesson has already shown; a still picture elsewhere.

One module a widget, named by the lesson's word, with pure functions underneath:

    from course_lib.widgets import ravine

    ravine.show()
"""
