"""The tables of the warehouse (schema ``booked``), one pandera model each.

A row that is never changed but only closed carries ``known_from`` and ``known_to``, our own transaction times in UTC:
it holds from ``known_from`` until just before ``known_to``. ``KEYS`` names the primary key of each table.
"""

from __future__ import annotations

from pandera.typing.pandas import Series

from schemas import codes as c
from schemas.columns import Day, Moment, Number, Table, Text, TextList, Truth, Whole, column

KNOWN_FROM = "When we booked this row (UTC)."
KNOWN_TO = "When this row stopped to hold for us (UTC); NULL while it holds."
DOCUMENT_ID = "The document: SHA-256 of the bytes of the file, in hexadecimal."


class Documents(Table):
    """A report file, by checksum, with what is known of it."""

    document_id: Series[Text] = column(DOCUMENT_ID)
    document: Series[Text] = column("Name of the report file.")
    source: Series[Text] = column("Source in sources.yaml that it came from first.")
    url: Series[Text] = column("Address that it was fetched from; NULL for a file from a folder.", null=True)
    media_type: Series[Text] = column("Media type, found from the bytes rather than from the name.")
    title: Series[Text] = column("Title of the report.", null=True)
    issuer: Series[Text] = column("Office or newspaper that issued the report.", null=True)
    place: Series[Text] = column("Place that the report is about, as a plain name.", null=True)
    ref_area: Series[Text] = column("Code of that place in GB/T 2260, where it is known.", null=True)
    published_on: Series[Day] = column("Day of publication.", null=True)
    published_on_basis: Series[Text] = column(
        "Where the day of publication was found.", null=True, codes=c.PUBLISHED_ON_BASES
    )
    first_seen_at: Series[Moment] = column("When the file was first fetched (UTC).")
    bytes: Series[Whole] = column("Size of the file.", unit="bytes", null=True, least=0)
    encoding: Series[Text] = column("Character encoding of a text file.", null=True)
    pages: Series[Whole] = column("Number of pages, for formats that have pages.", null=True, least=0)
    unreadable: Series[Text] = column("Why the file could not be read; NULL when it was.", null=True)
    text_hash: Series[Text] = column("Hash of the normalized text; equal for the same text in two files.", null=True)
    minhash: Series[Text] = column("MinHash signature of the text, for the search of reprints.", null=True)
    reprint_of: Series[Text] = column(
        "Another document with the same text, as found when this one was read.", null=True
    )
    reprint_group: Series[Text] = column("The smallest document_id among documents with the same text.")
    supersedes: Series[Text] = column("The document that this one corrects and replaces.", null=True)
    extractor_version: Series[Text] = column("Version of the extractor that read the document last.")
    rules_version: Series[Text] = column("Version of the rules that its figures were checked with last.")
    corrections_hash: Series[Text] = column("Hash of the entries of the corrections file that name the document.")
    ledger_hash: Series[Text] = column("Hash of its number ledger; an unchanged ledger is not written again.")
    content_hash: Series[Text] = column("Hash of all other columns; an unchanged row is not written again.")
    known_from: Series[Moment] = column("When we booked the document first (UTC).")
    retracted_at: Series[Moment] = column("When the document was retracted (UTC); NULL while it stands.", null=True)
    retracted_reason: Series[Text] = column("Why it was retracted.", null=True)


class Retrievals(Table):
    """An attempt to fetch a report, failures included."""

    retrieval_id: Series[Text] = column("Hash of source, address, file name and time of the attempt.")
    run_id: Series[Text] = column("The run that made the attempt.")
    source: Series[Text] = column("Source in sources.yaml.")
    url: Series[Text] = column("Address that was asked for.", null=True)
    file_name: Series[Text] = column("Name of the file.", null=True)
    document_id: Series[Text] = column("The document that came back; NULL when none did.", null=True)
    attempted_at: Series[Moment] = column("When the attempt was made (UTC).")
    outcome: Series[Text] = column("What came of it; blocked is a challenge or login page.", codes=c.OUTCOMES)
    status_code: Series[Whole] = column("HTTP status.", null=True)
    etag: Series[Text] = column("ETag of the answer, for the next conditional request.", null=True)
    last_modified: Series[Text] = column("Last-Modified of the answer, for the next conditional request.", null=True)
    bytes: Series[Whole] = column("Size of the answer.", unit="bytes", null=True, least=0)
    published_on: Series[Day] = column("Day of publication that the source itself gives.", null=True)
    detail: Series[Text] = column("What happened, in words.", null=True)


