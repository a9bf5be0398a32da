"""A student's process: its walls, what runs in it, and how one talks to it."""
