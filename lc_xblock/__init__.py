"""The Open edX door: the blocks of a course, and the plugin that brings the house into an LMS.

What does not belong here: anything about evidence, reviews, awards or badges (credentials). Only
`compat` imports the platform.
"""
