"""Files of a shared drive whose text shows that they are private, and files about the same subjects that are not."""

from pathlib import PurePosixPath

import pytest

from jukwaa.intake.private_contents import describe_private_contents
from jukwaa.intake.private_files import find_private_path_part

ACCESS, BANK, HEALTH = (
    "passwords or other access data",
    "the bank details of a person",
    "details about the health of a person",
)


@pytest.mark.parametrize(
    "text",
    [
        "site admin: net_admin / made-Up-Secret-1\nwifi office: made-Up-Secret-2",
        "wifi office: made-Up-Secret-2",
        "Newsletter tool\nLogin: info@net.example\nPassword: Tulip7garden",
        "Username: admin, password: butterfly",
        "Site | User | Password\nForum | net | Tulip7garden",
        "account;login;pw\nforum;net;Tulip7garden",
        "plenary room: moderator code 482 913",
        "salle plénière : code modérateur 482 913",
        "Identifiant : secretariat\nMot de passe : Jardin2024",
        "Usuario: red\nContraseña: Jardin#24",
        "Utilizador: rede\nPalavra-passe: Jardim2024",
        "اسم المستخدم: net\nكلمة المرور: Tulip7garden",
    ],
)
def test_access_data_are_found(text):
    assert describe_private_contents(text) == ACCESS


@pytest.mark.parametrize(
    "text",
    [
        "Policy on passwords\nPassword: at least 12 characters.\nUser: each person has an account of their own.",
        "Never share your password. Weak password: 123456\nStrong password: three words that nobody knows.",
        "Username: ____________\nPassword: ____________",
        "Meeting ID: 812 3456 7890\nPasscode: 4Hk2pQ\nUser: guest Password: 4Hk2pQ",
        "Item | Password length | Review\nStaff | 12 | yearly",
        "Contact: info@net.example\nWebsite: https://net.example/members2026",
        "Mot de passe : à changer tous les ans.",
        "The host key is for the moderator of the call.",
        "Users: 40 schools\nSite: Port-Louis",
    ],
)
def test_texts_about_passwords_have_no_access_data(text):
    assert describe_private_contents(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Refund to Ana Moss, taxi 84.50\nAccount name A Moss, account 000-TEST-0000, Bank of Example",
        "Account holder: Ana Moss\nIBAN: XX00 1234 5678 9012",
        "Titulaire du compte : Léa Roche\nIBAN : XX76 1234 5678 9012",
        "Titular: Marta Ruiz\nCuenta: 1234 5678 9012",
        "Titular da conta: Rui Melo\nNIB: 1234 5678 9012",
        "اسم صاحب الحساب: سلمى\nرقم الحساب: 123456789",
    ],
)
def test_bank_details_of_a_person_are_found(text):
    assert describe_private_contents(text) == BANK


@pytest.mark.parametrize(
    "text",
    [
        "Donate: account name Safe Net Foundation, account 123456789, Bank of Example",
        "Titulaire du compte : Réseau Enfance\nIBAN : XX76 1234 5678 9012",
        "Budget line | Account | Amount\nPhones | 410020 | 300",
        "Beneficiaries: 400000 children. Every account of a child is private by default.",
        "The account name must not show the age of the child.",
        "اسم الحساب: جمعية الطفولة\nرقم الحساب: 123456789",
    ],
)
def test_accounts_of_organisations_are_not_private(text):
    assert describe_private_contents(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Dear Ana, as I said on the phone, I will be in treatment at the hospital from 3 to 21 May. Bo",
        "I'm going to have knee surgery in May, so please chair the meeting.",
        "I have been diagnosed with a heart condition.",
        "Dear Ana,\nBo is away. She is in hospital and does not want the members to know.",
        "Chère Ana, je serai à l'hôpital jusqu'au 21 mai.",
        "Je suis en arrêt maladie jusqu'en mai.",
        "Estimada Ana: estaré en tratamiento hasta el 21 de mayo.",
        "Me han diagnosticado una enfermedad.",
        "Prezada Ana, estarei em tratamento até 21 de maio.",
        "Vou ser operada em maio.",
        "عزيزتي سلمى، سأكون في المستشفى حتى 21 مايو.",
    ],
)
def test_letters_about_health_are_found(text):
    assert describe_private_contents(text) == HEALTH


@pytest.mark.parametrize(
    "text",
    [
        "Children in hospital: a brochure for parents. Ask the hospital about treatment and therapy.",
        "Dear members, we visited the hospital. It treats children after abuse. She is in hospital care.",
        "Dear Ana, I am writing about the children in hospital and their treatment.",
        "I work in a hospital. My hospital joined the network.",
        "“I was in hospital,” says a girl of the campaign.",
        "Dr Moss presented the illness statistics. Depression of young people was discussed.",
        "Estimada Ana: el tratamiento de datos personales sigue la ley. Su tratamiento de datos es legal.",
        "Je vous écris au sujet du traitement des données. Mon traitement des données est terminé.",
        "كتيب عن المستشفى وعلاج الأطفال",
    ],
)
def test_texts_about_health_care_are_not_private(text):
    assert describe_private_contents(text) == ""


@pytest.mark.parametrize(
    ("name", "is_private"),
    [
        ("web + wifi logins.txt", True),
        ("Passwords 2026.xlsx", True),
        ("mots_de_passe.docx", True),
        ("Contraseñas.txt", True),
        ("Senhas do escritório.txt", True),
        ("كلمات المرور.txt", True),
        ("bank form refund.txt", True),
        ("RIB Ana.pdf", True),
        ("Atestado médico.pdf", True),
        ("Password policy.pdf", False),
        ("How to choose a strong password.pdf", False),
        ("Guide mots de passe.pdf", False),
        ("Guía de contraseñas.pdf", False),
        ("دليل كلمات المرور.pdf", False),
        ("Refund policy.pdf", False),
        ("Hospitals and children brochure.pdf", False),
        ("Sick leave policy.docx", False),
    ],
)
def test_names_of_private_files(name, is_private):
    assert bool(find_private_path_part(PurePosixPath(name))) == is_private
