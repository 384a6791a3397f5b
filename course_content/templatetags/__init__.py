"""Template tags of the fragments that both doors show."""
