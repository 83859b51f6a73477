"""The WSGI application that granian serves."""

import gc
import os
import sys

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jukwaa.config.settings")

application = get_wsgi_application()
# A thread that answers a page waits so long for one that parses an upload, each time it comes back from the database.
# By default it is 5 milliseconds.
sys.setswitchinterval(0.0005)
# The pages are imported now and not for the first reader. What is there by now stays: the garbage collector needn't
# walk through it, which takes as long as ten pages.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
