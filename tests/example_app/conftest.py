"""An example for users: its tests run where only our wheel is installed, as `tests/test_example_app.py` arranges."""

collect_ignore_glob = ["test_*.py"]
