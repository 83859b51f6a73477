"""A session names the class that knows its person; without this, everybody would have to sign in again."""

from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import migrations

BEFORE = "jukwaa.accounts.sessions.Backend"
NOW = "allauth.account.auth_backends.AuthenticationBackend"


def name_backend(apps, _schema_editor):
    store = SessionStore()
    for session in apps.get_model("sessions", "Session").objects.iterator():
        data = store.decode(session.session_data)
        if data.get(BACKEND_SESSION_KEY) == BEFORE:
            session.session_data = store.encode(data | {BACKEND_SESSION_KEY: NOW})
            session.save(update_fields=["session_data"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("sessions", "0001_initial")]

    operations = [migrations.RunPython(name_backend, migrations.RunPython.noop, elidable=True)]
