"""Sweeps: a bound, what is measured and their ratio over a grid of arguments.

`grid` reads the grid, `arranged` builds instances of theorems for arguments of one's choice,
`evaluate` computes one point, `journal` keeps finished points, `run` computes all of them here,
`cluster` on a Dask cluster, `table` writes Parquet and `drawing` the plot.
"""
