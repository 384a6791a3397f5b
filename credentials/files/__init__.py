"""What a file is and says: found in its bytes, never in its name or in what a client claims.

`apart.inspect` and `apart.page` are the entrances for the house: they read the file in a process
of its own, with limits on time and memory, because every file is treated as hostile. The modules
below them are plain functions from a path to facts and may be called directly.

What does not belong here: Django, the database, the storage, and who may see a file.
"""

from credentials.files.facts import Busy, FileFacts, FileType, Refused, Shown, file_type

__all__ = ["Busy", "FileFacts", "FileType", "Refused", "Shown", "file_type"]
