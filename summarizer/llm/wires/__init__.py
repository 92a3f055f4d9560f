"""The wire protocols that model services speak; each module knows one."""
