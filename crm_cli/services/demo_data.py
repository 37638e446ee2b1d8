# ruff: noqa: E501 - a diary reads entry by entry
"""The address book and the diary of `crm demo`: a field rep for test and conveyor technology in southern Germany.

Everyone here is invented. Phone numbers come from the ranges that the Bundesnetzagentur
keeps free for film and press, mail addresses and domains from those reserved for examples.
"""

from __future__ import annotations

# name, street, postcode, city, switchboard, domain, tags
COMPANIES = (
    ("Ehrler Prüftechnik GmbH", "Industriestraße 12", "86153", "Augsburg", "089 99998-100", "ehrler", "kunde a"),
    ("Kettenbaum AG", "Am Hafen 3", "60327", "Frankfurt am Main", "069 90009-200", "kettenbaum", "kunde a"),
    ("Invitek GmbH", "Gutenbergring 40", "50825", "Köln", "0221 4710-300", "invitek", "kunde b"),
    ("Frenkel KG", "Mühlweg 8", "73033", "Göppingen", "089 99998-120", "frenkel", "kunde b"),
    ("Rathgeber SE", "Alte Messe 1", "04103", "Leipzig", "030 23125-400", "rathgeber", "kunde a"),
    ("Sommer GmbH", "Lindenallee 77", "22763", "Hamburg", "040 66969-500", "sommer", "kunde c"),
    ("Acme Inc.", "Werftstraße 5", "22761", "Hamburg", "040 66969-520", "acme", "interessent"),
    ("Brandt & Söhne GmbH & Co. KG", "Schmiedgasse 21", "87435", "Kempten", "089 99998-140", "brandt", "kunde b"),
    ("Gießerei Löffler GmbH", "Hüttenstraße 2", "66333", "Völklingen", "069 90009-220", "loeffler", "kunde b"),
    ("Hollerbach Fördertechnik GmbH", "Bahnhofstraße 90", "89231", "Neu-Ulm", "089 99998-160", "hollerbach", "kunde a"),
    ("Stadtwerke Überlingen", "Seestraße 14", "88662", "Überlingen", "089 99998-180", "sw-ueberlingen", "oeffentlich"),
    ("Molkerei Alpsee eG", "Käsereiweg 6", "87509", "Immenstadt", "089 99998-200", "alpsee", "interessent"),
    ("Weiß Automation GmbH", "Robert-Bosch-Straße 18", "71088", "Holzgerlingen", "069 90009-240", "weiss", "kunde b"),
    ("Zapf Kunststoffe GmbH", "Am Anger 30", "96450", "Coburg", "089 99998-220", "zapf", "kunde c"),
    (
        "Nordlicht Windservice GmbH",
        "Deichstraße 4",
        "27568",
        "Bremerhaven",
        "040 66969-540",
        "nordlicht",
        "interessent",
    ),
    ("Papierfabrik Öhringen GmbH", "Ohrnweg 1", "74613", "Öhringen", "069 90009-260", "papier-oe", "kunde b"),
    ("Krüger Medizintechnik GmbH", "Charlottenstraße 55", "10117", "Berlin", "030 23125-420", "krueger", "kunde a"),
    ("Bäckerei Huber OHG", "Marktplatz 9", "83022", "Rosenheim", "089 99998-240", "huber", "kunde c"),
    ("Lagerhaus Donau GmbH", "Hafenstraße 66", "94032", "Passau", "089 99998-260", "donau", "kunde b"),
    ("Fink Präzisionsteile GmbH", "Uhrmacherweg 11", "78120", "Furtwangen", "069 90009-280", "fink", "kunde a"),
)

