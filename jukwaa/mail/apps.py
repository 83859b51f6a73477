from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "jukwaa.mail"
    label = "mail"
