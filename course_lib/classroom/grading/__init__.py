"""From a release to grades: hand-ins are found, rebuilt, tested and recorded."""
