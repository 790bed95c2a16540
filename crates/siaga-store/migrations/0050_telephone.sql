-- The telephone outside the centre at which a human answered, by its name in the rules.
ALTER TABLE call ADD COLUMN telephone TEXT;