# name, company (place in COMPANIES), job title, extension at the switchboard, mobile, birthday, tags
PEOPLE = (
    ("Hans Müller", 0, "Leiter Qualität", "11", "0171 3920001", "1971-04-12", "entscheider"),
    ("Anna Schmidt", 0, "Einkauf", "12", None, None, ""),
    ("Dr. Ute Ehrler", 0, "Geschäftsführerin", "10", "0171 3920002", None, "entscheider"),
    ("Sabine Freitag", 1, "Technischer Einkauf", "21", "0171 3920003", "1980-09-30", "messe"),
    ("Peter Kettenbaum", 1, "Vorstand", "20", None, None, "entscheider"),
    ("Petra März", 2, "Projektleiterin", "31", "0171 3920004", None, ""),
    ("Jürgen Muller", 3, "Betriebsleiter", "41", "0171 3920005", None, "entscheider"),
    ("Jana Schmidt", 4, "Leiterin Instandhaltung", "51", "0176 04069010", "1985-02-28", "entscheider"),
    ("Ole Petersen", 4, "Einkauf", "52", None, None, ""),
    ("Tom Sommer", 5, "Inhaber", "61", "0171 3920006", None, "entscheider"),
    ("Bob Miller", 6, "Head of Purchasing", "71", "0176 04069011", None, "english"),
    ("Katrin Brandt", 7, "Geschäftsführerin", "81", "0171 3920007", "1968-12-03", "entscheider"),
    ("Florian Brandt", 7, "Vertrieb", "82", None, None, ""),
    ("Yasemin Yıldız", 8, "Leiterin Gießerei", "91", "0171 3920008", None, "entscheider"),
    ("Karl-Heinz von der Tann", 9, "Prokurist", "13", "0171 3920009", "1962-07-19", "entscheider"),
    ("Lena Hollerbach", 9, "Konstruktion", "14", None, None, "messe"),
    ("Werner Großkopf", 10, "Abteilung Wasser", "15", None, None, ""),
    ("Maria Alpseer", 11, "Betriebsleiterin", "16", "0171 3920010", None, ""),
    ("Stefan Weiß", 12, "Geschäftsführer", "17", "0171 3920011", None, "entscheider"),
    ("Çiğdem Aydın", 12, "Software", "18", None, None, ""),
    ("Bernd Zapf", 13, "Inhaber", "19", "0171 3920012", None, "entscheider"),
    ("Hauke Jensen", 14, "Leiter Service", "22", "0176 04069012", None, ""),
    ("Gisela Öttinger", 15, "Einkauf", "23", None, "1975-11-24", ""),
    ("Dr. Miriam Krüger", 16, "Leiterin Entwicklung", "24", "0171 3920013", None, "entscheider messe"),
    ("Łukasz Nowak", 16, "Qualitätssicherung", "25", None, None, ""),
    ("Josef Huber", 17, "Inhaber", "26", "0171 3920014", None, "entscheider"),
    ("Franziska Lechner", 18, "Lagerleitung", "27", "0171 3920015", None, ""),
    ("Martin Fink", 19, "Geschäftsführer", "28", "0171 3920016", "1979-01-08", "entscheider"),
    ("Renate Faller", 19, "Arbeitsvorbereitung", "29", None, None, ""),
)

# title, company, contact (place in PEOPLE), stage (place in the configured stages), euros, percent, days from today
DEALS = (
    ("Prüfstand Getriebe", 0, 0, 2, 48000, 60, 21),
    ("Wartungsvertrag Linie 2", 1, 3, 3, 12500, 75, 10),
    ("Messzelle Halle 4", 2, 5, 1, 86000, 30, 60),
    ("Retrofit Härteofen", 3, 6, 0, 31000, 10, 90),
    ("Fördertechnik Neubau", 9, 14, 2, 240000, 50, 75),
    ("Retrofit Prüfstand Labor", 16, 23, 3, 67500, 80, 14),
    ("Ersatzteilpaket 2027", 4, 7, 1, 9800, 40, 35),
    ("Kamera-Inspektion", 19, 27, 2, 54900, 55, 45),
    ("Abfüllwaage", 11, 17, 0, 18200, 15, 120),
)

# title, person, euros, days since it was closed, the reason where it was lost
CLOSED = (
    ("Ersatzteile Härteofen", 6, 14600, 85, None),
    ("Messuhr-Kalibrierung", 5, 3900, 71, None),
    ("Steuerung Linie 1", 3, 38500, 62, None),
    ("Palettierer", 14, 72000, 48, "zu teuer"),
    ("Wartung Prüfstand 2026", 0, 21800, 40, None),
    ("Sortierkamera", 27, 26400, 26, "anderer Anbieter"),
    ("Nachrüstung Waage", 17, 8200, 19, None),
    ("Schulung Messtechnik", 23, 5400, 6, None),
)

