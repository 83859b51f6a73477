"""Files of a shared drive whose text shows that they are private, and files about the same subjects that are not."""

from pathlib import PurePosixPath
from time import process_time

import pytest

from jukwaa.core.documents.text_cleaning import decode_text_bytes
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
        "Username,admin\nPassword,K7-Example-1\n",
        "| Username | admin |\n|---|---|\n| Password | K7-Example-1 |\n",
        "Username | admin\nPassword | K7-Example-1",
        "Username\nana\nPassword\nK7-Example-1",
        "Identifiant :\n\nana\n\nMot de passe :\n\nJardin2024",
        "| User | Password |\n|------|----------|\n| ana | butterfly |",
        "Site password | K7-Example-1",
        "User: admin\nPassword\uff1a K7-Example-1",
        'User: admin\nPassword: "K7 Example 1"',
        "Zoom account of the office\nUser: office@net.example\nPassword: K7-Example-1",
        "Zoom\nUsername\noffice@net.example\nPassword\nK7-Example-1",
        "Passwords for all teams\nWebsite login: ana, password: K7-Example-1",
        "Teams and logins\nSite login: ana\nSite password: K7-Example-1",
        "Mot de passe du site : Jardin2024",
        "Correo: red@net.example\nClave: Jardin#24",
    ],
)
def test_access_data_are_found(text):
    assert describe_private_contents(text) == ACCESS


def test_pairs_in_text_of_two_bytes_a_character_are_found():
    decoded = decode_text_bytes("no borrar\nusuario: oficina@red.example\nclave: Jardin2024\n".encode("utf-16"))
    assert describe_private_contents(decoded.text) == ACCESS


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
        "Correo: ana@net.example\nPalabras clave: COVID-19, niñez",
        "Usuario: ana\nFecha clave: 2026-03-01\nAño clave: 2030",
        "Facebook: SaferInternet2024",
        "Follow us on Facebook: @coalition2024",
        "Site: example2024.example",
        "Event site: Geneva2026",
        "Network: EU-Kids2020",
        "Red: INHOPE-2024",
        "Account: INV-2024-001",
        "Email: info@net.example\nDay pass: USD50",
        "Join on Teams\nEmail: info@net.example\nPassword: K7-Example-1",
        "Zoom\nUser: guest\nPassword: 4Hk2pQ",
        "System | User | Password | Length\nForum | all | 12 | 4",
        "Username\nPassword\nSignature",
        "Each user needs a login,password,2FA",
        "User: each person\nPassword\nAt least 12 characters",
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
        "Account holder | Ana Moss\nIBAN | FR76 3000 6000 0112 3456 7890 189",
        "Account holder,Ana Moss\nIBAN,FR7630006000011234567890189\n",
        "| Titular | Marta Ruiz |\n|---|---|\n| Cuenta bancaria | 1234 5678 9012 |",
        "Beneficiary\nAna Moss\nIBAN\nFR7630006000011234567890189",
        "Account holder: Ana Moss\nBank account no.: 0123456789",
        "Name: Ana Moss\nTaxi: 84.50\nIBAN: FR76 3000 6000 0112 3456 7890 189",
        "Name | Bank | IBAN\nAna Moss | Bank of Example | FR7630006000011234567890189",
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
        "Account holder | Safe Net Foundation\nIBAN | FR7630006000011234567890189",
        "Account name | Account number | Bank\nSafe Net Foundation | 0123456789 | Bank of Example",
        "Payee | Account | Amount\nPrinter | 410020 | 300",
        "Name: Ana Moss\nAccount holder: Safe Net Foundation\nIBAN: FR76 3000 6000 0112 3456 7890 189",
        "Name of the project: Safe at home\nIBAN: FR76 3000 6000 0112 3456 7890 189",
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
        "I need an operation in May.",
        "Je serai opérée en mai.",
        "J'étais à l'hôpital pour une semaine.",
        "I must go to hospital to have tests.",
        "My treatment starts on Monday, so I cannot come.",
        "My operation is on Friday.",
        "My knee operation is on Friday.",
        "I will be away for my therapy.",
        "Mon traitement commence lundi.",
        "Mi operación es el lunes.",
        "O meu tratamento começa na segunda-feira.",
        "عمليتي الجراحية يوم الاثنين",
        "Patient: Ana Moss\nDiagnosis: burnout",
        "Patient | Ana Moss\nDiagnosis | burnout",
        "Nom du patient\nAna Moss\nDiagnostic\nDépression",
        "Name | Organisation | Allergies\nBo Reed | Safe Net | none\nAna Moss | Safe Net | nuts",
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
        "Chère Ana,\nson opération a permis de protéger 12 enfants",
        "Dear Minister,\nHis operation began in 2019.",
        "Estimada Ana:\nSu operación empezó en 2019.",
        "Chère Ana,\nson traitement des signalements est rapide",
        "My operation in Kenya runs well",
        "Our helpline: my treatment of offenders programme",
        "Mon opération au Kenya avance",
        "Mi operación en Perú creció",
        "My main treatment of reports is described below",
        "Our operation starts on Monday, and his treatment of the subject is good.",
        "I must go to the clinic to train staff",
        "I was at the hospital to present the helpline",
        "J'étais à l'hôpital pour former les équipes.",
        "I am in therapy research",
        "Patient Safety Network, Diagnosis of the situation of children",
        "Patient: a girl\nDiagnosis: depression",
        "Name | Allergies\nAna Moss | none",
        "Nom | Diagnostic\nProvince Nord | Analyse des besoins",
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
        ("Passwords of the committee.xlsx", True),
        ("Bank details of parents.xlsx", True),
        ("Digital credentials for age assurance.pdf", False),
        ("Verifiable credentials.pdf", False),
        ("Credenciales verificables.pdf", False),
        ("Credentials committee", False),
        ("Passwords: why children share them.pdf", False),
        ("Password managers for parents.pdf", False),
        ("Staff passwords and children.xlsx", True),
        ("Passwords parents' group.txt", True),
        ("Mots de passe des enfants.txt", True),
        ("Mots de passe : pourquoi les changer.pdf", False),
        ("claves correo.txt", True),
        ("Claves.txt", True),
        ("usuarios y claves.docx", True),
        ("Claves para padres y madres.pdf", False),
        ("Claves legales de la ley.pdf", False),
        ("Palabras claves.docx", False),
    ],
)
def test_names_of_private_files(name, is_private):
    assert bool(find_private_path_part(PurePosixPath(name))) == is_private


@pytest.mark.parametrize(
    "text",
    [
        ':"a' * 60_000,
        f"a{' ' * 200_000}b",
        f"a:{',' * 200_000} x y",
        ("name\tiban\t" * 2000 + "\n") * 5,
        "{" + ",".join(f'"k{number}":"v{number}"' for number in range(15_000)) + "}",
    ],
)
def test_long_lines_are_read_at_once(text):
    started = process_time()

    assert describe_private_contents(text) == ""
    assert process_time() - started < 10


def test_quoted_password_at_the_end_of_a_long_line_is_found():
    assert describe_private_contents("x, " * 200 + 'Username: ana, password: "K7 Example 1"') == ACCESS
