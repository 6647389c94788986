"""Two records of one child, joined: compared, asked about, moved, and taken back."""
