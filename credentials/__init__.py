"""Evidence, review, award and badge: everything that happens to a learner, every verb once.

What does not belong here: anything that knows which door a person came through (lti_tool,
lc_xblock), and anything that is said rather than done (course_content).
"""
