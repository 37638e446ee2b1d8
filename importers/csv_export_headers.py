"""The header rows of the files we write: facts of the programs that read them, in their order.

A name ending in `#` stands for a numbered group, whose columns are named
beside it and repeated as often as the fullest contact needs.
"""

from __future__ import annotations


def _headers(text: str) -> tuple[str, ...]:
    """Read header cells parted by commas; a line break in the text is a comma's."""
    return tuple(header.strip() for header in text.replace("\n", " ").split(","))


# Google's import template.
GOOGLE = (
    *("Name Prefix", "First Name", "Middle Name", "Last Name", "Name Suffix"),
    *("Phonetic First Name", "Phonetic Middle Name", "Phonetic Last Name", "Nickname", "File As"),
    *("email#", "phone#", "address#", "Organization Name", "Organization Title", "Organization Department"),
    *("Birthday", "event#", "relation#", "url#", "custom#", "Notes", "Labels"),
)
GOOGLE_GROUPS: dict[str, tuple[str, ...]] = {
    "email": ("E-mail # - Label", "E-mail # - Value"),
    "phone": ("Phone # - Label", "Phone # - Value"),
    "address": (
        *("Address # - Label", "Address # - Country", "Address # - Street", "Address # - Extended Address"),
        *("Address # - City", "Address # - Region", "Address # - Postal Code", "Address # - PO Box"),
    ),
    "event": ("Event # - Label", "Event # - Value"),
    "relation": ("Relation # - Label", "Relation # - Value"),
    "url": ("Website # - Label", "Website # - Value"),
    "custom": ("Custom Field # - Label", "Custom Field # - Value"),
}

# Ours: the names of `--json`, with numbers. Custom fields follow as `custom:NAME`.
PLAIN = (
    *("name", "kind", "salutation", "prefix", "given", "additional", "family", "suffix", "nickname"),
    *("company", "department", "title", "role", "email#", "phone#", "address#", "url#", "im#", "social#"),
    *("birthday", "anniversary", "tags", "owner", "uid", "notes"),
)
PLAIN_GROUPS: dict[str, tuple[str, ...]] = {
    "email": ("email_#", "email_#_label"),
    "phone": ("phone_#", "phone_#_label"),
    "address": (
        *("address_#_label", "address_#_street", "address_#_extended", "address_#_pobox"),
        *("address_#_postcode", "address_#_city", "address_#_region", "address_#_country"),
    ),
    "url": ("url_#", "url_#_label"),
    "im": ("im_#", "im_#_label"),
    "social": ("social_#", "social_#_label"),
}

# Outlook's desktop program; the first 48 columns are the same in both languages, the rest is sorted by name.
OUTLOOK = _headers(
    """
    Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street,Business Street 2,
    Business Street 3,Business City,Business State,Business Postal Code,Business Country/Region,Home Street,
    Home Street 2,Home Street 3,Home City,Home State,Home Postal Code,Home Country/Region,Other Street,
    Other Street 2,Other Street 3,Other City,Other State,Other Postal Code,Other Country/Region,Assistant's Phone,
    Business Fax,Business Phone,Business Phone 2,Callback,Car Phone,Company Main Phone,Home Fax,Home Phone,
    Home Phone 2,ISDN,Mobile Phone,Other Fax,Other Phone,Pager,Primary Phone,Radio Phone,TTY/TDD Phone,Telex,
    Account,Anniversary,Assistant's Name,Billing Information,Birthday,Business Address PO Box,Categories,Children,
    Directory Server,E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address,E-mail 2 Type,
    E-mail 2 Display Name,E-mail 3 Address,E-mail 3 Type,E-mail 3 Display Name,Gender,Government ID Number,Hobby,
    Home Address PO Box,Initials,Internet Free Busy,Keywords,Language,Location,Manager's Name,Mileage,Notes,
    Office Location,Organizational ID Number,Other Address PO Box,Priority,Private,Profession,Referred By,
    Sensitivity,Spouse,User 1,User 2,User 3,User 4,Web Page
    """
)
OUTLOOK_DE = _headers(
    """
    Anrede,Vorname,Weitere Vornamen,Nachname,Suffix,Firma,Abteilung,Position,Straße geschäftlich,
    Straße geschäftlich 2,Straße geschäftlich 3,Ort geschäftlich,Region geschäftlich,Postleitzahl geschäftlich,
    Land/Region geschäftlich,Straße privat,Straße privat 2,Straße privat 3,Ort privat,Bundesland/Kanton privat,
    Postleitzahl privat,Land/Region privat,Weitere Straße,Weitere Straße 2,Weitere Straße 3,Weiterer Ort,
    Weiteres/r Bundesland/Kanton,Weitere Postleitzahl,Weiteres/e Land/Region,Telefon Assistent,Fax geschäftlich,
    Telefon geschäftlich,Telefon geschäftlich 2,Rückmeldung,Autotelefon,Telefon Firma,Fax privat,Telefon (privat),
    Telefon (privat 2),ISDN,Mobiltelefon,Weiteres Fax,Weiteres Telefon,Pager,Haupttelefon,Mobiltelefon 2,
    Telefon für Hörbehinderte,Telex,Abrechnungsinformation,Assistent(in),Benutzer 1,Benutzer 2,Benutzer 3,
    Benutzer 4,Beruf,Büro,E-Mail-Adresse,E-Mail-Typ,E-Mail: Angezeigter Name,E-Mail 2: Adresse,E-Mail 2: Typ,
    E-Mail 2: Angezeigter Name,E-Mail 3: Adresse,E-Mail 3: Typ,E-Mail 3: Angezeigter Name,Empfohlen von,Geburtstag,
    Geschlecht,Hobby,Initialen,Internet Frei/Gebucht,Jahrestag,Kategorien,Kinder,Konto,Name des/r Vorgesetzten,
    Notizen,Organisationsnr.,Ort,Partner,Postfach geschäftlich,Postfach privat,Priorität,Privat,Reisekilometer,
    Sozialversicherungsnr.,Sprache,Stichwörter,Vertraulichkeit,Verzeichnisserver,Webseite,Weiteres Postfach
    """
)
