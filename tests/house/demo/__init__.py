"""Every component of docs/look.md on pages, and a small server that keeps the contract."""
