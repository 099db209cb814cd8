CREATE TABLE booked.series_parts (
    series_id VARCHAR NOT NULL,
    whole_id VARCHAR NOT NULL,
    partition VARCHAR NOT NULL,
    part VARCHAR NOT NULL,
    parts BIGINT NOT NULL CHECK (parts >= 2),
    absent_is_zero BOOLEAN NOT NULL,
    PRIMARY KEY (series_id, whole_id, partition)
);
COMMENT ON TABLE booked.series_parts IS 'A series that is a part of another, by the words of reference/partitions.csv.';
COMMENT ON COLUMN booked.series_parts.series_id IS 'The series of the part.';
COMMENT ON COLUMN booked.series_parts.whole_id IS 'The series of the whole.';
COMMENT ON COLUMN booked.series_parts.partition IS 'What divides the whole: 来源, 性别 …';
COMMENT ON COLUMN booked.series_parts.part IS 'The word of this part: 本土, 境外输入 …';
COMMENT ON COLUMN booked.series_parts.parts IS 'How many parts make up the whole. Unit: parts.';
COMMENT ON COLUMN booked.series_parts.absent_is_zero IS 'Whether reports leave out a part that is zero.';
