"""Where shards are done: in this process, in processes of this machine, on Ray, on Dask. All run the same function."""
