"""German texts of the CSV and workbook importers."""

from __future__ import annotations

TEXTS = {
    "The file holds no rows.": "Die Datei enthält keine Zeilen.",
    "The row has more cells than the header has names.": "Die Zeile hat mehr Felder, als die Kopfzeile Namen hat.",
    "The row is marked as deleted.": "Die Zeile ist als gelöscht gekennzeichnet.",
    "The row holds only a date; the member has left.": (
        "Die Zeile enthält nur ein Datum; das Mitglied ist ausgetreten."
    ),
    "The row names nobody: no name, company, e-mail address, phone number or link.": (
        "Die Zeile nennt niemanden: kein Name, keine Firma, E-Mail-Adresse, Telefonnummer oder Webseite."
    ),
    "A quotation mark that opens here is never closed.": (
        "Ein Anführungszeichen, das hier aufgeht, wird nie geschlossen."
    ),
    "The line is longer than 4 million characters.": "Die Zeile ist länger als 4 Millionen Zeichen.",
    "Too many quotation marks are never closed; the rest of the file was not read.": (
        "Zu viele Anführungszeichen werden nie geschlossen; der Rest der Datei wurde nicht gelesen."
    ),
    "“{file}” has no header row; its columns must be named.": (
        "„{file}“ hat keine Kopfzeile; die Spalten müssen benannt werden."
    ),
    "Name them in order, for example: --columns given,family,email,phone,-": (
        "Der Reihe nach benennen, zum Beispiel: --columns given,family,email,phone,-"
    ),
    "None of the columns of “{file}” could be understood.": "Keine der Spalten von „{file}“ wurde verstanden.",
    'Name one, for example: --map "{header}=name"': 'Eine benennen, zum Beispiel: --map "{header}=name"',
    "Unknown encoding “{encoding}”.": "Unbekannte Kodierung „{encoding}“.",
    "Unknown field “{field}” for a column.": "Unbekanntes Feld „{field}“ für eine Spalte.",
    "Fields: {fields}.": "Felder: {fields}.",
    "The field “{field}” has no part “{aspect}”.": "Das Feld „{field}“ hat keinen Teil „{aspect}“.",
    "“{pair}” is not of the form Header=field.": "„{pair}“ hat nicht die Form Spalte=Feld.",
    "The file has no column “{header}”.": "Die Datei hat keine Spalte „{header}“.",
    "Columns: {columns}.": "Spalten: {columns}.",
    "The saved column mapping is damaged.": "Die gespeicherte Spaltenzuordnung ist beschädigt.",
    "Unknown kind of CSV “{dialect}”.": "Unbekannte Art von CSV „{dialect}“.",
    "Known: {dialects}.": "Bekannt: {dialects}.",
    "“{file}” was not opened.": "„{file}“ wurde nicht geöffnet.",
    "Excel workbooks need two more packages.": "Excel-Arbeitsmappen brauchen zwei weitere Pakete.",
    "Install them with: pip install 'crm-cli[xlsx]'": "Zu installieren mit: pip install 'crm-cli[xlsx]'",
    "A text of {length} characters does not fit into a cell of a workbook.": (
        "Ein Text von {length} Zeichen passt nicht in ein Feld einer Arbeitsmappe."
    ),
    "Export as CSV instead.": "Stattdessen als CSV ausgeben.",
    "The workbook can't be read: it is damaged, protected or no workbook.": (
        "Die Arbeitsmappe ist nicht lesbar: beschädigt, geschützt oder keine Arbeitsmappe."
    ),
    "The workbook is larger than 50 MB, or unpacks to more than 500 MB.": (
        "Die Arbeitsmappe ist größer als 50 MB oder ausgepackt größer als 500 MB."
    ),
    "The workbook unpacks to more than a hundred times its size.": (
        "Die Arbeitsmappe wird beim Auspacken mehr als hundertmal so groß."
    ),
    "The workbook declares document types or entities.": "Die Arbeitsmappe erklärt Dokumenttypen oder Entitäten.",
    "The workbook has cells beyond 200,000 rows or 200 columns.": (
        "Die Arbeitsmappe hat Felder jenseits von 200.000 Zeilen oder 200 Spalten."
    ),
}