class Observations(Table):
    """An accepted figure, in every vintage."""

    observation_id: Series[Text] = column("Hash of the content of this row, without times of ours.")
    document_id: Series[Text] = column(DOCUMENT_ID)
    page: Series[Whole] = column("Page that the figure stands on, from 1.", null=True, least=1)
    char_start: Series[Whole] = column("Offset of the numeral in the source text, from 0.", unit="characters", least=0)
    char_end: Series[Whole] = column("Offset just behind the numeral.", unit="characters", least=0)
    text: Series[Text] = column("The numeral as it stands in the source text.")
    quote: Series[Text] = column("The sentence of the figure, as running text.")
    role: Series[Text] = column("Role of the block that it stands in: title, heading, paragraph, table_row …")
    series_key: Series[Text] = column("Hash of what the figure measures, from the normalized words of the report.")
    indicator_stated: Series[Text] = column("What is measured, as read from the report.")
    ref_area: Series[Text] = column("Code of the place in GB/T 2260, where it is known.", null=True)
    place: Series[Text] = column("Place that the figure is about.", null=True)
    place_basis: Series[Text] = column("How the place is known: stated, inherited, document, none.")
    time_start: Series[Day] = column("First day that the figure is about.", null=True)
    time_end: Series[Day] = column("Last day that the figure is about.", null=True)
    time_basis: Series[Text] = column("How the time is known: stated, inherited, title, published_on, none.")
    obs_value: Series[Number] = column(
        "The stated value in the base unit (12.5万 is 125000); a range's lower end; NULL where none is given.",
        unit="unit_measure",
        null=True,
    )
    obs_value_high: Series[Number] = column("The upper end of a stated range.", unit="unit_measure", null=True)
    value_low: Series[Number] = column(
        "Lower bound of what the words allow; NULL where there is none.", unit="unit_measure", null=True
    )
    value_high: Series[Number] = column(
        "Upper bound of what the words allow; NULL where there is none.", unit="unit_measure", null=True
    )
    low_closed: Series[Truth] = column("Whether value_low itself is allowed.")
    high_closed: Series[Truth] = column("Whether value_high itself is allowed.")
    unit_measure: Series[Text] = column("Unit as written, without its magnitude; empty where there is none.")
    decimals: Series[Whole] = column("Decimals of the numeral as printed.", unit="digits", least=0)
    qualifier: Series[Text] = column("How sharp the statement is.", codes=c.QUALIFIERS)
    measure: Series[Text] = column("Kind of quantity.", codes=c.MEASURES)
    modality: Series[Text] = column("Whether it is a result or a target.", codes=c.MODALITIES)
    obs_status: Series[Text] = column("SDMX CL_OBS_STATUS: A, E, F or P.", codes=c.OBS_STATUSES)
    corrected_from: Series[Number] = column(
        "The value as printed, where the corrections file put another in its place.", unit="unit_measure", null=True
    )
    correction_reason: Series[Text] = column("Reason given in the corrections file.", null=True)
    published_on: Series[Day] = column("Day of publication of the document.", null=True)
    known_from: Series[Moment] = column(KNOWN_FROM)
    known_to: Series[Moment] = column(KNOWN_TO, null=True)
    cause: Series[Text] = column(
        "Why this row was booked after its document was; NULL for what was booked with it.", null=True, codes=c.CAUSES
    )
    closed_cause: Series[Text] = column("Why this row stopped to hold.", null=True, codes=c.CAUSES)


class Relations(Table):
    """What a report says of its own figures."""

    relation_id: Series[Text] = column("Hash of kind, document and members.")
    document_id: Series[Text] = column(DOCUMENT_ID)
    relation: Series[Text] = column("Kind of relation.", codes=c.RELATIONS)
    complete: Series[Truth] = column("Whether the parts are all the parts of the total.")
    stated: Series[Truth] = column("Whether the grammar of the sentence states it; a guessed relation only informs.")
    consistent: Series[Truth] = column("Whether the figures fit each other; NULL where that cannot be told.", null=True)
    computed: Series[Number] = column(
        "What the other members give: the rate in % or ‰ as stated, the sum of the parts, the change.", null=True
    )
    known_from: Series[Moment] = column(KNOWN_FROM)
    known_to: Series[Moment] = column(KNOWN_TO, null=True)


