CREATE SCHEMA booked;
CREATE TABLE booked.documents (
    document_id VARCHAR NOT NULL,
    document VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    url VARCHAR,
    media_type VARCHAR NOT NULL,
    title VARCHAR,
    issuer VARCHAR,
    place VARCHAR,
    ref_area VARCHAR,
    published_on DATE,
    published_on_basis VARCHAR CHECK (published_on_basis IN ('sidecar', 'url', 'meta', 'text', 'filename', 'assumed')),
    first_seen_at TIMESTAMP NOT NULL,
    bytes BIGINT CHECK (bytes >= 0),
    encoding VARCHAR,
    pages BIGINT CHECK (pages >= 0),
    unreadable VARCHAR,
    text_hash VARCHAR,
    minhash VARCHAR,
    reprint_of VARCHAR,
    reprint_group VARCHAR NOT NULL,
    supersedes VARCHAR,
    extractor_version VARCHAR NOT NULL,
    rules_version VARCHAR NOT NULL,
    corrections_hash VARCHAR NOT NULL,
    ledger_hash VARCHAR NOT NULL,
    content_hash VARCHAR NOT NULL,
    known_from TIMESTAMP NOT NULL,
    retracted_at TIMESTAMP,
    retracted_reason VARCHAR,
    PRIMARY KEY (document_id)
);
COMMENT ON TABLE booked.documents IS 'A report file, by checksum, with what is known of it.';
COMMENT ON COLUMN booked.documents.document_id IS 'The document: SHA-256 of the bytes of the file, in hexadecimal.';
COMMENT ON COLUMN booked.documents.document IS 'Name of the report file.';
COMMENT ON COLUMN booked.documents.source IS 'Source in sources.yaml that it came from first.';
COMMENT ON COLUMN booked.documents.url IS 'Address that it was fetched from; NULL for a file from a folder.';
COMMENT ON COLUMN booked.documents.media_type IS 'Media type, found from the bytes rather than from the name.';
COMMENT ON COLUMN booked.documents.title IS 'Title of the report.';
COMMENT ON COLUMN booked.documents.issuer IS 'Office or newspaper that issued the report.';
COMMENT ON COLUMN booked.documents.place IS 'Place that the report is about, as a plain name.';
COMMENT ON COLUMN booked.documents.ref_area IS 'Code of that place in GB/T 2260, where it is known.';
COMMENT ON COLUMN booked.documents.published_on IS 'Day of publication.';
COMMENT ON COLUMN booked.documents.published_on_basis IS 'Where the day of publication was found. One of: sidecar, url, meta, text, filename, assumed.';
COMMENT ON COLUMN booked.documents.first_seen_at IS 'When the file was first fetched (UTC).';
COMMENT ON COLUMN booked.documents.bytes IS 'Size of the file. Unit: bytes.';
COMMENT ON COLUMN booked.documents.encoding IS 'Character encoding of a text file.';
COMMENT ON COLUMN booked.documents.pages IS 'Number of pages, for formats that have pages.';
COMMENT ON COLUMN booked.documents.unreadable IS 'Why the file could not be read; NULL when it was.';
COMMENT ON COLUMN booked.documents.text_hash IS 'Hash of the normalized text; equal for the same text in two files.';
COMMENT ON COLUMN booked.documents.minhash IS 'MinHash signature of the text, for the search of reprints.';
COMMENT ON COLUMN booked.documents.reprint_of IS 'Another document with the same text, as found when this one was read.';
COMMENT ON COLUMN booked.documents.reprint_group IS 'The smallest document_id among documents with the same text.';
COMMENT ON COLUMN booked.documents.supersedes IS 'The document that this one corrects and replaces.';
COMMENT ON COLUMN booked.documents.extractor_version IS 'Version of the extractor that read the document last.';
COMMENT ON COLUMN booked.documents.rules_version IS 'Version of the rules that its figures were checked with last.';
COMMENT ON COLUMN booked.documents.corrections_hash IS 'Hash of the entries of the corrections file that name the document.';
COMMENT ON COLUMN booked.documents.ledger_hash IS 'Hash of its number ledger; an unchanged ledger is not written again.';
COMMENT ON COLUMN booked.documents.content_hash IS 'Hash of all other columns; an unchanged row is not written again.';
COMMENT ON COLUMN booked.documents.known_from IS 'When we booked the document first (UTC).';
COMMENT ON COLUMN booked.documents.retracted_at IS 'When the document was retracted (UTC); NULL while it stands.';
COMMENT ON COLUMN booked.documents.retracted_reason IS 'Why it was retracted.';
CREATE TABLE booked.retrievals (
    retrieval_id VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    url VARCHAR,
    file_name VARCHAR,
    document_id VARCHAR,
    attempted_at TIMESTAMP NOT NULL,
    outcome VARCHAR NOT NULL CHECK (outcome IN ('fetched', 'unchanged', 'missing', 'blocked', 'refused', 'failed')),
    status_code BIGINT,
    etag VARCHAR,
    last_modified VARCHAR,
    bytes BIGINT CHECK (bytes >= 0),
    published_on DATE,
    detail VARCHAR,
    PRIMARY KEY (retrieval_id)
);
COMMENT ON TABLE booked.retrievals IS 'An attempt to fetch a report, failures included.';
COMMENT ON COLUMN booked.retrievals.retrieval_id IS 'Hash of source, address, file name and time of the attempt.';
COMMENT ON COLUMN booked.retrievals.run_id IS 'The run that made the attempt.';
COMMENT ON COLUMN booked.retrievals.source IS 'Source in sources.yaml.';
COMMENT ON COLUMN booked.retrievals.url IS 'Address that was asked for.';
COMMENT ON COLUMN booked.retrievals.file_name IS 'Name of the file.';
COMMENT ON COLUMN booked.retrievals.document_id IS 'The document that came back; NULL when none did.';
COMMENT ON COLUMN booked.retrievals.attempted_at IS 'When the attempt was made (UTC).';
COMMENT ON COLUMN booked.retrievals.outcome IS 'What came of it; blocked is a challenge or login page. One of: fetched, unchanged, missing, blocked, refused, failed.';
COMMENT ON COLUMN booked.retrievals.status_code IS 'HTTP status.';
COMMENT ON COLUMN booked.retrievals.etag IS 'ETag of the answer, for the next conditional request.';
COMMENT ON COLUMN booked.retrievals.last_modified IS 'Last-Modified of the answer, for the next conditional request.';
COMMENT ON COLUMN booked.retrievals.bytes IS 'Size of the answer. Unit: bytes.';
COMMENT ON COLUMN booked.retrievals.published_on IS 'Day of publication that the source itself gives.';
COMMENT ON COLUMN booked.retrievals.detail IS 'What happened, in words.';
CREATE TABLE booked.observations (
    observation_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    page BIGINT CHECK (page >= 1),
    char_start BIGINT NOT NULL CHECK (char_start >= 0),
    char_end BIGINT NOT NULL CHECK (char_end >= 0),
    text VARCHAR NOT NULL,
    quote VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    series_key VARCHAR NOT NULL,
    indicator_stated VARCHAR NOT NULL,
    ref_area VARCHAR,
    place VARCHAR,
    place_basis VARCHAR NOT NULL,
    time_start DATE,
    time_end DATE,
    time_basis VARCHAR NOT NULL,
    obs_value DECIMAL(38,10),
    obs_value_high DECIMAL(38,10),
    value_low DECIMAL(38,10),
    value_high DECIMAL(38,10),
    low_closed BOOLEAN NOT NULL,
    high_closed BOOLEAN NOT NULL,
    unit_measure VARCHAR NOT NULL,
    decimals BIGINT NOT NULL CHECK (decimals >= 0),
    qualifier VARCHAR NOT NULL CHECK (qualifier IN ('exact', 'approximate', 'at_least', 'at_most', 'range')),
    measure VARCHAR NOT NULL CHECK (measure IN ('count', 'money', 'rate', 'change', 'amount', 'index')),
    modality VARCHAR NOT NULL CHECK (modality IN ('actual', 'target')),
    obs_status VARCHAR NOT NULL CHECK (obs_status IN ('A', 'E', 'F', 'P')),
    corrected_from DECIMAL(38,10),
    correction_reason VARCHAR,
    published_on DATE,
    known_from TIMESTAMP NOT NULL,
    known_to TIMESTAMP,
    cause VARCHAR CHECK (cause IN ('SOURCE_REVISED', 'EXTRACTOR_CHANGED', 'RULE_CHANGED', 'CORRECTION', 'RETRACTED')),
    closed_cause VARCHAR CHECK (closed_cause IN ('SOURCE_REVISED', 'EXTRACTOR_CHANGED', 'RULE_CHANGED', 'CORRECTION', 'RETRACTED')),
    PRIMARY KEY (observation_id, known_from)
);
COMMENT ON TABLE booked.observations IS 'An accepted figure, in every vintage.';
COMMENT ON COLUMN booked.observations.observation_id IS 'Hash of the content of this row, without times of ours.';
COMMENT ON COLUMN booked.observations.document_id IS 'The document: SHA-256 of the bytes of the file, in hexadecimal.';
COMMENT ON COLUMN booked.observations.page IS 'Page that the figure stands on, from 1.';
COMMENT ON COLUMN booked.observations.char_start IS 'Offset of the numeral in the source text, from 0. Unit: characters.';
COMMENT ON COLUMN booked.observations.char_end IS 'Offset just behind the numeral. Unit: characters.';
COMMENT ON COLUMN booked.observations.text IS 'The numeral as it stands in the source text.';
COMMENT ON COLUMN booked.observations.quote IS 'The sentence of the figure, as running text.';
COMMENT ON COLUMN booked.observations.role IS 'Role of the block that it stands in: title, heading, paragraph, table_row …';
COMMENT ON COLUMN booked.observations.series_key IS 'Hash of what the figure measures, from the normalized words of the report.';
COMMENT ON COLUMN booked.observations.indicator_stated IS 'What is measured, as read from the report.';
COMMENT ON COLUMN booked.observations.ref_area IS 'Code of the place in GB/T 2260, where it is known.';
COMMENT ON COLUMN booked.observations.place IS 'Place that the figure is about.';
COMMENT ON COLUMN booked.observations.place_basis IS 'How the place is known: stated, inherited, document, none.';
COMMENT ON COLUMN booked.observations.time_start IS 'First day that the figure is about.';
COMMENT ON COLUMN booked.observations.time_end IS 'Last day that the figure is about.';
COMMENT ON COLUMN booked.observations.time_basis IS 'How the time is known: stated, inherited, title, published_on, none.';
COMMENT ON COLUMN booked.observations.obs_value IS 'The stated value in the base unit (12.5万 is 125000); a range''s lower end; NULL where none is given. Unit: unit_measure.';
COMMENT ON COLUMN booked.observations.obs_value_high IS 'The upper end of a stated range. Unit: unit_measure.';
COMMENT ON COLUMN booked.observations.value_low IS 'Lower bound of what the words allow; NULL where there is none. Unit: unit_measure.';
COMMENT ON COLUMN booked.observations.value_high IS 'Upper bound of what the words allow; NULL where there is none. Unit: unit_measure.';
COMMENT ON COLUMN booked.observations.low_closed IS 'Whether value_low itself is allowed.';
COMMENT ON COLUMN booked.observations.high_closed IS 'Whether value_high itself is allowed.';
COMMENT ON COLUMN booked.observations.unit_measure IS 'Unit as written, without its magnitude; empty where there is none.';
COMMENT ON COLUMN booked.observations.decimals IS 'Decimals of the numeral as printed. Unit: digits.';
COMMENT ON COLUMN booked.observations.qualifier IS 'How sharp the statement is. One of: exact, approximate, at_least, at_most, range.';
COMMENT ON COLUMN booked.observations.measure IS 'Kind of quantity. One of: count, money, rate, change, amount, index.';
COMMENT ON COLUMN booked.observations.modality IS 'Whether it is a result or a target. One of: actual, target.';
COMMENT ON COLUMN booked.observations.obs_status IS 'SDMX CL_OBS_STATUS: A, E, F or P. One of: A, E, F, P.';
COMMENT ON COLUMN booked.observations.corrected_from IS 'The value as printed, where the corrections file put another in its place. Unit: unit_measure.';
COMMENT ON COLUMN booked.observations.correction_reason IS 'Reason given in the corrections file.';
COMMENT ON COLUMN booked.observations.published_on IS 'Day of publication of the document.';
COMMENT ON COLUMN booked.observations.known_from IS 'When we booked this row (UTC).';
COMMENT ON COLUMN booked.observations.known_to IS 'When this row stopped to hold for us (UTC); NULL while it holds.';
COMMENT ON COLUMN booked.observations.cause IS 'Why this row was booked after its document was; NULL for what was booked with it. One of: SOURCE_REVISED, EXTRACTOR_CHANGED, RULE_CHANGED, CORRECTION, RETRACTED.';
COMMENT ON COLUMN booked.observations.closed_cause IS 'Why this row stopped to hold. One of: SOURCE_REVISED, EXTRACTOR_CHANGED, RULE_CHANGED, CORRECTION, RETRACTED.';
CREATE TABLE booked.relations (
    relation_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    relation VARCHAR NOT NULL CHECK (relation IN ('rate', 'sum', 'change', 'restatement')),
    complete BOOLEAN NOT NULL,
    stated BOOLEAN NOT NULL,
    consistent BOOLEAN,
    computed DECIMAL(38,10),
    known_from TIMESTAMP NOT NULL,
    known_to TIMESTAMP,
    PRIMARY KEY (relation_id, known_from)
);
COMMENT ON TABLE booked.relations IS 'What a report says of its own figures.';
COMMENT ON COLUMN booked.relations.relation_id IS 'Hash of kind, document and members.';
COMMENT ON COLUMN booked.relations.document_id IS 'The document: SHA-256 of the bytes of the file, in hexadecimal.';
COMMENT ON COLUMN booked.relations.relation IS 'Kind of relation. One of: rate, sum, change, restatement.';
COMMENT ON COLUMN booked.relations.complete IS 'Whether the parts are all the parts of the total.';
COMMENT ON COLUMN booked.relations.stated IS 'Whether the grammar of the sentence states it; a guessed relation only informs.';
COMMENT ON COLUMN booked.relations.consistent IS 'Whether the figures fit each other; NULL where that cannot be told.';
COMMENT ON COLUMN booked.relations.computed IS 'What the other members give: the rate in % or ‰ as stated, the sum of the parts, the change.';
COMMENT ON COLUMN booked.relations.known_from IS 'When we booked this row (UTC).';
COMMENT ON COLUMN booked.relations.known_to IS 'When this row stopped to hold for us (UTC); NULL while it holds.';
CREATE TABLE booked.relation_members (
    relation_id VARCHAR NOT NULL,
    position BIGINT NOT NULL CHECK (position >= 0),
    member VARCHAR NOT NULL CHECK (member IN ('numerator', 'denominator', 'rate', 'total', 'part', 'now', 'change', 'before')),
    observation_id VARCHAR NOT NULL,
    PRIMARY KEY (relation_id, position)
);
COMMENT ON TABLE booked.relation_members IS 'A figure''s part in a relation; the figure is in observations or in quarantine.';
COMMENT ON COLUMN booked.relation_members.relation_id IS 'The relation.';
COMMENT ON COLUMN booked.relation_members.position IS 'Order of the members, from 0.';
COMMENT ON COLUMN booked.relation_members.member IS 'Part that the figure plays. One of: numerator, denominator, rate, total, part, now, change, before.';
COMMENT ON COLUMN booked.relation_members.observation_id IS 'The figure.';
CREATE TABLE booked.findings (
    finding_id VARCHAR NOT NULL,
    rule_id VARCHAR NOT NULL,
    ess_level BIGINT NOT NULL CHECK (ess_level >= 0),
    severity VARCHAR NOT NULL CHECK (severity IN ('error', 'warning', 'info')),
    document_id VARCHAR NOT NULL,
    observation_ids VARCHAR[] NOT NULL,
    message VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    known_from TIMESTAMP NOT NULL,
    known_to TIMESTAMP,
    PRIMARY KEY (finding_id, known_from)
);
COMMENT ON TABLE booked.findings IS 'A rule that spoke.';
COMMENT ON COLUMN booked.findings.finding_id IS 'Hash of rule, document, figures and message.';
COMMENT ON COLUMN booked.findings.rule_id IS 'The rule; see docs/rules.md.';
COMMENT ON COLUMN booked.findings.ess_level IS 'Validation level of the European Statistical System, 0 to 5.';
COMMENT ON COLUMN booked.findings.severity IS 'An error sends figures to quarantine; the others inform. One of: error, warning, info.';
COMMENT ON COLUMN booked.findings.document_id IS 'The document: SHA-256 of the bytes of the file, in hexadecimal.';
COMMENT ON COLUMN booked.findings.observation_ids IS 'The figures that it is about.';
COMMENT ON COLUMN booked.findings.message IS 'What is wrong, in a sentence that quotes the figures.';
COMMENT ON COLUMN booked.findings.run_id IS 'The run that found it.';
COMMENT ON COLUMN booked.findings.known_from IS 'When we booked this row (UTC).';
COMMENT ON COLUMN booked.findings.known_to IS 'When this row stopped to hold for us (UTC); NULL while it holds.';
CREATE TABLE booked.quarantine (
    quarantine_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    observation_id VARCHAR,
    char_start BIGINT CHECK (char_start >= 0),
    char_end BIGINT CHECK (char_end >= 0),
    text VARCHAR,
    quote VARCHAR,
    indicator VARCHAR,
    place VARCHAR,
    time_end DATE,
    obs_value DECIMAL(38,10),
    unit_measure VARCHAR,
    measure VARCHAR CHECK (measure IN ('count', 'money', 'rate', 'change', 'amount', 'index')),
    rule_id VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    known_from TIMESTAMP NOT NULL,
    known_to TIMESTAMP,
    PRIMARY KEY (quarantine_id, known_from)
);
COMMENT ON TABLE booked.quarantine IS 'A figure or a file that was not booked, and why.';
COMMENT ON COLUMN booked.quarantine.quarantine_id IS 'Hash of document, figure and reason.';
COMMENT ON COLUMN booked.quarantine.document_id IS 'The document: SHA-256 of the bytes of the file, in hexadecimal.';
COMMENT ON COLUMN booked.quarantine.observation_id IS 'The id that the figure would have; NULL for a whole file.';
COMMENT ON COLUMN booked.quarantine.char_start IS 'Offset of the numeral. Unit: characters.';
COMMENT ON COLUMN booked.quarantine.char_end IS 'Offset just behind the numeral. Unit: characters.';
COMMENT ON COLUMN booked.quarantine.text IS 'The numeral.';
COMMENT ON COLUMN booked.quarantine.quote IS 'The sentence of the figure.';
COMMENT ON COLUMN booked.quarantine.indicator IS 'What is measured, as read.';
COMMENT ON COLUMN booked.quarantine.place IS 'Place that the figure is about.';
COMMENT ON COLUMN booked.quarantine.time_end IS 'Last day that the figure is about.';
COMMENT ON COLUMN booked.quarantine.obs_value IS 'The value, where it fits the column. Unit: unit_measure.';
COMMENT ON COLUMN booked.quarantine.unit_measure IS 'Unit as written.';
COMMENT ON COLUMN booked.quarantine.measure IS 'Kind of quantity. One of: count, money, rate, change, amount, index.';
COMMENT ON COLUMN booked.quarantine.rule_id IS 'The first rule that it failed.';
COMMENT ON COLUMN booked.quarantine.reason IS 'Why it was not booked, in full sentences.';
COMMENT ON COLUMN booked.quarantine.run_id IS 'The run that put it here.';
COMMENT ON COLUMN booked.quarantine.known_from IS 'When we booked this row (UTC).';
COMMENT ON COLUMN booked.quarantine.known_to IS 'When it left quarantine (UTC); NULL while it waits.';
CREATE TABLE booked.ledger (
    document_id VARCHAR NOT NULL,
    char_start BIGINT NOT NULL CHECK (char_start >= 0),
    char_end BIGINT NOT NULL CHECK (char_end >= 0),
    text VARCHAR NOT NULL,
    value DECIMAL(38,10),
    value_high DECIMAL(38,10),
    unit VARCHAR NOT NULL,
    numeral_class VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);
