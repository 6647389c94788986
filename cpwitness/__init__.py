"""A witness for logs like ContactPoint's audit (C2SP tlog-witness): somebody else's machine, which remembers.

It keeps the last checkpoint of each log, and cosigns a newer one only where that is shown to be its continuation. It
shares no code with ContactPoint; what it has in common with the verifier stands in `cpverify`.
"""
