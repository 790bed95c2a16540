-- Marks "cannot speak freely" are rare, and read at every call of a number.
CREATE INDEX event_duress ON event (kind, seq) WHERE kind = 'DuressMarked';
