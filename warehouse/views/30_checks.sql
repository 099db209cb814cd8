-- Relations, findings, quarantine, and the audit.
CREATE OR REPLACE VIEW relations AS
WITH members AS (
    SELECT relation_id,
           max(observation_id) FILTER (member = 'numerator') AS numerator,
           max(observation_id) FILTER (member = 'denominator') AS denominator,
           max(observation_id) FILTER (member = 'rate') AS rate,
           max(observation_id) FILTER (member = 'total') AS total,
           list(observation_id ORDER BY position) FILTER (member = 'part') AS parts,
           max(observation_id) FILTER (member = 'now') AS now,
           max(observation_id) FILTER (member = 'change') AS change,
           max(observation_id) FILTER (member = 'before') AS before
    FROM booked.relation_members
    GROUP BY relation_id
)
SELECT r.relation_id, r.relation, d.document, r.document_id, m.numerator, m.denominator, m.rate, m.total, m.parts,
       r.complete, m.now, m.change, m.before, r.stated, r.consistent, r.computed
FROM booked.relations AS r
JOIN members AS m USING (relation_id)
JOIN booked.documents AS d USING (document_id)
WHERE r.known_to IS NULL;

CREATE OR REPLACE VIEW quarantine AS
SELECT q.quarantine_id, d.document, q.document_id, q.observation_id, q.char_start, q.char_end, q.text, q.quote,
       q.indicator, q.place, q.time_end, q.obs_value, q.unit_measure, q.rule_id, q.reason,
       CASE WHEN q.known_to IS NULL THEN 'open' ELSE 'released' END AS state,
       q.known_from AS opened_at, q.known_to AS closed_at, q.run_id
FROM booked.quarantine AS q
JOIN booked.documents AS d USING (document_id);

CREATE OR REPLACE VIEW completion AS
WITH figures AS (
    SELECT o.observation_id, s.indicator, o.place, o.time_end, o.obs_value, o.unit_measure, o.measure, o.published_on
    FROM booked.observations AS o
    JOIN booked.series_labels AS s USING (series_key)
    WHERE o.known_to IS NULL
    UNION ALL
    SELECT q.observation_id, q.indicator, q.place, q.time_end, q.obs_value, q.unit_measure, q.measure, d.published_on
    FROM booked.quarantine AS q
    JOIN booked.documents AS d USING (document_id)
    WHERE q.known_to IS NULL AND q.observation_id IS NOT NULL
)
SELECT r.document, n.place, n.time_end, n.indicator, t.obs_value AS total, n.obs_value AS done, n.unit_measure,
       p.obs_value AS stated_rate, r.computed AS computed_rate, p.unit_measure AS rate_unit,
       p.indicator AS rate_indicator, r.consistent,
       n.published_on, r.document_id, r.relation_id
FROM relations AS r
JOIN figures AS n ON n.observation_id = r.numerator
JOIN figures AS t ON t.observation_id = r.denominator
JOIN figures AS p ON p.observation_id = r.rate
WHERE r.relation = 'rate' AND r.stated
  AND n.measure IN ('count', 'money', 'amount') AND t.measure IN ('count', 'money', 'amount');

CREATE OR REPLACE VIEW findings AS
SELECT f.finding_id, f.rule_id, f.ess_level, f.severity, d.document, f.document_id, f.observation_ids, f.message,
       f.run_id, f.known_from
FROM booked.findings AS f
JOIN booked.documents AS d USING (document_id)
WHERE f.known_to IS NULL;

CREATE OR REPLACE VIEW runs AS
SELECT run_id, flow, started_at, ended_at, status, fetched, read, accepted, quarantined, extractor_version,
       rules_version
FROM booked.runs;

CREATE OR REPLACE VIEW retrievals AS
SELECT retrieval_id, run_id, source, url, file_name, document_id, attempted_at, outcome, status_code, etag,
       last_modified, bytes, published_on, detail
FROM booked.retrievals;
