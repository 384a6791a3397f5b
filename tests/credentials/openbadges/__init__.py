"""The badge library, tested without Django, network or clock."""
