"""A small LTI 1.3 platform for practice and tests: a course, a teacher, two students, a gradebook.

It runs as a process of its own, on a site of its own, with its own keys and its own storage, and
holds the tool to the letter of the standards. It is written from the specifications alone: it
imports nothing of the tool and spells its own claims, so that an error in the tool cannot hide
behind the same error here.

What does not belong here: anything of lti_tool, credentials or course_content, and any Django.
"""
