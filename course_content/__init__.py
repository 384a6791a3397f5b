"""What is said: the framework, its modules, and the one rendering that both doors show.

What does not belong here: what happened to a learner (that is `credentials`), a database, the
network, an LMS.
"""
