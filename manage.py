#!/usr/bin/env python
"""Django's command line, with Jukwaa's settings."""

from jukwaa.config.cli import main

if __name__ == "__main__":
    main()
