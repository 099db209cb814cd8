-- Trends: latest with the differences, and with totals of their parts where a report leaves the total to the reader.

-- What a report says of the parts of a series in a period of which no report states the whole, though one does for
-- another period of the same length. A part that a report gives under several names counts once, and not at all where
-- the names differ in value.
CREATE OR REPLACE MACRO booked.stated_parts() AS TABLE
SELECT p.whole_id, p.partition, p.part, any_value(p.parts) AS parts, bool_or(p.absent_is_zero) AS absent_is_zero,
       l.document_id, any_value(l.document) AS document, any_value(l.published_on) AS published_on,
       l.time_start, l.time_end, any_value(l.obs_value) AS obs_value,
       arg_min(l.observation_id, l.char_start) AS observation_id, min(l.char_start) AS char_start,
       bool_and(l.qualifier = 'exact') AS exact, bool_or(l.qualifier = 'at_least') AS open_ended
FROM latest AS l
JOIN booked.series_parts AS p USING (series_id)
ANTI JOIN latest AS w
    ON w.series_id = p.whole_id AND w.time_end = l.time_end AND w.time_start IS NOT DISTINCT FROM l.time_start
SEMI JOIN latest AS k
    ON k.series_id = p.whole_id AND k.time_end - k.time_start IS NOT DISTINCT FROM l.time_end - l.time_start
WHERE l.time_end IS NOT NULL AND l.qualifier IN ('exact', 'approximate', 'at_least')
GROUP BY p.whole_id, p.partition, p.part, l.document_id, l.time_start, l.time_end
HAVING count(DISTINCT l.obs_value) = 1;

-- The totals: a number where all parts are stated, a lower bound where the others are left out as zero. Of several
-- ways to a total, the complete one is taken, then the latest report.
CREATE OR REPLACE MACRO booked.totals() AS TABLE
SELECT whole_id, time_start, time_end, CAST(sum(obs_value) AS DECIMAL(38, 10)) AS obs_value,
       CASE WHEN count(*) < any_value(parts) OR bool_or(open_ended) THEN 'at_least'
            WHEN bool_and(exact) THEN 'exact'
            ELSE 'approximate' END AS qualifier,
       any_value(document) AS document, any_value(published_on) AS published_on,
       list(observation_id ORDER BY char_start) AS parts
FROM booked.stated_parts() AS s
GROUP BY whole_id, partition, document_id, time_start, time_end
HAVING count(*) = any_value(s.parts) OR bool_or(absent_is_zero)
QUALIFY row_number() OVER (
    PARTITION BY whole_id, time_start, time_end
    ORDER BY count(*) = any_value(s.parts) DESC, any_value(published_on) DESC NULLS LAST, sum(obs_value) DESC, document_id
) = 1;

-- A difference is taken between periods of one frequency only: a year is not compared with a quarter.
CREATE OR REPLACE MACRO booked.frequency(first_day, last_day_) AS
    CASE WHEN first_day IS NULL OR first_day = last_day_ THEN 'D'
         WHEN last_day_ - first_day = 6 THEN 'W'
         WHEN day(first_day) > 1 OR last_day(last_day_) <> last_day_ THEN '_O'
         WHEN last_day(first_day) = last_day_ THEN 'M'
         WHEN month(first_day) IN (1, 4, 7, 10) AND last_day(first_day + INTERVAL 2 MONTH) = last_day_ THEN 'Q'
         WHEN month(first_day) IN (1, 7) AND last_day(first_day + INTERVAL 5 MONTH) = last_day_ THEN 'S'
         WHEN month(first_day) = 1 AND last_day(first_day + INTERVAL 11 MONTH) = last_day_ THEN 'A'
         ELSE '_O' END;

CREATE OR REPLACE VIEW trend AS
WITH wholes AS (
    SELECT series_id, any_value(indicator) AS indicator, any_value(ref_area) AS ref_area, arg_max(place, length(place)) AS place,
           any_value(unit_measure) AS unit_measure, any_value(measure) AS measure, any_value(modality) AS modality
    FROM booked.series_labels
    SEMI JOIN booked.series_parts AS p ON p.whole_id = series_labels.series_id
    GROUP BY series_id
), points AS (
    SELECT series_id, indicator, ref_area, place, time_start, time_end, obs_value, unit_measure, measure, modality,
           qualifier, document, published_on, observation_id, NULL::VARCHAR[] AS parts
    FROM latest
    WHERE time_end IS NOT NULL
    UNION ALL BY NAME
    SELECT w.*, t.* EXCLUDE (whole_id)
    FROM booked.totals() AS t
    JOIN wholes AS w ON w.series_id = t.whole_id
), ordered AS (
    SELECT *, booked.frequency(time_start, time_end) AS frequency,
           lag(obs_value) OVER (
               PARTITION BY series_id, booked.frequency(time_start, time_end) ORDER BY time_end, time_start
           ) AS previous_value
    FROM points
)
SELECT series_id, indicator, ref_area, place, time_start, time_end, frequency, obs_value, unit_measure, measure,
       modality, qualifier, document, published_on, observation_id, parts, previous_value,
       obs_value - previous_value AS delta,
       TRY_CAST(round(100 * (obs_value - previous_value)::DOUBLE / abs(nullif(previous_value, 0))::DOUBLE, 4)
                AS DECIMAL(38, 4)) AS delta_pct
FROM ordered;
