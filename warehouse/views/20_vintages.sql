-- Vintages: what a series says of a period, by publication, whatever the order in which the reports came to us.
--
-- All that is said of a series and period is put in the order of publication. The first statement stands until one
-- contradicts it (their intervals do not meet: the source revised it) or says the same more sharply (its interval lies
-- within: 12,345 after 1.2万余). What only repeats it, or repeats it more coarsely, corroborates.

CREATE OR REPLACE MACRO booked.apart(a, b) AS
    coalesce(a.high < b.low OR (a.high = b.low AND NOT (a.high_closed AND b.low_closed)), false)
    OR coalesce(b.high < a.low OR (b.high = a.low AND NOT (b.high_closed AND a.low_closed)), false);

CREATE OR REPLACE MACRO booked.sharper(a, b) AS
    (a.low IS NULL OR coalesce(b.low >= a.low, false))
    AND (a.high IS NULL OR coalesce(b.high <= a.high, false))
    AND (a.low IS DISTINCT FROM b.low OR a.high IS DISTINCT FROM b.high);

-- The figures that held for us just before known_by, in documents published by published_by (NULL: by any day). Of
-- several prints of one text, only the first that we knew then speaks.
CREATE OR REPLACE MACRO booked.held(published_by, known_by) AS TABLE
WITH reprints AS (
    SELECT document_id
    FROM booked.documents
    WHERE known_from < known_by AND (retracted_at IS NULL OR retracted_at >= known_by)
    QUALIFY row_number() OVER (PARTITION BY reprint_group ORDER BY published_on NULLS LAST, document_id) > 1
)
SELECT o.*, s.series_id
FROM booked.observations AS o
JOIN booked.series_labels AS s USING (series_key)
ANTI JOIN reprints AS p ON p.document_id = o.document_id
WHERE o.known_from < known_by AND (o.known_to IS NULL OR o.known_to >= known_by)
  AND (published_by IS NULL OR o.published_on <= published_by);

-- How many figures speak of each series and period; where it is one, it stands unopposed.
CREATE OR REPLACE MACRO booked.periods(published_by, known_by) AS TABLE
SELECT series_id, time_start, time_end, count(*) AS statements, any_value(observation_id) AS observation_id
FROM booked.held(published_by, known_by)
GROUP BY series_id, time_start, time_end;

-- The vintages of every series and period that several figures speak of, oldest first, each by the figure that speaks
-- for it. A document has one voice: the body before a heading, a value before an open bound, then what it says most
-- often, then what it says first.
CREATE OR REPLACE MACRO booked.vintages(published_by, known_by) AS TABLE
WITH contested AS (
    SELECT h.observation_id, h.series_id, h.time_start, h.time_end, h.document_id, h.published_on, h.value_low,
           h.value_high, h.low_closed, h.high_closed, h.char_start,
           (h.value_low IS NULL OR h.value_high IS NULL) AS open_ended, h.role IN ('title', 'heading') AS is_heading,
           count(*) OVER (
               PARTITION BY h.series_id, h.time_start, h.time_end, h.document_id, h.value_low, h.value_high
           ) AS times_said
    FROM booked.held(published_by, known_by) AS h
    SEMI JOIN (FROM booked.periods(published_by, known_by) WHERE statements > 1) AS p
        ON p.series_id = h.series_id AND p.time_start IS NOT DISTINCT FROM h.time_start
        AND p.time_end IS NOT DISTINCT FROM h.time_end
), voices AS (
    FROM contested
    QUALIFY row_number() OVER (
        PARTITION BY series_id, time_start, time_end, document_id
        ORDER BY is_heading, open_ended, times_said DESC, char_start, observation_id
    ) = 1
), said AS (
    SELECT series_id, time_start, time_end,
           list([{'id': observation_id, 'low': value_low, 'high': value_high,
                  'low_closed': low_closed, 'high_closed': high_closed}]
                ORDER BY v.published_on NULLS FIRST, d.supersedes IS NOT NULL, d.document, document_id) AS statements
    FROM voices AS v
    JOIN booked.documents AS d USING (document_id)
    GROUP BY series_id, time_start, time_end
)
SELECT series_id, time_start, time_end,
       list_reduce(statements, lambda chain, following:
           CASE WHEN booked.apart(chain[-1], following[1]) THEN list_concat(chain, following)
                WHEN booked.sharper(chain[-1], following[1]) THEN list_concat(chain[:-2], following)
                ELSE chain END) AS chain
FROM said;

CREATE OR REPLACE MACRO booked.standing(published_by, known_by) AS TABLE
SELECT o.*
FROM observations AS o
SEMI JOIN (
    SELECT observation_id FROM booked.periods(published_by, known_by) WHERE statements = 1
    UNION ALL
    SELECT chain[-1].id FROM booked.vintages(published_by, known_by)
) AS v ON v.observation_id = o.observation_id
WHERE o.known_from < known_by AND (o.known_to IS NULL OR o.known_to >= known_by);

CREATE OR REPLACE VIEW latest AS
SELECT * FROM booked.standing(NULL::DATE, TIMESTAMP 'infinity');

CREATE OR REPLACE MACRO as_published_on(day) AS TABLE
SELECT * FROM booked.standing(CAST(day AS DATE), TIMESTAMP 'infinity');

CREATE OR REPLACE MACRO as_known_on(day) AS TABLE
SELECT * FROM booked.standing(NULL::DATE, CAST(CAST(day AS DATE) + 1 AS TIMESTAMP));

CREATE OR REPLACE VIEW series AS
SELECT series_id, any_value(indicator) AS indicator, any_value(ref_area) AS ref_area,
       min(place) AS place, any_value(unit_measure) AS unit_measure, any_value(measure) AS measure,
       any_value(modality) AS modality, any_value(issuer) AS issuer,
       count(*) AS periods, min(time_end) AS first_time_end, max(time_end) AS last_time_end
FROM latest
GROUP BY series_id;

-- By publication from source_revisions; by our own reading from rows that were closed, with what took their place.
CREATE OR REPLACE VIEW revisions AS
SELECT n.series_id, n.indicator, n.place, n.time_start, n.time_end, n.unit_measure,
       o.obs_value AS old_value, n.obs_value AS new_value, 'SOURCE_REVISED' AS cause,
       [o.document, n.document] AS documents, n.published_on AS revised_on,
       o.observation_id AS old_observation_id, n.observation_id AS new_observation_id
FROM booked.source_revisions AS r
JOIN observations AS n ON n.observation_id = r.new_observation_id AND n.known_to IS NULL
JOIN observations AS o ON o.observation_id = r.old_observation_id AND o.known_to IS NULL
UNION ALL
SELECT o.series_id, o.indicator, o.place, o.time_start, o.time_end, o.unit_measure,
       o.obs_value, n.obs_value, o.closed_cause, [o.document], CAST(o.known_to AS DATE),
       o.observation_id, n.observation_id
FROM observations AS o
LEFT JOIN observations AS n
    ON n.document_id = o.document_id AND n.known_from = o.known_to AND n.char_start = o.char_start
WHERE o.known_to IS NOT NULL
  AND (n.observation_id IS NULL OR n.obs_value IS DISTINCT FROM o.obs_value OR n.unit_measure <> o.unit_measure);
