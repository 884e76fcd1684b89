"""Figures of the desk: kept by a job, asked for by page, program and command.

What each of them means stands in docs/statistics.md.
"""
