-- Which first-run lessons a person has done. lesson 'offer': they answered whether they want any. In no figure; nobody else reads it.
CREATE TABLE lesson_done (
    user_id UUID NOT NULL,
    lesson TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (user_id, lesson)
);