# days before today, clock, the line as the rep typed it
DIARY = (
    (88, "09:40", "besuch von der tann 1h30: Neubau Halle 3 besichtigt, Fördertechnik ab Frühjahr :: Ansprechpartner Bau: Lena Hollerbach wv:+2w Layout schicken km:84"),
    (81, "16:05", "anruf von krüger medizintechnik: Labor wird umgebaut, zwei Prüfstände müssen versetzt werden bedarf:Retrofit"),
    (74, "11:20", "tel an fink präzisionsteile: Termin vereinbart, Vorführung Kamera im Haus"),
    (70, "15:10", "besuch martin fink und renate faller 2h: Vorführung Kamera, 3 Teile gemessen, Taktzeit 1,8 s reicht +vorfuehrung km:142 wv:+3at Messbericht"),
    (66, "10:00", "messe @freitag +messe Interesse an Wartung statt Einzelabruf, schickt Anlagenliste"),
    (63, "08:50", "mail an jana schmidt: Ersatzteilliste 2027 geschickt"),
    (59, "13:30", "ne yıldız: Mailbox wv:+1at erneut"),
    (58, "09:15", "anruf yıldız: Ofen 3 steht im Dezember still, dann Umbau möglich"),
    (52, "14:00", "termin mit Hans Müller und Anna Schmidt 1h30: Lastenheft Prüfstand Getriebe besprochen, Rabatt 5% gewünscht +lastenheft"),
    (47, "17:20", "notiz @stadtwerke überlingen Ausschreibung erst nach dem Haushalt, Q1"),
    (45, "10:30", "demo weiß automation 45m: Schnittstelle OPC UA gezeigt, Aydın testet selbst wv:+2w Rückmeldung Test"),
    (41, "11:45", "besuch katrin brandt 1h: zufrieden mit Linie 1, fragt nach zweiter Waage km:61"),
    (38, "15:00", "reklamation kettenbaum ag: Lieferung 24/7 beschädigt, Ref: KB-8812 wv:+1at Ersatz bestätigen"),
    (37, "09:05", "tel an freitag: Ersatz geht heute raus, sie ist einverstanden"),
    (31, "12:10", "call from miller 20m: wants a quote for two weighing cells, budget 40k this year fu:+1w send quote"),
    (29, "16:40", "mail an märz: Angebot Messzelle raus"),
    (24, "10:15", "besuch miriam krüger 1h: Angebot Retrofit durchgesprochen, Freigabe durch Geschäftsführung bis Monatsende km:12"),
    (20, "14:30", "anruf von lechner: Waage im Lager zeigt Fehler E4, Techniker gewünscht auftrag:rückruf ticket:4702"),
    (17, "09:30", "besuch lena hollerbach 2h: Layout Variante B gefällt, Preis noch offen wv:+1w Preis Variante B km:84"),
    (13, "11:00", "ne bernd zapf: im Urlaub wv:+2w anrufen"),
    (10, "15:45", "anruf von Frau Freitag: will Wartungsvertrag noch dieses Jahr, Rabatt 3%"),
    (8, "10:20", "besuch martin fink 1h: Kamera überzeugt, Einkauf will Skonto 2% km:142"),
    (6, "13:15", "tel mit ehrler prüftechnik: Rückruf von Dr. Ehrler zugesagt"),
    (5, "16:30", "mail an müller ehrler: Nachtrag zum Lastenheft geschickt"),
    (4, "09:50", "chat @ole.petersen fragt nach Lieferzeit, 6 Wochen genannt"),
    (3, "14:10", "besuch märz 90m: Messzelle Halle 4, Fundament geklärt, Angebot bis Freitag bedarf:Schulung km:33"),
    (2, "11:35", "anruf von josef huber: Waage in der Backstube geeicht bis Mai, meldet sich"),
    (1, "10:05", "besuch weiß automation 45m: Testergebnis gut, will Rahmenvertrag wv:+3at Entwurf Rahmenvertrag km:58"),
)  # fmt: skip

# working days from today, the line as the rep typed it, its repetition; the one of yesterday waits for its report
APPOINTMENTS = (
    (-1, "14:00 1h lena hollerbach: Preis Variante B ort:Neu-Ulm", None),
    (0, "9:00 30m Angebote und Rückrufe der Woche planen", "weekly"),
    (0, "10:30 1h30 hans müller: Prüfstand Getriebe, Abnahme vorbereiten ort:Augsburg erinnern:30m", None),
    (0, "15:00 45m sabine freitag: Wartungsvertrag durchgehen", None),
    (1, "9:00 2h petra märz: Messzelle Halle 4, Fundament ort:Köln erinnern:1h", None),
    (1, "10:30 1h jana schmidt: Ersatzteilpaket 2027", None),
    (2, "8:30 1h30 miriam krüger: Retrofit Labor, Freigabe ort:Berlin erinnern:30m", None),
    (2, "13:00 2h martin fink: Kamera-Inspektion, zweite Vorführung ort:Furtwangen", None),
    (3, "11:00 45m bob miller: video call about weighing cells", None),
    (4, "Messe Motek, Halle 5 ort:Stuttgart", None),
    (5, "10:00 3h lena hollerbach: Fördertechnik Neubau, Angebotsgespräch ort:Neu-Ulm erinnern:1h", None),
    (7, "14:00 1h katrin brandt: zweite Waage ort:Kempten", None),
)

# days from today (negative: overdue), text, place in PEOPLE
TASKS = (
    (-2, "Angebot Messzelle nachfassen", 5),
    (0, "Wartungsvertrag unterschriftsreif machen", 3),
    (1, "Geburtstag Frau Öttinger", 22),
    (4, "Termin Abfüllwaage ausmachen", 17),
)

# place in PEOPLE, days
CADENCES = ((0, 30), (3, 30), (7, 45), (14, 30), (20, 60), (23, 30))
