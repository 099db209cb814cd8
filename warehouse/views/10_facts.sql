-- The figures, their documents, and the ledger.
CREATE OR REPLACE VIEW documents AS
SELECT document_id, document, source, url, media_type, title, issuer, place, ref_area, published_on,
       published_on_basis, first_seen_at, bytes, encoding, pages, unreadable, text_hash, minhash, reprint_group,
       supersedes, extractor_version, rules_version, known_from, retracted_at, retracted_reason
FROM booked.documents;

CREATE OR REPLACE VIEW observations AS
SELECT o.observation_id, o.document_id, d.document, o.page, o.char_start, o.char_end, o.text, o.quote, s.series_id,
       s.indicator, o.indicator_stated, o.ref_area, o.place, o.place_basis, o.time_start, o.time_end, o.time_basis,
       o.obs_value, o.obs_value_high, o.value_low, o.value_high, o.low_closed, o.high_closed, o.unit_measure,
       o.decimals, o.qualifier, o.measure, o.modality, o.obs_status, s.issuer, o.published_on, o.known_from,
       o.known_to, coalesce(o.cause, CASE WHEN r.new_observation_id IS NOT NULL THEN 'SOURCE_REVISED' END) AS cause,
       o.closed_cause, o.corrected_from, o.correction_reason, o.role, o.series_key
FROM booked.observations AS o
JOIN booked.documents AS d USING (document_id)
JOIN booked.series_labels AS s USING (series_key)
LEFT JOIN booked.source_revisions AS r ON r.new_observation_id = o.observation_id;

CREATE OR REPLACE VIEW ledger AS
SELECT d.document, l.document_id, l.char_start, l.char_end, l.text, l.value, l.value_high, l.unit,
       l.numeral_class AS class, l.reason
FROM booked.ledger AS l
JOIN booked.documents AS d USING (document_id);
