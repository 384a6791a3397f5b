"""The deployable Django project. Nothing imports it."""
