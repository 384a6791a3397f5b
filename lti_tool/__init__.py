"""The LTI door and the deployable web site: it turns a launch or a sign-in into an Actor.

What does not belong here: anything about evidence, reviews, awards or badges (credentials).
The import name is also used by PyPI's django-lti, so that package is never a dependency.
"""