class RelationMembers(Table):
    """A figure's part in a relation; the figure is in observations or in quarantine."""

    relation_id: Series[Text] = column("The relation.")
    position: Series[Whole] = column("Order of the members, from 0.", least=0)
    member: Series[Text] = column("Part that the figure plays.", codes=c.MEMBER_ROLES)
    observation_id: Series[Text] = column("The figure.")


class Findings(Table):
    """A rule that spoke."""

    finding_id: Series[Text] = column("Hash of rule, document, figures and message.")
    rule_id: Series[Text] = column("The rule; see docs/rules.md.")
    ess_level: Series[Whole] = column("Validation level of the European Statistical System, 0 to 5.", least=0)
    severity: Series[Text] = column("An error sends figures to quarantine; the others inform.", codes=c.SEVERITIES)
    document_id: Series[Text] = column(DOCUMENT_ID)
    observation_ids: Series[TextList] = column("The figures that it is about.")
    message: Series[Text] = column("What is wrong, in a sentence that quotes the figures.")
    run_id: Series[Text] = column("The run that found it.")
    known_from: Series[Moment] = column(KNOWN_FROM)
    known_to: Series[Moment] = column(KNOWN_TO, null=True)


class Quarantine(Table):
    """A figure or a file that was not booked, and why."""

    quarantine_id: Series[Text] = column("Hash of document, figure and reason.")
    document_id: Series[Text] = column(DOCUMENT_ID)
    observation_id: Series[Text] = column("The id that the figure would have; NULL for a whole file.", null=True)
    char_start: Series[Whole] = column("Offset of the numeral.", unit="characters", null=True, least=0)
    char_end: Series[Whole] = column("Offset just behind the numeral.", unit="characters", null=True, least=0)
    text: Series[Text] = column("The numeral.", null=True)
    quote: Series[Text] = column("The sentence of the figure.", null=True)
    indicator: Series[Text] = column("What is measured, as read.", null=True)
    place: Series[Text] = column("Place that the figure is about.", null=True)
    time_end: Series[Day] = column("Last day that the figure is about.", null=True)
    obs_value: Series[Number] = column("The value, where it fits the column.", unit="unit_measure", null=True)
    unit_measure: Series[Text] = column("Unit as written.", null=True)
    measure: Series[Text] = column("Kind of quantity.", null=True, codes=c.MEASURES)
    rule_id: Series[Text] = column("The first rule that it failed.")
    reason: Series[Text] = column("Why it was not booked, in full sentences.")
    run_id: Series[Text] = column("The run that put it here.")
    known_from: Series[Moment] = column(KNOWN_FROM)
    known_to: Series[Moment] = column("When it left quarantine (UTC); NULL while it waits.", null=True)


class Ledger(Table):
    """A numeral of a text: every one, with its class and the reason."""

    document_id: Series[Text] = column(DOCUMENT_ID)
    char_start: Series[Whole] = column("Offset of the numeral.", unit="characters", least=0)
    char_end: Series[Whole] = column("Offset just behind it.", unit="characters", least=0)
    text: Series[Text] = column("The numeral as it stands.")
    value: Series[Number] = column("Its value, where it is a number that fits the column.", null=True)
    value_high: Series[Number] = column("The upper end of a range.", null=True)
    unit: Series[Text] = column("Unit or counting word behind it.")
    numeral_class: Series[Text] = column("figure, component, date, time, ordinal, code, title …")
    reason: Series[Text] = column("Why it has that class.")


class SeriesLabels(Table):
    """What each series key stands for, and the series and label that it has at present."""

    series_key: Series[Text] = column("Hash of what is measured, from the normalized words.")
    words: Series[Text] = column("Normal form of the stated indicator.")
    ref_area: Series[Text] = column("Code of the place in GB/T 2260.", null=True)
    place: Series[Text] = column("Place.", null=True)
    unit_measure: Series[Text] = column("Unit.")
    measure: Series[Text] = column("Kind of quantity.", codes=c.MEASURES)
    modality: Series[Text] = column("Result or target.", codes=c.MODALITIES)
    issuer: Series[Text] = column("Issuer.", null=True)
    series_id: Series[Text] = column("The series: the key, with the label of reference/indicators.csv for the words.")
    indicator: Series[Text] = column("Label: the mapped name, else the words.")