COMMENT ON TABLE booked.ledger IS 'A numeral of a text: every one, with its class and the reason.';
COMMENT ON COLUMN booked.ledger.document_id IS 'The document: SHA-256 of the bytes of the file, in hexadecimal.';
COMMENT ON COLUMN booked.ledger.char_start IS 'Offset of the numeral. Unit: characters.';
COMMENT ON COLUMN booked.ledger.char_end IS 'Offset just behind it. Unit: characters.';
COMMENT ON COLUMN booked.ledger.text IS 'The numeral as it stands.';
COMMENT ON COLUMN booked.ledger.value IS 'Its value, where it is a number that fits the column.';
COMMENT ON COLUMN booked.ledger.value_high IS 'The upper end of a range.';
COMMENT ON COLUMN booked.ledger.unit IS 'Unit or counting word behind it.';
COMMENT ON COLUMN booked.ledger.numeral_class IS 'figure, component, date, time, ordinal, code, title …';
COMMENT ON COLUMN booked.ledger.reason IS 'Why it has that class.';
CREATE TABLE booked.series_labels (
    series_key VARCHAR NOT NULL,
    words VARCHAR NOT NULL,
    ref_area VARCHAR,
    place VARCHAR,
    unit_measure VARCHAR NOT NULL,
    measure VARCHAR NOT NULL CHECK (measure IN ('count', 'money', 'rate', 'change', 'amount', 'index')),
    modality VARCHAR NOT NULL CHECK (modality IN ('actual', 'target')),
    issuer VARCHAR,
    series_id VARCHAR NOT NULL,
    indicator VARCHAR NOT NULL,
    PRIMARY KEY (series_key)
);
COMMENT ON TABLE booked.series_labels IS 'What each series key stands for, and the series and label that it has at present.';
COMMENT ON COLUMN booked.series_labels.series_key IS 'Hash of what is measured, from the normalized words.';
COMMENT ON COLUMN booked.series_labels.words IS 'Normal form of the stated indicator.';
COMMENT ON COLUMN booked.series_labels.ref_area IS 'Code of the place in GB/T 2260.';
COMMENT ON COLUMN booked.series_labels.place IS 'Place.';
COMMENT ON COLUMN booked.series_labels.unit_measure IS 'Unit.';
COMMENT ON COLUMN booked.series_labels.measure IS 'Kind of quantity. One of: count, money, rate, change, amount, index.';
COMMENT ON COLUMN booked.series_labels.modality IS 'Result or target. One of: actual, target.';
COMMENT ON COLUMN booked.series_labels.issuer IS 'Issuer.';
COMMENT ON COLUMN booked.series_labels.series_id IS 'The series: the key, with the label of reference/indicators.csv for the words.';
COMMENT ON COLUMN booked.series_labels.indicator IS 'Label: the mapped name, else the words.';
CREATE TABLE booked.source_revisions (
    new_observation_id VARCHAR NOT NULL,
    old_observation_id VARCHAR NOT NULL,
    PRIMARY KEY (new_observation_id)
);
COMMENT ON TABLE booked.source_revisions IS 'A later publication that contradicts an earlier one on the same series and period.';
COMMENT ON COLUMN booked.source_revisions.new_observation_id IS 'The figure that opened a vintage.';
COMMENT ON COLUMN booked.source_revisions.old_observation_id IS 'The figure that it revises.';
CREATE TABLE booked.migrations (
    name VARCHAR NOT NULL,
    checksum VARCHAR NOT NULL,
    applied_at TIMESTAMP NOT NULL,
    PRIMARY KEY (name)
);
COMMENT ON TABLE booked.migrations IS 'A migration that this warehouse went through; `views` is the set of public views.';
COMMENT ON COLUMN booked.migrations.name IS 'File name of the migration, or views.';
COMMENT ON COLUMN booked.migrations.checksum IS 'Hash of what was run.';
COMMENT ON COLUMN booked.migrations.applied_at IS 'When it was run last (UTC).';
CREATE TABLE booked.loads (
    load_id VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    booked_at TIMESTAMP NOT NULL,
    documents BIGINT NOT NULL CHECK (documents >= 0),
    opened BIGINT NOT NULL CHECK (opened >= 0),
    closed BIGINT NOT NULL CHECK (closed >= 0),
    findings BIGINT NOT NULL CHECK (findings >= 0),
    quarantined BIGINT NOT NULL CHECK (quarantined >= 0),
    ledger BIGINT NOT NULL CHECK (ledger >= 0),
    retrievals BIGINT NOT NULL CHECK (retrievals >= 0),
    PRIMARY KEY (load_id, booked_at)
);
COMMENT ON TABLE booked.loads IS 'A batch that changed the warehouse.';
COMMENT ON COLUMN booked.loads.load_id IS 'Hash of the content of the batch.';
COMMENT ON COLUMN booked.loads.run_id IS 'The run that loaded it.';
COMMENT ON COLUMN booked.loads.booked_at IS 'Transaction time of all its rows (UTC).';
COMMENT ON COLUMN booked.loads.documents IS 'Documents new or changed. Unit: documents.';
COMMENT ON COLUMN booked.loads.opened IS 'Observations opened. Unit: observations.';
COMMENT ON COLUMN booked.loads.closed IS 'Observations closed. Unit: observations.';
COMMENT ON COLUMN booked.loads.findings IS 'Findings opened. Unit: findings.';
COMMENT ON COLUMN booked.loads.quarantined IS 'Quarantine rows opened. Unit: figures.';
COMMENT ON COLUMN booked.loads.ledger IS 'Ledger rows written. Unit: numerals.';
COMMENT ON COLUMN booked.loads.retrievals IS 'Retrievals written. Unit: retrievals.';
CREATE TABLE booked.runs (
    run_id VARCHAR NOT NULL,
    flow VARCHAR NOT NULL,
    started_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    status VARCHAR NOT NULL CHECK (status IN ('running', 'completed', 'failed', 'abandoned')),
    fetched BIGINT NOT NULL CHECK (fetched >= 0),
    read BIGINT NOT NULL CHECK (read >= 0),
    accepted BIGINT NOT NULL CHECK (accepted >= 0),
    quarantined BIGINT NOT NULL CHECK (quarantined >= 0),
    extractor_version VARCHAR NOT NULL,
    rules_version VARCHAR NOT NULL,
    PRIMARY KEY (run_id)
);
COMMENT ON TABLE booked.runs IS 'A run of a flow.';
COMMENT ON COLUMN booked.runs.run_id IS 'The run.';
COMMENT ON COLUMN booked.runs.flow IS 'Name of the flow.';
COMMENT ON COLUMN booked.runs.started_at IS 'Start (UTC).';
COMMENT ON COLUMN booked.runs.ended_at IS 'End (UTC); NULL while it runs.';
COMMENT ON COLUMN booked.runs.status IS 'How it ended; abandoned is a run that was killed. One of: running, completed, failed, abandoned.';
COMMENT ON COLUMN booked.runs.fetched IS 'Reports fetched. Unit: documents.';
COMMENT ON COLUMN booked.runs.read IS 'Documents read. Unit: documents.';
COMMENT ON COLUMN booked.runs.accepted IS 'Figures accepted in those documents. Unit: figures.';
COMMENT ON COLUMN booked.runs.quarantined IS 'Figures and files put in quarantine. Unit: figures and files.';
COMMENT ON COLUMN booked.runs.extractor_version IS 'Version of the extractor.';
COMMENT ON COLUMN booked.runs.rules_version IS 'Version of the rules.';
