from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "jukwaa.accounts"
    label = "accounts"