class SeriesParts(Table):
    """A series that is a part of another, by the words of reference/partitions.csv."""

    series_id: Series[Text] = column("The series of the part.")
    whole_id: Series[Text] = column("The series of the whole.")
    partition: Series[Text] = column("What divides the whole: 来源, 性别 …")
    part: Series[Text] = column("The word of this part: 本土, 境外输入 …")
    parts: Series[Whole] = column("How many parts make up the whole.", unit="parts", least=2)
    absent_is_zero: Series[Truth] = column("Whether reports leave out a part that is zero.")


class SourceRevisions(Table):
    """A later publication that contradicts an earlier one on the same series and period."""

    new_observation_id: Series[Text] = column("The figure that opened a vintage.")
    old_observation_id: Series[Text] = column("The figure that it revises.")


class Migrations(Table):
    """A migration that this warehouse went through; `views` is the set of public views."""

    name: Series[Text] = column("File name of the migration, or views.")
    checksum: Series[Text] = column("Hash of what was run.")
    applied_at: Series[Moment] = column("When it was run last (UTC).")


class Loads(Table):
    """A batch that changed the warehouse."""

    load_id: Series[Text] = column("Hash of the content of the batch.")
    run_id: Series[Text] = column("The run that loaded it.")
    booked_at: Series[Moment] = column("Transaction time of all its rows (UTC).")
    documents: Series[Whole] = column("Documents new or changed.", unit="documents", least=0)
    opened: Series[Whole] = column("Observations opened.", unit="observations", least=0)
    closed: Series[Whole] = column("Observations closed.", unit="observations", least=0)
    findings: Series[Whole] = column("Findings opened.", unit="findings", least=0)
    quarantined: Series[Whole] = column("Quarantine rows opened.", unit="figures", least=0)
    ledger: Series[Whole] = column("Ledger rows written.", unit="numerals", least=0)
    retrievals: Series[Whole] = column("Retrievals written.", unit="retrievals", least=0)


class Runs(Table):
    """A run of a flow."""

    run_id: Series[Text] = column("The run.")
    flow: Series[Text] = column("Name of the flow.")
    started_at: Series[Moment] = column("Start (UTC).")
    ended_at: Series[Moment] = column("End (UTC); NULL while it runs.", null=True)
    status: Series[Text] = column("How it ended; abandoned is a run that was killed.", codes=c.RUN_STATUSES)
    fetched: Series[Whole] = column("Reports fetched.", unit="documents", least=0)
    read: Series[Whole] = column("Documents read.", unit="documents", least=0)
    accepted: Series[Whole] = column("Figures accepted in those documents.", unit="figures", least=0)
    quarantined: Series[Whole] = column("Figures and files put in quarantine.", unit="figures and files", least=0)
    extractor_version: Series[Text] = column("Version of the extractor.")
    rules_version: Series[Text] = column("Version of the rules.")


TABLES: dict[str, type[Table]] = {
    "documents": Documents,
    "retrievals": Retrievals,
    "observations": Observations,
    "relations": Relations,
    "relation_members": RelationMembers,
    "findings": Findings,
    "quarantine": Quarantine,
    "ledger": Ledger,
    "series_labels": SeriesLabels,
    "series_parts": SeriesParts,
    "source_revisions": SourceRevisions,
    "migrations": Migrations,
    "loads": Loads,
    "runs": Runs,
}

KEYS: dict[str, tuple[str, ...]] = {
    "documents": ("document_id",),
    "retrievals": ("retrieval_id",),
    "observations": ("observation_id", "known_from"),
    "relations": ("relation_id", "known_from"),
    "relation_members": ("relation_id", "position"),
    "findings": ("finding_id", "known_from"),
    "quarantine": ("quarantine_id", "known_from"),
    "ledger": (),
    "series_labels": ("series_key",),
    "series_parts": ("series_id", "whole_id", "partition"),
    "source_revisions": ("new_observation_id",),
    "migrations": ("name",),
    "loads": ("load_id", "booked_at"),
    "runs": ("run_id",),
}
