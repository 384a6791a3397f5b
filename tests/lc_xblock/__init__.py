"""The Open edX door, by a platform that runs blocks in memory."""
